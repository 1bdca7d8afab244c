"""Read tables of items: tab-separated, a line an item, the sources of each row beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.wikidata import classes, entity
from kg.wikidata.errors import SourceError
from kg.wikidata.item import QID, Item, Text

COLUMNS = (
    *("qid", "kind", "label_en", "label_vi", "label_ko", "label_ru"),
    *("aliases", "description_en", "lat", "lon", "country_qid", "source"),
)
LANGUAGES = ("en", "ko", "ru", "vi")
_BORN = re.compile(r"\(born (\d{4})\)$")
_NO_LANGUAGE = "und"
_SEVERAL = re.compile(r",(?! )")  # with a space behind it a comma belongs to the words of one source


def read(path: Path) -> Iterator[Item]:
    """The items of a table; a SourceError names the line that is not as the others are."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error})") from error
    head, *lines = text.split("\n")
    if tuple(head.split("\t")) != COLUMNS:
        raise SourceError(f"{path}:1: the columns are to be {', '.join(COLUMNS)}")
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS) or not QID.fullmatch(cells[0]):
            raise SourceError(f"{path}:{number}: no row of {len(COLUMNS)} cells that begins with an id")
        try:
            yield _item(dict(zip(COLUMNS, cells, strict=True)))
        except ValueError as error:
            raise SourceError(f"{path}:{number}: {error}") from error


def join(first: Item, second: Item) -> Item:
    """One item of what two tables say: what the first says stands, the second adds names and what the first lacks."""
    languages = {language for language, _ in first.labels}
    labels = tuple(sorted((*first.labels, *(one for one in second.labels if one[0] not in languages))))
    taken = {text for _, text in labels}
    others = (*first.aliases, *(one for one in second.names if one not in labels))
    return replace(
        first,
        labels=labels,
        aliases=tuple({text: (language, text) for language, text in reversed(others) if text not in taken}.values())[
            ::-1
        ],
        descriptions=first.descriptions or second.descriptions,
        countries=first.countries or second.countries,
        coordinates=first.coordinates or second.coordinates,
        dates=first.dates or second.dates,
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
    )


def _item(row: Mapping[str, str]) -> Item:
    labels = tuple((language, name) for language in LANGUAGES if (name := entity.clean(row[f"label_{language}"])))
    aliases: tuple[Text, ...] = tuple(
        (_NO_LANGUAGE, name) for alias in row["aliases"].split("|") if (name := entity.clean(alias))
    )
    if row["country_qid"] and not QID.fullmatch(row["country_qid"]):
        raise ValueError(f"no id of a country: {row['country_qid']!r}")
    own = classes.of_tables().get(row["kind"])
    born = _BORN.search(row["description_en"])
    return Item(
        qid=row["qid"],
        labels=labels,
        aliases=aliases,
        classes=(own,) if own else (),
        kinds=(row["kind"],),
        descriptions=(("en", row["description_en"]),) if row["description_en"] else (),
        countries=(row["country_qid"],) if row["country_qid"] else (),
        coordinates=(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None,
        dates=(("born", born[1]),) if born else (),
        sources=tuple(_SEVERAL.split(row["source"])),
    )
