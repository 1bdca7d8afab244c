"""The entities as one table that OpenRefine opens: a row each, with the Wikidata item where one is known."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import BinaryIO

from kg import folder, log, ns
from kg.exporters import Format
from kg.exporters._given import ITEM, items
from kg.rdf import Context, iris

FORMAT = Format("OpenRefine: the entities as a table, with tabs", ".tsv", "text/tab-separated-values")

COLUMNS = (
    *("id", "name_vi", "name_en", "other_names", "type_id", "type_vi", "type_en"),
    *("wikidata", "articles", "mentions", "belongs_to", "iri"),
)
_BETWEEN = " | "


def export(graph: Path, out: BinaryIO) -> None:
    """Write the entities of the graph folder `graph` to `out`, by id; several values of a cell are split by ` | `.

    `id` is what the reconciliation service of `kg serve` calls the entity.
    """
    folder.manifest(graph)
    extractions, resolution = log.load(graph / folder.RECORDS)
    documents = [extraction.document for extraction in extractions]
    context = Context.make(resolution, documents)
    linked = items(resolution)
    named: defaultdict[str, set[str]] = defaultdict(set)
    counts: defaultdict[str, int] = defaultdict(int)
    for extraction in extractions:
        for mention in extraction.mentions:
            if key := context.members.get((mention.document, mention.chain)):
                named[key].add(mention.document)
                counts[key] += 1
    _write(out, COLUMNS)
    for entity in sorted(resolution.entities, key=lambda entity: entity.key):
        type_ = context.entity_class(entity).value.removeprefix(ns.NAMESPACE)
        names = entity.label("vi"), entity.label("en")
        others = dict.fromkeys(alias for _, alias in entity.aliases if alias not in names)
        node = iris.node("entity", entity.key).value
        _write(
            out,
            (
                *(node.rpartition("/")[2], *names, _BETWEEN.join(others)),
                *(type_, context.vocabulary.label(type_, "vi"), context.vocabulary.label(type_, "en")),
                *(linked.get(entity.key, "").removeprefix(ITEM), str(len(named[entity.key])), str(counts[entity.key])),
                *(_BETWEEN.join(iris.node("entity", key).value.rpartition("/")[2] for key in entity.belongs_to), node),
            ),
        )


def _write(out: BinaryIO, cells: tuple[str, ...]) -> None:
    out.write("\t".join(" ".join(cell.split()) for cell in cells).encode() + b"\n")
