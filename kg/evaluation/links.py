"""Score the Wikidata items that names were linked to, over the names that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.evaluation.alignment import Pair
from kg.evaluation.figures import Figure, Miss, counted
from kg.evaluation.gold import NIL, Article
from kg.evaluation.records import Records


def score(
    articles: Sequence[Article], records: Records, pairs: Mapping[str, Sequence[Pair]]
) -> tuple[list[Figure], list[Miss]]:
    """The figures of the links, nothing where no annotation names an item; null is an item that nobody has proved."""
    if not any(entity.item for article in articles for entity in article.entities.values()):
        return [], []
    count: Counter[str] = Counter()
    misses = []
    for article in articles:
        for gold, found in pairs[article.source]:
            entity, item = article.entities[gold.entity or ""], records.items.get(found.entity or "")
            if entity.look_alikes:
                count["confusable"] += 1
                count["not confused"] += item not in entity.look_alikes
            if entity.item == NIL:
                count["without"] += 1
                count["left alone"] += item is None
            elif entity.item:
                count["with"] += 1
                count["linked"] += item is not None
                count["right"] += item == entity.item
            if (entity.item and (item or NIL) != entity.item) or item in entity.look_alikes:
                misses.append(
                    Miss(article.source, "link", found.place.words, f"want {entity.item}, got {item or 'none'}")
                )
    return [
        counted(
            "links", "links to Wikidata, of paired names", count["right"], found=count["linked"], gold=count["with"]
        ),
        counted("links.nil", "  left alone where no item fits", count["left alone"], gold=count["without"]),
        counted("links.look_alikes", "  not a known look-alike", count["not confused"], gold=count["confusable"]),
    ], misses
