"""Build a graph: read, extract, resolve, map, validate, store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import pyoxigraph as ox

from kg import folder, log, readers
from kg.building import overlaying, proposals
from kg.building.duplicates import Readings, settle
from kg.building.evidence import check_extraction, check_resolution
from kg.building.report import UNFIT, BuildReport
from kg.building.spool import Spool
from kg.building.stages import Stages, Violation
from kg.building.workers import Workers
from kg.errors import UnreadableError, UsageError
from kg.model import Extraction, Resolution
from kg.readers import Raw, Rejected
from kg.store.writing import refuse_foreign, write_graph
from kg.tables import MemoryTables

if TYPE_CHECKING:
    from kg import linking
    from kg.proposers import Specification
    from kg.resolving.judgements import Line

_Line = TypeVar("_Line")

Progress = Callable[[str, int], None]
"""Told what is being done, and to how many articles it was done already."""


def build(
    paths: Path | str | Iterable[Path | str],
    output: Path | str,
    *,
    jobs: int = 1,
    deadline: float = 60.0,
    fail_fast: bool = False,
    keep_invalid: bool = False,
    stdin: BinaryIO | None = None,
    progress: Progress = lambda _stage, _done: None,
    stages: Stages | None = None,
    propose: Sequence[Specification] = (),
    judgements: Path | str | None = None,
    links: Path | str | None = None,
    overlay: Path | str | None = None,
    packs: Sequence[Path | str] | None = None,
) -> BuildReport:
    """Build the graph folder `output` from the articles below `paths`; "-" stands for JSON lines on `stdin`.

    Articles go through `jobs` processes; one that takes longer than `deadline` seconds is set aside, as are all that
    cannot be used and all that break a shape, while the others go on; with `fail_fast` the first that cannot be used
    ends the build. A violation that no article can be blamed for keeps the graph from being written, unless
    `keep_invalid`, which also keeps the articles that break a shape; what stood at `output` stays until a new graph is whole. The graph depends on
    the articles alone, not on their order, nor on `jobs`.

    Whoever `propose` names (see `kg.proposers.specifications`) is asked about each article, in that order; the graph then
    depends on the answers too. No article is lost by what a proposer does or says.

    `judgements` is a file that says which names are the same thing and which are not (`kg.resolving.judgements.read`). A
    copy stays in the graph folder, and counts for the next build there that is given no other. So it is with `links`, which
    says which Wikidata items entities are (`kg.linking.judgements.read`), and with `overlay`, the edits that people made by
    hand: what they say is laid over the new graph, and where it disagrees with the articles, that is listed.

    `packs` are packs of Wikidata items (`kg.wikidata`) to link with beside the bundled one, the most trusted first; the next
    build there that is given none uses them again.
    """
    if jobs < 1 or deadline <= 0:
        raise UsageError("there must be at least one job, and a deadline of more than 0 seconds")
    refuse_foreign(Path(output).resolve())
    judged, lines = user_judgements(judgements, Path(output).resolve())
    link_file, link_lines = user_links(links, Path(output).resolve())
    edits = overlaying.user_edits(overlay, Path(output).resolve())
    pack_file, pack_paths = user_packs(packs, Path(output).resolve())
    stages = (stages or Stages()).judged(lines, link_lines, pack_paths)
    with Spool() as spool:
        with Workers(stages.pipeline, jobs=jobs, deadline=deadline, propose=propose) as workers:
            outcomes = workers.map(readers.load(paths, stdin=stdin))
            extractions, set_aside = collect(outcomes, spool, fail_fast=fail_fast, progress=progress)
            failures = sorted(workers.failures, key=lambda f: (f.source, f.proposer, f.reason, f.message))
        if not extractions and not set_aside:
            raise UnreadableError("there are no articles in what was given")
        memory = MemoryTables()
        kept, duplicates = settle(extractions, memory)
        report = BuildReport(
            articles=len(kept),
            set_aside=tuple(set_aside),
            duplicates=tuple(duplicates),
            stopped=fail_fast and bool(set_aside),
            proposals_failed=tuple(failures),
        )
        if report.stopped or not kept:
            return report
        names = {specification.name for specification in propose}
        assembled = _assemble_all(kept, names, stages, keep_invalid=keep_invalid, progress=progress)
        kept, resolution = assembled.extractions, assembled.resolution
        set_aside = sorted([*set_aside, *assembled.set_aside], key=_order)
        report = replace(
            _counted(report, kept, resolution),
            articles=len(kept),
            set_aside=tuple(set_aside),
            violations=tuple(violation.message for violation in assembled.violations),
            proposed=proposals.count(kept, names),
            idle_judgements=resolution.idle,
        )
        if not kept or (not report.conforms and not keep_invalid):
            return report
        progress("storing", len(kept))
        raws = spool.get
        laid = overlaying.lay(assembled.graph, edits)
        users = {
            folder.JUDGEMENTS: judged,
            folder.LINKS: link_file,
            folder.PACKS: pack_file,
            **overlaying.files(laid),
        }
        manifest = write(output, assembled, memory, extractions, raws, map(asdict, set_aside), users)
        return replace(
            report,
            written=True,
            quads=manifest["quads"],
            sha256=manifest["sha256"],
            edits_in_conflict=overlaying.in_conflict(laid),
        )


def user_judgements(given: Path | str | None, graph: Path) -> tuple[bytes, tuple[Line, ...]]:
    """The judgements that count for a build at `graph`, as bytes and as lines: those `given`, else those of the last build."""
    from kg.resolving import judgements  # noqa: PLC0415 - only builds need the resolution

    return _given_or_kept(given, graph / folder.JUDGEMENTS, judgements.read)


def user_links(given: Path | str | None, graph: Path) -> tuple[bytes, tuple[linking.Line, ...]]:
    """The judgements of items that count for a build at `graph`, as bytes and as lines: those `given`, else the last build's."""
    from kg.linking import judgements  # noqa: PLC0415 - only builds need the linking

    return _given_or_kept(given, graph / folder.LINKS, judgements.read)


