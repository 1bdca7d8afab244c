"""Change a graph: add articles to it, retract some, merge it with another; what was extracted before is not extracted again."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import kg
from kg import edits, folder, log, readers
from kg.building import overlaying
from kg.building.duplicates import Readings, settle
from kg.building.increment import Given, change, each_once
from kg.building.report import ChangeReport
from kg.building.run import Progress, assemble, collect, write
from kg.building.spool import Spool
from kg.building.stages import Stages, pipeline
from kg.building.workers import Workers
from kg.editing import Edit
from kg.errors import InvalidError, StoreError, UsageError
from kg.linking import judgements as link_judgements
from kg.linking import packs
from kg.model import Extraction
from kg.readers import Rejected
from kg.resolving import judgements
from kg.sqlite_tables import SqliteTables
from kg.store.writing import refuse_foreign
from kg.tables import MemoryTables


@dataclass(frozen=True, slots=True)
class Users:
    """What people say of a graph: the files of their judgements of names and of items, and their edits."""

    judgements: bytes = b""
    links: bytes = b""
    edits: tuple[Edit, ...] = ()


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
    require_current(graph)
    with Spool() as spool:
        with Workers(pipeline, jobs=jobs, deadline=deadline) as workers:
            outcomes = workers.map(readers.load(paths))
            found, set_aside = collect(outcomes, spool, fail_fast=False, progress=progress)
        if not found and not set_aside:
            raise UsageError("there are no articles in what was given")
        return change(graph, graph, Given(found, spool.get, tuple(set_aside)), (), progress)


def retract(
    graph: Path | str, names: Sequence[str], *, progress: Progress = lambda _stage, _done: None
) -> ChangeReport:
    """Take the articles called `names` out of the graph folder `graph`; the result is what building the others would give.

    A name is that of the article's file, or the one that it goes by in the graph. An unknown one is a UsageError, and
    nothing is changed.
    """
    graph = Path(graph)
    require_current(graph)
    return change(graph, graph, Given(), tuple(names), progress)


def merge(
    first: Path | str, second: Path | str, output: Path | str, *, progress: Progress = lambda _stage, _done: None
) -> ChangeReport:
    """Make the graph folder `output` of the articles of two; the result is what building all of them would give.

    The smaller graph's articles are added to the larger one. Where the two have other judgements of a user, the judgements of
    both count, and everything is resolved anew.
    """
    large, small = sorted((Path(first), Path(second)), key=lambda path: (-folder.manifest(path)["quads"], str(path)))
    for graph in (large, small):
        require_current(graph)
    if packs.kept(large) != packs.kept(small):
        raise UsageError(f"{first} and {second} are linked with different packs; build one of them again")
    if any(_judgements([large], name) != _judgements([small], name) for name in (folder.JUDGEMENTS, folder.LINKS)):
        return resolve_anew([large, small], Path(output), progress)
    before = tuple(Rejected(**line) for line in folder.quarantine(small))
    raws = partial(_bytes, graphs=[small])
    given = Given(_files(small), raws, before=before, edits=overlaying.edits_of(small))
    return change(large, Path(output), given, (), progress)


def require_current(graph: Path) -> None:
    """A StoreError for a graph that cannot be changed piece by piece, a UsageError for one that was edited over HTTP."""
    edits.refuse(graph, "changing its articles")
    manifest = folder.manifest(graph)
    if manifest["kg"] != kg.__version__:
        raise StoreError(
            f"{graph} was built by kg {manifest['kg']}, this is kg {kg.__version__}: they may read articles otherwise; "
            "build it again"
        )
    if not (graph / folder.MEMORY).is_file():
        raise StoreError(f"{graph} has no {folder.MEMORY}, without which it cannot be changed; build it again")


def resolve_anew(
    graphs: Sequence[Path],
    output: Path,
    progress: Progress = lambda _stage, _done: None,
    *,
    users: Users | None = None,
) -> ChangeReport:
    """Make a graph of all articles of `graphs`; nothing is extracted again.

    What people judged and edited is that of all the graphs, or what `users` says instead.
    """
    refuse_foreign(output.resolve())
    files = [extraction for graph in graphs for extraction in _files(graph)]
    memory = MemoryTables()
    kept, _ = settle(files, memory)
    if users is None:
        edits = overlaying.merged(overlaying.edits_of(graph) for graph in graphs)
        users = Users(_judgements(graphs), _judgements(graphs, folder.LINKS), edits)
    lines = judgements.parse(users.judgements.decode("utf-8-sig"), "the judgements of the graphs")
    link_lines = link_judgements.parse(users.links.decode("utf-8-sig"), "the judgements of items of the graphs")
    linked_with = packs.kept(graphs[0])
    assembled = assemble(kept, Stages().judged(lines, link_lines, linked_with), keep_invalid=False, progress=progress)
    if assembled.violations or not assembled.extractions:
        raise InvalidError("; ".join(violation.message for violation in assembled.violations) or "nothing conforms")
    progress("storing", len(assembled.extractions))
    noted = (line for graph in graphs for line in folder.quarantine(graph))
    quarantine = each_once((*noted, *map(asdict, assembled.set_aside)))
    laid = overlaying.lay(assembled.graph, users.edits)
    beside = {
        folder.JUDGEMENTS: users.judgements,
        folder.LINKS: users.links,
        folder.PACKS: packs.noted(linked_with),
        **overlaying.files(laid),
    }
    manifest = write(output, assembled, memory, files, partial(_bytes, graphs=graphs), quarantine, beside)
    before = {article["source"] for article in folder.manifest(graphs[0])["articles"]}
    after = {extraction.document.source for extraction in assembled.extractions}
    return ChangeReport(
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        articles=len(assembled.extractions),
        quads=manifest["quads"],
        came=manifest["quads"],
        sha256=manifest["sha256"],
        set_aside=assembled.set_aside,
        edits_in_conflict=overlaying.in_conflict(laid),
    )


def _files(graph: Path) -> list[Extraction]:
    """What was found in each file of a graph, by the file's own name."""
    records = graph / folder.RECORDS
    with SqliteTables(graph / folder.MEMORY, read_only=True) as tables:
        return list(Readings(tables, lambda name, identity: log.extraction(records, name, identity)).files())


def _judgements(graphs: Sequence[Path], name: str = folder.JUDGEMENTS) -> bytes:
    """The lines of all users' judgements, each once."""
    files = [graph / name for graph in graphs]
    found = [path.read_bytes() for path in files if path.is_file()]
    if len(set(found)) <= 1:
        return next(iter(found), b"")
    lines = {line for content in found for line in content.decode("utf-8-sig").splitlines() if line.strip()}
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def _bytes(wanted: Iterable[str], graphs: Sequence[Path]) -> Iterator[bytes]:
    """The exact bytes of the articles with these hashes, which lie in one of the graphs."""
    for sha256 in sorted(wanted):
        places = (graph / folder.ARTICLES / sha256 for graph in graphs)
        yield from (place.read_bytes() for place in itertools.islice(filter(Path.is_file, places), 1))
