"""Web pages: the article of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from kg.errors import SetAside
from kg.model import Document
from kg.readers import accepting, decoding
from kg.readers.files import whole
from kg.readers.raw import Raw, Rejected

SUFFIXES = (".html", ".htm", ".xhtml")
_DECLARED = re.compile(rb"""<[^>]*(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONE_CELL = re.compile(r"^\|\s*([^|]*?)\s*\|$")
# What is shorter than a sentence in every line is a menu, a form or a notice, and no article.
_SENTENCE = 60
# Only what the page says of its date counts, not what may be read out of its text; and no date depends on today's.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}


def split(stream: BinaryIO, name: str) -> Iterator[Raw | Rejected]:
    """The file as one article."""
    return whole(stream, name, format_name="html")


def parse(raw: Raw) -> Document:
    """The article in the page, one paragraph a block, captions where their pictures stood; offsets count in this text."""
    page, encoding = decoding.decode(raw.data, declared=_declared(raw.data))
    found = _article(page)
    paragraphs = [_LONE_CELL.sub(r"\1", line.strip()) for line in (found.text if found else "").splitlines()]
    if max(map(len, paragraphs), default=0) < _SENTENCE:
        raise SetAside("no-article", "the page holds no article that can be told from what surrounds it")
    published = _day(found.date)
    return accepting.document(
        raw,
        "\n\n".join(filter(None, paragraphs)) + "\n",
        encoding=encoding,
        published=published,
        published_from="metadata" if published else None,
        outlet=accepting.field(found.sitename, "site name"),
        title=accepting.field(found.title, "title"),
        url=accepting.field(found.url, "address"),
    )


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _article(page: str) -> Any:
    import trafilatura  # noqa: PLC0415 - a quarter of a second, and not every build reads pages

    tree = trafilatura.load_html(_XML_DECLARATION.sub("", page))
    if tree is None:
        return None
    _keep_captions(tree)
    return trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=_DATES)


def _keep_captions(tree: Any) -> None:
    """Set the caption of each picture behind it as a paragraph: trafilatura drops pictures with all they hold."""
    for caption in list(tree.iter("figcaption")):
        words = " ".join(caption.text_content().split())
        figure = next(caption.iterancestors("figure"), caption)
        if words:
            paragraph = caption.makeelement("p")
            paragraph.text = words
            figure.addnext(paragraph)


def _day(found: str | None) -> str | None:
    try:
        return date.fromisoformat((found or "")[:10]).isoformat()
    except ValueError:
        return None
