"""Decode the bytes of an article strictly: the right encoding, or none."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator

from kg import lexicon, resources
from kg.errors import SetAside
from kg.readers import language

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")  # what is UTF-32 would pass for UTF-16 with zeros
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_BINARY = 0.01
_ENOUGH = 100_000


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """The text of `data`, and the name of its encoding, with which Python encodes it again.

    UTF-8 comes first, then what the bytes themselves or the page (`declared`) say, then the encodings that articles of the
    installed languages come in; a guess counts only if it gives letters of such a language. SetAside `encoding-broken`
    for text that is cut or damaged, `binary` for what is no text, `encoding-unknown` for the rest.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    if b"\0" in data:
        return _guessed(data, _WIDE) or _refuse("binary", "zero bytes: this is no text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data, error):
            raise _broken("utf-8", error) from error
    if len(_CONTROLS.findall(data)) > _BINARY * len(data):
        _refuse("binary", "control bytes: this is no text")
    return _guessed(data, _candidates(data, declared)) or _refuse(
        "encoding-unknown", "neither UTF-8 nor an encoding in which the letters make sense"
    )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(encoding, error) from error


def _broken(encoding: str, error: UnicodeDecodeError) -> SetAside:
    return SetAside("encoding-broken", f"{encoding} is damaged at byte {error.start:,}: {error.reason}")


def _refuse(reason: str, message: str) -> tuple[str, str]:
    raise SetAside(reason, message)


def _is_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether this was UTF-8 once: cut at the end, or with more characters that are right than bytes that are wrong.

    In a legacy encoding hardly two neighbouring bytes happen to be one UTF-8 character.
    """
    if error.reason == "unexpected end of data":
        return True
    text = data.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= character <= "\udcff" for character in text)
    right = sum(character >= "\u0080" for character in text) - wrong
    return right > wrong


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    if declared is not None:
        yield declared
    for code in resources.languages():
        yield from lexicon.table(code, "writing")["encodings"]
    yield from _detected(data)


def _detected(data: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed

    best = from_bytes(data[:_ENOUGH]).best()
    if best is not None:
        yield best.encoding


def _guessed(data: bytes, encodings: Iterable[str]) -> tuple[str, str] | None:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        normal = unicodedata.normalize("NFC", text)
        if any(language.fits(normal, code) for code in resources.languages()):
            return text, encoding
    return None
