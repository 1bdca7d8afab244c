"""Turn statements into claims: who says what about which event or question, in how many articles ever."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg import edtf
from kg.model import Claim, Event, Quantity, Statement, Time, content_hash
from kg.resolving.events import PLACE_ROLES, Told

_SPEECH = frozenset({"Statement", "NoComment"})
_EVENT_ROLES_OF_SPEECH = ("about", "addressee", "agent")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its sources as entities, and the key of what it is about."""

    told: Told
    attributed_to: tuple[str, ...]
    relayed_by: tuple[str, ...]
    subject: str | None
    kind: str

    def content(self) -> tuple[object, ...]:
        """What makes two statements one claim, the time of saying apart."""
        statement, quantity = self.told.statement, self.told.statement.quantity
        number = (
            (str(quantity.stated.normalize()), quantity.exactness, quantity.unit)
            if quantity and self.kind == "QuantityClaim"
            else None
        )
        words = _words(statement.evidence.text) if self.kind in _SPEECH else None
        return (self.kind, self.subject, self.sources(), statement.modality, number, words)

    def sources(self) -> tuple[str, ...]:
        """Who answers for it: whoever says it, else whoever is the only one named, by passing it on."""
        return self.attributed_to or self.relayed_by


def _words(text: str) -> str:
    """The words alone, so that quotation marks and spaces make no second claim."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def resolve(said: Iterable[Said]) -> tuple[Claim, ...]:
    """The claims behind `said`, sorted by key."""
    groups: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    for one in said:
        groups[one.content()].append(one)
    claims = (_claim(content, members) for content, group in groups.items() for members in _by_time(group))
    return tuple(sorted(claims, key=lambda c: c.key))


def _by_time(group: Sequence[Said]) -> list[list[Said]]:
    """Parts whose times of saying are compatible; what has no time joins the first part."""

    def order(one: Said) -> tuple[bool, int, str, str]:
        time = one.told.statement.said
        return (time is None, -len(time.edtf) if time else 0, time.edtf if time else "", one.told.statement.id)

    parts: list[tuple[Time | None, list[Said]]] = []
    for one in sorted(group, key=order):
        time = one.told.statement.said
        for index, (known, members) in enumerate(parts):
            if time is None or known is None or edtf.compatible(known, time):
                joined = edtf.more_precise(known, time) if known and time else known or time
                parts[index] = (joined, [*members, one])
                break
        else:
            parts.append((time, [one]))
    return [members for _, members in parts]


def _claim(content: tuple[object, ...], members: Sequence[Said]) -> Claim:
    statements = sorted((m.told.statement for m in members), key=lambda s: (s.document, s.evidence, s.id))
    first = members[0]
    said = _joined(s.said for s in statements)
    roles: dict[str, set[str]] = defaultdict(set)
    if first.kind in _SPEECH:
        for member in members:
            for role in _EVENT_ROLES_OF_SPEECH:
                roles[role].update(member.told.roles.get(role, ()))
    return Claim(
        key=content_hash("claim", content, said.edtf if said else None),
        type=first.kind,
        subject=first.subject,
        roles=tuple((role, tuple(sorted(entities))) for role, entities in sorted(roles.items()) if entities),
        attributed_to=first.sources(),
        relayed_by=tuple(sorted({e for m in members if m.attributed_to for e in m.relayed_by})),
        modality=statements[0].modality,
        said=said,
        quantity=statements[0].quantity if first.kind == "QuantityClaim" else None,
        confidence=max(s.confidence for s in statements),
        evidence=tuple(sorted({(s.document, s.evidence) for s in statements})),
        statements=tuple(sorted(s.id for s in statements)),
        extractors=tuple(sorted({s.extractor for s in statements})),
    )


def _joined(times: Iterable[Time | None]) -> Time | None:
    known: Time | None = None
    for time in sorted((t for t in times if t), key=lambda t: t.edtf):
        known = edtf.more_precise(known, time) if known else time
    return known


def compare(claims: Sequence[Claim]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs of claims that answer one question: those whose numbers exclude each other, and those of several sources that agree."""
    by_question: dict[str, list[tuple[Claim, Quantity]]] = defaultdict(list)
    for claim in claims:
        if claim.type == "QuantityClaim" and claim.subject and claim.quantity and claim.modality != "denied":
            by_question[claim.subject].append((claim, claim.quantity))
    competing, corroborating = [], []
    for group in by_question.values():
        for (a, one), (b, other) in combinations(sorted(group, key=lambda answer: answer[0].key), 2):
            if not _overlap(one, other):
                if not _one_breath(a, b):
                    competing.append((a.key, b.key))
            elif a.attributed_to != b.attributed_to and a.attributed_to and b.attributed_to:
                corroborating.append((a.key, b.key))
    return sorted(competing), sorted(corroborating)


def _one_breath(a: Claim, b: Claim) -> bool:
    """Whether one source says both in one article: it tells of two things then, and does not contradict itself."""
    shared = {document for document, _ in a.evidence} & {document for document, _ in b.evidence}
    return a.attributed_to == b.attributed_to and bool(shared)


def _overlap(one: Quantity, other: Quantity) -> bool:
    low, high = (one, other) if one.stated <= other.stated else (other, one)
    return low.upper is None or high.lower is None or low.upper >= high.lower


def rivals(
    events: Sequence[Event], claims: Sequence[Claim], excludes: Callable[[str, str], bool]
) -> list[tuple[str, str]]:
    """Pairs of event claims that cannot both hold: of one site, opened and begun at one time.

    `excludes` says of two classes that nothing is in both. Without two dates a shared participant must say that the
    accounts mean one occasion. What is only planned excludes nothing.
    """
    by_event: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.subject and claim.type == "EventClaim" and claim.modality != "planned":
            by_event[claim.subject].append(claim.key)
    by_site: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for site in dict(event.roles).get("concernsSite", ()):
            by_site[site].append(event)
    pairs: set[tuple[str, str]] = set()
    for group in by_site.values():
        for a, b in combinations(group, 2):
            if excludes(a.type, b.type) and _one_occasion(a, b):
                pairs |= {(min(x, y), max(x, y)) for x in by_event[a.key] for y in by_event[b.key]}
    return sorted(pairs)


def _one_occasion(a: Event, b: Event) -> bool:
    if a.time and b.time:
        return edtf.compatible(a.time, b.time)
    return bool(_participants(a) & _participants(b))


def _participants(event: Event) -> set[str]:
    return {e for role, entities in event.roles if role not in PLACE_ROLES | {"concernsSite"} for e in entities}


def subject_kind(statement: Statement, *, situations: frozenset[str]) -> str:
    """The class of claim that a statement becomes."""
    if statement.type in _SPEECH or statement.type == "QuantityClaim":
        return statement.type
    return "SituationClaim" if statement.type in situations else "EventClaim"
