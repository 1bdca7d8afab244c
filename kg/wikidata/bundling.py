"""Make the pack that ships with the program out of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import UsageError
from kg.wikidata import classes, mending, tables, writing
from kg.wikidata.item import Item
from kg.wikidata.mending import Mended
from kg.wikidata.pack import BUNDLED
from kg.wikidata.writing import Label, Written

LICENSE = "CC0-1.0 AND CC-BY-4.0 AND CC-BY-2.0 AND MIT AND Unicode-3.0"
_TABLES = ("overlay.tsv", "lexicon.tsv")
"""In the order in which they are believed: the first was read by people."""


def from_tables(folder: Path, output: Path, *, snapshot: str) -> tuple[Written, Mended]:
    """Write the pack of the tables in `folder`, which were put together on the day `snapshot`.

    Equal tables give equal bytes.
    """
    if missing := [name for name in _TABLES if not (folder / name).is_file()]:
        raise UsageError(f"{folder} has no {' and no '.join(missing)}")
    mended = Mended()
    items = mending.mend(_joined(folder), mended)
    names, bits = writing.bits(classes.above(classes.of_tables().values()))
    label = Label(
        snapshot=snapshot,
        languages=tables.LANGUAGES,
        classes=names,
        sources=tuple(sorted({source for item in items for source in item.sources})),
        license=LICENSE,
        attribution=BUNDLED.with_name("ATTRIBUTION.md").read_text(encoding="utf-8"),
    )
    return writing.write(output, (writing.row(item, bits) for item in items), lambda: label), mended


def _joined(folder: Path) -> Iterator[Item]:
    """The items of all tables by number, each once."""
    found: dict[int, Item] = {}
    for name in _TABLES:
        for item in tables.read(folder / name):
            before = found.get(item.number)
            found[item.number] = tables.join(before, item) if before else item
    yield from (found[number] for number in sorted(found))
