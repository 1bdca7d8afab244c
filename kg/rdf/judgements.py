"""Map what was judged of names: which stand for one thing, which do not, which perhaps."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from kg import ns
from kg.model import Judgement
from kg.rdf import iris
from kg.rdf.claims import decimal
from kg.rdf.context import Context
from kg.rdf.wording import LANGUAGES, Language

VERDICTS = {"same": ns.sameThing, "not same": ns.notSameThing, "unsure": ns.perhapsSameThing}
_DIGITS = 3


def triples(context: Context) -> Iterator[Triple]:
    """The triples of all judgements."""
    for judgement in context.resolution.judgements:
        yield from describe_judgement(context, judgement)


def describe_judgement(context: Context, judgement: Judgement) -> Iterator[Triple]:
    """What was judged of two names, how surely, why, and by whom."""
    node = iris.node("judgement", judgement.key)
    yield Triple(node, ns.rdf_type, ns.owl_NamedIndividual)
    yield Triple(node, ns.rdf_type, ns.Judgement)
    for language in LANGUAGES:
        yield Triple(node, ns.rdfs_label, Literal(label(context, judgement, language), language=language))
    for name in sorted(set(judgement.names)):
        yield Triple(node, ns.judgedName, Literal(name))
    for entity in judgement.entities:
        yield Triple(node, ns.judges, iris.node("entity", entity))
    yield Triple(node, ns.verdict, VERDICTS[judgement.verdict])
    yield Triple(node, ns.score, decimal(round(judgement.score, _DIGITS)))
    for reason in judgement.reasons:
        yield Triple(node, ns.reason, Literal(reason))
    if judgement.by:
        yield Triple(node, ns.judgedBy, Literal(judgement.by))


def label(context: Context, judgement: Judgement, language: Language) -> str:
    """Such as "Judgement: Aleksandr Matsegora, Alexandr Matsegora: the same"."""
    verdict = context.vocabulary.label(VERDICTS[judgement.verdict].value.rpartition("#")[2], language)
    return f"{context.vocabulary.label('Judgement', language)}: {', '.join(judgement.names)}: {verdict}"
