"""`kg build`: articles in, a validated graph out."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import deadline_option, existing_file, jobs_option

if TYPE_CHECKING:
    from kg.building import BuildReport
    from kg.proposers import Specification


@click.command(name="build")
@click.argument("articles", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder of the graph.")
@jobs_option
@deadline_option
@click.option("--fail-fast", "--strict", is_flag=True, help="Stop at the first article that cannot be used.")
@click.option("--keep-invalid", is_flag=True, help="Write the graph even if it does not conform.")
@click.option(
    "--propose",
    multiple=True,
    metavar="KIND:WHERE",
    help="Ask gliner:FOLDER or llm:URL for what else there is; may be repeated.",
)
@click.option("--propose-model", default="", metavar="NAME", help="The model to ask for behind llm:URL.")
@click.option(
    "--judgements",
    type=existing_file,
    help="Which names are the same thing and which are not; kept in OUTPUT for later builds.",
)
@click.option(
    "--links",
    type=existing_file,
    help="Which Wikidata items entities are; kept in OUTPUT for later builds.",
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=existing_file,
    help="A pack of Wikidata items beside the bundled one; remembered in OUTPUT for later builds.",
)
@click.option(
    "--overlay",
    type=existing_file,
    help="Edits made by hand, as kg import-edits keeps them; kept in OUTPUT for later builds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a report as JSON on standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
@click.pass_context
def command(
    context: click.Context,
    *,
    articles: tuple[str, ...],
    output: Path,
    jobs: int,
    deadline: float,
    fail_fast: bool,
    keep_invalid: bool,
    propose: tuple[str, ...],
    propose_model: str,
    judgements: Path | None,
    links: Path | None,
    packs: tuple[Path, ...],
    overlay: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build a graph from articles.

    ARTICLES are files (.txt, .html, .jsonl), folders of them, or - for JSON lines on standard input. Articles that
    cannot be used, or of which something does not conform, are set aside with a reason, in OUTPUT/quarantine.jsonl and
    on standard error. What stood at OUTPUT is replaced only when the new graph is whole and conforms.

    Proposals are off by default. Those of --propose are kept where their words stand in the article and fit the
    ontology, and say who made them. llm: sends the articles to URL, with the key in KG_LLM_KEY if there is one; gliner:
    reads a model from FOLDER. KG_PROPOSE_SECONDS, KG_PROPOSE_REQUEST_SECONDS, KG_PROPOSE_TRIES and
    KG_PROPOSE_ANSWER_BYTES set their bounds.

    Each line of the file of --judgements has, with tabs between: same or not same; a name, or an IRI of a graph; another;
    who says so; and if you like when or why. It overrules what the rules judge, until the line is deleted. Each line of the
    file of --links has a name or IRI, an item such as Q3178 or NIL, who says so, and if you like when.

    \b
    Examples:
      kg build examples/articles -o out/demo
      cat feed.jsonl | kg build - -o out/feed --jobs 4

    Exit codes: 0 good, 1 the graph does not conform, 2 wrong call, 3 nothing could be read, 4 store error, 5 finished
    but some articles were set aside.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.building import build  # noqa: PLC0415 - the help is shown without it
    from kg.cli._progress import shown  # noqa: PLC0415
    from kg.cli._terminal import printable  # noqa: PLC0415

    with shown(quiet=quiet) as progress:
        report = build(
            articles,
            output,
            jobs=jobs,
            deadline=deadline,
            fail_fast=fail_fast,
            keep_invalid=keep_invalid,
            stdin=sys.stdin.buffer,
            progress=progress,
            judgements=judgements,
            links=links,
            packs=packs or None,
            overlay=overlay,
            propose=_specifications(propose, propose_model),
        )
    for line in _problems(report):
        click.echo(printable(line), err=True)
    if not quiet:
        click.echo(_summary(report, output), err=True)
    if as_json:
        click.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2))
    context.exit(report.exit_code)


def _specifications(propose: tuple[str, ...], model: str) -> tuple[Specification, ...]:
    if not (propose or model):
        return ()
    from kg import proposers  # noqa: PLC0415 - only where proposals are asked for
    from kg.settings import Settings  # noqa: PLC0415

    return proposers.specifications(propose, model=model, settings=Settings.read(os.environ))


def _problems(report: BuildReport) -> list[str]:
    return [
        *(f"set aside ({item.reason}): {item.source}: {item.message}" for item in report.set_aside),
        *(f"same text as {item.kept}: {item.source}" for item in report.duplicates),
        *(f"does not conform: {violation}" for violation in report.violations),
        *(
            f"judged in vain: {first!r} and {second!r}: no article names both, or other judgements say otherwise"
            for first, second in report.idle_judgements
        ),
        *(
            [f"edits that disagree with the articles: {report.edits_in_conflict}; see kg import-edits --conflicts"]
            if report.edits_in_conflict
            else []
        ),
        *_failures(report),
    ]


def _failures(report: BuildReport) -> list[str]:
    """One line for each way in which a proposer gave nothing, with how often, and an article as an example."""
    counts = Counter((failure.proposer, failure.reason) for failure in report.proposals_failed)
    first = {(failure.proposer, failure.reason): failure for failure in reversed(report.proposals_failed)}
    return [
        f"no proposals of {proposer} for {number:,} articles ({reason}), such as {first[proposer, reason].source}: "
        f"{first[proposer, reason].message}"
        for (proposer, reason), number in sorted(counts.items())
    ]


def _summary(report: BuildReport, output: Path) -> str:
    counts = (
        f"{report.articles:,} articles, {report.statements:,} statements, {report.entities:,} entities, "
        f"{report.claims:,} claims; {len(report.set_aside):,} set aside"
    )
    if report.proposed:
        counts += f"; {report.proposed:,} mentions and statements were proposed"
    if report.written:
        return f"{counts}\n{report.quads:,} quads in {output}, sha256 {report.sha256}"
    return f"{counts}\nno graph was written"
