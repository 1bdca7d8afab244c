"""Link names in context as the program would, and compare the items with those that people read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg import extractors, resolving
from kg.linking import clues, deciding
from kg.linking.deciding import Weighed
from kg.linking.shelf import Shelf
from kg.model import Document, Entity, Extraction, Link, Mention, MentionType
from kg.vocabulary import Vocabulary

HERE = Path(__file__).parent
NIL = "NIL"
_TYPES: dict[str, MentionType] = {
    "Person": "person",
    "Organization": "organization",
    "Place": "place",
    "Site": "facility",
    "NamedEvent": "event",
    "Equipment": "equipment",
}
_HALF = 0.5
_BINS = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A row of the annotated names, and what the program read at its words: an entity and its clues, or nothing."""

    row: dict[str, Any]
    entity: Entity | None
    counts: Counter[str]
    given: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, and the program's decision; None where it read no name there."""

    row: dict[str, Any]
    link: Link | None

    @property
    def answer(self) -> str:
        """The item that was linked, or NIL."""
        linked = self.link is not None and self.link.verdict == "link"
        return self.link.target.rpartition("/")[2] if self.link and linked else NIL

    @property
    def right(self) -> bool:
        """Whether that is what people read."""
        return bool(self.answer == self.row["qid"])

    @property
    def confidence(self) -> float:
        """How sure the program is of its answer."""
        assert self.link is not None
        return 1 - self.link.score if self.link.verdict == "review" else self.link.score


def rows(name: str) -> list[dict[str, Any]]:
    """The annotated names of a file of this folder."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def marked(name: str) -> list[dict[str, Any]]:
    """The names of a table of this folder that marks them in brackets, in the form of the others."""
    found = []
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(line for line in lines if not line.startswith("#")):
        theme, language, kind, text, answer = line.replace("\\n", "\n").split("\t")
        before, _, rest = text.partition("[")
        mention, _, after = rest.partition("]")
        row: dict[str, Any] = {
            "id": f"{name}-{number:03}",
            "theme": theme,
            "language": language,
            "text": before + mention + after,
        }
        row |= {
            "start": len(before),
            "end": len(before) + len(mention),
            "mention": mention,
            "type": kind,
            "easy": False,
        }
        row |= {"qid": answer} if answer[0] == "Q" else {"qid": NIL, "nil": answer}
        found.append(row)
    return found


@cache
def pipeline(language: str) -> Any:
    """The reader of a language, made once."""
    return extractors.pipeline(language)


def read(given: Sequence[dict[str, Any]], shelf: Shelf, *, complete: bool) -> Iterator[Read]:
    """Read each text by itself; `complete` gives the annotated name, with its type, where the program reads none there."""
    for row in given:
        document = Document(f"{row['id']}.txt", row["text"], row["language"], row.get("published"))
        extraction = pipeline(row["language"])(document)
        mention = _at(extraction, row)
        own = mention is not None
        if mention is None and complete:
            span = document.span(row["start"], row["end"])
            mention = Mention(document.id, span, _TYPES[row["type"]], chain=f"given {span.text}", extractor="given")
            extraction = replace(extraction, mentions=(*extraction.mentions, mention))
        if mention is None:
            yield Read(row, None, Counter(), given=False)
            continue
        entity = _entity(extraction, mention)
        gathered = clues.gather(extraction, shelf)
        counts = Counter(clue for _, chain in entity.members for clue in gathered.get(chain, ()))
        yield Read(row, entity, counts, given=not own)


def _at(extraction: Extraction, row: dict[str, Any]) -> Mention | None:
    """The name that shares most with the words of the row, if that is half of what both span."""
    start, end = row["start"], row["end"]

    def shared(mention: Mention) -> float:
        span = mention.span
        both = min(end, span.end) - max(start, span.start)
        return float(both / (max(end, span.end) - min(start, span.start)))

    found = [m for m in extraction.mentions if m.form == "name" and shared(m) >= _HALF]
    return max(found, key=lambda m: (shared(m), -m.span.start), default=None)


def _entity(extraction: Extraction, mention: Mention) -> Entity:
    member = (mention.document, mention.chain)
    return next(one for one in resolving.resolve([extraction]).entities if member in one.members)


def judge(found: Iterable[Read], shelf: Shelf, vocabulary: Vocabulary) -> list[Judged]:
    """The decision of each row."""
    return [
        Judged(one.row, deciding.decide(one.entity, one.counts, shelf, vocabulary) if one.entity else None)
        for one in found
    ]


def weighed(one: Read, shelf: Shelf, vocabulary: Vocabulary) -> tuple[Weighed, ...]:
    """The items that a row's entity may be, with their features."""
    return deciding.weigh(one.entity, one.counts, shelf, vocabulary) if one.entity else ()


def accuracy(judged: Sequence[Judged]) -> float:
    """How many of the answers are right, NIL counted."""
    return sum(one.right for one in judged) / len(judged) if judged else 0.0


def bins(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right answers and number of the decisions, tenth by tenth of confidence."""
    told = [one for one in judged if one.link is not None]
    found: list[tuple[float, float, int]] = []
    for place in range(_BINS):
        inside = [one for one in told if min(int(one.confidence * _BINS), _BINS - 1) == place]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            found.append((mean, accuracy(inside), len(inside)))
    return found


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error: how far confidence and share of right answers lie apart, on the average decision."""
    found = bins(judged)
    total = sum(n for _, _, n in found)
    return sum(n * abs(mean - right) for mean, right, n in found) / total if total else 0.0
