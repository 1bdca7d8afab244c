from __future__ import annotations

import io
import json

import pytest

from kg.model import Document
from kg.readers import Raw, Rejected, jsonl, parse

TEXT = "Nhà máy thủy điện trên sông Mã ngừng phát điện từ hôm 2/6 vì thiếu nước."


def parsed(line: bytes) -> Document | Rejected:
    return parse(Raw("tin.jsonl:7", line, "jsonl"))


def document(**fields: object) -> Document:
    read = parsed(json.dumps(fields, ensure_ascii=False).encode())
    assert isinstance(read, Document), read
    return read


def test_text_alone_is_enough() -> None:
    read = document(text=TEXT)
    assert (read.text, read.source, read.language, read.published) == (TEXT, "tin.jsonl:7", "vi", None)


def test_all_fields_are_read() -> None:
    read = document(
        text=TEXT,
        source="a-1",
        published="2025-06-03T08:00:00+07:00",
        outlet="Báo  Ví Dụ",
        title="Thiếu nước\n",
        url="https://bao.example/1",
        language="vi",
        unknown=[1],
    )
    assert (read.source, read.published, read.published_from) == ("a-1", "2025-06-03", "metadata")
    assert (read.outlet, read.title, read.url) == ("Báo Ví Dụ", "Thiếu nước", "https://bao.example/1")


def test_other_names_of_fields() -> None:
    read = document(text=TEXT, id=12, date="2025-06-03")
    assert (read.source, read.published) == ("12", "2025-06-03")


def test_header_in_the_text_counts_where_no_field_gives_the_day() -> None:
    read = document(text=f" date 2025-06-03 {TEXT}")
    assert (read.published, read.published_from, read.body_start) == ("2025-06-03", "header", 17)
    assert document(text=f" date 2025-06-03 {TEXT}", date="2025-06-04").published == "2025-06-04"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "json-invalid"),
        (b"[" * 100_000, "json-invalid"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "json-invalid"),
        (b"[1]", "json-invalid"),
        (b"{}", "json-invalid"),
        (b'{"text": 5}', "json-invalid"),
        (b'{"text": "a", "date": "4 March"}', "json-invalid"),
        (b'{"text": "a", "date": "2025-13-01"}', "json-invalid"),
        (b'{"text": "a", "title": ["b"]}', "json-invalid"),
        (b'{"text": "a", "id": "' + b"a" * 301 + b'"}', "json-invalid"),
        (b'{"text": "a", "title": "b\\u001b"}', "encoding-unknown"),
        (b'{"text": "a\\ud800b"}', "encoding-broken"),
        (b'{"text": "\xe1\xba"}', "encoding-broken"),
        (b'{"text": "a\\u0000"}', "binary"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a", "language": "xx"}', "language"),
    ],
)
def test_bad_line_is_set_aside(line: bytes, reason: str) -> None:
    read = parsed(line)
    assert isinstance(read, Rejected)
    assert (read.source, read.reason, read.size) == ("tin.jsonl:7", reason, len(line))


def test_lines_are_counted_from_one_and_empty_ones_passed_over() -> None:
    lines = list(jsonl.split(io.BytesIO(b'{"a":1}\r\n\n  \n{"b":2}'), "tin.jsonl"))
    assert lines == [Raw("tin.jsonl:1", b'{"a":1}', "jsonl"), Raw("tin.jsonl:4", b'{"b":2}', "jsonl")]


def test_line_that_is_too_large_is_skipped_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 10)
    first, second = jsonl.split(io.BytesIO(b"x" * 35 + b"\n{}\n"), "tin.jsonl")
    assert isinstance(first, Rejected)
    assert (first.reason, first.size) == ("too-large", 36)
    assert second == Raw("tin.jsonl:2", b"{}", "jsonl")
