"""Say in English and Vietnamese why claims contradict each other, or why an article was published when it was."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from kg.ledger import Contradiction
from kg.rdf import wording
from kg.rdf.context import Context
from kg.rdf.wording import Language


def explain(context: Context, found: Contradiction, language: Language) -> str:
    """Why the sides do not go together, in one sentence or two."""
    texts = _texts()[language]
    words = list(dict.fromkeys(_words(context, found, language)))
    text: str = texts[found.type].format(words=texts["between"].join(words), first=words[0] if words else "")
    return f"{text} {texts['inherited']}" if found.inherited else text


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "explanations.toml").read_text(encoding="utf-8"))


def _words(context: Context, found: Contradiction, language: Language) -> Iterator[str]:
    """The numbers, days, classes and names of the record as a reader of the language writes them."""
    for word in found.words:
        if word in context.entities:
            yield context.entities[word].label(language)
        elif word in context.vocabulary.terms:
            yield context.vocabulary.label(word, language)
        elif (number := _number(word)) is not None:
            yield wording.number(number, language)
        else:
            yield wording.time(word, language) or word


def _number(word: str) -> Decimal | None:
    try:
        return Decimal(word)
    except InvalidOperation:
        return None
