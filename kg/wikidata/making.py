"""Make packs out of what somebody gives: a dump, or an endpoint."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.wikidata import classes, dump, slicing, workers, writing
from kg.wikidata.dump import Line, Report
from kg.wikidata.endpoint import Endpoint
from kg.wikidata.errors import SourceError
from kg.wikidata.item import Item
from kg.wikidata.lines import Reading, lines
from kg.wikidata.writing import Label, Row, Written

LICENSE = "CC0-1.0"
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOOKED_AT = 20
_MOST_BROKEN = 1000


def from_dump(
    path: Path,
    output: Path,
    *,
    types: Sequence[str] = (),
    languages: Sequence[str] = ("vi", "en"),
    snapshot: str = "",
    jobs: int = 1,
    progress: dump.Progress = lambda _stage, _done, _all: None,
) -> tuple[Written, Report]:
    """Write the pack of a JSON dump: its items of `types` that have a name in `languages`.

    `snapshot` is the day of the dump; without it that of the item that was changed last. What cannot be read is in the
    report, or a SourceError where nothing can be; in that case nothing is written. The bytes of the pack do not depend
    on `jobs`, the number of processes. The dump is read twice, as an item may be of a class that comes after it.
    """
    _check(languages, snapshot)
    if not path.is_file():
        raise UsageError(f"{path}: there is no such dump")
    if not snapshot and not _is_dated(path):
        raise UsageError(f"{path} does not tell when its items were changed: say by --snapshot of which day it is")
    wanted = classes.wanted(types)
    report = Report()
    names, bits = writing.bits(classes.above(wanted))
    work = _Work(dump.known(path, wanted, progress), bits, tuple(languages), (path.name,))
    rows = _counted(workers.each(work, dump.batches(path, work.known, report, progress), jobs), path, report)
    made = "Wikidata (https://www.wikidata.org), CC0 1.0, from its public JSON dump"
    written = writing.write(output, rows, lambda: _label(snapshot or report.latest, languages, names, path.name, made))
    return written, report


@dataclass(frozen=True, slots=True)
class _Work:
    """Make rows of lines; what that takes is given to a process once."""

    known: Mapping[int, tuple[str, ...]]
    bits: Mapping[str, int]
    languages: tuple[str, ...]
    source: tuple[str, ...]

    def __call__(self, batch: list[Line]) -> tuple[list[Row], Report]:
        found, report = dump.items(batch, self.known, self.languages, self.source)
        return [writing.row(item, self.bits) for item in found], report


def _counted(parts: Iterable[tuple[list[Row], Report]], path: Path, report: Report) -> Iterator[Row]:
    """The rows of all parts; a SourceError as soon as it is clear that the file is no dump."""
    for rows, part in parts:
        report.add(part)
        if report.broken >= _MOST_BROKEN and not report.items:
            break
        yield from rows
    if not report.items:
        raise SourceError(f"{path} is no dump of Wikidata in JSON: it has no item ({'; '.join(report.examples)})")


def from_endpoint(
    endpoint: Endpoint,
    output: Path,
    *,
    types: Sequence[str] = (),
    languages: Sequence[str] = ("vi", "en"),
    page: int = 200,
    progress: slicing.Progress = lambda _stage, _done: None,
) -> Written:
    """Write the pack of what an endpoint has of `types`, as of today."""
    _check(languages, "")
    wanted = classes.wanted(types)
    items = slicing.items(endpoint, wanted=wanted, languages=languages, page=page, progress=progress)
    host = urlsplit(endpoint.url).hostname or ""
    today = datetime.now(UTC).date().isoformat()
    names, rows = _rows(items, wanted)
    made = f"Wikidata (https://www.wikidata.org), CC0 1.0, by way of {host}"
    return writing.write(output, rows, lambda: _label(today, languages, names, host, made))


def _rows(items: Iterable[Item], wanted: Iterable[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    names, bits = writing.bits(classes.above(wanted))
    return names, (writing.row(item, bits) for item in items)


def _label(snapshot: str, languages: Sequence[str], names: tuple[str, ...], source: str, attribution: str) -> Label:
    return Label(snapshot, tuple(languages), names, (source,), LICENSE, attribution)


def _check(languages: Sequence[str], snapshot: str) -> None:
    wrong = [code for code in languages if not _LANGUAGE.fullmatch(code)]
    if wrong or not languages:
        raise UsageError(f"codes of languages are like vi,en: {', '.join(map(repr, wrong)) or 'none is given'}")
    if snapshot and not _DAY.fullmatch(snapshot):
        raise UsageError(f"no day: {snapshot!r}; write it as 2026-11-23")


def _is_dated(path: Path) -> bool:
    """Whether the first items tell when they were changed, as those of the public dumps do."""
    for number, line in enumerate(lines(path, Reading())):
        try:
            found = json.loads(line.strip().rstrip(b","))
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and found.get("modified"):
            return True
        if number > _LOOKED_AT:
            break
    return False
