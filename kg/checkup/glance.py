"""See at a glance whether a graph folder can be used: nothing but the manifest is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg import edits, folder
from kg.checkup.check import Check, looked
from kg.errors import KgError
from kg.store import sums


def graph(path: Path) -> Iterator[Check]:
    """The checks of a graph folder that take no time: what `verify` finds by reading is not seen."""
    try:
        manifest = folder.manifest(path)
    except KgError as error:
        yield Check("manifest", sound=False, found=str(error))
        return
    yield Check("manifest", sound=True, found=f"format {manifest['format']}, written by kg {manifest['kg']}")
    yield looked("files", lambda: _files(path))
    yield looked("quads", lambda: _quads(path, manifest["quads"]))
    if edits.published(path):
        yield looked("edits over HTTP", lambda: _edits(path))


def _quads(path: Path, wanted: int) -> str:
    found = len(folder.built(path))
    if found != wanted:
        raise KgError(f"{found:,}, and the manifest says {wanted:,}; put a backup back, or build the graph again")
    return f"{found:,} as the manifest says; kg verify reads them"


def _edits(path: Path) -> str:
    snapshot = edits.published(path)
    assert snapshot is not None  # noqa: S101 - asked before
    told = edits.described(snapshot)
    edits.check_sizes(snapshot)
    return f"snapshot {told['number']} of {told['published']}, {len(told['files']):,} files; kg verify reads them"


def _files(path: Path) -> str:
    known, found = sums.read(path), sums.files(path)
    missing, strange = sorted(known.keys() - found.keys()), sorted(found.keys() - known.keys())
    other = [name for name in known.keys() & found.keys() if found[name].stat().st_size != known[name].size]
    if missing or strange or other:
        names = ", ".join([*missing, *strange, *sorted(other)][:3])
        raise KgError(
            f"{len(missing)} missing, {len(strange)} too many, {len(other)} of another size: {names}; kg verify tells more"
        )
    return f"{len(found):,}, each as large as it was written"
