"""Tell the language of a text, from its letters where they prove it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import lexicon, resources
from kg.errors import SetAside

_SAMPLE = 20_000
_PROVEN = 0.03
_FOREIGN = 0.05
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a text spread: how many there are, how many the language has, how many only it has."""

    all: int
    known: int
    own: int
    latin: int


def letters(text: str, language: str) -> Letters:
    """Count the letters of the beginning of `text` by what `language` writes."""
    writing = lexicon.table(language, "writing")
    counted = Counter(character for character in text[:_SAMPLE].lower() if character.isalpha())
    known, own = set(writing["letters"]), set(writing["own"])
    return Letters(
        all=counted.total(),
        known=sum(n for letter, n in counted.items() if letter.isascii() or letter in known),
        own=sum(n for letter, n in counted.items() if letter in own),
        latin=sum(n for letter, n in counted.items() if letter < "\u0250" or "\u1e00" <= letter < "\u1f00"),
    )


def fits(text: str, language: str) -> bool:
    """Whether nearly all letters of `text` are letters of `language`: bytes decoded wrongly do not look so."""
    found = letters(text, language)
    return found.all > 0 and found.known > (1 - _FOREIGN / 2) * found.all


def identify(text: str, *, declared: str | None = None) -> str:
    """The code of the language of `text`, one that has data; SetAside `language` when it is another.

    A declared language is believed. Letters that only one language has prove it; the statistical identifier decides
    the rest, as for Vietnamese typed without its marks. Fewer than 40 letters tell nothing: then the first language is taken.
    """
    installed = resources.languages()
    if declared is not None:
        if declared.lower().split("-")[0] not in installed:
            raise SetAside("language", f"the language is given as {declared!r}; there is data for {_listed(installed)}")
        return declared.lower().split("-")[0]
    found = {code: letters(text, code) for code in installed}
    for code in installed:
        if found[code].own > _PROVEN * found[code].all:
            return code
    if all(count.all - count.known > _FOREIGN * count.all for count in found.values()):
        _refuse_letters(next(iter(found.values())), installed)
    if max(count.all for count in found.values()) < _SHORT:
        return installed[0]
    code = str(_identifier(tuple(sorted({*installed, "en"}))).classify(text[:_SAMPLE])[0])
    if code not in installed:
        raise SetAside("language", f"this does not read as {_listed(installed)}, for which there is data")
    return code


def _refuse_letters(count: Letters, installed: list[str]) -> None:
    """Latin letters that fit no language come from a font encoding (TCVN3, VNI) or a double decoding; others are another script."""
    if count.latin > count.all / 2:
        raise SetAside(
            "encoding-unknown",
            f"too many letters are none of {_listed(installed)}: another language, a font encoding, or text decoded twice",
        )
    raise SetAside("language", f"the script is not that of {_listed(installed)}")


def _listed(codes: list[str]) -> str:
    return ", ".join(codes)


@cache
def _identifier(codes: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - unpacks a model, seldom needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(codes)
    return identifier
