"""The markup within an article's text, `{HEAD|words}`: read it, write it. It nests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from training.articles import Span

_PIECE = re.compile(r"\{(?P<head>[^|{}\n]*)\||(?P<words>[^{}]+)|[{}]")
_SHOWN = 40  # characters of the text that a problem quotes


class Marked(Span):
    """A span with what stands before its bar, unread."""

    head: str


class Parsed(NamedTuple):
    """The text without markup, its spans in reading order, and what is wrong with the braces."""

    text: str
    spans: list[Marked]
    problems: list[str]


def parse(raw: str) -> Parsed:
    """Strip the markup; spans count code points in what is left. Time is linear, whatever the braces do."""
    words: list[str] = []
    at = 0
    opened: list[tuple[int, str]] = []
    closed: list[tuple[int, int, str]] = []
    problems: list[str] = []
    for piece in _PIECE.finditer(raw):
        if piece["words"]:
            words.append(piece["words"])
            at += len(piece["words"])
        elif piece["head"] is not None:
            opened.append((at, piece["head"]))
        elif piece[0] == "}" and opened:
            start, head = opened.pop()
            closed.append((start, at, head))
        else:
            problems.append(_stray(raw, piece.start()))
    problems += [f"unclosed {{{head[:_SHOWN]}|" for _, head in opened]
    text = "".join(words)
    spans = [Marked(start=start, end=end, text=text[start:end], head=head) for start, end, head in closed]
    return Parsed(text, sorted(spans, key=lambda span: (span["start"], -span["end"])), problems)


def _stray(raw: str, at: int) -> str:
    if raw[at] == "{":
        return f"'{{' without '|' near {raw[at : at + _SHOWN]!r}"
    return f"stray '}}' near {raw[max(0, at - _SHOWN) : at + 1]!r}"


def write(text: str, spans: Iterable[Marked]) -> str:
    """The text with its spans marked: what `parse` reads back. Of two spans of the same words the later is outside."""
    ordered = sorted(enumerate(spans), key=lambda item: (item[1]["start"], -item[1]["end"], -item[0]))
    out: list[str] = []
    ends: list[int] = []
    at = 0

    def until(place: int, mark: str) -> None:
        nonlocal at
        out.append(text[at:place] + mark)
        at = place

    for _, span in ordered:
        while ends and ends[-1] <= span["start"]:
            until(ends.pop(), "}")
        if ends and span["end"] > ends[-1]:
            raise ValueError(f"spans cross at {span['text']!r}")
        until(span["start"], f"{{{span['head']}|")
        ends.append(span["end"])
    while ends:
        until(ends.pop(), "}")
    until(len(text), "")
    return "".join(out)
