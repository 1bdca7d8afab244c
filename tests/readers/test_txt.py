from __future__ import annotations

import hashlib
import unicodedata

import pytest

from kg.model import Document
from kg.readers import Raw, Rejected, parse

BODY = (
    "Đội cứu hộ đưa được mười hai người ra khỏi hầm mỏ vào rạng sáng thứ bảy.\n\nÔng Lý Văn Sáu nói mọi người đều khỏe."
)


def document(data: bytes) -> Document:
    parsed = parse(Raw("a.txt", data, "txt"))
    assert isinstance(parsed, Document)
    return parsed


def reason(data: bytes) -> str:
    parsed = parse(Raw("a.txt", data, "txt"))
    assert isinstance(parsed, Rejected)
    return parsed.reason


def test_text_is_kept_to_the_last_byte() -> None:
    data = ("\n  " + BODY.replace("\n", "\r\n") + "\t\n\n").encode()
    read = document(data)
    assert read.text.encode() == data
    assert read.raw_sha256 == hashlib.sha256(data).hexdigest()
    assert (read.source, read.language, read.encoding, read.published) == ("a.txt", "vi", "utf-8", None)


def test_text_is_in_nfc() -> None:
    assert document(unicodedata.normalize("NFD", BODY).encode()).text == BODY


def test_invisible_characters_keep_their_place() -> None:
    text = BODY.replace("mỏ", "m\u200bỏ").replace("Sáu", "\u202aSáu\u202c\u00a0")
    assert document(text.encode()).text == text


@pytest.mark.parametrize(
    ("header", "published"),
    [
        (" date 2025-03-04 ", "2025-03-04"),
        ("date 2025-03-04\n", "2025-03-04"),
        ("   date  2024-02-29  ", "2024-02-29"),
        (" date 2025-02-30 ", None),
    ],
)
def test_header_gives_the_day_and_stays_in_the_text(header: str, published: str | None) -> None:
    read = document((header + BODY).encode())
    assert read.text == header + BODY
    assert read.text[read.body_start :] == BODY
    assert read.published == published
    assert read.published_from == ("header" if published else None)


@pytest.mark.parametrize("start", [" date 2025-03-04x ", " dated 2025-03-04 ", "Ngày 2025-03-04 "])
def test_what_only_resembles_a_header_is_text(start: str) -> None:
    assert document((start + BODY).encode()).body_start == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (("a" * 1_000_001).encode(), "too-long"),
        ((BODY + "\x1b[31m").encode(), "encoding-unknown"),
        ((BODY + "\uffff").encode(), "encoding-unknown"),
        ((BODY + "\0").encode(), "binary"),
        (BODY.encode()[:-1] + b"\xe1\xba", "encoding-broken"),
        (b"De besprekingen worden volgende week hervat, zei de minister woensdag in Den Haag.", "language"),
    ],
)
def test_what_is_no_article_is_set_aside(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_longest_text_is_read() -> None:
    data = (BODY + "\n").encode() * 8_000
    assert len(document(data).text) < 1_000_000
