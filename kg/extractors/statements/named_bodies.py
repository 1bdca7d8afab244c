"""Name the body that a noun is told of: "the Reuters news agency", "Ukraine's security service, the SBU,"."""

from __future__ import annotations

from kg.extractors.statements.owner_phrases import Phrase, behind_determiners, behind_possessive
from kg.extractors.statements.phrase_text import Name, Text
from kg.extractors.statements.reading import Reference

_VERBAL = frozenset({"saying", "speaks", "be", "have", "modal"})


def body_named(text: Text, phrase: Phrase) -> Reference | None:
    """A body named beside its noun: "the Reuters news agency", "the news agency Ukrinform"."""
    behind = text.names.get(phrase.end)
    inside = phrase.owners[-1] if phrase.owners else None
    if inside and (inside.type != "organization" or behind_possessive(text, inside.end) > inside.end):
        inside = None
    press = any("press:words" in text.kinds(p)[1] for p in range(phrase.start, phrase.end))
    types = {"organization", "untyped", "person", "facility", *(["place"] if press else [])}
    name = behind if behind and behind.type in types else inside
    if name is None:
        apposed = _apposed(text, phrase)
        chains = (apposed.chain,) if apposed else ()
        return Reference(phrase.start, phrase.end, chains, "organization", "nominal") if apposed else None
    end = max(name.end, phrase.end)
    media = name.media or press
    return Reference(phrase.start, end, (name.chain,), "organization", "nominal", media=media)


def _apposed(text: Text, phrase: Phrase) -> Name | None:
    """The body named between commas behind what it is: "Ukraine's security service, the SBU,"."""
    if phrase.end + 1 >= len(text.words) or text.words[phrase.end] != "," or not (phrase.owners or phrase.pointing):
        return None
    name = text.names.get(behind_determiners(text, phrase.end + 1))
    closed = name is not None and name.end < len(text.words) and text.words[name.end] == ","
    verb = closed and name is not None and text.kinds(name.end + 1)[1] & _VERBAL
    return name if verb and name and name.type == "organization" else None
