"""Remember what a server was sent, so that a push goes on where the last one ended, however that ended."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import StoreError

_UNKNOWN = ""


class Journal:
    """What a server has of a graph folder: `sent` gives the SHA-256 of each graph, empty where nobody knows.

    A file beside the folder, `.NAME.pushed/….jsonl`, one for each server: a line before a graph is changed there, one after. A
    kill leaves at most the first of the two, and that graph is sent again. The last line counts; one that was cut off does not.
    """

    def __init__(self, sent: dict[str, str], out: IO[bytes] | None) -> None:
        self.sent, self._out = sent, out

    @classmethod
    @contextlib.contextmanager
    def opened(cls, graph: Path, server: str, *, writes: bool) -> Iterator[Journal]:
        """The journal of what was sent from the folder `graph` to `server`; a StoreError while somebody else sends."""
        target = graph.resolve()
        place = target.with_name(f".{target.name}.pushed")
        path = place / f"{hashlib.sha256(server.encode()).hexdigest()[:16]}.jsonl"
        if not writes:
            yield cls(_read(path), None)
            return
        place.mkdir(exist_ok=True)
        with _locked(place, graph):
            sent = _read(path)
            fresh = path.with_suffix(".new")
            with fresh.open("wb") as out:
                out.write(_line({"server": server}))
                out.writelines(_line({"graph": name, "sha256": sha256}) for name, sha256 in sorted(sent.items()))
                out.flush()
                os.fsync(out.fileno())
                fresh.replace(path)
                yield cls(sent, out)

    def begin(self, graph: str) -> None:
        """Note that a graph is being changed."""
        self._note(graph, _UNKNOWN)

    def end(self, graph: str, sha256: str | None) -> None:
        """Note what the server has of a graph now; None where it is gone."""
        self._note(graph, sha256)

    def _note(self, graph: str, sha256: str | None) -> None:
        if self._out is None:
            raise ValueError("this journal was opened to read")
        self._out.write(_line({"graph": graph, "sha256": sha256}))
        self._out.flush()
        _set(self.sent, graph, sha256)


def _set(sent: dict[str, str], graph: str, sha256: str | None) -> None:
    if sha256 is None:
        sent.pop(graph, None)
    else:
        sent[graph] = sha256


def _read(path: Path) -> dict[str, str]:
    sent: dict[str, str] = {}
    if path.is_file():
        for line in path.read_bytes().splitlines(keepends=True)[1:]:
            if line.endswith(b"\n"):
                _set(sent, *_noted(line, path))
    return sent


def _noted(line: bytes, path: Path) -> tuple[str, str | None]:
    try:
        found = json.loads(line)
        return str(found["graph"]), None if found["sha256"] is None else str(found["sha256"])
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError(f"{path} is damaged; remove it, and everything is sent again") from error


def _line(value: dict[str, str | None]) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode() + b"\n"


@contextlib.contextmanager
def _locked(place: Path, graph: Path) -> Iterator[None]:
    held = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{graph} is being pushed by somebody else; wait for that to end") from None
        yield
    finally:
        os.close(held)
