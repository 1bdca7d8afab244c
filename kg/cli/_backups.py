"""What putting away and putting back have in common on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from kg.backups import Moved

overwrite_option = click.option("--overwrite", is_flag=True, help="Replace what stands there already.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")


def told(moved: Moved, source: Path, output: Path, *, as_json: bool, quiet: bool) -> None:
    """Print what was copied."""
    from dataclasses import asdict  # noqa: PLC0415

    from kg.cli._terminal import print_json  # noqa: PLC0415

    if not quiet:
        size = f"{moved.files:,} files with {moved.bytes:,} bytes"
        click.echo(f"{source} to {output}: {size}, read back; the backup takes {moved.stored:,}", err=True)
    if as_json:
        print_json(asdict(moved))
