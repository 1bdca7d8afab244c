"""Quote the words of a graph's articles with the sentence that they stand in and the day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import folder, log, sentences
from kg.lookup.reader import Reader
from kg.lookup.reasons import Evidence
from kg.rdf import iris


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The words at code points `start` to `end` of the file `article`, within their sentence; `published` is EDTF."""

    article: str
    start: int
    end: int
    quote: str
    sentence: str
    published: str | None = None


class Quotes:
    """The articles of the graph folder `graph`, read when the first quote is asked for."""

    def __init__(self, graph: Path, reader: Reader) -> None:
        self._graph = graph
        self._reader = reader
        self._published: dict[str, str | None] = {}

    def quote(self, evidence: Evidence) -> Quote:
        """The words of `evidence` with their sentence; a text that reads otherwise gives the words alone."""
        text = self._texts.get(evidence.article, "")
        sound = text[evidence.start : evidence.end] == evidence.words
        sentence = sentences.around(text, evidence.start, evidence.end) if sound else evidence.words
        return Quote(
            evidence.source, evidence.start, evidence.end, evidence.words, sentence, self.published(evidence.article)
        )

    def published(self, article: str) -> str | None:
        """When the article with this IRI was published, as EDTF."""
        if article not in self._published:
            self._published[article] = self._reader.when(ox.NamedNode(article)) if article else None
        return self._published[article]

    @cached_property
    def _texts(self) -> dict[str, str]:
        documents = log.read_lines(self._graph / folder.RECORDS, "document")
        return {iris.article(line["id"]).value: line["text"] for line in documents if line["record"] == "document"}
