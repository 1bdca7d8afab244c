"""The process that reads RDF which somebody sent, and writes it as plain N-Triples: it may crash, hang or be killed.

Documents can be built to exhaust whatever reads them. What the writer loads has been through here, and holds no surprise;
but for large and plain N-Triples, which `kg.server.uploads` lets pass.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.server import confinement

MULTIPART = "multipart/form-data"
N_TRIPLES = "application/n-triples"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
LARGE = 2**20
"""Bytes of a document from which on it is loaded in bulk, which is faster and cannot be taken back."""
MOST_NESTED = 16
_MOST_PARTS = 1000
_BATCH = 1000
_GROWTH = 8
"""The triples written out may be so many times larger than what was sent: prefixes are short, IRIs are not."""


def parse(job: dict[str, Any]) -> int:
    """Read the document `job` tells of, write its triples, and return their number; a UsageError says what is wrong."""
    count = 0
    with Path(job["out"]).open("wb") as out:
        for content, media in _documents(Path(job["file"]).read_bytes(), job["media"]):
            count += _write(_triples(content, media, job["base"]), out)
    return count


def unreadable(error: Exception) -> UsageError:
    """What is said of a document that is not in its format."""
    told = error.msg if isinstance(error, SyntaxError) else str(error)  # the whole of a SyntaxError names our file
    return UsageError(f"the document cannot be read: {' '.join(told.split())[:200]}")


def media_type(value: str) -> str:
    """The media type of a header, without its parameters."""
    return value.partition(";")[0].strip().lower()


def _documents(body: bytes, media: str) -> Iterator[tuple[bytes, str]]:
    """The document, or the documents of a form, each with its media type."""
    if not media.lower().startswith(MULTIPART):
        yield body, media
        return
    head = f"Content-Type: {media}\r\n\r\n".encode()
    form = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    parts = list(form.iter_parts()) if form.is_multipart() else []
    if not 0 < len(parts) <= _MOST_PARTS:
        raise UsageError("the form cannot be read, or has no parts, or too many")
    for part in parts:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise UsageError("a part of the form holds parts itself")
        yield content, part["content-type"] or ""


def _triples(content: bytes, media: str, base: str) -> Iterator[ox.Triple]:
    name = media_type(media)
    if name not in FORMATS:
        raise UsageError(f"a part of the form must have one of the types {', '.join(FORMATS)}")
    try:
        for quad in ox.parse(input=content, format=FORMATS[name], base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise UsageError("the document names graphs of its own; send one graph")
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise unreadable(error) from error


def _write(triples: Iterator[ox.Triple], out: BinaryIO) -> int:
    count = 0
    for batch in iter(lambda: [triple for triple, _ in zip(triples, range(_BATCH), strict=False)], []):
        if any(_nested(triple) for triple in batch):
            raise UsageError(f"triples stand in each other more than {MOST_NESTED} deep")
        ox.serialize(batch, out, format=ox.RdfFormat.N_TRIPLES)
        count += len(batch)
    return count


def _nested(triple: ox.Triple) -> bool:
    """Whether triples stand in each other deeper than the writer should read again."""
    inner: object = triple.object
    for _ in range(MOST_NESTED):
        if not isinstance(inner, ox.Triple):
            return False
        inner = inner.object
    return isinstance(inner, ox.Triple)


def main(memory: str, largest: str) -> None:
    """Work until stdin ends."""
    confinement.die_with_parent()
    confinement.bound(int(memory))
    confinement.forbid_calls()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest) * _GROWTH,) * 2)
    confinement.run_deep(_hear, memory=int(memory))


def _hear() -> None:
    for line in sys.stdin.buffer:
        _answer(json.loads(line))


def _answer(job: dict[str, Any]) -> None:
    try:
        reply: dict[str, int | str] = {"status": 200, "triples": parse(job)}
    except UsageError as error:
        reply = {"status": 400, "message": str(error)}
    except (OSError, MemoryError) as error:
        reply = {"status": 413, "message": f"the document is too large: {error}"}
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
