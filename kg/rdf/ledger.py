"""Map the claims ledger: copied passages, independent origins, contradictions and inferred dates."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from kg import ledger, ns
from kg.ledger import Contradiction, CopiedPassage, InferredDate
from kg.model import Claim, Span
from kg.rdf import explanations, iris, labels
from kg.rdf.context import Context


def triples(context: Context) -> Iterator[Triple]:
    """The triples of copied passages, of how many origins each claim has, of contradictions, and of inferred dates."""
    resolution = context.resolution
    for copied in resolution.copies:
        yield from _copied(context, copied)
    for claim in resolution.claims:
        yield Triple(iris.node("claim", claim.key), ns.origins, Literal(_origins(context, claim)))
    for found in resolution.contradictions:
        yield from _contradiction(context, found)
    for inferred in resolution.dates:
        yield from _inferred(inferred)
    for year in resolution.years:
        yield Triple(iris.node(year.kind, year.key), ns.inferredTime, iris.time(year.edtf))


def _origins(context: Context, claim: Claim) -> int:
    def copied(evidence: tuple[str, Span]) -> tuple[str, ...]:
        document, span = evidence
        return context.copies.copied(document, span.start, span.end)

    return len(ledger.origins(claim.evidence, lambda evidence: evidence[0], copied))


def _copied(context: Context, copied: CopiedPassage) -> Iterator[Triple]:
    node = iris.node("copied", copied.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.CopiedPassage)
    for label in labels.both(lambda language: labels.copied(context, copied, language)):
        yield Triple(node, ns.rdfs_label, label)
    if copied.origin:
        yield Triple(node, ns.firstKnownIn, iris.article(copied.origin))


def _contradiction(context: Context, found: Contradiction) -> Iterator[Triple]:
    node = iris.node("contradiction", found.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, context.term(labels.CONTRADICTIONS[found.type]))
    for label in labels.both(lambda language: labels.contradiction(context, found, language)):
        yield Triple(node, ns.rdfs_label, label)
    for text in labels.both(lambda language: explanations.explain(context, found, language)):
        yield Triple(node, ns.dcterms_description, text)
    yield Triple(node, ns.concerns, iris.about(found.kind, found.about))
    for side in found.sides:
        yield Triple(node, ns.hasSide, iris.node("claim", side))
    if found.inherited:
        yield Triple(node, ns.inheritedIn, iris.node("copied", found.inherited))


def _inferred(inferred: InferredDate) -> Iterator[Triple]:
    article = iris.article(inferred.document)
    yield Triple(article, ns.inferredTime, iris.time(inferred.edtf))
    for passage in sorted({reason.passage for reason in inferred.reasons}):
        yield Triple(
            article, ns.inferredFrom, iris.span(passage.document, Span(passage.start, passage.end, passage.text))
        )