def user_packs(given: Sequence[Path | str] | None, graph: Path) -> tuple[bytes, tuple[Path, ...]]:
    """The packs that count for a build at `graph`, as the file that says so and as paths: those `given`, else the last build's."""
    from kg.linking import packs  # noqa: PLC0415 - only builds need the linking

    paths = packs.kept(graph) if given is None else tuple(map(Path, given))
    return packs.noted(paths), paths


def _given_or_kept(
    given: Path | str | None, kept: Path, read: Callable[[Path], tuple[_Line, ...]]
) -> tuple[bytes, tuple[_Line, ...]]:
    if given is None and not kept.is_file():
        return b"", ()
    path = Path(given) if given is not None else kept
    lines = read(path)
    return path.read_bytes(), lines


def collect(
    outcomes: Generator[tuple[Raw | Rejected, Extraction | Rejected]],
    spool: Spool,
    *,
    fail_fast: bool,
    progress: Progress,
) -> tuple[list[Extraction], list[Rejected]]:
    """The extractions, each span re-read, and what was set aside."""
    extractions: list[Extraction] = []
    set_aside: list[Rejected] = []
    with closing(outcomes):
        for done, (raw, outcome) in enumerate(outcomes, start=1):
            if isinstance(outcome, Rejected):
                set_aside.append(outcome)
                if fail_fast:
                    break
            elif isinstance(raw, Raw):
                check_extraction(outcome)
                spool.add(raw)
                extractions.append(outcome)
            progress("reading", done)
    return extractions, sorted(set_aside, key=_order)


def _order(rejected: Rejected) -> tuple[str, str, str]:
    return rejected.source, rejected.reason, rejected.message


@dataclass(frozen=True, slots=True)
class Assembled:
    """A graph of `extractions`; `violations` are those that no article can be set aside for.

    `memory` is what the resolver remembers, empty where it is not ours.
    """

    extractions: list[Extraction]
    resolution: Resolution
    memory: MemoryTables
    graph: ox.Store
    violations: tuple[Violation, ...]
    set_aside: tuple[Rejected, ...]


