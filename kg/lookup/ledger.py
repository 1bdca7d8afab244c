"""Read the claims ledger: which claims contradict each other, and on how many independent origins a claim rests."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

import pyoxigraph as ox

from kg import ledger, ns
from kg.ledger import ContradictionType
from kg.lookup.reader import Node, Reader
from kg.lookup.reasons import Evidence, evidence
from kg.rdf import iris
from kg.rdf.labels import CONTRADICTIONS
from kg.spelling import fold

TYPES: tuple[ContradictionType, ...] = get_args(ContradictionType)
_APART = re.compile(r"[\W_]+")
_KEPT = 0.9  # of the words of a claim, in a copy that was lightly edited
_LIKE = 0.5  # of the words, for a claim that a quotation may mean


@dataclass(frozen=True, slots=True)
class Number:
    """What a claim counts: the number as stated, how exact, and the interval that it stands for."""

    stated: Decimal | None
    exactness: str
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Side:
    """One claim of a contradiction; `published` are the days of its articles, an inferred one with a `~` before it."""

    claim: Node
    evidence: tuple[Evidence, ...]
    attributed_to: tuple[str, ...]
    said: str | None
    quantity: Number | None
    published: tuple[str, ...]

    @property
    def quotes(self) -> list[str]:
        """Its words, each once."""
        return list(dict.fromkeys(piece.words for piece in self.evidence))

    @property
    def articles(self) -> list[str]:
        """The files that tell it, each once."""
        return list(dict.fromkeys(piece.source for piece in self.evidence))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that contradict each other, of one type, with what about and why.

    `inherited` says that a denial stands in a passage that was taken over from another article.
    """

    node: Node
    type: ContradictionType
    about: Node
    explanation: str
    sides: tuple[Side, ...]
    inherited: bool


@dataclass(frozen=True, slots=True)
class Support:
    """On what a claim rests: its evidence by independent origin, the largest group first, each with its copies.

    A copy that was read otherwise, or not at all, still has the words: it is shown as the whole passage.

    `first` names the earliest dated article of the copied passage that a group shares, where there is one.
    """

    claim: Node
    groups: tuple[tuple[Evidence, ...], ...]
    first: tuple[str | None, ...]

    @property
    def articles(self) -> int:
        """How many articles tell it."""
        return len({piece.article for group in self.groups for piece in group})


def conflicts(reader: Reader, types: Collection[str] = TYPES) -> list[Conflict]:
    """The contradictions of these types, by type and by what they are about."""
    found = []
    for kind in TYPES:
        if kind in types:
            class_ = reader.vocabulary.terms[CONTRADICTIONS[kind]].iri
            nodes = {quad.subject for quad in reader.store.quads_for_pattern(None, ns.rdf_type, class_)}
            conflicting = (_conflict(reader, node, kind) for node in nodes if isinstance(node, ox.NamedNode))
            found.extend(sorted(conflicting, key=lambda c: (c.about.label, c.node.iri)))
    return found


def support(reader: Reader, iri: str) -> Support | None:
    """What the claim `iri` rests on; None where `iri` is no claim."""
    claim = ox.NamedNode(iri)
    if reader.family(claim) != "claim":
        return None
    pieces = {evidence(reader, span): _copied(reader, span) for span in _spans(reader, claim)}
    parts = ledger.origins(sorted(pieces), lambda piece: piece.article, lambda piece: pieces[piece])
    complete = (tuple(sorted([*part, *_copies(reader, part, pieces)])) for part in parts)
    groups = sorted(complete, key=lambda group: (-len(group), group))
    first = tuple(_first(reader, {key for piece in group for key in pieces.get(piece, ())}) for group in groups)
    return Support(reader.node(claim), tuple(groups), first)


