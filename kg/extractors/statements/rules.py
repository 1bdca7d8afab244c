"""Load the frames of a language: which words tell which event, and where its participants stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from kg import lexicon, ns
from kg.errors import LanguageDataError
from kg.nlp import inflection
from kg.nlp.inflection import Form, Inflection
from kg.nlp.phrases import PhraseTable

_RULE_KEYS = frozenset(
    {
        "id",
        "class",
        "triggers",
        "verbs",
        "nouns",
        "with",
        "headed",
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
_SLOT_KEYS = frozenset({"role", "at", "after", "types", "categories", "fallen", "aim"})
_UNTYPED = frozenset({"untyped"})  # no model has typed the names of such a language: such a name may be of anybody
_OPEN = frozenset({"person", "organization"})
_PLACES_TO_LOOK = frozenset({"subject", "object", "any", "before", "earlier", "antecedent", "owner"})


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one role's fillers stand: at the `subject` or `object` of the trigger, or `after` certain words.

    `types` are the mention types that may fill it; `categories` narrow groups to kinds of people; `fallen` takes of a
    group those who died, where the words say so. `open_to` are types of names that are taken for one of `types`. With
    `aim` the words that it stands `after` say what something is for, and tell no event: "a park in memory of".
    """

    role: str
    at: str = ""
    after: PhraseTable[bool] | None = None
    types: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    fallen: bool = False
    open_to: frozenset[str] = frozenset()
    aim: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say that something happened.

    `with_` must follow the trigger closely, one of `headed` stand before it in its clause, `unless` not stand right before
    it, `opener` begins the sentence; `whole` takes the rest of the sentence as evidence. Of what it `requires`, "time" is
    filled by a time.
    """

    id: str
    term: str
    slots: tuple[Slot, ...]
    with_: PhraseTable[bool] | None
    headed: PhraseTable[bool] | None
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
    nouns that it may count. At least one of the three is given. A `generic` count gives way to any other. Behind a
    phrase of `alone` a number needs no noun: "the death toll rose to 52". `unit` is that
    of all it counts, where the language says so; None leaves the unit of the number.
    """

    id: str
    measure: str
    triggers: PhraseTable[frozenset[Form]]
    units: frozenset[str]
    categories: frozenset[str]
    nouns: PhraseTable[bool] | None
    alone: PhraseTable[bool] | None
    generic: bool
    unit: str | None
    examples: tuple[tuple[str, Mapping[str, Any]], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A phrase that a rule may begin with, and the forms of a verb or noun that it may be."""

    rule: Rule
    forms: frozenset[Form] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """All frames and counts of a language; `triggers` finds the uses of a phrase by rules."""

    frames: tuple[Rule, ...]
    counts: tuple[Count, ...]
    triggers: PhraseTable[tuple[Use, ...]]


def _phrases(entries: list[str] | None) -> PhraseTable[bool] | None:
    return PhraseTable((entry, True) for entry in entries) if entries else None


def _examples(table: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((e["text"], e["finds"]) for e in table.get("examples", ()))


def _slot(table: Mapping[str, Any], where: str, inflected: Inflection | None) -> Slot:
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
        _UNTYPED if inflected and _OPEN & set(table.get("types", ())) else frozenset(),
        table.get("aim", False),
    )


def _rule(table: Mapping[str, Any], where: str, inflected: Inflection | None) -> Rule:
    if table["class"] not in dir(ns):
        raise LanguageDataError(f"{where}: the ontology has no class {table['class']!r}; add it there or mend the name")
    return Rule(
        id=table["id"],
        term=table["class"],
        slots=tuple(_slot(slot, where, inflected) for slot in table.get("slots", ())),
        with_=_phrases(table.get("with")),
        headed=_phrases(table.get("headed")),
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


def _spelled(table: Mapping[str, Any], inflected: Inflection | None, where: str) -> dict[str, frozenset[Form]]:
    """The phrases of a rule: `triggers` as they stand, `verbs` and `nouns` in all their forms."""
    found: dict[str, set[Form]] = {phrase: set() for phrase in table.get("triggers", ())}
    given = {kind: table.get(kind, ()) for kind in ("verbs", "nouns")}
    if inflected is None:
        if any(given.values()):
            raise LanguageDataError(f"{where}: the language has no inflection.toml; give every form in `triggers`")
    else:
        spelled = chain(
            chain.from_iterable(map(inflected.verb, given["verbs"])),
            chain.from_iterable(map(inflected.noun, given["nouns"])),
        )
        for phrase, form in spelled:
            found.setdefault(phrase, set()).add(form)
    if not found:
        raise LanguageDataError(f"{where}: no triggers")
    return {phrase: frozenset(forms) for phrase, forms in found.items()}


def _count(table: Mapping[str, Any], where: str, inflected: Inflection | None) -> Count:
    if table["measure"] not in dir(ns):
        raise LanguageDataError(f"{where}: the ontology has no measure {table['measure']!r}")
    if not (table.get("units") or table.get("categories") or table.get("nouns")):
        raise LanguageDataError(f"{where}: a count needs units, categories or nouns")
    return Count(
        id=table["id"],
        measure=table["measure"],
        triggers=PhraseTable(_spelled({**table, "nouns": ()}, inflected, where).items()),
        units=frozenset(table.get("units", ())),
        categories=frozenset(table.get("categories", ())),
        nouns=_phrases(table.get("nouns")),
        alone=_phrases(table.get("alone")),
        generic=table.get("generic", False),
        unit=table.get("unit"),
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
    inflected = inflection.load(language)
    by_phrase: dict[str, list[Use]] = defaultdict(list)
    frames = []
    for where, table in _tables(language, "rule"):
        if unknown := set(table) - _RULE_KEYS:
            raise LanguageDataError(f"{where}: a rule knows no {sorted(unknown)}")
        rule = _rule(table, where, inflected)
        frames.append(rule)
        for phrase, forms in _spelled(table, inflected, where).items():
            by_phrase[phrase].append(Use(rule, forms))
        for phrase in table.get("never", ()):
            by_phrase.setdefault(phrase, [])  # a longer word that begins like a trigger and is none
    return Rules(
        frames=tuple(frames),
        counts=tuple(_count(table, where, inflected) for where, table in _tables(language, "count")),
        triggers=PhraseTable((phrase, tuple(uses)) for phrase, uses in by_phrase.items()),
    )
