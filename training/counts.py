"""Count what a corpus holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from training import scheme
from training.articles import Article, split

_COLUMNS = ("all", "learned from", "held out")


def count(articles: Iterable[Article]) -> Counter[str]:
    """Articles, words, and every kind of annotation; mention types and event classes under their names, indented."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts["articles"] += 1
        counts["words"] += len(article["text"].split())
        counts["mentions"] += len(article["mentions"])
        counts.update(f"  {mention['type']}" for mention in article["mentions"])
        counts["nominals"] += len(article["nominals"])
        counts["times"] += len(article["times"])
        counts["durations"] += len(article["durations"])
        counts["quantities"] += len(article["quantities"])
        counts["events"] += len(article["events"])
        counts.update(f"  {event['class']}" for event in article["events"])
        counts["said"] += len(article["said"])
    return counts


def table(articles: Sequence[Article]) -> str:
    """The counts of all articles, of those to learn from, and of the tenth held out."""
    columns = [count(part) for part in (articles, *split(articles))]
    total = columns[0]

    def common_first(names: Iterable[str]) -> list[str]:
        return sorted((f"  {name}" for name in names), key=lambda row: (-total[row], row))

    rows = [
        *("articles", "words", "mentions", *common_first(scheme.MENTION_TYPES)),
        *("nominals", "times", "durations", "quantities", "events", *common_first(scheme.EVENT_CLASSES), "said"),
    ]
    head = " " * 20 + "".join(f"{name:>14}" for name in _COLUMNS)
    return "\n".join([head, *(f"{row:20}" + "".join(f"{column[row]:14,}" for column in columns) for row in rows)])
