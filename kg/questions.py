"""The saved questions: `*.rq` files that begin with their titles as comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import UsageError

_TITLE = re.compile(r"#\s*([a-z]{2}):\s*(.*\S)")


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question worth asking again: `titles` maps a language to it in words, `text` is the SPARQL."""

    name: str
    titles: Mapping[str, str]
    text: str

    def title(self, language: str) -> str:
        """The question in `language`, in another one where that is missing, or else its name."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.name)


def read(path: Path) -> SavedQuestion:
    """The question in the file `path`, with the titles of its first comment lines."""
    text = path.read_text(encoding="utf-8")
    titles: dict[str, str] = {}
    for line in text.splitlines():
        found = _TITLE.match(line)
        if not found:
            break
        titles[found[1]] = found[2]
    return SavedQuestion(path.stem, titles, text)


def saved(folder: Path | None = None) -> list[SavedQuestion]:
    """The questions of `folder`, by default the project's own, by name."""
    return [read(path) for path in sorted((folder or resources.queries()).glob("*.rq"))]


def find(name: str, folder: Path | None = None) -> SavedQuestion:
    """The saved question called `name`; a UsageError lists all where there is none."""
    known = {question.name: question for question in saved(folder)}
    if name not in known:
        raise UsageError(f"there is no saved question {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name]
