"""Turn statements into claims: who says what about which event or question, in how many articles ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg import edtf, gazetteer
from kg.model import Claim, Event, Quantity, Statement, Time, content_hash
from kg.resolving import units
from kg.resolving.beginnings import first_day
from kg.resolving.told import PLACE_ROLES, Told, plain_words

_SPEECH = frozenset({"Statement", "NoComment"})
_HAPPENING = frozenset({"EventClaim", "SituationClaim"})
_ROLES_OF_SPEECH = ("about", "addressee", "agent")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with the key of the event, situation or question that it is about."""

    told: Told
    subject: str | None

    def content(self) -> tuple[object, ...]:
        """What makes two statements one claim, the time of saying apart."""
        statement, quantity = self.told.statement, self.told.statement.quantity
        kind = self.told.kind
        number = (
            (str(quantity.stated.normalize()), quantity.exactness, quantity.unit)
            if quantity and kind == "QuantityClaim"
            else None
        )
        words = plain_words(statement.evidence.text) if kind in _SPEECH else None
        return (kind, self.subject, self.sources(), statement.modality, number, words)

    def sources(self) -> tuple[str, ...]:
        """Who answers for it: whoever says it, else whoever is the only one named, by passing it on."""
        return self.told.attributed_to or self.told.relayed_by


def resolve(said: Sequence[tuple[str, Said]]) -> tuple[Claim, ...]:
    """The claims behind statements of one content, given with their ids.

    One number said of a country and of a place in it are two claims, and so are two days that are told of one event.
    """
    wide = [one for one in said if _of_a_state(one[1])]
    rest = [one for one in said if not _of_a_state(one[1])]
    if not any(_placed(one) for _, one in rest):
        days = _by_time(said, _happened)
        return tuple(
            _claim(members, scope=_day_of(told) if len(days) > 1 else "")
            for told in days
            for members in _by_time(told, _spoken)
        )
    return (
        *(_claim(members, scope="country") for members in _by_time(wide, _spoken)),
        *(_claim(members) for members in _by_time(rest, _spoken)),
    )


def _placed(one: Said) -> bool:
    return one.told.kind == "QuantityClaim" and bool(one.told.roles.get("atPlace"))


def _of_a_state(one: Said) -> bool:
    """Whether it says of a whole country how many there are; of a foreign army the country is only where it is."""
    owned = one.told.roles.get("ofPopulation") and not one.told.category
    if owned or not _placed(one):
        return False
    entry = gazetteer.find(one.told.roles["atPlace"][0])
    return entry is not None and entry.subtype == "State"


def _spoken(said: Said) -> Time | None:
    """When it was said."""
    return said.told.statement.said


def _happened(said: Said) -> Time | None:
    """When the event was, as it is told there."""
    return said.told.statement.time if said.told.kind in _HAPPENING else None


def _day_of(members: Sequence[tuple[str, Said]]) -> str:
    time = _joined(_happened(one) for _, one in members)
    return time.edtf if time else ""


def _by_time(group: Sequence[tuple[str, Said]], time_of: Callable[[Said], Time | None]) -> list[list[tuple[str, Said]]]:
    """Parts whose times are compatible; what fits several joins one of its own article, else the first."""

    def order(one: tuple[str, Said]) -> tuple[bool, bool, int, str, str]:
        text = time.edtf if (time := time_of(one[1])) else ""
        return (not text, "/" in text, -len(text), text, one[0])

    parts: list[tuple[Time | None, list[tuple[str, Said]]]] = []
    for one in sorted(group, key=order):
        time, document = time_of(one[1]), one[1].told.statement.document
        fitting = [
            index
            for index, (known, members) in enumerate(parts)
            if time is None or known is None or edtf.compatible(known, time)
            if not _of_another_first_day(one, members)
        ]
        own = [i for i in fitting if any(m.told.statement.document == document for _, m in parts[i][1])]
        if fitting:
            known, members = parts[(own or fitting)[0]]
            joined = edtf.more_precise(known, time) if known and time else known or time
            parts[(own or fitting)[0]] = (joined, [*members, one])
        else:
            parts.append((time, [one]))
    return [members for _, members in parts]


def _of_another_first_day(one: tuple[str, Said], members: Sequence[tuple[str, Said]]) -> bool:
    """Whether it says that the event began on another day than one of the others does."""
    day = _first_day(one[1])
    others = (_first_day(other) for _, other in members) if day else ()
    return any(day and other and not edtf.compatible(day, other) for other in others)


def _first_day(said: Said) -> Time | None:
    time = said.told.statement.time
    return edtf.to_time(first_day(time)) if time and said.told.begins else None


def _claim(members: Sequence[tuple[str, Said]], *, scope: str = "") -> Claim:
    ordered = sorted(members, key=lambda m: (m[1].told.statement.document, m[1].told.statement.evidence, m[0]))
    statements = [one.told.statement for _, one in ordered]
    first = ordered[0][1]
    kind = first.told.kind
    said = _joined(s.said for s in statements)
    roles: dict[str, set[str]] = defaultdict(set)
    if kind in _SPEECH:
        for _, member in ordered:
            for role in _ROLES_OF_SPEECH:
                roles[role].update(member.told.roles.get(role, ()))
    return Claim(
        key=content_hash("claim", first.content(), said.edtf if said else None, *([scope] if scope else [])),
        type=kind,
        subject=first.subject,
        roles=tuple((role, tuple(sorted(entities))) for role, entities in sorted(roles.items()) if entities),
        attributed_to=first.sources(),
        relayed_by=tuple(sorted({e for _, m in ordered if m.told.attributed_to for e in m.told.relayed_by})),
        modality=statements[0].modality,
        said=said,
        quantity=statements[0].quantity if kind == "QuantityClaim" else None,
        confidence=max(s.confidence for s in statements),
        evidence=tuple(sorted({(s.document, s.evidence) for s in statements})),
        statements=tuple(sorted(identity for identity, _ in ordered)),
        extractors=tuple(sorted({s.extractor for s in statements})),
        happened=_joined(_happened(one) for _, one in ordered),
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
    one, other = units.converted(one), units.converted(other)
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
