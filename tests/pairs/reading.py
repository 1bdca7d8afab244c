"""Read article pairs and what was annotated in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("vi", "en")
FIRST_TEN = tuple(f"{number:02}-" for number in range(1, 11))
"""The pairs whose figures the project set out to reach."""
HELD_OUT = tuple(f"{number:02}-" for number in range(33, 43))
"""The pairs that nobody reads who writes rules; those before them were held out once, and are read since."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles about the same events, as they were annotated; `articles` are by language."""

    name: str
    texts: Mapping[str, str]
    articles: Mapping[str, dict[str, Any]]
    expected: dict[str, Any]

    def source(self, language: str) -> str:
        """The name that an article has in a build."""
        return f"{self.name}-{language}.txt"

    def facts(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Language and annotation of each fact, by id."""
        return {fact["id"]: (code, fact) for code, gold in self.articles.items() for fact in gold["facts"]}


def load(pairs: Path = HERE, names: Sequence[str] = ()) -> list[Pair]:
    """The pairs of a folder, or those whose names begin as one of `names` does."""
    chosen = [p for p in sorted(pairs.iterdir()) if (p / "pair.json").is_file()]
    return [_pair(path) for path in chosen if not names or path.name.startswith(tuple(names))]


def development(pairs: Path = HERE) -> list[Pair]:
    """The pairs that may be read while rules are written."""
    return [pair for pair in load(pairs) if not pair.name.startswith(HELD_OUT)]


def held_out(pairs: Path = HERE) -> list[Pair]:
    """The pairs that are only measured."""
    return load(pairs, HELD_OUT)


def _pair(path: Path) -> Pair:
    return Pair(
        path.name,
        {code: (path / f"{code}.txt").read_text(encoding="utf-8") for code in LANGUAGES},
        {code: json.loads((path / f"{code}.json").read_text(encoding="utf-8")) for code in LANGUAGES},
        json.loads((path / "pair.json").read_text(encoding="utf-8")),
    )
