"""How an answer travels from a worker to the server: a head, pieces of the body, an end."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, Literal

Kind = Literal[b"H", b"D", b"E", b"B"]
HEAD: Kind = b"H"
DATA: Kind = b"D"
END: Kind = b"E"
BROKEN: Kind = b"B"
"""The answer cannot be finished, although its head was sent; why, in words."""

_BEFORE = struct.Struct(">cI")
BEFORE = _BEFORE.size
"""How many bytes stand before what a frame holds."""


def frame(kind: Kind, content: bytes = b"") -> bytes:
    """One frame as bytes."""
    return _BEFORE.pack(kind, len(content)) + content


def head(**values: Any) -> bytes:
    """The frame that begins an answer: `status` and `media`; `length` where all of it follows at once; for the log a `fault`."""
    return frame(HEAD, json.dumps(values).encode())


def opened(before: bytes) -> tuple[bytes, int]:
    """The kind and the length of the frame that begins with `before`."""
    kind, length = _BEFORE.unpack(before)
    return kind, length


def read_head(content: bytes) -> Mapping[str, Any]:
    """What a head says."""
    found: Mapping[str, Any] = json.loads(content)
    return found
