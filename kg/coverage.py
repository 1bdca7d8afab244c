"""Say which sentences of a graph's articles something was taken from, and which stayed silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg import folder, lexicon, log, sentences

Taken = Literal["statement", "names", "nothing"]
TAKEN: tuple[Taken, ...] = ("nothing", "names", "statement")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Code points `start` to `end` of an article, which read `words`, and the most that was taken from them."""

    start: int
    end: int
    words: str
    taken: Taken


@dataclass(frozen=True, slots=True)
class Article:
    """The sentences of the article that was read from the file `source`, its header left out.

    `characters` counts those of its sentences that stand in the evidence of a statement, those that only stand in a
    name, and the others.
    """

    source: str
    sentences: tuple[Sentence, ...]
    characters: Mapping[Taken, int]

    @property
    def counts(self) -> Mapping[Taken, int]:
        """How many sentences something was taken from."""
        counted = Counter(sentence.taken for sentence in self.sentences)
        return {taken: counted[taken] for taken in TAKEN}

    @property
    def silent(self) -> tuple[Sentence, ...]:
        """The sentences that no statement rests on."""
        return tuple(sentence for sentence in self.sentences if sentence.taken != "statement")


def coverage(graph: Path) -> Iterator[Article]:
    """The articles of the graph folder `graph`, by file name; what the graph does not hold does not count."""
    folder.manifest(graph)
    records = graph / folder.RECORDS
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    names: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in log.read_lines(records):
        if record["record"] == "claim":
            for document, span in record["evidence"]:
                evidence[document].append(span)
        elif record["record"] == "mention" and record["form"] == "name":
            names[record["document"]].append(record["span"])
    for record in log.read_lines(records):
        if record["record"] == "document":
            marks = bytearray(len(record["text"]))
            for value, spans in enumerate((names, evidence), start=1):
                for span in spans[record["id"]]:
                    marks[span["start"] : span["end"]] = bytes([value]) * (span["end"] - span["start"])
            yield _article(record, marks)


def _article(document: Mapping[str, Any], marks: bytearray) -> Article:
    """The article, `marks` being the most that was taken from each character, as an index of TAKEN."""
    text, body = document["text"], document["body_start"]
    found = []
    characters: Counter[int] = Counter()
    abbreviations = frozenset(lexicon.table(document["language"], "sentences")["abbreviations"])
    for first, after in sentences.split(text[body:], abbreviations=abbreviations):
        line = text[body + first : body + after]
        start = body + first + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        if any(letter.isalnum() for letter in line):
            found.append(Sentence(start, end, text[start:end], TAKEN[max(marks[start:end])]))
            characters.update(marks[start:end])
    return Article(document["source"], tuple(found), {taken: characters[i] for i, taken in enumerate(TAKEN)})
