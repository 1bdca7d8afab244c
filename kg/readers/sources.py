"""Find the files that hold articles among the files and folders that a person names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SetAside, UnreadableError
from kg.readers import formats
from kg.readers.raw import Rejected

# What lies beside articles in a folder and is none: parts of saved web pages, and notes about the folder.
_BESIDE_SUFFIXES = frozenset(
    {
        *(".css", ".js", ".map", ".ttf", ".woff", ".woff2"),
        *(".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"),
        *(".mp3", ".mp4", ".ogg", ".wav", ".webm"),
        *(".md", ".sha256", ".toml"),
    }
)
_BESIDE_STEMS = frozenset({"readme", "license", "licence", "notice", "copying", "changelog", "makefile"})


@dataclass(frozen=True, slots=True)
class File:
    """A file with articles: where it lies, what it is called in the graph, and the module that reads it."""

    path: Path
    name: str
    format: str


def find(paths: Iterable[Path]) -> list[File | Rejected]:
    """The files below `paths` in a fixed order, whatever the order of `paths`; each file once.

    A file that was named itself is taken through a link; below a folder, links are followed only to files inside it.
    A missing path raises UnreadableError: a slip in the call, not a bad article.
    """
    found: dict[Path, str] = {}
    rejected: set[Rejected] = set()
    for path in paths:
        top = _resolved(path)
        for candidate in _walk(top, top) if top.is_dir() else (top,):
            if isinstance(candidate, Rejected):
                rejected.add(candidate)
                continue
            try:
                found[candidate] = formats.of(candidate)
            except SetAside as problem:
                rejected.add(Rejected.of(readable(candidate.name), problem, size=_size(candidate)))
    names = distinct_names(found)
    files = sorted((File(path, names[path], found[path]) for path in found), key=lambda file: (file.name, file.path))
    return [*sorted(rejected, key=lambda item: (item.source, item.reason, item.message)), *files]


def distinct_names(paths: Iterable[Path]) -> dict[Path, str]:
    """Each file's own name; where names are equal, as many of the folders above as tell the files apart."""
    same: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        same[readable(path.name)].append(path)
    return {path: name for group in same.values() for path, name in _told_apart(group)}


def readable(name: str) -> str:
    """A file name that can be printed and stored: control characters and bytes that are no UTF-8 become U+FFFD."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _told_apart(group: list[Path]) -> Iterator[tuple[Path, str]]:
    depth = 1
    while len({path.parts[-depth:] for path in group}) < len(group):
        depth += 1
    for path in group:
        yield path, "/".join(readable(part) for part in path.parts[-depth:])


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise UnreadableError(f"{path}: no such file or folder") from error


def _walk(folder: Path, top: Path) -> Iterator[Path | Rejected]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejected(_below(folder, top), "unreadable", f"the folder cannot be listed: {error.strerror}")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or _beside(path):
            continue
        if entry.is_symlink():
            yield from _linked(path, top)
        elif entry.is_dir():
            yield from _walk(path, top)
        else:
            yield path


def _linked(link: Path, top: Path) -> Iterator[Path | Rejected]:
    """What a link below `top` leads to; a link to a folder inside `top` gives nothing, as that folder is walked itself."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        yield Rejected(_below(link, top), "symlink", "the symbolic link leads nowhere or round in a loop")
        return
    if link.is_relative_to(target):
        yield Rejected(_below(link, top), "symlink", "the symbolic link leads back to a folder that it lies in")
    elif not target.is_relative_to(top):
        yield Rejected(_below(link, top), "symlink", "the symbolic link leads out of the given folder")
    elif target.is_file():
        yield target


def _beside(path: Path) -> bool:
    return path.suffix.lower() in _BESIDE_SUFFIXES or path.stem.lower() in _BESIDE_STEMS


def _below(path: Path, top: Path) -> str:
    return "/".join(readable(part) for part in path.relative_to(top).parts) or readable(top.name)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
