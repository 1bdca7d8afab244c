"""Score the names that were found: where they stand, and of which type they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.alignment import Pair, exact, longest, matched, typed, untyped
from kg.evaluation.figures import Figure, Miss, by_class, counted
from kg.evaluation.gold import Article
from kg.evaluation.records import Records
from kg.evaluation.values import Mention

_ALWAYS = frozenset({"person", "organization", "unit", "place", "facility", "treaty"})
_LEVELS = {
    "exact": (exact, "names, exact words and type"),
    "overlapping": (typed, "names, overlapping words and type"),
    "untyped": (untyped, "names, whatever type"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The figures of the names, and the pairs by article, whatever their type, that everything else is scored by."""

    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]
    pairs: Mapping[str, tuple[Pair, ...]]


def score(articles: Sequence[Article], records: Records) -> Names:
    """Score the names of the types that the annotations have, or should have."""
    types = _ALWAYS | {mention.type for article in articles for mention in article.mentions}
    right: Counter[str] = Counter()
    of_type: dict[str, Counter[str]] = {kind: Counter() for kind in ("right", "found", "gold")}
    misses: list[Miss] = []
    pairs: dict[str, tuple[Pair, ...]] = {}
    for article in articles:
        gold, found = article.names, candidates(article, records, types)
        levels = {name: matched(gold, found, overlap) for name, (overlap, _) in _LEVELS.items()}
        right.update({name: len(level) for name, level in levels.items()})
        of_type["right"].update(mention.type for mention, _ in levels["overlapping"])
        of_type["gold"].update(mention.type for mention in gold)
        of_type["found"].update(mention.type for mention in found)
        misses += _misses(article.source, gold, found, levels["overlapping"])
        pairs[article.source] = tuple(levels["untyped"])
    total, all_found = of_type["gold"].total(), of_type["found"].total()
    figures = [
        counted(f"mentions.{name}", title, right[name], found=all_found, gold=total)
        for name, (_, title) in _LEVELS.items()
    ]
    kinds = {*of_type["gold"], *of_type["found"]}
    counts = {kind: (of_type["right"][kind], of_type["found"][kind], of_type["gold"][kind]) for kind in kinds}
    return Names((*figures, *by_class("mentions.type", counts)), tuple(misses), pairs)


def candidates(article: Article, records: Records, types: frozenset[str]) -> tuple[Mention, ...]:
    """The names that were found and count; what stands in a credit neither wins nor loses."""
    credits_ = [mention for mention in article.mentions if mention.credit]
    return longest(
        mention
        for mention in records.mentions.get(article.source, ())
        if mention.type in types and not any(untyped(credit, mention) for credit in credits_)
    )


def _misses(source: str, gold: Sequence[Mention], found: Sequence[Mention], pairs: Sequence[Pair]) -> list[Miss]:
    """What has no pair, by identity: a place may be annotated twice."""
    met = {id(mention) for pair in pairs for mention in pair}
    return [
        Miss(source, what, mention.type, _words(mention))
        for what, mentions in (("name missed", gold), ("name not annotated", found))
        for mention in mentions
        if id(mention) not in met
    ]


def _words(mention: Mention) -> str:
    return mention.place.words or f"{mention.place.start}-{mention.place.end}"
