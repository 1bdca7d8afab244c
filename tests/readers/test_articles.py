from __future__ import annotations

import io
import os
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.readers import Raw, Rejected, formats, parse, read

TEXT = "Trường tiểu học xã Bình An đón 200 học sinh trở lại lớp sau trận bão."


def test_articles_of_all_formats_come_in_one_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(f"{TEXT} Một.", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{TEXT} Hai."}}\n{{\n{{"text": "{TEXT} Ba."}}\n', encoding="utf-8")
    stream = io.BytesIO(f'{{"text": "{TEXT} Bốn.", "id": "z"}}\n'.encode())
    sources = [item.source for item in read(["-", tmp_path], stdin=stream)]
    assert sources == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "b.txt", "z"]


def test_one_bad_article_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    bad, good = read([tmp_path])
    assert isinstance(bad, Rejected)
    assert isinstance(good, Document)


def test_gigabyte_costs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as sparse:
        sparse.truncate(2**30)
    started = time.monotonic()
    (item,) = read([tmp_path])
    assert time.monotonic() - started < 1
    assert isinstance(item, Rejected)
    assert (item.reason, item.size, item.sha256) == ("too-large", 2**30, "")


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (item,) = read([tmp_path])
    assert isinstance(item, Rejected)
    assert item.reason == "unreadable"


def test_file_that_may_not_be_read_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    (item,) = read([tmp_path])
    assert isinstance(item, Rejected)
    assert (item.reason, item.message) == ("unreadable", "the file cannot be opened: Permission denied")


def test_disk_that_fails_sets_the_file_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def failing(*_: object, **__: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(formats.named("txt"), "split", failing)
    (item,) = read([tmp_path])
    assert isinstance(item, Rejected)
    assert item.reason == "unreadable"


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [item.source for item in read(tmp_path)] == [item.source for item in read(str(tmp_path))] == ["a.txt"]


CHANGES = st.lists(st.tuples(st.integers(0, 90), st.binary(max_size=4)), max_size=4)


def changed(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    for place, put in changes:
        data = data[:place] + put + data[place + 1 :]
    return data


@given(st.one_of(st.binary(), CHANGES.map(lambda changes: changed(TEXT.encode(), changes))))
def test_any_bytes_are_a_document_or_are_set_aside(data: bytes) -> None:
    for name, stored in {"txt": data, "html": b"<p>" + data * 3, "jsonl": b'{"text": "' + data + b'"}'}.items():
        item = parse(Raw("a", stored, name))
        if isinstance(item, Document):
            assert unicodedata.is_normalized("NFC", item.text)
            assert item.text.strip()
            item.text.encode()
        if isinstance(item, Document) and name == "txt":
            assert item.text == unicodedata.normalize("NFC", stored.decode(item.encoding))


@pytest.mark.shared
def test_seed_articles_are_read_to_the_letter(shared: Path) -> None:
    documents = {item.source: item for item in read([shared / "seeds"])}
    for path in (shared / "seeds").iterdir():
        document = documents[path.name]
        assert isinstance(document, Document)
        assert document.text == path.read_bytes().decode()
        assert document.published_from == ("header" if document.published else None)
    assert len(documents) == 5
