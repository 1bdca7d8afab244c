"""A language's knowledge, read from the TOML and JSON-lines files of its folder."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import LanguageDataError


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of one TOML file; an error names the file and what is wrong."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"{path}: {error}") from error


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON-lines file; an error names the line."""
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise LanguageDataError(f"{path}:{number}: {error}") from error
    return records


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """The file `NAME.toml` of a language, read once."""
    return read_toml(resources.language(language) / f"{name}.toml")


@cache
def tables(language: str, folder: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """All TOML files of a language's subfolder as (file name without suffix, tables), by name."""
    return tuple((p.stem, read_toml(p)) for p in sorted((resources.language(language) / folder).glob("*.toml")))


@cache
def entries(language: str, name: str) -> tuple[dict[str, Any], ...]:
    """The records of `NAME.jsonl` of a language, read once."""
    return tuple(read_jsonl(resources.language(language) / f"{name}.jsonl"))
