"""An annotated article as data: what `corpus.read_articles` gives and everything here works on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict

HELD_OUT = 5  # articles whose number ends in this digit are kept out of training


class Span(TypedDict):
    """Words of the article: the code points from `start` to `end`."""

    start: int
    end: int
    text: str


class Mention(Span):
    """A name, with its type and the number of what it names; `credit` in a byline or a photo credit."""

    type: str
    entity: str
    credit: NotRequired[bool]


class Nominal(Span):
    """Words that refer to entities without naming them."""

    entities: list[str]


class Measure(Span):
    """A time, a duration or a quantity, with its value."""

    value: str


Trigger = TypedDict("Trigger", {"start": int, "end": int, "text": str, "event": str, "class": str})
"""Words that tell an event."""


class Article(TypedDict):
    """An article; each of `events` holds id, class and its fields, each of `said` its fields."""

    id: str
    published: str | None
    genre: str
    text: str
    mentions: list[Mention]
    nominals: list[Nominal]
    times: list[Measure]
    durations: list[Measure]
    quantities: list[Measure]
    triggers: list[Trigger]
    events: list[dict[str, str]]
    said: list[dict[str, str]]


def held_out(article: Article) -> bool:
    """Whether an article is kept for measuring: a tenth of each file, by number."""
    return int(article["id"].rpartition("-")[2]) % 10 == HELD_OUT


def entities(value: str) -> list[str]:
    """The numbers in the value of a role: `3,4` and `3+4` are both two."""
    return value.replace("+", ",").split(",")


def split(articles: Iterable[Article]) -> tuple[list[Article], list[Article]]:
    """The articles to learn from, and those held out."""
    learned: list[Article] = []
    kept: list[Article] = []
    for article in articles:
        (kept if held_out(article) else learned).append(article)
    return learned, kept
