"""Load the frames of a language: which words tell which event, and where its participants stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import lexicon, ns
from kg.errors import LanguageDataError
from kg.nlp.phrases import PhraseTable

_RULE_KEYS = frozenset(
    {
        "id",
        "class",
        "triggers",
        "with",
        "unless",
        "never",
        "slots",
        "requires",
        "opener",
        "measure",
        "passive_only",
        "modality",
        "whole",
        "examples",
        "silent",
    }
)
_SLOT_KEYS = frozenset({"role", "at", "after", "types", "categories", "fallen"})
_PLACES_TO_LOOK = frozenset({"subject", "object", "any", "before", "earlier", "antecedent"})


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one role's fillers stand: at the `subject` or `object` of the trigger, or `after` certain words.

    `types` are the mention types that may fill it; `categories` narrow groups to kinds of people; `fallen` takes of a
    group those who died, where the words say so.
    """

    role: str
    at: str = ""
    after: PhraseTable[bool] | None = None
    types: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    fallen: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say that something happened.

    `with_` must follow the trigger closely, `unless` must not stand right before it, `opener` begins the sentence;
    `whole` takes the rest of the sentence as evidence.
    """

    id: str
    term: str
    slots: tuple[Slot, ...]
    with_: PhraseTable[bool] | None
    unless: PhraseTable[bool] | None
    whole: bool
    opener: PhraseTable[bool] | None
    requires: tuple[str, ...]
    measure: str
    passive_only: bool
    modality: str
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that numbers are told of: which words after or before the number say that it counts it.

    `units` are measuring units that the number must carry; `categories` the kinds of people it may count; `nouns` other
    nouns that it may count. At least one of the three is given. A `generic` count gives way to any other.
    """

    id: str
    measure: str
    triggers: PhraseTable[bool]
    units: frozenset[str]
    categories: frozenset[str]
    nouns: PhraseTable[bool] | None
    generic: bool
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All frames and counts of a language; `triggers` finds the rules that a phrase may begin."""

    frames: tuple[Rule, ...]
    counts: tuple[Count, ...]
    triggers: PhraseTable[tuple[Rule, ...]]


def _phrases(entries: list[str] | None) -> PhraseTable[bool] | None:
    return PhraseTable((entry, True) for entry in entries) if entries else None


def _examples(table: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((e["text"], e["finds"]) for e in table.get("examples", ()))


def _slot(table: Mapping[str, Any], where: str) -> Slot:
    if unknown := set(table) - _SLOT_KEYS:
        raise LanguageDataError(f"{where}: a slot knows no {sorted(unknown)}; it knows {sorted(_SLOT_KEYS)}")
    if table["role"] not in dir(ns):
        raise LanguageDataError(
            f"{where}: the ontology has no property {table['role']!r}; add it there or mend the name"
        )
    if not table.get("after") and table.get("at") not in _PLACES_TO_LOOK:
        raise LanguageDataError(f"{where}: a slot needs `after` or `at`, one of {sorted(_PLACES_TO_LOOK)}")
    return Slot(
        table["role"],
        table.get("at", ""),
        _phrases(table.get("after")),
        frozenset(table.get("types", ())),
        frozenset(table.get("categories", ())),
        table.get("fallen", False),
    )


def _rule(table: Mapping[str, Any], where: str) -> Rule:
    if table["class"] not in dir(ns):
        raise LanguageDataError(f"{where}: the ontology has no class {table['class']!r}; add it there or mend the name")
    return Rule(
        id=table["id"],
        term=table["class"],
        slots=tuple(_slot(slot, where) for slot in table.get("slots", ())),
        with_=_phrases(table.get("with")),
        unless=_phrases(table.get("unless")),
        whole=table.get("whole", False),
        opener=_phrases(table.get("opener")),
        requires=tuple(table.get("requires", ())),
        measure=table.get("measure", ""),
        passive_only=table.get("passive_only", False),
        modality=table.get("modality", ""),
        examples=_examples(table),
        silent=tuple(table.get("silent", ())),
    )


def _count(table: Mapping[str, Any], where: str) -> Count:
    if table["measure"] not in dir(ns):
        raise LanguageDataError(f"{where}: the ontology has no measure {table['measure']!r}")
    if not (table.get("units") or table.get("categories") or table.get("nouns")):
        raise LanguageDataError(f"{where}: a count needs units, categories or nouns")
    return Count(
        id=table["id"],
        measure=table["measure"],
        triggers=PhraseTable((phrase, True) for phrase in table["triggers"]),
        units=frozenset(table.get("units", ())),
        categories=frozenset(table.get("categories", ())),
        nouns=_phrases(table.get("nouns")),
        generic=table.get("generic", False),
        examples=_examples(table),
        silent=tuple(table.get("silent", ())),
    )


def _tables(language: str, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, content in lexicon.tables(language, "frames"):
        for table in content.get(kind, ()):
            yield f"{language}/frames/{name}.toml, {kind} {table.get('id', '?')!r}", table


@cache
def load(language: str) -> Rules:
    """The rules of a language; a term that the ontology lacks, or a key that no rule has, is refused."""
    by_phrase: dict[str, list[Rule]] = defaultdict(list)
    frames = []
    for where, table in _tables(language, "rule"):
        if unknown := set(table) - _RULE_KEYS:
            raise LanguageDataError(f"{where}: a rule knows no {sorted(unknown)}")
        rule = _rule(table, where)
        frames.append(rule)
        for phrase in table["triggers"]:
            by_phrase[phrase].append(rule)
        for phrase in table.get("never", ()):
            by_phrase.setdefault(phrase, [])  # a longer word that begins like a trigger and is none
    return Rules(
        frames=tuple(frames),
        counts=tuple(_count(table, where) for where, table in _tables(language, "count")),
        triggers=PhraseTable((phrase, tuple(rules)) for phrase, rules in by_phrase.items()),
    )
