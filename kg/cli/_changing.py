"""What the commands that change a graph have in common: how they say what they did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from kg.building import ChangeReport


def told(report: ChangeReport, graph: Path, *, as_json: bool, quiet: bool) -> int:
    """Print what a change did, and return the exit code."""
    from kg.cli._terminal import printable  # noqa: PLC0415

    for item in report.set_aside:
        click.echo(printable(f"set aside ({item.reason}): {item.source}: {item.message}"), err=True)
    for duplicate in report.duplicates:
        click.echo(printable(f"same text as {duplicate.kept}: {duplicate.source}"), err=True)
    if report.edits_in_conflict:
        click.echo(
            f"edits that disagree with the articles: {report.edits_in_conflict}; see kg import-edits --conflicts",
            err=True,
        )
    if not quiet:
        click.echo(
            f"{len(report.added):,} articles came, {len(report.removed):,} left: {report.articles:,} now\n"
            f"{report.quads:,} quads in {graph}, sha256 {report.sha256}",
            err=True,
        )
    if as_json:
        click.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2))
    return report.exit_code