def claims_quoted(reader: Reader, quote: str) -> list[str]:
    """The IRIs of the claims whose words come nearest to `quote`, the nearest first.

    Of equally near ones that which rests on more words comes first. Letter case and marks make no difference; diacritics
    do.
    """
    wanted = _words(quote)
    near: dict[str, float] = {}
    for quad in reader.store.quads_for_pattern(None, ns.hasEvidence, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            likeness = _likeness(wanted, _words(reader.text(quad.object, ns.exact) or ""))
            near[quad.subject.value] = max(likeness, near.get(quad.subject.value, 0.0))
    told = {iri: len(_spans(reader, ox.NamedNode(iri))) for iri, likeness in near.items() if likeness >= _LIKE}
    return sorted(told, key=lambda iri: (-near[iri], -told[iri], iri))


def _conflict(reader: Reader, node: ox.NamedNode, kind: ContradictionType) -> Conflict:
    sides = (_side(reader, side) for side in reader.values(node, ns.hasSide) if isinstance(side, ox.NamedNode))
    texts = [text for text in reader.values(node, ns.dcterms_description) if isinstance(text, ox.Literal)]
    texts.sort(key=lambda text: (text.language != reader.language, text.value))
    return Conflict(
        node=reader.node(node),
        type=kind,
        about=reader.nodes(node, ns.concerns)[0],
        explanation=texts[0].value if texts else "",
        sides=tuple(sorted(sides, key=lambda side: (min(side.published, default="9999"), side.claim.iri))),
        inherited=bool(reader.values(node, ns.inheritedIn)),
    )


def _side(reader: Reader, claim: ox.NamedNode) -> Side:
    quantities = [node for node in reader.values(claim, ns.quantity) if isinstance(node, ox.NamedNode)]
    pieces = tuple(sorted(evidence(reader, span) for span in _spans(reader, claim)))
    articles = sorted({piece.article for piece in pieces})
    sources = [source for source in reader.values(claim, ns.attributedTo) if isinstance(source, ox.NamedNode)]
    return Side(
        claim=reader.node(claim),
        evidence=pieces,
        attributed_to=tuple(sorted(reader.label(source) for source in sources if source != iris.narrator())),
        said=reader.when(claim),
        quantity=_number(reader, quantities[0]) if quantities else None,
        published=tuple(sorted(day for article in articles if (day := published(reader, article)))),
    )


def published(reader: Reader, article: str) -> str | None:
    """When an article was published, as EDTF text; with a `~` before it where the day is inferred."""
    node = ox.NamedNode(article)
    if stated := reader.when(node):
        return stated
    inferred = reader.nodes(node, ns.inferredTime)
    return f"~{reader.text(ox.NamedNode(inferred[0].iri), ns.edtf)}" if inferred else None


def _number(reader: Reader, node: ox.NamedNode) -> Number:
    def value(property_: ox.NamedNode) -> Decimal | None:
        text = reader.text(node, property_)
        return Decimal(text) if text is not None else None

    exactness = reader.values(node, ns.exactness)
    units = reader.nodes(node, ns.unitOfMeasure)
    return Number(
        stated=value(ns.stated),
        exactness=exactness[0].value.rpartition("#")[2] if exactness else "",
        lower=value(ns.lower),
        upper=value(ns.upper),
        unit=units[0].label if units else None,
        label=reader.label(node),
    )


def _spans(reader: Reader, claim: ox.NamedNode) -> list[ox.NamedNode]:
    return [span for span in reader.values(claim, ns.hasEvidence) if isinstance(span, ox.NamedNode)]


def _copied(reader: Reader, span: ox.NamedNode) -> list[str]:
    return [copied.value for copied in reader.values(span, ns.copyOf)]


def _copies(reader: Reader, part: Collection[Evidence], copied: Mapping[Evidence, Sequence[str]]) -> list[Evidence]:
    """Passages of other articles that are copies of the evidence and still have its words and numbers, one each."""
    known = {piece.article for piece in part}
    found: dict[str, Evidence] = {}
    for piece in part:
        words = set(_words(piece.words))
        for key in copied[piece]:
            for quad in reader.store.quads_for_pattern(None, ns.copyOf, ox.NamedNode(key)):
                if not isinstance(quad.subject, ox.NamedNode):
                    continue
                copy = evidence(reader, quad.subject)
                shared = words & set(_words(copy.words))
                kept = len(shared) >= _KEPT * len(words) and not any(word.isdigit() for word in words - shared)
                longest = found.get(copy.article, copy)
                if kept and copy.article not in known and (len(copy.words), copy) >= (len(longest.words), longest):
                    found[copy.article] = copy
    return list(found.values())


def _first(reader: Reader, copied: Collection[str]) -> str | None:
    """The file of the earliest dated article that has one of the copied passages."""
    articles = {node.iri for key in copied for node in reader.nodes(ox.NamedNode(key), ns.firstKnownIn)}
    dated = sorted((published(reader, article) or "9999", article) for article in articles)
    return reader.text(ox.NamedNode(dated[0][1]), ns.sourceName) if dated else None


def _words(text: str) -> list[str]:
    return _APART.sub(" ", fold(text)).split()


def _likeness(one: list[str], other: list[str]) -> float:
    """How much of two stretches of words is the same run of words, from 0 to 1."""
    if not one or not other:
        return 0.0
    run = difflib.SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return 2 * run.size / (len(one) + len(other))
