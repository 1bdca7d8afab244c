"""The saved questions: `*.rq` files that begin with their titles as comments, and may leave values open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from kg import resources
from kg.errors import UsageError

_TITLE = re.compile(r"#\s*([a-z]{2}):\s*(.*\S)")
_OPEN = re.compile(r'VALUES \?(\w+) \{ "" \}  # vi: (.+); en: (.+)')


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question worth asking again: `titles` maps a language to it in words, `text` is the SPARQL.

    `parameters` maps each value that the question leaves open, to what it means in each language. An empty
    one narrows nothing.
    """

    name: str
    titles: Mapping[str, str]
    text: str
    parameters: Mapping[str, Mapping[str, str]]

    def title(self, language: str) -> str:
        """The question in `language`, in another one where that is missing, or else its name."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.name)

    def filled(self, values: Mapping[str, str]) -> str:
        """The SPARQL with `values` in the places that are open; a UsageError names one that has no place."""
        for name in values:
            if name not in self.parameters:
                known = "".join(f"\n  {known}: {said['en']}" for known, said in self.parameters.items()) or " none"
                raise UsageError(f"the question {self.name!r} takes no value {name!r}; it takes:{known}")
        return _OPEN.sub(lambda found: _filled(found, values), self.text)


def read(path: Path) -> SavedQuestion:
    """The question in the file `path`, with the titles of its first comment lines."""
    text = path.read_text(encoding="utf-8")
    titles: dict[str, str] = {}
    for line in text.splitlines():
        found = _TITLE.match(line)
        if not found:
            break
        titles[found[1]] = found[2]
    parameters = {name: {"vi": vi, "en": en} for name, vi, en in _OPEN.findall(text)}
    return SavedQuestion(path.stem, titles, text, parameters)


def saved(folder: Path | None = None) -> list[SavedQuestion]:
    """The questions of `folder`, by default the project's own, by name."""
    return [read(path) for path in sorted((folder or resources.queries()).glob("*.rq"))]


def find(name: str, folder: Path | None = None) -> SavedQuestion:
    """The saved question called `name`; a UsageError lists all where there is none."""
    known = {question.name: question for question in saved(folder)}
    if name not in known:
        raise UsageError(f"there is no saved question {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name]


def _filled(found: re.Match[str], values: Mapping[str, str]) -> str:
    name = found[1]
    return found[0].replace('""', str(Literal(values[name])), 1) if name in values else found[0]
