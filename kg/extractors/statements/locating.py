"""Find the place at which the words around a token of a sentence say that something happens."""

from __future__ import annotations

from kg.extractors.statements.reading import Sentence

_AT = frozenset({"at_place", "out_of"})


def located(sentence: Sentence, near: int) -> str:
    """The place nearest to the token `near` at which something is said to happen."""
    found = [
        item.reference
        for before, item in zip(sentence.items, sentence.items[1:], strict=False)
        if item.reference and item.reference.type == "place" and before.kinds & _AT and item.reference.form == "name"
    ]
    found = [r for r in found if not _apart(sentence, r.start, near)]
    return min(found, key=lambda r: abs(r.start - near)).chains[0] if found else ""


def _apart(sentence: Sentence, one: int, other: int) -> bool:
    """Whether a new clause begins between two tokens of a sentence, after a comma or a semicolon."""
    between = [i for i in sentence.items if min(one, other) < i.start < max(one, other)]
    return any("contrasts" in item.kinds for item in between)
