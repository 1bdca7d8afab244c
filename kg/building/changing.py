"""Change a graph: add articles to it, retract some, merge it with another; what was extracted before is not extracted again."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import kg
from kg import folder, log, readers
from kg.building.duplicates import Duplicate, Readings, settle
from kg.building.evidence import check_extraction
from kg.building.run import Progress, assemble
from kg.building.spool import Spool
from kg.building.stages import Stages, pipeline
from kg.building.workers import Workers
from kg.errors import InvalidError, StoreError, UsageError
from kg.model import Extraction
from kg.readers import Raw, Rejected
from kg.resolving import judgements
from kg.sqlite_tables import SqliteTables
from kg.store.writing import refuse_foreign, write_graph
from kg.tables import MemoryTables


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a change did to a graph.

    `added` and `removed` are the names of articles that came and left, `articles` and `quads` how many there are now,
    `sha256` is of the graph's quads. Articles in `set_aside` could not be used, or break a shape now.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    articles: int = 0
    quads: int = 0
    sha256: str = ""
    set_aside: tuple[Rejected, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()

    @property
    def exit_code(self) -> int:
        """5: articles were set aside; 0: all is well."""
        return 5 if self.set_aside else 0

    def plain(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {**asdict(self), "exit_code": self.exit_code}


def add(
    graph: Path | str,
    paths: Iterable[Path | str],
    *,
    jobs: int = 1,
    deadline: float = 60.0,
    progress: Progress = lambda _stage, _done: None,
) -> ChangeReport:
    """Add the articles below `paths` to the graph folder `graph`; the result is what building all of them would give.

    Articles are read and set aside as by `build`. What the folder holds is replaced only when the new graph is whole.
    """
    graph = Path(graph)
    _require_current(graph)
    found: list[Extraction] = []
    set_aside: list[Rejected] = []
    with Spool() as spool:
        with (
            Workers(pipeline, jobs=jobs, deadline=deadline) as workers,
            closing(workers.map(readers.load(paths))) as all_,
        ):
            for done, (raw, outcome) in enumerate(all_, start=1):
                if isinstance(outcome, Rejected):
                    set_aside.append(outcome)
                elif isinstance(raw, Raw):
                    check_extraction(outcome)
                    spool.add(raw)
                    found.append(outcome)
                progress("reading", done)
        if not found and not set_aside:
            raise UsageError("there are no articles in what was given")
        return _change(_Given(found, spool.get, tuple(set_aside)), [graph], graph, (), progress)


def retract(
    graph: Path | str, names: Sequence[str], *, progress: Progress = lambda _stage, _done: None
) -> ChangeReport:
    """Take the articles called `names` out of the graph folder `graph`; the result is what building the others would give.

    A name is that of the article's file, or the one that it goes by in the graph. An unknown one is a UsageError, and
    nothing is changed.
    """
    _require_current(Path(graph))
    return _change(_Given(), [Path(graph)], Path(graph), tuple(names), progress)


def merge(
    first: Path | str, second: Path | str, output: Path | str, *, progress: Progress = lambda _stage, _done: None
) -> ChangeReport:
    """Make the graph folder `output` of the articles of two; the result is what building all of them would give."""
    graphs = [Path(first), Path(second)]
    for graph in graphs:
        _require_current(graph)
    return _change(_Given(), graphs, Path(output), (), progress)


@dataclass(frozen=True, slots=True)
class _Given:
    """What comes into a graph: extractions, a way to their bytes by hash, and what was set aside before."""

    extractions: Sequence[Extraction] = ()
    raws: Callable[[Iterable[str]], Iterable[bytes]] = lambda _hashes: ()
    set_aside: tuple[Rejected, ...] = ()


def _require_current(graph: Path) -> None:
    """A StoreError for a graph that cannot be changed piece by piece."""
    manifest = folder.manifest(graph)
    if manifest["kg"] != kg.__version__:
        raise StoreError(
            f"{graph} was built by kg {manifest['kg']}, this is kg {kg.__version__}: they may read articles otherwise; "
            "build it again"
        )
    if not (graph / folder.MEMORY).is_file():
        raise StoreError(f"{graph} has no {folder.MEMORY}, without which it cannot be changed; build it again")


def _change(
    given: _Given, graphs: Sequence[Path], output: Path, names: Sequence[str], progress: Progress
) -> ChangeReport:
    """Resolve what is `given` and what stands in `graphs`, less the articles called `names`; nothing is extracted again."""
    refuse_foreign(output.resolve())
    known = [extraction for graph in graphs for extraction in _files(graph)]
    before = {e.document.source for graph in graphs for e in log.load(graph / folder.RECORDS)[0]}
    files = _without(known, names, before)
    memory = MemoryTables()
    kept, duplicates = settle([*files, *given.extractions], memory)
    if not kept:
        raise UsageError("no article would be left; remove the folder instead")
    judged = _judgements(graphs)
    lines = judgements.parse(judged.decode(), "the judgements of the graphs")
    assembled = assemble(kept, Stages().judged(lines), keep_invalid=False, progress=progress)
    unfit = {e.document.id for e in kept} - {e.document.id for e in assembled.extractions}
    if assembled.violations or not assembled.extractions:
        raise InvalidError("; ".join(violation.message for violation in assembled.violations) or "nothing conforms")
    Readings(memory, lambda _name, _identity: None).forget(unfit)
    set_aside = (*given.set_aside, *assembled.set_aside)
    wanted = {e.document.raw_sha256 for e in (*files, *given.extractions) if e.document.id not in unfit}
    progress("storing", len(assembled.extractions))
    manifest = write_graph(
        output,
        quads=assembled.graph,
        records=log.lines(assembled.extractions, assembled.resolution),
        memory=memory,
        articles=_bytes(wanted, graphs, given),
        quarantine=_quarantine(graphs, set_aside, names),
        judgements=judged,
    )
    after = {e.document.source for e in assembled.extractions}
    return ChangeReport(
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        articles=len(assembled.extractions),
        quads=manifest["quads"],
        sha256=manifest["sha256"],
        set_aside=set_aside,
        duplicates=()
        if len(graphs) > 1
        else tuple(d for d in duplicates if d.source not in before or given.extractions),
    )


def _files(graph: Path) -> list[Extraction]:
    """What was found in each file of a graph, by the file's own name."""
    records = graph / folder.RECORDS
    with SqliteTables(graph / folder.MEMORY, read_only=True) as tables:
        return list(Readings(tables, lambda name, identity: log.extraction(records, name, identity)).files())


