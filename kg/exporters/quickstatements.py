"""Facts for Wikidata as QuickStatements (version 1): a file to be looked through, which nothing here sends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from kg.exporters import Format
from kg.exporters._given import ITEM, Amount, Day, Statement, Value, arrangement, statements

FORMAT = Format(
    "QuickStatements: facts about linked entities for Wikidata, to be reviewed", ".qs", "text/plain", ("retrieved",)
)

_TAB = "\t"
_URL = "!#$%&'()+,/:;=?@[]~"  # no asterisk: a comment begins with one
_MOST_WORDS = 300


def export(graph: Path, out: BinaryIO, *, retrieved: str) -> str:
    """Write what the graph folder `graph` can give to Wikidata, a line for each statement and reference.

    Only what an article asserts itself and nothing contradicts, about things and values that are linked to an item, from
    articles whose address is known, each line with that address and the day `retrieved`. The words that say so follow as a
    comment. The answer says how much was left out, and why.
    """
    reference = arrangement().reference
    day = _written(Day(f"{retrieved}T00:00:00Z", 11))
    left_out: Counter[str] = Counter()
    written = 0
    for statement in statements(graph):
        reason = _reason(statement)
        if reason:
            left_out[reason] += 1
            continue
        written += 1
        for url, words in _sources(statement):
            cells = [_written(statement.subject), statement.predicate, _written(statement.value)]
            for name, value in statement.qualifiers:
                cells += [name, _written(value)]
            cells += [
                f"S{reference['address'][1:]}",
                f'"{quote(url, safe=_URL)}"',
                f"S{reference['retrieved'][1:]}",
                day,
            ]
            # A tab before the comment would be one more, empty, column to QuickStatements.
            out.write(f"{_TAB.join(cells)} /* {_comment(words)} */\n".encode())
    parts = [f"{number} {reason}" for reason, number in sorted(left_out.items())]
    return f"{written} statements to review" + (f"; left out: {', '.join(parts)}" if parts else "")


def _reason(statement: Statement) -> str:
    """Why a statement is not given back; empty where it is."""
    if not statement.subject.startswith(ITEM):
        return "about what has no item"
    if isinstance(statement.value, str) and not statement.value.startswith(ITEM):
        return "with a value that has no item"
    if not statement.settled:
        return "that somebody claims or contradicts"
    return "" if any(_sources(statement)) else "from articles without an address"


def _sources(statement: Statement) -> Iterator[tuple[str, str]]:
    """Each address once, with the first words that say it there."""
    found: dict[str, str] = {}
    for reference in statement.references:
        if reference.url.startswith(("http://", "https://")):
            found.setdefault(reference.url, reference.words)
    yield from found.items()


def _written(value: Value) -> str:
    if isinstance(value, Day):
        return f"+{value.iso}/{value.precision}"
    if isinstance(value, Amount):
        bounds = f"[{value.lower:f},{value.upper:f}]" if value.lower is not None and value.upper is not None else ""
        return f"{value.number:f}{bounds}"
    return value.removeprefix(ITEM)


def _comment(words: str) -> str:
    """Words within a comment, which they must not end, on one line."""
    return " ".join(words.split()).replace("*/", "* /")[:_MOST_WORDS]
