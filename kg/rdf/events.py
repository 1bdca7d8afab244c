"""Map what happens and what holds: events and situations with their roles, and the times that anything has."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import edtf, ns
from kg.model import Event
from kg.rdf import iris, labels, wording
from kg.rdf.context import Context

# A situation names its larger side with `whole`: as values of `belongsTo` or `locatedIn` it would itself join the
# hierarchy of bodies and places, which queries walk.
_WHOLES = {("UnitBelongsTo", "belongsTo"), ("LocatedIn", "locatedIn")}
DIRECT = {"UnitBelongsTo": ("unit", "belongsTo"), "LocatedIn": ("location", "locatedIn")}
"""The situations that link entities directly: the role of the part, and that of the whole, which is the property."""
JUSTIFYING = frozenset({"asserted", "reported", "estimated", "confirmed"})


def triples(context: Context) -> Iterator[Triple]:
    """The triples of all events and situations, and the direct links that situations justify."""
    held = {c.subject for c in context.resolution.claims if c.modality in JUSTIFYING}
    for event in context.resolution.events:
        yield from describe_event(context, event)
        if event.key in held:
            yield from direct_links(context, event)


def times(context: Context) -> Iterator[Triple]:
    """The triples of every time that an event, a claim or an article has."""
    resolution = context.resolution
    found = {record.time.edtf for record in resolution.events if record.time}
    found |= {time.edtf for claim in resolution.claims for time in (claim.said, claim.happened) if time}
    found |= {inferred.edtf for inferred in resolution.dates} | {inferred.edtf for inferred in resolution.years}
    for text in sorted(found | set(context.published)):
        yield from describe_time(text)


def describe_event(context: Context, event: Event) -> Iterator[Triple]:
    """An event or a situation: its class, its roles, its time."""
    node = iris.node("event", event.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, context.term(event.type))
    for label in labels.both(lambda language: labels.event(context, event, language)):
        yield Triple(node, ns.rdfs_label, label)
    for role, keys in event.roles:
        property_ = ns.whole if (event.type, role) in _WHOLES else context.term(role)
        for key in keys:
            yield Triple(node, property_, iris.node("entity", key))
    if event.time:
        yield Triple(node, ns.hasTime, iris.time(event.time.edtf))
    if event.position:
        yield Triple(node, ns.positionText, Literal(event.position))


def direct_links(context: Context, event: Event) -> Iterator[Triple]:
    """The link from each part to each whole, which a situation states with more detail."""
    if event.type not in DIRECT:
        return
    part, whole = (dict(event.roles).get(role, ()) for role in DIRECT[event.type])
    property_: NamedNode = context.term(DIRECT[event.type][1])
    for inner in part:
        for outer in whole:
            if inner != outer:
                yield Triple(iris.node("entity", inner), property_, iris.node("entity", outer))


def describe_time(text: str) -> Iterator[Triple]:
    """A time: its text, and its bounds where the year is known."""
    node = iris.time(text)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.TimeExtent)
    for label in labels.both(lambda language: wording.time(text, language)):
        yield Triple(node, ns.rdfs_label, label)
    yield Triple(node, ns.edtf, Literal(text))
    earliest, latest = edtf.bounds(text) if edtf.is_valid(text) else (None, None)
    for property_, bound in ((ns.earliest, earliest), (ns.latest, latest)):
        if bound:
            yield Triple(node, property_, Literal(bound, datatype=ns.xsd_dateTime))
