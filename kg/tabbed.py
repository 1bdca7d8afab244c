"""Read the files that users write by hand: tab-separated cells, one record a line, # before a remark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import UsageError


def text(path: Path, what: str) -> str:
    """The text of a file that holds `what`; a UsageError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {what} cannot be read: {error}") from error


def records(written: str, source: str) -> Iterator[tuple[str, list[str]]]:
    """Where each record stands, such as "names.tsv:3", and its cells; empty lines and remarks are passed over."""
    for number, line in enumerate(written.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield f"{source}:{number}", [cell.strip() for cell in line.split("\t")]
