"""A graph folder as a tar archive: `tar xf` opens it, and reading it here trusts nothing that it says.

The first member is `graph/sums.jsonl`: what is to come, how large and with which sums is known before anything is unpacked. So
only files that a graph may hold are written, of the sizes announced, and headers that a tar library would follow (links, sparse
files, names and sizes that stand elsewhere) are refused.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg import edits, folder
from kg.errors import StoreError, UnreadableError
from kg.store import sums
from kg.store.sums import Reader

_TOP = "graph/"
_RECORD = 512
_LEVEL = 4  # the tables are packed already; more takes three times as long for some hundredths
_RATIO = 100
_SMALL = 64 << 20  # no archive that unpacks to less is a bomb, whatever its ratio
_GZIP = b"\x1f\x8b"
_PADDING = 1 << 20
_NAMES = re.compile(
    "|".join(
        [
            *map(re.escape, (folder.MANIFEST, folder.RECORDS, folder.MEMORY, folder.QUARANTINE)),
            *map(re.escape, (folder.JUDGEMENTS, folder.LINKS, folder.PACKS)),
            rf"{folder.ARTICLES}/[0-9a-f]{{64}}",
            *map(re.escape, (folder.OVERLAY, folder.EFFECTS)),
            rf"{folder.STORE}/[A-Za-z0-9][A-Za-z0-9._-]{{0,60}}",
            rf"{edits.EDITS}/{edits.SNAPSHOTS}/[0-9]{{6,12}}/{re.escape(edits.SNAPSHOT)}",
            rf"{edits.EDITS}/{edits.SNAPSHOTS}/[0-9]{{6,12}}/{edits.STORE}/[A-Za-z0-9][A-Za-z0-9._-]{{0,60}}",
        ]
    )
)


def packed(path: Path) -> bool:
    """Whether a file of this name is an archive."""
    return path.name.endswith((".tar.gz", ".tgz", ".tar"))


def check_names(names: Iterable[str]) -> None:
    """An UnreadableError for a file that no graph holds, such as one that leads out of its folder."""
    for name in names:
        if not _NAMES.fullmatch(name):
            raise UnreadableError(f"it holds {name!r}, which is no file of a graph; nothing of it was used")


def write(
    graph: Path,
    known: Mapping[str, sums.Sum],
    out: IO[bytes],
    *,
    packed: bool,
    progress: Callable[[str, int], None],
) -> None:
    """Write the folder `graph` with the sums `known`; a StoreError if a file is not what its sum says.

    Equal folders give equal bytes.
    """
    with contextlib.ExitStack() as stack:
        tar = stack.enter_context(gzip.GzipFile("", "wb", _LEVEL, out, mtime=0)) if packed else out
        listed = sums.encode(known)
        _add(tar, folder.SUMS, len(listed), [listed])
        for done, (name, known_sum) in enumerate(known.items(), start=1):
            if not sums.plain(graph / name):
                raise StoreError(f"{graph / name} is missing or no plain file; run kg verify")
            with (graph / name).open("rb") as opened:
                _add(tar, name, known_sum.size, sums.checked(opened, known_sum, name))
            progress("packing", done)
        tar.write(bytes(2 * _RECORD))


def _add(tar: IO[bytes] | gzip.GzipFile, name: str, size: int, blocks: Iterable[bytes]) -> None:
    info = tarfile.TarInfo(_TOP + name)
    info.size, info.mode = size, 0o644
    tar.write(info.tobuf(format=tarfile.GNU_FORMAT))
    tar.writelines(blocks)
    tar.write(bytes(-size % _RECORD))


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that is being read: its `sums`, and then its files."""

    sums: dict[str, sums.Sum]
    _tar: Reader

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each file's name with its blocks, which must be read before the next one; all that the sums list must come."""
        left = dict(self.sums)
        while (header := _header(self._tar)) is not None:
            name, size = header
            if name not in left:
                raise UnreadableError(f"it holds {name!r}, which its list lacks or has once only")
            known = left.pop(name)
            if size != known.size:
                raise UnreadableError(f"{name} has {size:,} bytes, its list says {known.size:,}")
            yield name, sums.checked(_Part(self._tar, size), known, name)
            _exactly(self._tar, -size % _RECORD)
        if left:
            raise UnreadableError(f"{len(left):,} files are missing: {min(left)}")
        _end(self._tar)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at `path`; an UnreadableError says what is wrong with it, also while its files are read."""
    with path.open("rb") as raw:
        start = raw.read(len(_GZIP))
        raw.seek(0)
        limit = max(_RATIO * path.stat().st_size, _SMALL)
        tar = gzip.GzipFile(fileobj=raw, mode="rb") if start == _GZIP else raw
        try:
            yield Archive(_listed(tar, limit), tar)
        except (zlib.error, gzip.BadGzipFile, EOFError, tarfile.HeaderError, ValueError) as error:
            raise UnreadableError(f"{path} is no archive of a graph, or is damaged ({error})") from error
        except UnreadableError as error:
            raise UnreadableError(f"{path}: {error}") from error


def _listed(tar: Reader, limit: int) -> dict[str, sums.Sum]:
    """The sums, which come first; an UnreadableError if all that they list would be a bomb."""
    header = _header(tar)
    if header is None or header[0] != folder.SUMS:
        raise UnreadableError(f"it does not begin with {folder.SUMS}; kg backup writes archives that do")
    if header[1] > limit:
        raise UnreadableError(f"its list has {header[1]:,} bytes, more than {_RATIO} times the archive's")
    known = sums.decode(_exactly(tar, header[1]), folder.SUMS)
    _exactly(tar, -header[1] % _RECORD)
    check_names(known)
    if (total := sum(one.size for one in known.values())) > limit:
        raise UnreadableError(f"it would unpack to {total:,} bytes, more than {_RATIO} times its own size")
    return known


def _header(tar: Reader) -> tuple[str, int] | None:
    """The name and size of the next member, a plain file; None at the end."""
    block = _exactly(tar, _RECORD)
    if block == bytes(_RECORD):
        return None
    info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    if info.type != tarfile.REGTYPE or not info.name.startswith(_TOP):
        raise UnreadableError(f"it holds {info.name!r}, which is no plain file of a graph; nothing of it was used")
    return info.name.removeprefix(_TOP), info.size


def _exactly(tar: Reader, size: int) -> bytes:
    found = tar.read(size)
    if len(found) != size:
        raise UnreadableError("it ends too early")
    return found


def _end(tar: Reader) -> None:
    """Read what follows the last member: a packed archive's own sum is checked at its end only."""
    rest = tar.read(_PADDING)
    if any(rest) or tar.read(1):
        raise UnreadableError("something follows the last of its files")


class _Part:
    """The next `size` bytes of a stream."""

    def __init__(self, tar: Reader, size: int) -> None:
        self._tar, self._left = tar, size

    def read(self, size: int) -> bytes:
        """At most `size` bytes, of what is left."""
        wanted = min(size, self._left)
        self._left -= wanted
        return _exactly(self._tar, wanted)
