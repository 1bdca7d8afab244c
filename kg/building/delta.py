"""Bring the quads of a store up to date when a resolution changes, from the nodes that the change touches.

What the store holds then is what mapping the whole resolution would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg import ns, rdf
from kg.building import lookups
from kg.building.renewal import Delta, Renewal
from kg.linking import Linker, Relinked
from kg.model import Claim, Entity, Extraction
from kg.rdf import claims, entities, events, iris, judgements, ledger
from kg.rdf.context import Context
from kg.resolving import Changed, Resolver
from kg.resolving.stages import touched
from kg.tables import Table

_PAIRED = {"competing": ns.competesWith, "corroborating": ns.corroborates}


def renew(
    store: ox.Store,
    resolver: Resolver,
    changed: Changed,
    extraction: Callable[[str], Extraction | None],
    links: tuple[Linker, Mapping[str, Relinked]],
) -> Delta:
    """Bring `store`, which holds the graph before the change, up to date.

    `extraction` gives an article by its id, `links` are the linker and what it changed. Entities follow the events that name
    them, and what records share follows all of these.
    """
    context, found = lookups.context(resolver), Renewal(store)
    renamed = list(_happenings(found, context, resolver, changed))
    _weighing(found, context, resolver, changed, renamed)
    for document in sorted({*_documents(changed)}):
        read = extraction(document)
        found.graph(iris.article_graph(document), rdf.article_quads(read, context) if read else ())
    found.apply()
    linker, relinked = links
    for key in sorted({*_entities(context, changed), *relinked}):
        found.node(iris.node("entity", key), _entity(store, context, key, linker))
    found.apply()
    _shared(found, context, changed)
    found.apply()
    return found.delta()


def _happenings(found: Renewal, context: Context, resolver: Resolver, changed: Changed) -> Iterator[str]:
    """Renew events, questions and claims that changed, and those whose labels name one that did.

    Yields the keys of all that may be called otherwise now.
    """
    renamed = [key for key, change in changed.entities.items() if _labels(change.old) != _labels(change.new)]
    named = [f"entity:{key}" for key in renamed]
    happened = {*changed.events, *_under(resolver.events.events.table, named)}
    asked = {*changed.questions, *_under(resolver.questions.questions.table, named)}
    asked.update(_under(resolver.questions.questions.table, (f"event:{key}" for key in happened)))
    claimed = {*changed.claims, *_under(resolver.claims.table, named), *_reweighed(resolver, changed)}
    claimed.update(_under(resolver.claims.table, (f"subject:{key}" for key in (*happened, *asked))))
    for year in touched(changed.years):
        (happened if year.kind == "event" else claimed).add(year.key)
    for key in sorted(happened):
        found.node(iris.node("event", key), _event(context, resolver, key))
    for key in sorted(asked):
        question = context.questions.get(key)
        found.node(iris.node("question", key), claims.describe_question(context, question) if question else ())
    for key in sorted(claimed):
        found.node(iris.node("claim", key), _claim(context, resolver, key))
    yield from (*renamed, *happened, *asked)


def _reweighed(resolver: Resolver, changed: Changed) -> Iterator[str]:
    """The claims that stand to other claims otherwise than before, and those whose words are copies now or no more."""
    yield from (key for pair in touched(changed.pairs) for key in (pair.first, pair.second))
    documents = {passage.document for copied in touched(changed.copies) for passage in copied.passages}
    yield from _under(resolver.claims.table, (f"document:{document}" for document in sorted(documents)))


def _event(context: Context, resolver: Resolver, key: str) -> Iterator[ox.Triple]:
    if event := context.events.get(key):
        yield from events.describe_event(context, event)
        yield from _year(resolver, f"event {key}")


def _claim(context: Context, resolver: Resolver, key: str) -> Iterator[ox.Triple]:
    claim, node = resolver.claims.table.get(key), iris.node("claim", key)
    if claim is None:
        return
    yield from claims.describe_claim(context, claim)
    yield ledger.count_origins(context, claim)
    yield from _year(resolver, f"claim {key}")
    for pair in resolver.pairs.table.under(f"claim:{key}").values():
        other = pair.second if pair.first == key else pair.first
        yield ox.Triple(node, _PAIRED[pair.verdict], iris.node("claim", other))


def _year(resolver: Resolver, key: str) -> Iterator[ox.Triple]:
    if year := resolver.ledger.undated.years.table.get(key):
        yield ledger.describe_year(year)


def _weighing(found: Renewal, context: Context, resolver: Resolver, changed: Changed, renamed: Iterable[str]) -> None:
    """Renew judgements, copied passages, contradictions and inferred dates."""
    judged = [(one.old and one.old.head, one.new and one.new.head) for one in changed.judgements.values()]
    judged += [(one.old, one.new) for one in changed.forces.values()]
    present = {new.key: new for _, new in judged if new}
    for key in sorted({one.key for pair in judged for one in pair if one}):
        one = present.get(key)
        found.node(iris.node("judgement", key), judgements.describe_judgement(context, one) if one else ())
    for key, copied in changed.copies.items():
        found.node(iris.node("copied", key), ledger.describe_copied(context, copied.new) if copied.new else ())
    table = resolver.ledger.disputes.contradictions.table
    for key in sorted({*changed.contradictions, *_under(table, (f"names:{name}" for name in renamed))}):
        said = table.get(key)
        found.node(iris.node("contradiction", key), ledger.describe_contradiction(context, said) if said else ())
    for document, inferred in changed.dates.items():
        found.node(iris.article(document), ledger.describe_date(inferred.new) if inferred.new else ())


def _documents(changed: Changed) -> Iterator[str]:
    """The articles whose own graphs may change: new ones, those whose words denote others now, are evidence or copies now."""
    yield from (*changed.documents, *changed.articles)
    for change in changed.claims.values():
        old, new = (set(claim.evidence) if claim else set() for claim in (change.old, change.new))
        yield from (document for document, _ in old ^ new)
    yield from (one.head.document for one in touched(changed.standing))
    yield from (passage.document for copied in touched(changed.copies) for passage in copied.passages)
    yield from (reason.passage.document for inferred in touched(changed.dates) for reason in inferred.reasons)


def _entities(context: Context, changed: Changed) -> Iterator[str]:
    """The entities that changed, that act now or no more, and the parts of what situations link directly."""
    yield from (*changed.entities, *changed.acting)
    subjects = {claim.subject for claim in touched(changed.claims) if claim.subject}
    held = [event for key in sorted(subjects) if (event := context.events.get(key))]
    for event in (*touched(changed.events), *held):
        if event.type in events.DIRECT:
            yield from dict(event.roles).get(events.DIRECT[event.type][0], ())


def _entity(store: ox.Store, context: Context, key: str, linker: Linker) -> Iterator[ox.Triple]:
    """An entity with its links, and what situations that are claimed to hold link it to directly."""
    entity = context.entities.get(key)
    if entity is None:
        return
    yield from entities.describe_entity(context, entity)
    if link := linker.table.get(key):
        yield from entities.describe_link(link)
    node = iris.node("entity", key)
    for kind, (part, whole) in events.DIRECT.items():
        for situation in _subjects(store, context.term(part), node):
            if _is_a(store, situation, context.term(kind)) and _is_held(store, context, situation):
                wholes = (quad.object for quad in store.quads_for_pattern(situation, ns.whole, None))
                yield from (ox.Triple(node, context.term(whole), outer) for outer in wholes if outer != node)


def _subjects(store: ox.Store, property_: ox.NamedNode, value: ox.NamedNode) -> Iterator[ox.NamedNode]:
    found = (quad.subject for quad in store.quads_for_pattern(None, property_, value))
    yield from (node for node in found if isinstance(node, ox.NamedNode))


def _is_a(store: ox.Store, node: ox.NamedNode, kind: ox.NamedNode) -> bool:
    return ox.Quad(node, ns.rdf_type, kind, iris.resolved_graph()) in store


def _is_held(store: ox.Store, context: Context, situation: ox.NamedNode) -> bool:
    """Whether a claim says that the situation holds."""
    firm = [context.term(modality) for modality in events.JUSTIFYING]
    graph = iris.resolved_graph()
    told = _subjects(store, ns.asserts, situation)
    return any(ox.Quad(claim, ns.modality, modality, graph) in store for claim in told for modality in firm)


def _shared(found: Renewal, context: Context, changed: Changed) -> None:
    """Describe what records share as long as something points at it, and no longer: numbers, units, times, the narrator."""
    claimed = list(touched(changed.claims))
    quantities = [claim.quantity for claim in claimed if claim.quantity]
    for quantity in dict.fromkeys(quantities):
        node = iris.quantity(quantity)
        found.node(node, claims.describe_quantity(context, node, quantity) if found.uses(node) else ())
    for text in sorted({*_times(changed, claimed)}):
        found.node(iris.time(text), events.describe_time(text) if found.uses(iris.time(text)) else ())
    found.node(iris.narrator(), entities.describe_narrator() if found.uses(iris.narrator()) else ())
    found.apply()
    units = {quantity.unit for quantity in quantities} | {question.unit for question in touched(changed.questions)}
    for unit in sorted(filter(None, units)):
        node = claims.unit_node(context, unit)
        found.node(node, claims.describe_unit(context, unit) if found.uses(node) else ())


def _times(changed: Changed, claimed: Iterable[Claim]) -> Iterator[str]:
    yield from (document.published for document in touched(changed.documents) if document.published)
    yield from (event.time.edtf for event in touched(changed.events) if event.time)
    yield from (claim.said.edtf for claim in claimed if claim.said)
    yield from (inferred.edtf for inferred in touched(changed.dates))
    yield from (inferred.edtf for inferred in touched(changed.years))


def _under(table: Table[Any], keys: Iterable[str]) -> Iterator[str]:
    return (identity for key in keys for identity in table.under(key))


def _labels(entity: Entity | None) -> object:
    return entity and entity.labels
