"""The packs of items that a graph is linked with beside the bundled one: where they lie, and what they held then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kg import folder
from kg.errors import StoreError
from kg.wikidata.errors import PackError
from kg.wikidata.pack import Pack


def noted(paths: Iterable[Path]) -> bytes:
    """What a graph folder keeps of the packs at `paths`, the most trusted first; a PackError for a file that is none."""
    lines = []
    for path in paths:
        with Pack.open(path) as pack:
            about = pack.about
        lines.append({"content": about.content, "path": str(path.resolve()), "snapshot": about.snapshot})
    return f"{json.dumps(lines, ensure_ascii=False, indent=1)}\n".encode() if lines else b""


def kept(graph: Path) -> tuple[Path, ...]:
    """Where the packs lie that the folder `graph` is linked with; a StoreError where one is gone or holds something else now.

    Links of another pack would not be those of the graph, so there is no going on without it.
    """
    file = graph / folder.PACKS
    if not file.is_file():
        return ()
    try:
        lines = [(Path(line["path"]), str(line["content"])) for line in json.loads(file.read_bytes())]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise StoreError(f"{file} is damaged ({error}); build the graph again with --pack") from error
    for path, content in lines:
        try:
            with Pack.open(path) as pack:
                same = pack.about.content == content
        except PackError as error:
            raise StoreError(f"the graph is linked with a pack that cannot be read: {error}") from error
        if not same:
            raise StoreError(f"{path} holds other items than when the graph was linked; build it again with --pack")
    return tuple(path for path, _ in lines)
