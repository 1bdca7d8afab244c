"""Make a graph folder out of another one and what differs, without writing anew what stays."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import edits, folder, log, ns
from kg.errors import StoreError
from kg.store import sums
from kg.store.querying import DAMAGED
from kg.store.swap import replacing
from kg.store.writing import KEPT, refuse_foreign, write_articles, write_lines, write_manifest

_WRITTEN_ONCE = ".sst"
_ONLY_HERE = 2  # the variable, and the argument of getrefcount


@contextlib.contextmanager
def patching(graph: Path, output: Path) -> Iterator[Patch]:
    """A copy of the folder `graph` to change, which takes the place of `output` (the same folder, or another) when all went well.

    A StoreError if somebody else changed `graph` meanwhile, as that change would be lost; a UsageError if it was edited over HTTP.
    """
    edits.refuse(graph, "changing it")
    target = output.resolve()
    refuse_foreign(target)
    with replacing(target) as fresh:
        before = folder.identity(graph)
        known = sums.read(graph)
        with _damage_told(graph):
            yield Patch(graph, fresh)
        if folder.identity(graph) != before:
            raise StoreError(f"{graph} was changed by somebody else meanwhile; nothing was written; do it again")
        sums.follow(graph, known, fresh)


@contextlib.contextmanager
def _damage_told(graph: Path) -> Iterator[None]:
    """What the engine raises for a damaged file, when it opens the store or comes to read that file, as a StoreError."""
    try:
        yield
    except RuntimeError as error:
        if DAMAGED not in str(error):
            raise
        raise StoreError(
            f"{graph} is damaged: {error}; run kg verify, and put a backup back or build it again"
        ) from error


class Patch:
    """A copy of a graph folder that nobody else sees. Files that are never written again are shared with the original."""

    def __init__(self, graph: Path, fresh: Path) -> None:
        self.path = fresh
        self.manifest = folder.manifest(graph)
        users = (folder.JUDGEMENTS, folder.LINKS, folder.PACKS, folder.OVERLAY, folder.EFFECTS)
        for name in (folder.RECORDS, folder.MEMORY, folder.QUARANTINE, *users):
            if (graph / name).exists():
                shutil.copyfile(graph / name, fresh / name)
        (fresh / folder.ARTICLES).mkdir()
        for article in (graph / folder.ARTICLES).iterdir():
            _share(article, fresh / folder.ARTICLES / article.name)
        (fresh / folder.STORE).mkdir()
        for part in (graph / folder.STORE).iterdir():
            if sums.DIARY.fullmatch(f"{folder.STORE}/{part.name}"):
                continue  # the engine keeps every old one, and a copy of all of them would grow with each change
            share = _share if part.suffix == _WRITTEN_ONCE else shutil.copyfile
            share(part, fresh / folder.STORE / part.name)
        self.store = ox.Store(str(fresh / folder.STORE))
        self._added: Collection[ox.Quad] = ()
        self._gone: Collection[ox.Quad] = ()

    def note(self, added: Collection[ox.Quad], gone: Collection[ox.Quad]) -> None:
        """Take down which quads came into the store and which left it."""
        self._added, self._gone = added, gone

    def finish(
        self,
        *,
        lines: Iterable[Mapping[str, Any]],
        dropped: Iterable[Mapping[str, Any]],
        articles: Iterable[bytes],
        unused: Collection[str],
        quarantine: Iterable[Mapping[str, Any]],
    ) -> dict[str, Any]:
        """Write all else, and return the manifest.

        `lines` come into the log and `dropped` leave it; `articles` are the bytes of what was read, `unused` the hashes of
        those that nothing needs any more; `quarantine` is the whole of it.
        """
        lines, dropped = list(lines), list(dropped)
        self.store.flush()
        log.update(self.path / folder.RECORDS, lines, dropped)
        write_articles(self.path / folder.ARTICLES, articles)
        write_lines(self.path / folder.QUARANTINE, quarantine)
        self.manifest = self._changed(
            [line for line in lines if line["record"] == "document"],
            [line for line in dropped if line["record"] == "document"],
        )
        for name in {*unused} - {document["raw_sha256"] for document in self.manifest["articles"]}:
            (self.path / folder.ARTICLES / name).unlink(missing_ok=True)
        write_manifest(self.path, self.manifest)
        self._close()
        return self.manifest

    def _close(self) -> None:
        """Close the files of the store, so that nothing is written to them after the sync.

        They are closed with the last reference, which may hang in a cycle; a RuntimeError if somebody holds on to one.
        """
        store = self.store
        del self.store
        if sys.getrefcount(store) > _ONLY_HERE:
            gc.collect()
            if sys.getrefcount(store) > _ONLY_HERE:
                raise RuntimeError("the store of the new graph is still in use")

    def _changed(self, came: Iterable[Mapping[str, Any]], left: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The manifest as `write_graph` would write it."""
        known = self.manifest
        named = {(document["source"], document["id"]): document for document in known["articles"]}
        for document in left:
            named.pop((document["source"], document["id"]), None)
        named.update({(d["source"], d["id"]): {name: d.get(name) for name in KEPT} for d in came})
        documents = [named[name] for name in sorted(named)]
        added, gone = _lines(self._added), _lines(self._gone)
        quads = known["quads"] + len(added) - len(gone)
        return {
            **known,
            "quads": quads,
            "sha256": folder.set_hash(added, known=known["sha256"], gone=gone),
            "triples": quads - (known["quads"] - known["triples"]),
            "graphs": _counted(known["graphs"], self._added, self._gone, _graph),
            "classes": _counted(known["classes"], self._added, self._gone, _class),
            "languages": dict(Counter(str(document["language"]) for document in documents)),
            "articles": documents,
        }


def _share(original: Path, copy: Path) -> None:
    """One file under two names, where the file system has that, as nobody writes it again."""
    try:
        os.link(original, copy)
    except OSError:
        shutil.copyfile(original, copy)


def _lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """The quads as the store writes them."""
    written: bytes = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return written.splitlines(keepends=True)


def _graph(quad: ox.Quad) -> str | None:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None


def _class(quad: ox.Quad) -> str | None:
    return quad.object.value if quad.predicate == ns.rdf_type and isinstance(quad.object, ox.NamedNode) else None


def _counted(
    known: Mapping[str, int],
    added: Iterable[ox.Quad],
    gone: Iterable[ox.Quad],
    name: Callable[[ox.Quad], str | None],
) -> dict[str, int]:
    counts = Counter(known)
    counts.update(found for quad in added if (found := name(quad)))
    counts.subtract(found for quad in gone if (found := name(quad)))
    return {key: count for key, count in counts.items() if count}
