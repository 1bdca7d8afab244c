"""Records as RDF: one named graph for each article, one for what all articles together say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.model import Extraction, Resolution
from kg.rdf import articles, claims, entities, events, iris, judgements, ledger
from kg.rdf.context import Context
from kg.rdf.ontology import ontology_file, ontology_quads, owl_data, owl_file, owl_version

__all__ = [
    "Context",
    "article_quads",
    "iris",
    "ontology_file",
    "ontology_quads",
    "owl_data",
    "owl_file",
    "owl_version",
    "quads",
    "resolved_quads",
]


def article_quads(extraction: Extraction, context: Context) -> Iterator[Quad]:
    """What one article says, in its graph: the article, its mentions, and the evidence that claims have in it."""
    graph = iris.article_graph(extraction.document.id)
    for triple in articles.triples(context, extraction):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def resolved_quads(context: Context) -> Iterator[Quad]:
    """What all articles together say, in the resolved graph: entities, judgements, events, times, claims, and their ledger."""
    graph = iris.resolved_graph()
    parts = (entities.triples, judgements.triples, events.triples, events.times, claims.triples, ledger.triples)
    for part in parts:
        for triple in part(context):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def quads(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[Quad]:
    """The whole graph; no triple stands in two graphs."""
    read = list(extractions)
    context = Context.make(resolution, (extraction.document for extraction in read))
    for extraction in read:
        yield from article_quads(extraction, context)
    yield from resolved_quads(context)
