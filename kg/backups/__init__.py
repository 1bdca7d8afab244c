"""Put a graph folder away, and put it back: whole or not at all, and each time read again and held against its sums."""

from __future__ import annotations

import collections
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg import checkup, edits, folder
from kg.backups import archive
from kg.errors import StoreError, UnreadableError, UsageError
from kg.store import sums, swap
from kg.store.writing import refuse_foreign

Progress = Callable[[str, int], None]
_RESERVE = 64 << 20
"""Bytes that a restored graph leaves free on the disk."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was put away or back: how many files of how many bytes, and what the backup takes on the disk."""

    files: int
    bytes: int
    stored: int


def backup(
    graph: Path, output: Path, *, overwrite: bool = False, progress: Progress = lambda _stage, _done: None
) -> Moved:
    """Copy the graph folder `graph` to `output`: an archive if its name ends with .tar.gz, .tgz or .tar, else a folder.

    The graph may be served, added to and replaced meanwhile; what stood there at the beginning is copied. Every block is
    held against its sum when it is read and when it was written; a StoreError says that one differs, and then there is no
    backup. What stands at `output` is replaced only if `overwrite`, and a folder only if it is a graph.
    """
    folder.manifest(graph)
    _refuse(output, graph, overwrite=overwrite)
    with swap.held(graph) as held:
        edited = _edited(held)
        known = {**sums.read(held), **edited}
        if archive.packed(output):
            with swap.whole(output) as out:
                archive.write(held, known, out, packed=not output.name.endswith(".tar"), progress=progress)
                out.flush()
                _forget(out)
                _read_back(Path(out.name), known, progress)
        else:
            with swap.replacing(output.resolve()) as fresh:
                _copy(held, known, fresh, progress)
                for path in sums.files(fresh).values():
                    with path.open("rb") as out:
                        _forget(out)
                wrong = [f"{name} {what}" for name, what in sums.differences(fresh, _built(known)) if what]
                if wrong or _edited(fresh) != edited:
                    raise StoreError(
                        f"what was written reads back otherwise: {[*wrong, edits.EDITS][0]}; is the disk sound?"
                    )
    return _moved(known, output)


def restore(
    source: Path, graph: Path, *, overwrite: bool = False, progress: Progress = lambda _stage, _done: None
) -> Moved:
    """Make the graph folder `graph` of the backup `source`, an archive or a folder.

    Nothing is seen at `graph` before all of it was unpacked, and read from end to end as `kg verify` does. An UnreadableError says
    that the backup is none, is damaged, or holds what no graph holds. What stands at `graph` is replaced only if `overwrite`,
    and only if it is a graph.
    """
    if not source.exists():
        raise UsageError(f"{source}: there is no such backup")
    _refuse(graph, source, overwrite=overwrite)
    target = graph.resolve()
    refuse_foreign(target)
    with swap.replacing(target) as fresh:
        known = _unpacked(source, fresh, progress)
        (fresh / folder.STORE).mkdir(exist_ok=True)
        (fresh / folder.ARTICLES).mkdir(exist_ok=True)
        if wrong := _unsound(fresh, progress):
            raise UnreadableError(f"{source} holds no sound graph ({'; '.join(wrong)}); take another backup")
    return _moved(known, source)


def _edited(graph: Path) -> dict[str, sums.Sum]:
    """The sums of the newest published snapshot of what was edited over HTTP, once it was held against its own."""
    with edits.holding(graph) as snapshot:
        if snapshot is None:
            return {}
        edits.verify(snapshot)
        top = f"{edits.EDITS}/{edits.SNAPSHOTS}/{snapshot.name}"
        names = [edits.SNAPSHOT, *(f"{edits.STORE}/{name}" for name in edits.described(snapshot)["files"])]
        return {f"{top}/{name}": sums.of(snapshot / name) for name in sorted(names)}


def _built(known: Mapping[str, sums.Sum]) -> dict[str, sums.Sum]:
    """The sums of what a build wrote."""
    return {name: one for name, one in known.items() if not name.startswith(f"{edits.EDITS}/")}


