"""Map who says what: claims, the questions and quantities of those about numbers, and how claims stand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg import ns
from kg.model import Claim, Quantity, Question
from kg.rdf import iris, labels
from kg.rdf.context import Context

_EXACTNESS = {
    "exact": ns.exactly,
    "approximate": ns.approximate,
    "more_than": ns.moreThan,
    "less_than": ns.lessThan,
}
_CONFIDENCE_DIGITS = 3


def triples(context: Context) -> Iterator[Triple]:
    """The triples of all questions, quantities, units and claims, and of the pairs of claims; evidence is the articles'."""
    resolution = context.resolution
    for question in resolution.questions:
        yield from describe_question(context, question)
    quantities = {iris.quantity(claim.quantity): claim.quantity for claim in resolution.claims if claim.quantity}
    for node in sorted(quantities, key=lambda n: n.value):
        yield from describe_quantity(context, node, quantities[node])
    units = {q.unit for q in quantities.values() if q.unit} | {q.unit for q in resolution.questions if q.unit}
    for unit in sorted(units):
        yield from describe_unit(context, unit)
    for claim in resolution.claims:
        yield from describe_claim(context, claim)
    for property_, pairs in ((ns.competesWith, resolution.competing), (ns.corroborates, resolution.corroborating)):
        for first, second in pairs:
            yield Triple(iris.node("claim", first), property_, iris.node("claim", second))
            yield Triple(iris.node("claim", second), property_, iris.node("claim", first))


def decimal(value: Decimal | float) -> Literal:
    """A number as xsd:decimal, written with a point: SHACL takes `1` for an integer."""
    text = f"{Decimal(str(value)):f}"
    return Literal(text if "." in text else f"{text}.0", datatype=ns.xsd_decimal)


def describe_question(context: Context, question: Question) -> Iterator[Triple]:
    """What a question asks."""
    node = iris.node("question", question.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.Question)
    for label in labels.both(lambda language: labels.question(context, question, language)):
        yield Triple(node, ns.rdfs_label, label)
    yield Triple(node, ns.measure, context.term(question.measure))
    if question.population:
        yield Triple(node, ns.ofPopulation, iris.node("entity", question.population))
    if question.place:
        yield Triple(node, ns.atPlace, iris.node("entity", question.place))
    if question.event:
        yield Triple(node, ns.aboutEvent, iris.node("event", question.event))
    if question.unit:
        yield Triple(node, ns.unitOfMeasure, unit_node(context, question.unit))


def describe_quantity(context: Context, node: NamedNode, quantity: Quantity) -> Iterator[Triple]:
    """A number: what is stated, between which bounds."""
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.Quantity)
    for label in labels.both(lambda language: labels.quantity(context, quantity, language)):
        yield Triple(node, ns.rdfs_label, label)
    yield Triple(node, ns.exactness, _EXACTNESS[quantity.exactness])
    for property_, value in ((ns.stated, quantity.stated), (ns.lower, quantity.lower), (ns.upper, quantity.upper)):
        if value is not None:
            yield Triple(node, property_, decimal(value))
    if quantity.unit:
        yield Triple(node, ns.unitOfMeasure, unit_node(context, quantity.unit))


def describe_unit(context: Context, name: str) -> Iterator[Triple]:
    """A unit that the ontology does not list; the listed ones are described there."""
    if labels.is_listed_unit(context, name):
        return
    node = unit_node(context, name)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.UnitOfMeasure)
    for label in labels.both(lambda language: labels.unit(context, name, language)):
        yield Triple(node, ns.rdfs_label, label)


def unit_node(context: Context, name: str) -> NamedNode:
    """The IRI of a unit of measure: the ontology's where it lists the unit."""
    return context.term(name) if labels.is_listed_unit(context, name) else iris.node("unit", name)


def describe_claim(context: Context, claim: Claim) -> Iterator[Triple]:
    """Who says what, when and how firmly."""
    node = iris.node("claim", claim.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, context.term(claim.type))
    for label in labels.both(lambda language: labels.claim(context, claim, language)):
        yield Triple(node, ns.rdfs_label, label)
    yield from _subject(claim, node)
    for role, keys in claim.roles:
        for key in keys:
            yield Triple(node, context.term(role), iris.node("entity", key))
    for source in claim.attributed_to:
        yield Triple(node, ns.attributedTo, iris.node("entity", source))
    if not claim.attributed_to:
        yield Triple(node, ns.attributedTo, iris.narrator())
    for relay in claim.relayed_by:
        yield Triple(node, ns.relayedBy, iris.node("entity", relay))
    yield Triple(node, ns.modality, context.term(claim.modality))
    yield Triple(node, ns.confidence, decimal(round(claim.confidence, _CONFIDENCE_DIGITS)))
    if claim.said:
        yield Triple(node, ns.hasTime, iris.time(claim.said.edtf))
    if claim.happened:
        yield Triple(node, ns.toldTime, iris.time(claim.happened.edtf))
    for extractor in claim.extractors:
        yield Triple(node, ns.extractor, Literal(extractor))


def _subject(claim: Claim, node: NamedNode) -> Iterator[Triple]:
    """What the claim is about: the question that its quantity answers, or the event or situation that it asserts."""
    if claim.quantity:
        yield Triple(node, ns.quantity, iris.quantity(claim.quantity))
        if claim.subject:
            yield Triple(node, ns.answers, iris.node("question", claim.subject))
    elif claim.subject:
        yield Triple(node, ns.asserts, iris.node("event", claim.subject))