def _without(files: list[Extraction], names: Sequence[str], known: Collection[str]) -> list[Extraction]:
    """The files that are not called by one of `names`; a UsageError for a name that none has, with the nearest ones."""
    left = files
    for name in names:
        source, _, mark = name.rpartition("#")
        called = {
            id(e)
            for e in files
            if e.document.source == name or (e.document.source == source and e.document.id[:8] == mark)
        }
        if not called:
            near = difflib.get_close_matches(name, sorted(known))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UsageError(f"the graph has no article {name}{hint}")
        left = [extraction for extraction in left if id(extraction) not in called]
    return left


def _judgements(graphs: Sequence[Path]) -> bytes:
    """The lines of all users' judgements, each once."""
    files = [graph / folder.JUDGEMENTS for graph in graphs]
    found = [path.read_bytes() for path in files if path.is_file()]
    if len(set(found)) <= 1:
        return next(iter(found), b"")
    lines = {line for content in found for line in content.decode("utf-8-sig").splitlines() if line.strip()}
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _bytes(wanted: Iterable[str], graphs: Sequence[Path], given: _Given) -> Iterator[bytes]:
    """The exact bytes of the articles with these hashes: from the graphs, else from what was given."""
    fresh = {extraction.document.raw_sha256 for extraction in given.extractions}
    for sha256 in sorted(wanted):
        places = (graph / folder.ARTICLES / sha256 for graph in graphs)
        found = next((place for place in places if place.is_file()), None)
        if found:
            yield found.read_bytes()
        elif sha256 in fresh:
            yield from given.raws([sha256])


def _quarantine(graphs: Sequence[Path], set_aside: Iterable[Rejected], names: Collection[str]) -> list[dict[str, Any]]:
    """What was set aside before and now, each once; of a file that is retracted nothing is left."""
    before = (line for graph in graphs for line in folder.quarantine(graph))
    lines = {log.encode(line): line for line in (*before, *map(asdict, set_aside))}
    return [line for line in lines.values() if line["source"] not in names]
