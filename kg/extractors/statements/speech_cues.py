"""Load the cues of speech of a language that inflects: verbs in all their forms, and the phrases around words said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any

from kg import lexicon
from kg.extractors.statements.cue import Cue, cue_of
from kg.model import Modality
from kg.nlp import inflection
from kg.nlp.inflection import Form
from kg.nlp.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class Cues:
    """A language's cues: verbs with their forms, and the fixed phrases around words said.

    `according` says how firmly what stands beside a phrase is put: "by the reckoning of" an estimate; `nouns` the same of nouns of saying.
    `carried` says of a phrase whether only a medium can follow it; `quoted` are how somebody quoted is said to speak: "as telling the judges".
    """

    verbs: PhraseTable[tuple[Cue, frozenset[Form]] | None]
    according: PhraseTable[Modality]
    carried: PhraseTable[bool]
    quoted: PhraseTable[Cue]
    nouns: PhraseTable[Modality]


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
        for phrase, form in chain.from_iterable(map(inflected.verb, entry.get("clausal", ()))):
            verbs.setdefault(phrase, (replace(cue, clausal=True), set()))[1].add(form)
        for phrase, form in chain.from_iterable(map(inflected.verb, entry.get("measures", ()))):
            verbs.setdefault(phrase, (replace(cue, measures=True), set()))[1].add(form)
        spelled = chain(
            chain.from_iterable(map(inflected.verb, entry["verbs"])),
            chain.from_iterable(map(inflected.noun, entry.get("nouns", ()))),
            ((phrase, "predicate") for phrase in entry.get("adjectives", ())),
            ((phrase, "gerund") for phrase in entry.get("phrases", ())),
        )
        for phrase, form in spelled:
            verbs.setdefault(phrase, (cue, set()))[1].add(form)
    never = ((phrase, None) for phrase in table["never"]["phrases"])

    return Cues(
        PhraseTable([*((p, (cue, frozenset(forms))) for p, (cue, forms) in verbs.items()), *never]),
        PhraseTable(
            [
                *((phrase, "asserted") for phrase in table["according"]["phrases"]),
                *((phrase, "estimated") for phrase in table["according"]["reckoned"]),
            ]
        ),
        PhraseTable(
            [*((p, False) for p in table["carried"]["phrases"]), *((p, True) for p in table["carried"]["media"])]
        ),
        PhraseTable(
            (f"{joint} {phrase}", cue)
            for joints, form in (("before", "gerund"), ("perfect", "participle"))
            for joint in table["quoted"][joints]
            for phrase, (cue, forms) in verbs.items()
            if form in forms
        ),
        PhraseTable(
            (form, modality)
            for modality, nouns in table["saying"].items()
            for noun in nouns
            for form, _ in inflected.noun(noun)
        ),
    )
