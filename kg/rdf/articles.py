"""Map one article: the document, the words in it that denote entities, and those that claims rest on."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import ns
from kg.model import Document, Extraction, Span
from kg.rdf import iris
from kg.rdf.context import Context
from kg.rdf.wording import LANGUAGES


def triples(context: Context, extraction: Extraction) -> Iterator[Triple]:
    """The triples of the article's own graph. Mentions whose chain the resolution dropped are left out."""
    document = extraction.document
    yield from _document(context, document)
    for mention in extraction.mentions:
        key = context.members.get((document.id, mention.chain))
        if key is not None:
            kind = ns.Credit if mention.credit else ns.Mention
            yield from _span(document, mention.span, kind)
            node = iris.span(document.id, mention.span)
            yield Triple(node, ns.denotes, iris.node("entity", key))
            for state in context.standing.get((document.id, mention.span), ()):
                yield Triple(node, ns.standsFor, iris.node("entity", state))
    for claim, place in context.evidence.get(document.id, ()):
        yield from _span(document, place, ns.EvidenceSpan)
        yield Triple(iris.node("claim", claim.key), ns.hasEvidence, iris.span(document.id, place))
    yield from _copies(context, document)


def _copies(context: Context, document: Document) -> Iterator[Triple]:
    """The passages that the ledger points at, and of what they and the evidence are copies."""
    passages = {Span(p.start, p.end, p.text) for p in context.passages.get(document.id, ())}
    for place in sorted(passages):
        yield from _span(document, place, ns.EvidenceSpan)
    for place in sorted(passages | {place for _, place in context.evidence.get(document.id, ())}):
        for key in context.copies.copied(document.id, place.start, place.end):
            yield Triple(iris.span(document.id, place), ns.copyOf, iris.node("copied", key))


def _document(context: Context, document: Document) -> Iterator[Triple]:
    node = iris.article(document.id)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.Article)
    for language in LANGUAGES:
        label = f"{context.vocabulary.label('Article', language)}: {document.title or document.source}"
        yield Triple(node, ns.rdfs_label, Literal(label, language=language))
    if document.title:
        yield Triple(node, ns.dcterms_title, Literal(document.title, language=document.language))
    yield Triple(node, ns.sha256, Literal(document.id))
    yield Triple(node, ns.sourceName, Literal(document.source))
    yield Triple(node, ns.language, Literal(document.language))
    yield Triple(node, ns.characterEncoding, Literal(document.encoding))
    if document.published:
        yield Triple(node, ns.hasTime, iris.time(document.published))
    if document.outlet:
        yield Triple(node, ns.outlet, Literal(document.outlet))
    if document.url:
        yield Triple(node, ns.url, Literal(document.url, datatype=ns.xsd_anyURI))


def _span(document: Document, place: Span, kind: NamedNode) -> Iterator[Triple]:
    node = iris.span(document.id, place)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, kind)
    for language in LANGUAGES:
        yield Triple(node, ns.rdfs_label, Literal(f"{document.source}:{place.start}-{place.end}", language=language))
    yield Triple(node, ns.inDocument, iris.article(document.id))
    yield Triple(node, ns.start, Literal(place.start))
    yield Triple(node, ns.end, Literal(place.end))
    yield Triple(node, ns.exact, Literal(place.text))
