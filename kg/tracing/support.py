"""Find the words behind the triples that a row rests on: claims with their spans, the words that name things, articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import lookup, ns, sparql
from kg.lookup import Evidence, Node, Reader, Reason
from kg.lookup.names import fold
from kg.rdf import iris
from kg.tracing.matching import Match
from kg.tracing.rewriting import Note

_HAPPENINGS = ("event", "situation")
_PARTS = {ns.belongsTo: ns.UnitBelongsTo, ns.locatedIn: ns.LocatedIn}
_NAMED_AT_MOST = 3
_TERM_FAMILIES = ("time", "other")


@dataclass(frozen=True, slots=True)
class Naming:
    """The words that name an entity: all that the row matched, else the first few of `places` in the articles."""

    entity: Node
    evidence: tuple[Evidence, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Support:
    """What a row rests on: claims with the spans that count, words that name things, and what has no words.

    `articles` are those whose own data the row tells, by file and IRI.
    """

    claims: tuple[Reason, ...]
    namings: tuple[Naming, ...]
    articles: tuple[tuple[str, str], ...]
    untraced: tuple[Note, ...]


class _Fact(NamedTuple):
    """A triple about a node that has an IRI."""

    subject: ox.NamedNode
    predicate: ox.NamedNode
    object: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(slots=True)
class _Found:
    """What has been gathered for one row; an empty set of spans stands for all spans of a claim."""

    facts: Sequence[_Fact]
    claims: dict[ox.NamedNode, set[ox.NamedNode]] = field(default_factory=dict)
    spans: dict[ox.NamedNode, set[ox.NamedNode]] = field(default_factory=lambda: defaultdict(set))
    names: dict[ox.NamedNode, set[str]] = field(default_factory=lambda: defaultdict(set))
    articles: set[ox.NamedNode] = field(default_factory=set)
    notes: dict[Note, None] = field(default_factory=dict)


class Supporter:
    """Looks up support in one graph; what was looked up for one row serves the next."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._family = cache(reader.family)
        self._reason = cache(lambda claim: lookup.reasons(reader, claim.value)[0])
        self._mentions = cache(lambda entity: lookup.mentions(reader, entity.value))
        self._behind = cache(self._claims_behind)

    def support(self, match: Match) -> Support:
        """The words behind the triples of one row."""
        found = _Found(
            [_Fact(t.subject, t.predicate, t.object) for t in match.triples if isinstance(t.subject, ox.NamedNode)]
        )
        for fact in found.facts:
            for node in (fact.subject, fact.object):
                if isinstance(node, ox.NamedNode) and self._family(node) == "claim":
                    found.claims.setdefault(node, set())
            if fact.predicate == ns.hasEvidence and isinstance(fact.object, ox.NamedNode):
                found.claims[fact.subject].add(fact.object)
        for fact in found.facts:
            self._add(fact, found)
        claims = sorted((self._cut(*pair) for pair in found.claims.items()), key=lambda r: (r.evidence, r.claim.iri))
        namings = tuple(self._namings(found, claims))
        return Support(
            claims=tuple(claims),
            namings=namings,
            articles=tuple(sorted((self._reader.text(a, ns.sourceName) or a.value, a.value) for a in found.articles)),
            untraced=(*match.notes, *found.notes),
        )

    def _add(self, fact: _Fact, found: _Found) -> None:
        subject = fact.subject
        family = self._family(subject)
        if family in (*_HAPPENINGS, "question", "quantity"):
            self._add_claims(fact, found)
        elif family == "span":
            self._add_span(fact, found)
        elif family == "document":
            found.articles.add(subject)
        elif family == "entity" and fact.predicate in _PARTS:
            self._add_part(fact, found)
        elif family == "entity":
            value = fact.object
            found.names[subject].add(value.value if isinstance(value, ox.Literal) else "")
        elif family in _TERM_FAMILIES:
            self._add_other(fact, found)

    def _add_claims(self, fact: _Fact, found: _Found) -> None:
        """The claims behind a happening, a question or a quantity: those of the row, else those that name its object."""
        behind = self._behind(fact.subject)
        if any(claim in found.claims for claim in behind):
            return
        naming = [claim for claim in behind if self._names(claim, fact.object)] or behind
        for claim in naming:
            found.claims[claim] = set()
        if not naming:
            found.notes[Note("silent", fact.subject.value)] = None

    def _claims_behind(self, node: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        property_ = {"question": ns.answers, "quantity": ns.quantity}.get(self._family(node), ns.asserts)
        quads = self._reader.store.quads_for_pattern(None, property_, node)
        claims = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return tuple(sorted(claims, key=lambda claim: claim.value))

    def _names(self, claim: ox.NamedNode, entity: Any) -> bool:
        """Whether words that a claim rests on name the entity."""
        if not isinstance(entity, ox.NamedNode) or self._family(entity) != "entity":
            return False
        places = self._reason(claim).evidence
        return any(_within(mention, place) for mention in self._mentions(entity) for place in places)

    def _add_span(self, fact: _Fact, found: _Found) -> None:
        span = fact.subject
        if any(span in spans for spans in found.claims.values()):
            return
        denoted = [t.object for t in found.facts if t.subject == span and t.predicate == ns.denotes]
        claims = self._subjects(ns.hasEvidence, span) if not denoted else []
        for claim in claims:
            if found.claims.get(claim, {span}):
                found.claims.setdefault(claim, set()).add(span)
        for entity in denoted or ([] if claims else self._reader.values(span, ns.denotes)):
            if isinstance(entity, ox.NamedNode):
                found.spans[entity].add(span)

    def _add_part(self, fact: _Fact, found: _Found) -> None:
        """What a place lies in, what a body belongs to: the situations that say so; for described groups their names."""
        role = ns.location if fact.predicate == ns.locatedIn else ns.unit
        wholes = set(self._subjects(ns.whole, fact.object))
        claims = [
            claim
            for situation in self._subjects(role, fact.subject)
            if situation in wholes and _PARTS[fact.predicate] in self._reader.kinds(situation)
            for claim in self._behind(situation)
        ]
        if not claims:
            found.names[fact.subject].add("")
        elif not any(claim in found.claims for claim in claims):
            found.claims.update((claim, set()) for claim in claims)

    def _add_other(self, fact: _Fact, found: _Found) -> None:
        """A time stands or falls with what has it, a term with the ontology; anything else with the claims that it names."""
        subject = fact.subject
        if any(t.object == subject for t in found.facts):
            return
        if self._family(subject) == "time":
            found.notes[Note("alone", sparql.short(subject.value))] = None
        elif subject.value.startswith(tuple(sparql.PREFIXES.values())):
            found.notes[Note("ontology", sparql.short(subject.value))] = None
        else:
            around = [quad.object for quad in self._reader.about(subject)]
            claims = [n for n in around if isinstance(n, ox.NamedNode) and self._family(n) == "claim"]
            for claim in claims:
                found.claims.setdefault(claim, set())
            if not claims:
                found.notes[Note("silent", subject.value)] = None

    def _cut(self, claim: ox.NamedNode, spans: set[ox.NamedNode]) -> Reason:
        """A claim with the spans that the row is about."""
        reason = self._reason(claim)
        kept = {span.value for span in spans}
        own = tuple(e for e in reason.evidence if f"{e.article}/chars/{e.start}-{e.end}" in kept)
        return replace(reason, evidence=own) if own else reason

    def _namings(self, found: _Found, claims: Sequence[Reason]) -> Iterator[Naming]:
        """Words for the entities that no words of the row's claims name."""
        quoted: dict[str, list[Evidence]] = defaultdict(list)
        for reason in claims:
            for evidence in reason.evidence:
                quoted[evidence.article].append(evidence)
        for entity in sorted(found.names.keys() | found.spans.keys(), key=lambda node: node.value):
            mentions = self._mentions(entity)
            matched = {span.value for span in found.spans.get(entity, ())}
            own = [m for m in mentions if f"{m.article}/chars/{m.start}-{m.end}" in matched]
            if own:
                yield Naming(self._reader.node(entity), tuple(own), len(mentions))
            elif entity == iris.narrator() or not mentions:
                found.notes[Note("silent", self._reader.label(entity))] = None
            elif not any(_within(m, e) for m in mentions for e in quoted.get(m.article, ())):
                called = {fold(name) for name in found.names[entity]}
                alike = [m for m in mentions if fold(m.words) in called] or mentions
                near = [_nearest(mentions, quoted[article]) for article in sorted(quoted)]
                told = sorted(m for m in near if m) or alike[:_NAMED_AT_MOST]
                yield Naming(self._reader.node(entity), tuple(told), len(mentions))

    def _subjects(self, property_: ox.NamedNode, node: Any) -> list[ox.NamedNode]:
        quads = self._reader.store.quads_for_pattern(None, property_, node)
        return sorted({q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}, key=lambda n: n.value)


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner.article == outer.article and outer.start <= inner.start and inner.end <= outer.end


def _nearest(mentions: Sequence[Evidence], quoted: Sequence[Evidence]) -> Evidence | None:
    """The mention that stands nearest to one of the quoted words of the same article."""
    article = quoted[0].article
    near = [(abs(m.start - e.start), m) for m in mentions if m.article == article for e in quoted]
    return min(near)[1] if near else None
