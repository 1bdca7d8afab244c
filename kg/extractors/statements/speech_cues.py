"""Load the cues of speech of a language that inflects: verbs in all their forms, and the phrases around words said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from kg import lexicon
from kg.extractors.statements import inflection
from kg.extractors.statements.inflection import Form
from kg.extractors.statements.speech import Cue, cue_of
from kg.nlp.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class Cues:
    """A language's cues: verbs with their forms, and the fixed phrases around words said.

    `carried` says of a phrase whether only a medium can follow it, `quoted` whether somebody spoken to follows it: "as telling the judges".
    """

    verbs: PhraseTable[tuple[Cue, frozenset[Form]] | None]
    according: PhraseTable[bool]
    carried: PhraseTable[bool]
    quoted: PhraseTable[bool]


@cache
def cues(language: str) -> Cues:
    """The cues of a language that inflects; None stands for a longer word that begins like one and is none."""
    table: dict[str, Any] = lexicon.table(language, "speech")
    inflected = inflection.load(language)
    if inflected is None:
        raise ValueError(language)
    verbs: dict[str, tuple[Cue, set[Form]]] = {}
    for entry in table["cue"]:
        cue = cue_of(entry)
        spelled = chain(
            chain.from_iterable(map(inflected.verb, entry["verbs"])),
            chain.from_iterable(map(inflected.noun, entry.get("nouns", ()))),
        )
        for phrase, form in spelled:
            verbs.setdefault(phrase, (cue, set()))[1].add(form)
    never = ((phrase, None) for phrase in table["never"]["phrases"])

    def fixed(name: str) -> PhraseTable[bool]:
        return PhraseTable((phrase, True) for phrase in table[name]["phrases"])

    return Cues(
        PhraseTable([*((p, (cue, frozenset(forms))) for p, (cue, forms) in verbs.items()), *never]),
        fixed("according"),
        PhraseTable(
            [*((p, False) for p in table["carried"]["phrases"]), *((p, True) for p in table["carried"]["media"])]
        ),
        PhraseTable(
            [*((p, False) for p in table["quoted"]["phrases"]), *((p, True) for p in table["quoted"]["telling"])]
        ),
    )
