"""Make a text a document, or say why it cannot be one."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from kg.errors import SetAside
from kg.model import Document
from kg.readers import language
from kg.readers.raw import Raw

MAX_CHARACTERS = 1_000_000
"""The longest text, in code points: what spaCy takes at once."""

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
# Controls other than tab and line ends, halves of surrogate pairs, and what is no character: RDF/XML can hold none of them.
_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def document(
    raw: Raw,
    text: str,
    *,
    encoding: str,
    source: str | None = None,
    declared_language: str | None = None,
    published: str | None = None,
    published_from: Literal["header", "metadata"] | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    body_start: int = 0,
) -> Document:
    """The document with the NFC form of `text`; SetAside where the text is none that an article has.

    `body_start` counts in `text`, which up to there is the same in NFC. An `url` that is no web address is left out.
    """
    normal = unicodedata.normalize("NFC", text)
    check(normal)
    return Document(
        source=source or raw.source,
        text=normal,
        language=language.identify(normal, declared=declared_language),
        published=published,
        published_from=published_from,
        outlet=outlet,
        title=title,
        url=url if url and _ADDRESS.fullmatch(url) else None,
        encoding=encoding,
        raw_sha256=raw.sha256,
        body_start=body_start,
    )


def check(text: str) -> None:
    """Raise SetAside for a text that is empty, too long, or holds what is no character of a text.

    Zero-width and bidirectional characters are let through: taking them out would shift every offset behind them.
    """
    if not text.strip():
        raise SetAside("empty", "there is no text")
    if len(text) > MAX_CHARACTERS:
        raise SetAside("too-long", f"{len(text):,} characters; an article may have {MAX_CHARACTERS:,}")
    found = _NO_TEXT.search(text)
    if found is not None:
        raise SetAside(_reason(found[0]), f"U+{ord(found[0]):04X} at character {found.start():,}, which no text holds")


def _reason(character: str) -> str:
    if character == "\0":
        return "binary"
    return "encoding-broken" if "\ud800" <= character <= "\udfff" else "encoding-unknown"


def field(value: str | None, name: str) -> str | None:
    """A text about the article, such as its title, on one line and in NFC; None when there is nothing in it."""
    line = " ".join(unicodedata.normalize("NFC", value or "").split())
    if _NO_TEXT.search(line):
        raise SetAside("encoding-unknown", f"the {name} holds characters that no text holds")
    return line or None
