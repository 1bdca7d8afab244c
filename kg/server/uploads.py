"""What somebody sends as a graph: kept in a file, then read by a process that may die of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from kg.server import parsing
from kg.server.writing import start
from kg.settings import Settings

_NOT_PLAIN = (b"_:", b"<<")
"""What stands in N-Triples that need other names for their nodes, or have triples in triples."""
_PIECE = 2**20
_DEADLY = "the document cannot be read: it needs too much memory, or nests too deep"


class Rejected(Exception):
    """What was sent cannot be taken: reply with `status` and the message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def keep(chunks: AsyncIterator[bytes], place: Path, most: int) -> None:
    """Write a body to the file `place`; Rejected if it has more than `most` bytes."""
    size = 0
    with place.open("wb") as out:
        async for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Rejected(413, f"the request has more than {most} bytes")
            out.write(chunk)


def _large_and_plain(file: Path) -> bool:
    """Whether a document is large, and N-Triples that can be loaded as they are."""
    if file.stat().st_size <= parsing.LARGE:
        return False
    before = b""
    with file.open("rb") as document:
        while piece := document.read(_PIECE):
            if any(mark in before + piece for mark in _NOT_PLAIN):
                return False
            before = piece[-1:]
    return True


class Parser:
    """The process that reads documents, one at a time; it is started when needed, and killed when it takes too long."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._free = asyncio.Lock()

    async def triples(self, file: Path, media: str, base: str) -> Path:
        """The triples of the document in `file`, as a file of N-Triples; Rejected says why there are none.

        It is `file` itself, which nobody has read yet, if that is large and plain N-Triples: loading these is the reading,
        and the writer can give up what it loaded.
        """
        if parsing.media_type(media) == parsing.N_TRIPLES and await asyncio.to_thread(_large_and_plain, file):
            return file
        job = {"file": str(file), "out": str(file.with_suffix(".nt")), "media": media, "base": base}
        async with self._free:
            reply = await self._ask(job)
        if "message" in reply:
            raise Rejected(reply["status"], reply["message"])
        return Path(job["out"])

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        if self._process is None or self._process.returncode is not None:
            bounds = (str(self._settings.worker_bytes), str(self._settings.graph_bytes))
            self._process = await start("kg.server.parsing", *bounds)
        reader, writer = self._process.stdout, self._process.stdin
        assert reader is not None and writer is not None, "made with pipes"  # noqa: S101, PT018 - for the type checker
        whole = False
        try:
            writer.write(json.dumps(job).encode() + b"\n")
            async with asyncio.timeout(self._settings.change_seconds):
                await writer.drain()
                line = await reader.readline()
            reply: dict[str, Any] = json.loads(line) if line else {"status": 400, "message": _DEADLY}
            whole = bool(line)
        except ConnectionError:
            return {"status": 400, "message": _DEADLY}
        except TimeoutError:
            seconds = f"{self._settings.change_seconds:g}"
            return {"status": 400, "message": f"reading the document took longer than {seconds} seconds"}
        finally:
            if not whole:
                await asyncio.shield(self.close())
        return reply