def _assemble_all(
    extractions: list[Extraction], names: Collection[str], stages: Stages, *, keep_invalid: bool, progress: Progress
) -> Assembled:
    """Assemble with what the proposers `names` added, less what makes the graph conform worse than without them."""
    if not proposals.count(extractions, names):
        return assemble(extractions, stages, keep_invalid=keep_invalid, progress=progress)
    attempt = _attempt(extractions, stages, progress)
    if not attempt.violations:
        return attempt
    bare = [proposals.without(extraction, names) for extraction in extractions]
    plain = assemble(bare, stages, keep_invalid=keep_invalid, progress=progress)
    fit = {extraction.document.id for extraction in plain.extractions}
    extractions = [extraction for extraction in extractions if extraction.document.id in fit]
    while proposals.count(extractions, names):
        attempt = _attempt(extractions, stages, progress)
        worse = [violation for violation in attempt.violations if violation not in plain.violations]
        if not worse:
            return replace(attempt, set_aside=plain.set_aside)
        extractions = proposals.without_unfit(extractions, names, worse)
    return replace(plain, extractions=extractions)  # they note what was proposed in vain


def write(
    output: Path | str,
    assembled: Assembled,
    memory: MemoryTables,
    extractions: Iterable[Extraction],
    raws: Callable[[Iterable[str]], Iterable[bytes]],
    quarantine: Iterable[Mapping[str, Any]],
    users: Mapping[str, bytes],
) -> dict[str, Any]:
    """Write what was assembled of `extractions`, one for each file, as a graph folder; returns its manifest.

    `memory` holds what `settle` remembers of the files; `raws` gives their bytes by hash;
    `users` are the files of people's judgements and edits, by name.
    """
    fit = {extraction.document.id for extraction in assembled.extractions}
    files = [(e.document.id, e.document.raw_sha256) for e in extractions]
    Readings(memory, lambda _name, _identity: None).forget({identity for identity, _ in files} - fit)
    memory.made.update(assembled.memory.made)
    return write_graph(
        output,
        quads=assembled.graph,
        records=log.lines(assembled.extractions, assembled.resolution),
        memory=memory if assembled.memory.made else None,
        articles=raws(sorted({raw for identity, raw in files if identity in fit})),
        quarantine=quarantine,
        users=users,
    )


def _attempt(extractions: list[Extraction], stages: Stages, progress: Progress) -> Assembled:
    """Resolve, map and validate once."""
    progress("resolving", len(extractions))
    memory = MemoryTables()
    resolution = stages.resolve(extractions, memory)
    check_resolution(resolution, {extraction.document.id: extraction.document for extraction in extractions})
    progress("validating", len(extractions))
    graph = ox.Store()
    graph.bulk_extend(stages.quads(extractions, resolution))
    return Assembled(extractions, resolution, memory, graph, tuple(stages.violations(graph)), ())


def assemble(extractions: list[Extraction], stages: Stages, *, keep_invalid: bool, progress: Progress) -> Assembled:
    """Resolve, map and validate; an article that breaks a shape is set aside and the rest done again.

    All articles with a violation go at once, so that the result depends on no order. Each round leaves fewer articles.
    """
    set_aside: list[Rejected] = []
    while True:
        attempt = _attempt(extractions, stages, progress)
        reasons = {one.source: one.message for one in reversed(attempt.violations) if one.source}
        culprits = [extraction for extraction in extractions if extraction.document.source in reasons]
        if keep_invalid or not culprits:
            return replace(attempt, set_aside=tuple(set_aside))
        for document in (extraction.document for extraction in culprits):
            reason = reasons[document.source]
            set_aside.append(Rejected(document.source, UNFIT, reason, sha256=document.raw_sha256))
        extractions = [extraction for extraction in extractions if extraction not in culprits]


def _counted(report: BuildReport, extractions: list[Extraction], resolution: Resolution) -> BuildReport:
    return replace(
        report,
        mentions=sum(len(extraction.mentions) for extraction in extractions),
        statements=sum(len(extraction.statements) for extraction in extractions),
        entities=len(resolution.entities),
        claims=len(resolution.claims),
    )
