"""Map the claims ledger: copied passages, independent origins, contradictions and inferred dates."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from kg import ledger, ns
from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear
from kg.model import Claim, Span
from kg.rdf import explanations, iris, labels
from kg.rdf.context import Context


def triples(context: Context) -> Iterator[Triple]:
    """The triples of copied passages, of how many origins each claim has, of contradictions, and of inferred dates."""
    resolution = context.resolution
    for copied in resolution.copies:
        yield from describe_copied(context, copied)
    for claim in resolution.claims:
        yield count_origins(context, claim)
    for found in resolution.contradictions:
        yield from describe_contradiction(context, found)
    for inferred in resolution.dates:
        yield from describe_date(inferred)
    yield from map(describe_year, resolution.years)


def count_origins(context: Context, claim: Claim) -> Triple:
    """On how many independent origins a claim rests."""

    def copied(evidence: tuple[str, Span]) -> tuple[str, ...]:
        document, span = evidence
        return context.copies.copied(document, span.start, span.end)

    found = ledger.origins(claim.evidence, lambda evidence: evidence[0], copied)
    return Triple(iris.node("claim", claim.key), ns.origins, Literal(len(found)))


def describe_copied(context: Context, copied: CopiedPassage) -> Iterator[Triple]:
    """A copied passage, and the article that it is first known in."""
    node = iris.node("copied", copied.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.CopiedPassage)
    for label in labels.both(lambda language: labels.copied(context, copied, language)):
        yield Triple(node, ns.rdfs_label, label)
    if copied.origin:
        yield Triple(node, ns.firstKnownIn, iris.article(copied.origin))


def describe_contradiction(context: Context, found: Contradiction) -> Iterator[Triple]:
    """A contradiction: its type, what it is about, its sides."""
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


def describe_date(inferred: InferredDate) -> Iterator[Triple]:
    """When an undated article was published, with the words that show it."""
    article = iris.article(inferred.document)
    yield Triple(article, ns.inferredTime, iris.time(inferred.edtf))
    for passage in sorted({reason.passage for reason in inferred.reasons}):
        yield Triple(
            article, ns.inferredFrom, iris.span(passage.document, Span(passage.start, passage.end, passage.text))
        )


def describe_year(inferred: InferredYear) -> Triple:
    """The time of an event or a claim with the year that its articles leave out."""
    return Triple(iris.node(inferred.kind, inferred.key), ns.inferredTime, iris.time(inferred.edtf))
