"""Tell the language of a text, from its letters where they prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import lexicon, resources
from kg.errors import SetAside

_SAMPLE = 20_000
_PROVEN = 0.03
_SURELY = 0.08
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

    A declared language is believed. Letters that only one language has prove it, where most of the text has them; the
    statistical identifier decides the rest, as for Vietnamese typed without its marks. Fewer than 40 letters tell nothing:
    then the language is taken that is presumed. A language that resembles others must be likelier than those as well.
    """
    installed = resources.languages()
    if declared is not None:
        if declared.lower().split("-")[0] not in installed:
            raise SetAside("language", f"the language is given as {declared!r}; there is data for {_listed(installed)}")
        return declared.lower().split("-")[0]
    found = {code: letters(text, code) for code in installed}
    proven = [code for code in installed if found[code].own > _PROVEN * found[code].all]
    for code in proven:
        if _prevails(text, code):
            return code
    if all(count.all - count.known > _FOREIGN * count.all for count in found.values()):
        _refuse_letters(next(iter(found.values())), installed)
    if max(count.all for count in found.values()) < _SHORT:
        return next((code for code in installed if lexicon.table(code, "writing").get("presumed")), installed[0])
    text = _without_names(text, proven)
    code = _likeliest(text, (*installed, "en"))
    resembling = lexicon.table(code, "writing").get("resembles", ()) if code in installed else ()
    if code not in installed or (resembling and _likeliest(text, (code, *resembling)) != code):
        raise SetAside("language", f"this does not read as {_listed(installed)}, for which there is data")
    return code


def _is_proven(line: str, language: str) -> bool:
    """Whether a line is surely written in `language`, not only full of its names."""
    count = letters(line, language)
    return count.own > _SURELY * count.all


def _prevails(text: str, language: str) -> bool:
    """Whether lines that are surely in `language` make up at least half of the text."""
    lines = text[:_SAMPLE].splitlines()
    own = sum(letters(line, language).all for line in lines if _is_proven(line, language))
    return 2 * own >= letters(text, language).all


def _without_names(text: str, proven: Iterable[str]) -> str:
    """What else tells the language of a text that has the letters of another, but not mostly: lines and words without them."""
    for code in proven:
        own = set(lexicon.table(code, "writing")["own"])
        lines = (line for line in text[:_SAMPLE].splitlines() if not _is_proven(line, code))
        text = "\n".join(" ".join(word for word in line.split() if own.isdisjoint(word.lower())) for line in lines)
    return text


def _likeliest(text: str, codes: Iterable[str]) -> str:
    return str(_identifier(tuple(sorted(set(codes)))).classify(text[:_SAMPLE])[0])


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
