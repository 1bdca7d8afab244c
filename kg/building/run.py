"""Build a graph: read, extract, resolve, map, validate, store."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg import log, readers
from kg.building.duplicates import settle
from kg.building.evidence import check_extraction, check_resolution
from kg.building.report import BuildReport
from kg.building.spool import Spool
from kg.building.stages import Stages
from kg.building.workers import Workers
from kg.errors import UnreadableError, UsageError
from kg.model import Extraction, Resolution
from kg.readers import Raw, Rejected
from kg.store.writing import refuse_foreign, write_graph

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
) -> BuildReport:
    """Build the graph folder `output` from the articles below `paths`; "-" stands for JSON lines on `stdin`.

    Articles go through `jobs` processes; one that takes longer than `deadline` seconds is set aside, as are all that
    cannot be used, while the others go on; with `fail_fast` the first one ends the build. A graph that does not conform
    is written only with `keep_invalid`; what stood at `output` stays until a new graph is whole. The graph depends on
    the articles alone, not on their order, nor on `jobs`.
    """
    if jobs < 1 or deadline <= 0:
        raise UsageError("there must be at least one job, and a deadline of more than 0 seconds")
    refuse_foreign(Path(output).resolve())
    stages = stages or Stages()
    with Spool() as spool:
        with Workers(stages.pipeline, jobs=jobs, deadline=deadline) as workers:
            outcomes = workers.map(readers.load(paths, stdin=stdin))
            extractions, set_aside = _collect(outcomes, spool, fail_fast=fail_fast, progress=progress)
        if not extractions and not set_aside:
            raise UnreadableError("there are no articles in what was given")
        kept, duplicates = settle(extractions)
        report = BuildReport(
            articles=len(kept),
            set_aside=tuple(set_aside),
            duplicates=tuple(duplicates),
            stopped=fail_fast and bool(set_aside),
        )
        if report.stopped or not kept:
            return report
        progress("resolving", len(kept))
        resolution = stages.resolve(kept)
        report = _counted(report, kept, resolution)
        check_resolution(resolution, {extraction.document.id: extraction.document for extraction in kept})
        progress("validating", len(kept))
        graph = ox.Store()
        graph.bulk_extend(stages.quads(kept, resolution))
        report = replace(report, violations=tuple(stages.violations(graph)))
        if not report.conforms and not keep_invalid:
            return report
        progress("storing", len(kept))
        manifest = write_graph(
            output,
            quads=graph,
            records=log.lines(kept, resolution),
            articles=spool.get(sorted({extraction.document.raw_sha256 for extraction in kept})),
            quarantine=[asdict(rejected) for rejected in set_aside],
        )
        return replace(report, written=True, quads=manifest["quads"], sha256=manifest["sha256"])


def _collect(
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
    return extractions, sorted(set_aside, key=lambda item: (item.source, item.reason, item.message))


def _counted(report: BuildReport, extractions: list[Extraction], resolution: Resolution) -> BuildReport:
    return replace(
        report,
        mentions=sum(len(extraction.mentions) for extraction in extractions),
        statements=sum(len(extraction.statements) for extraction in extractions),
        entities=len(resolution.entities),
        claims=len(resolution.claims),
    )
