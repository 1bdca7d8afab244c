"""Read a JSON dump of Wikidata: which classes lie below ours, then the items of those classes."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.wikidata import classes, entity
from kg.wikidata.item import Item
from kg.wikidata.lines import Reading, lines

Progress = Callable[[str, int, int], None]
"""Told the stage, how many bytes of the file are done, and how many there are."""

_ID = re.compile(rb'"id":"Q([0-9]{1,18})"')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EXAMPLES = 5
_LINES, _BYTES = 500, 4 * 2**20


@dataclass(slots=True)
class Report:
    """What a dump held: lines, items, broken lines and where the first few stand, and the latest change of an item."""

    lines: int = 0
    items: int = 0
    broken: int = 0
    too_long: int = 0
    bytes: int = 0
    latest: str = ""
    examples: list[str] = field(default_factory=list)

    def add(self, part: Report) -> None:
        """Count what a part of the lines was."""
        self.items += part.items
        self.broken += part.broken
        self.latest = max(self.latest, part.latest)
        self.examples = [*self.examples, *part.examples][:_EXAMPLES]


Line = tuple[int, bytes]
"""A line that may be an item, with its number."""


def known(path: Path, wanted: Collection[str], progress: Progress) -> dict[int, tuple[str, ...]]:
    """The classes of Wikidata, by number, that are `wanted` classes of the ontology or lie below one, as the dump tells."""
    size = path.stat().st_size
    below = _below(path, lambda done: progress("classes", done, size))
    return {number: kept for number, names in below.items() if (kept := _kept(names, wanted))}


def batches(path: Path, known: Container[int], report: Report, progress: Progress) -> Iterator[list[Line]]:
    """The lines of a dump that have to be parsed, some at a time; the others are counted in `report` by their bytes."""
    size = path.stat().st_size
    reading = Reading()
    batch: list[Line] = []
    held = 0
    for number, line in _items(path, reading, lambda done: progress("items", done, size)):
        report.lines = number
        if _sure(line, entity.INSTANCE_OF, known):
            report.items += 1
            continue
        batch.append((number, line))
        held += len(line)
        if len(batch) == _LINES or held > _BYTES:
            yield batch
            batch, held = [], 0
    yield batch
    report.too_long, report.bytes = reading.too_long, reading.read


def items(
    batch: Iterable[Line], known: Mapping[int, tuple[str, ...]], languages: Collection[str], source: tuple[str, ...]
) -> tuple[list[Item], Report]:
    """The items of known classes among lines, and what the lines were."""
    report = Report()
    kept = []
    for number, line in batch:
        try:
            found = _parsed(line)
            if found.get("type", "item") != "item":
                continue
            item = _item(found, known, languages, source)
        except (ValueError, RecursionError) as error:
            report.broken += 1
            report.examples.append(f"line {number}: {error}"[:200])
            continue
        report.items += 1
        changed = _DAY.match(str(found.get("modified")))
        report.latest = max(report.latest, changed[0]) if changed else report.latest
        if item:
            kept.append(item)
    report.examples = report.examples[:_EXAMPLES]
    return kept, report


def _item(
    found: Mapping[str, Any], known: Mapping[int, tuple[str, ...]], languages: Collection[str], source: tuple[str, ...]
) -> Item | None:
    """The item, if it is of a class that is known and has a name."""
    try:
        kinds = entity.ids(found.get("claims") or {}, entity.INSTANCE_OF)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not as Wikidata writes an item: {error!r}") from error
    its_classes = classes.chosen((int(qid[1:]) for qid in kinds), known)
    if not its_classes:
        return None
    item = entity.item(found, languages=languages, classes=its_classes, sources=source)
    return item if item.names else None


def _items(path: Path, reading: Reading, progress: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers: a dump is one array, an item a line."""
    for number, line in enumerate(lines(path, reading, progress), start=1):
        bare = line.strip().rstrip(b",")
        if bare and bare not in {b"[", b"]"}:
            yield number, bare


def _parsed(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - the line is wrong, not our call
    return found


def _pattern(name: str) -> re.Pattern[bytes]:
    return re.compile(
        rb'"property":"%b"(?:,"hash":"[0-9a-f]*")?,"datavalue":\{"value":\{"entity-type":"item","numeric-id":([0-9]{1,18})'
        % name.encode()
    )


_VALUES = {name: _pattern(name) for name in (entity.INSTANCE_OF, entity.SUBCLASS_OF)}


def _numbers(line: bytes, name: str) -> list[int] | None:
    """The items that stand in the line for the property `name`, without parsing it; None where one could not be sure."""
    found = _VALUES[name].findall(line)
    return list(map(int, found)) if len(found) == line.count(b'"property":"%b"' % name.encode()) else None


def _sure(line: bytes, name: str, known: Container[int]) -> bool:
    """Whether the bytes alone tell that the line is an item, and of no known class."""
    if not line.startswith(b'{"type":"item"') or not line.endswith(b"}"):
        return False
    numbers = _numbers(line, name)
    return numbers is not None and not any(number in known for number in numbers)


def _below(path: Path, progress: Callable[[int], None]) -> dict[int, tuple[str, ...]]:
    """The classes of Wikidata that lie below ours; the edges between classes are kept in a file, as there are millions."""
    with sqlite3.connect("", isolation_level=None) as edges:
        edges.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        edges.execute("CREATE TABLE edge (above INTEGER, below INTEGER)")
        edges.executemany("INSERT INTO edge VALUES (?, ?)", _edges(path, progress))
        edges.execute("CREATE INDEX by_above ON edge (above, below)")
        return classes.nearest(
            lambda above: (below for (below,) in edges.execute("SELECT below FROM edge WHERE above = ?", (above,))),
            classes.roots(),
        )


def _edges(path: Path, progress: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    for _, line in _items(path, Reading(), progress):
        if b'"P279"' not in line:
            continue
        numbers = _numbers(line, entity.SUBCLASS_OF)
        own = _ID.search(line, 0, 60)
        if numbers is None or own is None:
            try:
                found = _parsed(line)
                numbers = [int(qid[1:]) for qid in entity.ids(found["claims"], entity.SUBCLASS_OF)]
                below = int(found["id"][1:])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue  # the second reading counts it
        else:
            below = int(own[1])
        yield from ((number, below) for number in numbers)


def _kept(names: tuple[str, ...], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in wanted)
