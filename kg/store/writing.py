"""Write a graph folder whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import kg
from kg import edits, folder, log, ns, sqlite_tables
from kg.errors import UsageError
from kg.store import sums
from kg.store.swap import replacing
from kg.tables import MemoryTables

_OURS = {
    *(folder.MANIFEST, folder.RECORDS, folder.MEMORY, folder.QUARANTINE, folder.SUMS),
    *(folder.ARTICLES, folder.STORE, folder.JUDGEMENTS, folder.LINKS, folder.PACKS, folder.OVERLAY, folder.EFFECTS),
}
_LOADED = "graph.nq"
KEPT = ("source", "id", "raw_sha256", "language")
"""What the manifest keeps of each document."""


def write_graph(
    path: Path | str,
    *,
    quads: Iterable[ox.Quad],
    records: Iterable[Mapping[str, Any]],
    articles: Iterable[bytes] = (),
    quarantine: Iterable[Mapping[str, Any]] = (),
    users: Mapping[str, bytes] | None = None,
    memory: MemoryTables | None = None,
    manifest_extra: Mapping[str, Any] | None = None,
    anew: bool = False,
) -> dict[str, Any]:
    """Make the graph folder `path`, or put a new one in the place of an old one, and return its manifest.

    `records` are the lines of the record log (`log.lines`), `articles` the exact bytes of what was read, `quarantine`
    says what was set aside and why, `memory` is what the resolution must remember for more articles, `users` are the files
    of people's judgements and edits, by name; an empty one is not written. Nothing is seen at `path` before all of it is on the disk; when it fails or is
    killed, what stood at `path` stays. A folder that holds anything else than a graph is a UsageError.
    If the graph is made `anew` and somebody else has made one at `path` meanwhile, that one stays.
    """
    target = Path(path).resolve()
    if not anew:
        refuse_foreign(target)
    with replacing(target, anew=anew) as fresh:
        documents = log.write(fresh / folder.RECORDS, records)
        if memory is not None:
            sqlite_tables.dump(memory, fresh / folder.MEMORY)
        write_lines(fresh / folder.QUARANTINE, quarantine)
        for name in sorted(users or {}):
            if content := (users or {})[name]:
                (fresh / name).write_bytes(content)
        write_articles(fresh / folder.ARTICLES, articles)
        store = _load(fresh, quads)
        manifest = {**(manifest_extra or {}), **_manifest(store, documents)}
        del store  # closes the files, so that nothing is written after the sync
        write_manifest(fresh, manifest)
        sums.write(fresh)
    return manifest


def refuse_foreign(target: Path) -> None:
    """A UsageError if `target` holds something that building a graph there would destroy."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder; give another place for the graph")
    edits.refuse(target, "replacing it")
    found = {entry.name for entry in target.iterdir()}
    strange = sorted(found - _OURS)
    if strange:
        raise UsageError(f"{target} holds something else than a graph ({strange[0]}); give another place for the graph")
    if found and not folder.is_graph(target):
        raise UsageError(f"{target} is no whole graph; remove it or give another place for the graph")


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write objects as JSON lines, sorted."""
    with path.open("wb") as out:
        out.writelines(sorted(log.encode(line) for line in lines))


def write_articles(path: Path, articles: Iterable[bytes]) -> None:
    """Write each article to a file that is called by its hash."""
    path.mkdir(exist_ok=True)
    for raw in articles:
        (path / hashlib.sha256(raw).hexdigest()).write_bytes(raw)


def write_manifest(path: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of the graph folder `path`: one value a line, and one article."""
    lines = ",\n".join(f" {_json(name)}: {_value(manifest[name])}" for name in sorted(manifest))
    (path / folder.MANIFEST).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def _value(value: object) -> str:
    """Large lists are written item by item: told to indent, the library takes ten times as long."""
    if isinstance(value, list):
        return "[" + ",".join(f"\n  {_json(item)}" for item in value) + "\n ]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _load(fresh: Path, quads: Iterable[ox.Quad]) -> ox.Store:
    """Load the quads in bulk: by way of a file it is twice as fast as from Python, and takes less memory."""
    loaded = fresh / _LOADED
    ox.serialize(quads, str(loaded), format=ox.RdfFormat.N_QUADS)
    store = ox.Store(str(fresh / folder.STORE))
    store.bulk_load(path=str(loaded), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    loaded.unlink()
    return store


def _manifest(store: ox.Store, documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the folder holds, counted and hashed after the round trip, as the store writes literals its own way."""
    scanned = folder.scan(store)
    classes = Counter(
        quad.object.value
        for quad in store.quads_for_pattern(None, ns.rdf_type, None)
        if isinstance(quad.object, ox.NamedNode)
    )
    return {
        "format": folder.FORMAT_VERSION,
        "kg": kg.__version__,
        "quads": scanned.quads,
        "sha256": scanned.sha256,
        "triples": scanned.quads - scanned.repeated,
        "graphs": scanned.graphs,
        "classes": dict(classes),
        "languages": dict(Counter(str(document["language"]) for document in documents)),
        "articles": [{name: document.get(name) for name in KEPT} for document in documents],
    }
