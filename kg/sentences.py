"""Split a text into sentences without a model: enough to quote from and to count by, not to extract from."""

from __future__ import annotations

import re
from collections.abc import Collection

_BREAK = re.compile(r"[.!?…][\"”’)]*\s+|\n+")
_LAST_WORD = re.compile(r"[^\s(“\"]+$")


def split(text: str, *, abbreviations: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where each sentence begins and the next one does; together they are the whole text.

    A line ends a sentence, and so does a final mark with white space behind it, unless the next word is in lower case
    or the mark is the full stop of one of the `abbreviations`, of an initial or of a number that the sentence begins
    with.
    """
    starts = [0]
    for match in _BREAK.finditer(text):
        if match.end() < len(text) and not _goes_on(text, starts[-1], match, abbreviations):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def around(text: str, start: int, end: int) -> str:
    """The sentence or sentences of `text` that code points `start` to `end` stand in.

    An abbreviation may end one too soon: the quoted words are whole all the same.
    """
    places = split(text)
    first = max(begin for begin, _ in places if begin <= start)
    last = min((finish for _, finish in places if finish >= end), default=len(text))
    return text[first:last].strip()


def _goes_on(text: str, start: int, mark: re.Match[str], abbreviations: Collection[str]) -> bool:
    if "\n" in mark.group():
        return False
    if text[mark.end()].islower():
        return True
    before = _LAST_WORD.search(text, start, mark.start())
    if not mark.group().startswith(".") or before is None:
        return False
    word = before.group()
    return word in abbreviations or (len(word) == 1 and word.isupper()) or (word.isdigit() and before.start() == start)
