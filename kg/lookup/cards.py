"""Everything that a graph says about one thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns
from kg.lookup.edited import Edited, edited
from kg.lookup.reader import Family, Node, Reader, is_iri

_OF_EDITS = {ns.edits, ns.introduces}
_IN_HEAD = {ns.rdf_type, ns.rdfs_label, ns.skos_altLabel, ns.skos_exactMatch}


@dataclass(frozen=True, slots=True)
class Relation:
    """One fact about the thing: under the label `property`, another node or a text, and when, if a time is known."""

    property: str
    value: Node | str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing, with what it is called, what is said of it, and where.

    `facts` are the thing's own properties. `parts` are what names it: under `situation`, `event`, `claim`, `question`,
    `entity` or `other`, each with the part that the thing plays there. `articles` counts its mentions in each, `edits` are
    what people changed about it by hand.
    """

    node: Node
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    facts: tuple[Relation, ...]
    parts: dict[Family, tuple[Relation, ...]]
    articles: tuple[tuple[Node, int], ...]
    edits: tuple[Edited, ...] = ()


def card(reader: Reader, iri: str) -> Card | None:
    """The card of the node `iri`; None where the graph does not have it."""
    if not is_iri(iri):
        return None
    subject = ox.NamedNode(iri)
    if not reader.exists(subject):
        return None
    labels = [label for label in reader.values(subject, ns.rdfs_label) if isinstance(label, ox.Literal)]
    return Card(
        node=reader.node(subject),
        labels=tuple(sorted((label.language or "", label.value) for label in labels)),
        aliases=tuple(sorted({alias.value for alias in reader.values(subject, ns.skos_altLabel)})),
        links=tuple(link.value for link in reader.values(subject, ns.skos_exactMatch)),
        facts=_facts(reader, subject),
        parts=_parts(reader, subject),
        articles=_articles(reader, subject),
        edits=edited(reader, iri),
    )


def _facts(reader: Reader, subject: ox.NamedNode) -> tuple[Relation, ...]:
    found = set()
    for quad in reader.about(subject):
        if quad.predicate not in _IN_HEAD and not isinstance(quad.object, ox.Triple):
            value = quad.object.value if isinstance(quad.object, ox.Literal) else reader.node(quad.object)
            found.add(Relation(reader.term(quad.predicate), value))
    return tuple(sorted(found, key=_order))


def _parts(reader: Reader, subject: ox.NamedNode) -> dict[Family, tuple[Relation, ...]]:
    found: dict[Family, set[Relation]] = {}
    for quad in reader.to(subject):
        if isinstance(quad.subject, ox.Triple) or quad.predicate in _OF_EDITS:
            continue
        family = reader.family(quad.subject)
        if family != "span":
            relation = Relation(reader.term(quad.predicate), reader.node(quad.subject), reader.when(quad.subject))
            found.setdefault(family, set()).add(relation)
    return {family: tuple(sorted(found[family], key=_order)) for family in sorted(found)}


def _articles(reader: Reader, subject: ox.NamedNode) -> tuple[tuple[Node, int], ...]:
    """The articles whose words denote the thing, with how many times each does."""
    counted: Counter[Node] = Counter()
    for quad in reader.store.quads_for_pattern(None, ns.denotes, subject):
        if not isinstance(quad.subject, ox.Triple):
            counted.update(reader.nodes(quad.subject, ns.inDocument))
    return tuple(sorted(counted.items(), key=lambda item: (item[0].label, item[0].iri)))


def _order(relation: Relation) -> tuple[str, str, str, str]:
    """By property, then by time, then by what is named."""
    value = relation.value
    named = (value.label, value.iri) if isinstance(value, Node) else (value, "")
    return (relation.property, relation.when or "~", *named)
