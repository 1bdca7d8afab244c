"""Map what names refer to: entities, their names, and the items elsewhere that they were judged to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import ns
from kg.model import Entity, Link
from kg.rdf import designations, iris
from kg.rdf.context import Context
from kg.rdf.wording import LANGUAGES

WIKIDATA = "http://www.wikidata.org/entity/"
_QID = re.compile(r"Q[1-9]\d*")
_SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")  # no term of the ontology, as the graph has none of it
_PROPERTIES = {"link": ns.skos_exactMatch, "review": ns.skos_closeMatch}
_NARRATOR = {"en": "Article narrator (no source named)", "vi": "Người viết (không nêu nguồn)"}


def triples(context: Context) -> Iterator[Triple]:
    """The triples of all entities, of the narrator if a claim needs one, and of the links."""
    for entity in context.resolution.entities:
        yield from describe_entity(context, entity)
    if any(not claim.attributed_to for claim in context.resolution.claims):
        yield from describe_narrator()
    for link in context.resolution.links:
        yield from describe_link(link)


def describe_entity(context: Context, entity: Entity) -> Iterator[Triple]:
    """An entity: its class, its names, what it belongs to."""
    node = iris.node("entity", entity.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, context.entity_class(entity))
    for owner in entity.belongs_to:
        yield Triple(node, ns.belongsTo, iris.node("entity", owner))
    if context.entity_class(entity) == ns.MilitaryUnit:
        yield from _designation(context, entity)
    labels: dict[str, str] = {language: entity.label(language) for language in LANGUAGES}
    for language, name in labels.items():
        yield Triple(node, ns.rdfs_label, Literal(name, language=language))
    for language, name in entity.labels:
        if language not in labels:
            yield Triple(node, ns.skos_altLabel, Literal(name, language=language))
    for language, alias in entity.aliases:
        if alias not in labels.values():
            yield Triple(node, ns.skos_altLabel, Literal(alias, language=language))


def _designation(context: Context, entity: Entity) -> Iterator[Triple]:
    """What a military unit's name says of its echelon, branch and number."""
    node, told = iris.node("entity", entity.key), designations.read(entity.labels)
    if told.echelon:
        yield Triple(node, ns.echelon, context.term(told.echelon))
    if told.branch:
        yield Triple(node, ns.branch, context.term(told.branch))
    if told.number:
        yield Triple(node, ns.unitNumber, Literal(told.number))


def describe_narrator() -> Iterator[Triple]:
    """Whoever writes what no source is named for."""
    yield Triple(iris.narrator(), ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(iris.narrator(), ns.rdf_type, ns.Group)
    for language, name in _NARRATOR.items():
        yield Triple(iris.narrator(), ns.rdfs_label, Literal(name, language=language))


def describe_link(link: Link) -> Iterator[Triple]:
    """What a link says: an item that is the same, or one that a person should look at; nothing where there is none."""
    if link.verdict in _PROPERTIES and link.target:
        yield Triple(iris.node("entity", link.entity), _PROPERTIES[link.verdict], _item(link.target))


def identical(link: Link) -> Triple:
    """A link as owl:sameAs, by which reasoners make one thing of two: for those who ask for it, never for the graph."""
    return Triple(iris.node("entity", link.entity), _SAME_AS, _item(link.target))


def _item(target: str) -> NamedNode:
    """A link's target as an IRI: a Wikidata item by its Q number, anything else as it is."""
    return NamedNode(WIKIDATA + target if _QID.fullmatch(target) else target)
