"""Read a graph folder from end to end, and hold it against its sums, its manifest and itself."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import codec, edits, folder, log, ns
from kg.checkup.check import Check, looked
from kg.errors import KgError
from kg.model import Claim, Document, Mention, Span, Statement
from kg.rdf import iris
from kg.store import sums
from kg.store.writing import KEPT

Progress = Callable[[str, int], None]
_SHOWN = 3


def verify(graph: Path, progress: Progress = lambda _stage, _done: None) -> Iterator[Check]:
    """The checks of the graph folder `graph`, one after the other: every byte of it is read.

    The manifest must be one (`folder.manifest`), and nobody may change the folder meanwhile (`swap.held`). `progress` is told
    what is being read, and how much of it was.
    """
    manifest = folder.manifest(graph)
    yield looked("files", lambda: _files(graph, progress))
    yield looked("quads", lambda: _quads(graph, manifest, progress))
    if edits.published(graph):
        yield looked("edits over HTTP", lambda: _edits(graph, manifest))
    yield looked("records", lambda: _records(graph, manifest, progress))
    yield looked("spans", lambda: _spans(graph, progress))
    yield looked("memory", lambda: _memory(graph, progress))
    yield looked("articles", lambda: _articles(graph, manifest, progress))
    yield looked("set aside", lambda: f"{len(folder.quarantine(graph)):,} articles")


def _files(graph: Path, progress: Progress) -> str:
    known = sums.read(graph)
    wrong = []
    for done, (name, difference) in enumerate(sums.differences(graph, known), start=1):
        progress("files", done)
        if difference:
            wrong.append(f"{name} {difference}")
    _refuse(wrong)
    size = sum(one.size for one in known.values())
    return f"{len(known):,} with {size:,} bytes, each as it was written"


def _refuse(wrong: list[str]) -> None:
    """A KgError that names the first of what is wrong, and how many more there are."""
    if wrong:
        more = f"; and {len(wrong) - _SHOWN:,} more" if len(wrong) > _SHOWN else ""
        raise KgError("; ".join(wrong[:_SHOWN]) + more)


def _quads(graph: Path, manifest: dict[str, Any], progress: Progress) -> str:
    progress("quads", 0)
    store = folder.built(graph)
    scan = folder.scan(store)
    classes = Counter(
        quad.object.value
        for quad in store.quads_for_pattern(None, ns.rdf_type, None)
        if isinstance(quad.object, ox.NamedNode)
    )
    found = {
        "quads": scan.quads,
        "sha256": scan.sha256,
        "triples": scan.quads - scan.repeated,
        "graphs": scan.graphs,
        "classes": dict(classes),
    }
    _refuse([f"{name} are not what the manifest says" for name, value in found.items() if value != manifest[name]])
    if scan.repeated:
        raise KgError(f"{scan.repeated} triples stand in more than one graph: queries count them twice")
    return f"{scan.quads:,} in {len(scan.graphs):,} graphs, SHA-256 {scan.sha256}, as the manifest says"


def _edits(graph: Path, manifest: dict[str, Any]) -> str:
    """Read every file of the newest published snapshot, and every quad."""
    snapshot = edits.published(graph)
    assert snapshot is not None  # noqa: S101 - asked before
    told = edits.described(snapshot)
    files = edits.verify(snapshot)
    if told["built"] != manifest["sha256"]:
        raise KgError(f"{snapshot} was made from another build than the one beside it; put a backup back")
    scan = folder.scan(folder.read_only(graph))
    return f"snapshot {told['number']} of {told['published']}: {files} files as published, {scan.quads:,} quads"


def _records(graph: Path, manifest: dict[str, Any], progress: Progress) -> str:
    """Read every record back, and hold the articles among them against the manifest and the graphs."""
    articles, count = [], 0
    for count, line in enumerate(log.read_lines(graph / folder.RECORDS), start=1):
        progress("records", count)
        if log.is_record(line):
            log.restore(line)
        if line["record"] == "document":
            articles.append({name: line.get(name) for name in KEPT})
    listed = sorted(map(_order, manifest["articles"]))
    languages = dict(Counter(str(article["language"]) for article in articles))
    if sorted(map(_order, articles)) != listed or languages != manifest["languages"]:
        raise KgError("the articles among them are not those of the manifest")
    named = {iris.article_graph(str(article["id"])).value for article in articles}
    if unread := sorted(named - manifest["graphs"].keys()):
        raise KgError(f"{len(unread)} articles have no graph: {', '.join(unread[:_SHOWN])}")
    return f"{count:,}, of {len(articles):,} articles"


def _order(article: dict[str, Any]) -> str:
    return json.dumps(article, sort_keys=True)


def _spans(graph: Path, progress: Progress) -> str:
    """Re-read every span of the record log against the text of its document."""
    texts: dict[str, str] = {}
    count = 0
    for line in log.read_lines(graph / folder.RECORDS, "document", "mention", "statement", "claim"):
        record = log.restore(line)
        if isinstance(record, Document):
            texts[record.id] = record.text
            continue
        for document, span in _quoted(record):
            count += 1
            progress("spans", count)
            if texts.get(document, "")[span.start : span.end] != span.text:
                raise KgError(f"{document[:16]} {span.start}-{span.end} does not read {span.text!r}")
    return f"{count:,} read again, each the words that it was"


def _quoted(record: Mention | Statement | Claim) -> tuple[tuple[str, Span], ...]:
    if isinstance(record, Claim):
        return record.evidence
    return ((record.document, record.span if isinstance(record, Mention) else record.evidence),)


def _memory(graph: Path, progress: Progress) -> str:
    path = graph / folder.MEMORY
    if not path.is_file():
        return "none: this graph cannot be added to"
    count = 0
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        ((answer,), *_) = connection.execute("PRAGMA integrity_check").fetchall()
        if answer != "ok":
            raise KgError(f"{path} is damaged ({answer})")
        columns = "SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE c.name = 'body'"
        for (table,) in connection.execute(columns).fetchall():
            for (body,) in connection.execute(f'SELECT body FROM "{table}"'):  # noqa: S608 - a name that it has itself
                count += 1
                progress("memory", count)
                codec.parse(body)
    return f"{count:,} entries"


def _articles(graph: Path, manifest: dict[str, Any], progress: Progress) -> str:
    wanted = {article["raw_sha256"] for article in manifest["articles"]}
    found = {}
    for file in sorted((graph / folder.ARTICLES).iterdir()):
        found[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
        progress("articles", len(found))
    changed = sorted(name for name, sha256 in found.items() if name != sha256)
    missing = sorted(wanted - found.keys())
    if changed or missing:
        raise KgError(f"{len(changed)} changed, {len(missing)} missing: {', '.join([*changed, *missing][:_SHOWN])}")
    return f"{len(found):,} kept byte for byte"
