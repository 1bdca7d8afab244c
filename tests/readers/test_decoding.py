from __future__ import annotations

import unicodedata

import pytest

from kg.errors import SetAside
from kg.readers.decoding import decode

TEXT = (
    "Sáng 4/3, lũ quét cuốn trôi hai cây cầu gỗ ở thượng nguồn. Ông Đỗ Văn Lực nói: “Nước lên nhanh quá, "
    "chúng tôi chỉ kịp đưa người già và trẻ nhỏ lên đồi.” Chính quyền huyện đã dựng lều cho 120 hộ dân.\n"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Vietnamese keyboards typed it: base letters with their hat or horn, tone marks behind them."""
    pieces = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
        pieces.append(base + "".join(c for c in apart if c in _TONES))
    return "".join(pieces).encode("windows-1258")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("utf-32-be"), "utf-32-be"),
        (windows_1258(TEXT), "windows-1258"),
        (b"plain", "utf-8"),
    ],
)
def test_encoding_is_found(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert data == b"plain" or unicodedata.normalize("NFC", text) == TEXT


def test_bytes_come_back_from_the_text_and_the_encoding() -> None:
    for data in (TEXT.encode("utf-8-sig"), windows_1258(TEXT), TEXT.encode("utf-16-be")):
        text, encoding = decode(data)
        assert text.encode(encoding) == data


def test_declared_encoding_comes_before_a_guess() -> None:
    assert decode("Il a été élu à Genève.".encode("latin-1"), declared="latin-1")[1] == "latin-1"


@pytest.mark.parametrize("declared", ["no-such-encoding", "hex", "utf-8", "idna"])
def test_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(windows_1258(TEXT), declared=declared)[1] == "windows-1258"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT.encode()[:-40] + b"\xff" + TEXT.encode()[-40:], "encoding-broken"),
        (TEXT.encode().replace("ũ".encode(), "ũ".encode()[:1]), "encoding-broken"),
        ("cuối cùng à".encode()[:-1], "encoding-broken"),
        (TEXT.encode("utf-16")[:-1], "encoding-broken"),
        (b"\xff\xfe\x00\xd8a\x00", "encoding-broken"),
        (TEXT.encode().replace(b".", b"\0"), "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(9) + bytes(range(250, 0, -1)), "binary"),
        (bytes(n for n in range(1, 256) for _ in range(9)), "binary"),
        ("Министр заявил, что переговоры возобновятся.".encode("koi8-r"), "encoding-unknown"),
        ("部长周三表示，会谈将于下周在日内瓦恢复。".encode("gbk"), "encoding-unknown"),
    ],
)
def test_what_cannot_be_decoded_for_certain_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SetAside) as refused:
        decode(data)
    assert refused.value.reason == reason


def test_font_encoding_is_not_taken_for_text() -> None:
    # "Việt Nam đất nước" as the fonts of the nineties stored it.
    for stored in (b"Vi\xd6t Nam \xae\xcet n\xad\xedc ta " * 8, b"Vie\xe4t Nam \xf1a\xe1t n\xf6\xf4\xf9c ta " * 8):
        with pytest.raises(SetAside) as refused:
            decode(stored)
        assert refused.value.reason == "encoding-unknown"