def _finish(fresh: Path, known: Mapping[str, sums.Sum]) -> None:
    """Write the sums beside the files, and point to the snapshot of the edits."""
    built = _built(known)
    (fresh / folder.SUMS).write_bytes(sums.encode(built))
    snapshots = sorted({name.split("/")[2] for name in known.keys() - built.keys()})
    if len(snapshots) > 1:
        raise UnreadableError("it holds more than one snapshot of edits; kg backup writes one")
    for name in snapshots:
        edits.point(fresh, name)


def _unsound(fresh: Path, progress: Progress) -> list[str]:
    """What `kg verify` would find in a folder that was just unpacked."""
    try:
        return [f"{check.name}: {check.found}" for check in checkup.verify(fresh, progress) if not check.sound]
    except StoreError as error:
        return [str(error).replace(str(fresh), "it")]


def _refuse(output: Path, other: Path, *, overwrite: bool) -> None:
    """A UsageError where nothing may be written, or where one of the two would lie in the other."""
    here, there = output.resolve(), other.resolve()
    if here == there or there in here.parents or here in there.parents:
        raise UsageError(f"{output} and {other} lie in each other; give another place")
    if not here.exists() or (here.is_dir() and not any(here.iterdir()) and not archive.packed(output)):
        return
    if archive.packed(output) == here.is_dir():
        kind = "folder" if here.is_dir() else "file"
        raise UsageError(f"{output} is a {kind}; give another name for what is to be written")
    if not overwrite:
        raise UsageError(f"{output} is there already; give another name, or --overwrite to replace it")
    if here.is_dir():
        refuse_foreign(here)


def _copy(graph: Path, known: Mapping[str, sums.Sum], fresh: Path, progress: Progress) -> None:
    for done, (name, known_sum) in enumerate(known.items(), start=1):
        if not sums.plain(graph / name):
            raise StoreError(f"{graph / name} is missing or no plain file; run kg verify")
        with (graph / name).open("rb") as opened:
            _write(fresh, name, sums.checked(opened, known_sum, name))
        progress("copying", done)
    _finish(fresh, known)


def _write(fresh: Path, name: str, blocks: Iterable[bytes]) -> None:
    path = fresh / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        out.writelines(blocks)


def _forget(out: IO[bytes]) -> None:
    """Have a file written to the disk and forgotten, so that the next reading is one of the disk."""
    os.fsync(out.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read_back(path: Path, known: Mapping[str, sums.Sum], progress: Progress) -> None:
    try:
        with archive.opened(path) as read:
            same = read.sums == known
            for done, (_, blocks) in enumerate(read.files(), start=1):
                collections.deque(blocks, maxlen=0)
                progress("reading back", done)
    except (UnreadableError, StoreError) as error:
        raise StoreError(f"what was written reads back otherwise ({error}); is the disk sound?") from error
    if not same:
        raise StoreError("what was written reads back otherwise (it lists other files); is the disk sound?")


def _unpacked(source: Path, fresh: Path, progress: Progress) -> dict[str, sums.Sum]:
    """Write the files of a backup into the empty folder `fresh`, and return their sums."""
    try:
        if source.is_dir():
            known = {**sums.read(source), **_edited(source)}
            archive.check_names(known)
            _require_room(known, fresh)
            _copy(source, known, fresh, progress)
            return known
        with archive.opened(source) as read:
            _require_room(read.sums, fresh)
            for done, (name, blocks) in enumerate(read.files(), start=1):
                _write(fresh, name, blocks)
                progress("unpacking", done)
            _finish(fresh, read.sums)
            return read.sums
    except StoreError as error:
        raise UnreadableError(f"{source} is damaged: {error}; take another backup") from error


def _require_room(known: Mapping[str, sums.Sum], place: Path) -> None:
    wanted, free = sum(one.size for one in known.values()), shutil.disk_usage(place).free
    if wanted + _RESERVE > free:
        raise UsageError(f"the graph takes {wanted:,} bytes, and {free:,} are free; make room, or give another place")


def _moved(known: Mapping[str, sums.Sum], stored: Path) -> Moved:
    files = stored.rglob("*") if stored.is_dir() else [stored]
    size = sum(path.stat().st_size for path in files if path.is_file())
    return Moved(len(known), sum(one.size for one in known.values()), size)
