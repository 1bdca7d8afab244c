"""The sums of a graph folder's files: kept beside them, so that damage is noticed wherever it falls.

They stand in `sums.jsonl` and not in the manifest: the same articles give the same manifest, but the engine's files differ from
build to build. Each block of a file has its sum, so that a change costs what it changes, and damage says where it lies.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kg import edits, folder
from kg.errors import StoreError

BLOCK = 1 << 18
"""Bytes of a file that have one sum."""
DIARY = re.compile(rf"{folder.STORE}/LOG(\.old\.\d+)?")
"""RocksDB's diary, which it begins anew whenever the store is opened to write, and never reads: nothing rests on it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many bytes a file has, and the SHA-256 of each BLOCK of them."""

    size: int
    blocks: tuple[str, ...]


class Reader(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


def files(graph: Path) -> dict[str, Path]:
    """Everything in a graph folder that is to have a sum, by its name below the folder, sorted.

    Snapshots of edits have sums of their own (`kg.edits`).
    """
    parts = (path for entry in graph.iterdir() if entry.name != edits.EDITS for path in (entry, *entry.rglob("*")))
    found = {path.relative_to(graph).as_posix(): path for path in parts}
    return {
        name: path
        for name, path in sorted(found.items())
        if name != folder.SUMS and not DIARY.fullmatch(name) and (path.is_symlink() or not path.is_dir())
    }


def plain(path: Path) -> bool:
    """Whether `path` is a file itself, and no link to one."""
    return path.is_file() and not path.is_symlink()


def of(path: Path) -> Sum:
    """The sum of one file, which is read whole; a StoreError if it is none."""
    if not plain(path):
        raise StoreError(f"{path} is no plain file; a graph folder holds nothing else")
    with path.open("rb") as opened:
        return of_stream(opened)


def of_stream(stream: BinaryIO) -> Sum:
    """The sum of what is read from `stream` to its end."""
    size, blocks = 0, []
    while block := stream.read(BLOCK):
        size += len(block)
        blocks.append(digest(block))
    return Sum(size, tuple(blocks))


def digest(block: bytes) -> str:
    """The sum of one block."""
    return hashlib.sha256(block).hexdigest()


def checked(stream: Reader, known: Sum, name: str) -> Iterator[bytes]:
    """The blocks of `stream`, each seen to be what its sum says; else a StoreError that calls the file `name`."""
    for number, wanted in enumerate(known.blocks):
        block = stream.read(BLOCK)
        if digest(block) != wanted:
            raise StoreError(f"{name} was changed {_where(number, known.size)}")
        yield block
    if stream.read(1) or -(-known.size // BLOCK) != len(known.blocks):
        raise StoreError(f"{name} has not the {known.size:,} bytes that it had")


def write(graph: Path, known: Mapping[str, Sum] | None = None) -> None:
    """Write the sums of the folder `graph`; files that have a sum in `known` are not read."""
    known = known or {}
    sums = {name: known.get(name) or of(path) for name, path in files(graph).items()}
    (graph / folder.SUMS).write_bytes(encode(sums))


def read(graph: Path) -> dict[str, Sum]:
    """The sums of the graph folder `graph`; a StoreError says that they are missing or damaged."""
    path = graph / folder.SUMS
    if not plain(path):
        raise StoreError(f"{path} is missing; build the graph again")
    return decode(path.read_bytes(), str(path))


def encode(sums: Mapping[str, Sum]) -> bytes:
    """Sums as JSON lines, one a file, and a last line with the sum of all of them."""
    lines = b"".join(
        _line({"file": name, "bytes": sums[name].size, "sha256": list(sums[name].blocks)}) for name in sorted(sums)
    )
    return lines + _line({"sha256": digest(lines)})


def decode(written: bytes, name: str) -> dict[str, Sum]:
    """What `encode` wrote, byte for byte; anything else is a StoreError that calls it `name`."""
    try:
        *lines, _ = map(json.loads, written.splitlines())
        sums = {str(line["file"]): Sum(int(line["bytes"]), tuple(map(str, line["sha256"]))) for line in lines}
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise StoreError(f"{name} is damaged ({error}); no file can be held against it") from error
    if encode(sums) != written:
        raise StoreError(f"{name} is damaged: its last line is not the sum of the others")
    return sums


def _line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def differences(graph: Path, sums: Mapping[str, Sum]) -> Iterator[tuple[str, str]]:
    """Hold all files of `graph` against `sums`: each name, and what is wrong with that file, empty if nothing is."""
    found = files(graph)
    for name in sorted({*found, *sums}):
        if name not in found:
            yield name, "is missing"
        elif name not in sums:
            yield name, "is not one of the graph's files"
        else:
            yield name, _difference(found[name], sums[name])


def _difference(path: Path, known: Sum) -> str:
    if not plain(path):
        return "is no plain file"
    try:
        now = of(path)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if now.size != known.size:
        return f"has {now.size:,} bytes, not {known.size:,}"
    pairs = enumerate(itertools.zip_longest(now.blocks, known.blocks))
    changed = next((number for number, (mine, wanted) in pairs if mine != wanted), None)
    return "" if changed is None else f"was changed {_where(changed, now.size)}"


def _damaged(path: Path, how: str) -> str:
    return f"{path} is damaged: it {how}; run kg verify, and put a backup back or build the graph again"


def _where(block: int, size: int) -> str:
    return f"between bytes {block * BLOCK:,} and {min((block + 1) * BLOCK, size):,}"


def follow(old: Path, known: Mapping[str, Sum], new: Path) -> None:
    """Write the sums of the folder `new`, made of a copy of `old` with the sums `known`, at the cost of what differs.

    Files that both share are not read. Of the others only blocks that differ are summed, those of `old` as well: were one
    of them damaged before, the sums of `new` would hide it, so that is a StoreError.
    """
    write(new, {name: _followed(name, old / name, known, path) for name, path in files(new).items()})


def _followed(name: str, before: Path, known: Mapping[str, Sum], path: Path) -> Sum:
    if name not in known or not plain(before):
        return of(path)
    if path.samefile(before):
        return known[name]
    if before.stat().st_size != known[name].size:
        raise StoreError(_damaged(before, f"has not the {known[name].size:,} bytes that it had"))
    blocks: list[str] = []
    with path.open("rb") as now, before.open("rb") as then:
        for number, was in enumerate(known[name].blocks):
            mine, theirs = now.read(BLOCK), then.read(BLOCK)
            if mine == theirs:
                blocks.append(was)
                continue
            if digest(theirs) != was:
                raise StoreError(_damaged(before, f"was changed {_where(number, known[name].size)}"))
            if mine:
                blocks.append(digest(mine))
        while mine := now.read(BLOCK):
            blocks.append(digest(mine))
        return Sum(now.tell(), tuple(blocks))
