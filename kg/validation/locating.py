"""Find the line of an RDF file that a result is about, and the term on it that a mend puts another one for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.validation.results import Place, ValidationResult

_PREFIX = re.compile(r"""^\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>|xmlns:([\w.-]+)=["']([^"']*)["']""", re.IGNORECASE)
_XML = frozenset({".rdf", ".xml", ".owl"})
_NAME = re.compile(r"[\w-]+$")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([\w-]+))?$', re.DOTALL)
_IRI = re.compile(r"<([^>]*)>")
_REACH = 60
"""How many lines may follow the first one of what is said of a thing."""


class Located:
    """The lines of RDF files, searched as text: RDF has no lines, and parsers do not tell them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [_File(path) for path in paths]

    def placed(self, result: ValidationResult) -> ValidationResult:
        """The result with its place, if one of the files has the thing that it is about."""
        for file in self._files:
            place = file.place(result)
            if place:
                return replace(result, place=place)
        return result


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found = (match for line in self._lines for match in _PREFIX.finditer(line))
        self._prefixes = {match[1] or match[3] or "": match[2] or match[4] for match in found}
        self._is_xml = path.suffix.lower() in _XML
        self._starts = self._first_lines()

    def _first_lines(self) -> Mapping[str, int]:
        """The first line that begins with each word, or that declares it in XML or JSON."""
        starts: dict[str, int] = {}
        for number, line in enumerate(self._lines):
            word = line.split(maxsplit=1)[:1]
            named = re.findall(r"""(?:rdf:about|rdf:ID|"@id")\s*[=:]\s*["']([^"']*)["']""", line)
            for token in (*word, *(f"<{iri}>" for iri in named)):
                starts.setdefault(token, number)
        return starts

    def place(self, result: ValidationResult) -> Place | None:
        """Where the result is: the term that is to be replaced, the value, the property, or the thing itself."""
        first = next(
            (self._starts[token] for token in self._spellings(f"<{result.focus}>") if token in self._starts), None
        )
        if first is None:
            return None
        instead = result.mend.instead if result.mend else None
        sought = [
            *(instead[:1] if instead else ()),
            *([f"<{result.path}>"] if result.path else ()),
            f"<{result.focus}>",
        ]
        for term in sought:
            for number in self._statement(first, result.focus):
                for token in self._spellings(term):
                    at = _find(self._lines[number], token)
                    if at is not None:
                        new = self._spelled(instead[1], token) if instead and term == instead[0] else ""
                        return Place(str(self._path), number + 1, at + 1, at + 1 + len(token), new)
        return Place(str(self._path), first + 1, 1, 1 + len(self._lines[first]))

    def _statement(self, first: int, focus: str) -> Iterator[int]:
        """The lines of what is said of a thing: up to a blank line, or to the next one that begins another sentence."""
        same = self._spellings(f"<{focus}>")
        for number in range(first, min(first + _REACH, len(self._lines))):
            line = self._lines[number]
            ended = number > first and self._lines[number - 1].rstrip().endswith(".")
            if number > first and (not line.strip() or (ended and not line.startswith(tuple(same)))):
                return
            yield number

    def _spellings(self, term: str) -> list[str]:
        """How a term may be written: in full, with a prefix of the file, or bare as numbers are."""
        if literal := _LITERAL.match(term):
            words, type_, language = literal.groups()
            quoted = f'"{words}"'
            types = self._spellings(f"<{type_}>") if type_ else []
            plain = [] if language else [quoted, words] if words else [quoted]
            return [*(f"{quoted}^^{spelled}" for spelled in types), *([f"{quoted}@{language}"] if language else plain)]
        iri = _IRI.fullmatch(term)
        if iri is None:
            return [term]
        short = [
            f"{prefix}:{iri[1].removeprefix(namespace)}"
            for prefix, namespace in self._prefixes.items()
            if namespace and iri[1].startswith(namespace)
        ]
        # an element may also stand in a namespace of its own or of the whole document
        bare = _NAME.findall(iri[1]) if self._is_xml else []
        return [term, *short, *bare]

    def _spelled(self, new: str, old: str) -> str:
        """What a mend writes in the place of `old`, as the file spells; nothing in XML and JSON, which spell otherwise."""
        if self._path.suffix.lower() not in {".ttl", ".trig", ".nt", ".nq"}:
            return ""
        short = [spelling for spelling in self._spellings(new) if not spelling.startswith(("<", '"'))]
        return short[0] if short and not old.startswith("<") and not new.startswith('"') else new


def _find(line: str, token: str) -> int | None:
    """Where a whole term stands on a line."""
    found = re.search(rf"(?<![\w:.#/-]){re.escape(token)}(?![\w:#/-])(?!\.\w)", line)
    return found.start() if found else None
