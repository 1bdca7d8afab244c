"""Compare records with annotations in every way that the annotations allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.evaluation import coreference, events, evidence, facts, links, mentions
from kg.evaluation.alignment import majority
from kg.evaluation.figures import Figure, Miss
from kg.evaluation.gold import Article
from kg.evaluation.records import Records


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of so many annotated articles, of which `absent` are not in the records, and what was missed."""

    articles: int
    absent: tuple[str, ...]
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]


def evaluate(articles: Sequence[Article], records: Records, *, texts: Path | None = None) -> Evaluation:
    """Score `records` against the annotated `articles`.

    `texts` is the folder of the articles, to read all words again where they should stand; records of a graph bring
    the texts along. An annotated article that was not built counts as one in which nothing was found.
    """
    absent = tuple(article.source for article in articles if article.source not in records.sources)
    if len(absent) == len(articles):
        raise UsageError(
            f"none of the annotated articles is in the records ({absent[0]} …); `doc` must be the file name that was built"
        )
    names = mentions.score(articles, records)
    pairs = [pair for article in articles for pair in names.pairs[article.source]]
    linked, wrong_links = links.score(articles, records, names.pairs)
    told, wrong_facts = facts.score(articles, records, majority(pairs))
    happened, wrong_events = events.score(articles, records, names.pairs)
    again = evidence.read_texts(texts, sorted(records.cited)) if texts else records.texts
    return Evaluation(
        articles=len(articles),
        absent=absent,
        figures=(
            *names.figures,
            coreference.score(pairs),
            *linked,
            *told,
            *happened,
            *evidence.score(articles, records, again),
        ),
        misses=(
            *names.misses,
            *wrong_links,
            *wrong_facts,
            *wrong_events,
            *evidence.misplaced(articles, again),
        ),
    )
