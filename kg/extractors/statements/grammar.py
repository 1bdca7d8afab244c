"""A language's function words and people nouns, as tables to look phrases up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from kg import lexicon
from kg.nlp import inflection
from kg.nlp.inflection import Inflection
from kg.nlp.phrases import Match, PhraseTable

_BODY = "body"  # the category of nouns for bodies that are not named

FunctionWords = PhraseTable[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for people who are not named: `canonical` names their group, `category` says what counts as the same."""

    category: str
    canonical: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns for people, and longer phrases that begin like one and are none: "bị cáo buộc" is no "bị cáo"."""

    phrases: PhraseTable[Noun | None]

    def at(self, words: Sequence[str], start: int) -> Match[Noun] | None:
        """The longest noun that begins at token `start`."""
        match = self.phrases.at(words, start)
        return Match(match.start, match.end, match.value) if match and match.value else None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the statement extractors know of a language's words.

    `general` names, by category, the group that counted people without an owner belong to; `taken_up` are the categories of
    which one noun may take up another. `owned` stands between a group and whom it belongs to. `bodies` are the words that nouns for bodies end
    in. `adverb_endings` end adverbs. `inflection` is None for a language whose words do not change. `function` maps a phrase to the kinds of function word that it can be: `preposition`, `of`, `passive`, `boundary`,
    `negation`, `modality:planned`, `pronoun:person` and so on.
    """

    language: str
    function: FunctionWords
    nouns: Nouns
    bodies: PhraseTable[bool]
    fallen: PhraseTable[bool]
    fallen_suffix: str
    forces: PhraseTable[bool]
    joiner: str
    owned: str
    inflection: Inflection | None
    adverb_endings: tuple[str, ...]
    general: Mapping[str, str]
    taken_up: frozenset[str]


def _by_phrase(kinds: Iterable[tuple[str, Iterable[str]]]) -> FunctionWords:
    collected: dict[str, set[str]] = defaultdict(set)
    for kind, phrases in kinds:
        for phrase in phrases:
            collected[phrase].add(kind)
    return PhraseTable((phrase, frozenset(found)) for phrase, found in collected.items())


def _kinds(language: str) -> Iterable[tuple[str, Iterable[str]]]:
    words = lexicon.table(language, "grammar")
    people = lexicon.table(language, "people")
    for kind, phrases in words.items():
        if isinstance(phrases, list):
            yield kind, phrases
        else:
            yield from ((f"{kind}:{sub}", entries) for sub, entries in phrases.items())
    if inflected := inflection.load(language):
        speech = lexicon.table(language, "speech")
        yield "saying", _finite(inflected, speech["cue"])
        yield "turning", _finite(inflected, (cue for cue in speech["cue"] if cue.get("turns")))
        yield "telling", _finite(inflected, (cue for cue in speech["cue"] if cue.get("tells")))
        yield "speaks", _speaking(inflected, speech["speaking"])
        yield "speaks:that", _speaking(inflected, {**speech["speaking"], "verbs": speech["speaking"]["clauses"]})
        yield "shows", _speaking(inflected, {**speech["speaking"], "verbs": speech["speaking"]["works"]})
        yield "sources", [*speech["speaking"]["before"], *chain.from_iterable(speech["according"].values())]
        yield "assertions", (f for nouns in speech["saying"].values() for n in nouns for f, _ in inflected.noun(n))
        yield "minded", chain.from_iterable(cue.get("adjectives", ()) for cue in speech["cue"])
    yield "stands_for_country", people["stands_for_country"]["phrases"]
    yield "modifier", people["modifiers"]["words"]


def _finite(inflected: Inflection, cues: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The forms of verbs of saying that can be nothing but a finite verb: "said", not "reports"."""
    for cue in cues:
        nouns = {form for noun in cue.get("nouns", ()) for form, _ in inflected.noun(noun)}
        spelled = (pair for verb in cue["verbs"] for pair in inflected.verb(verb))
        yield from (phrase for phrase, form in spelled if form in {"third", "past"} and phrase not in nouns)


def _speaking(inflected: Inflection, table: Mapping[str, Any]) -> Iterable[str]:
    """The finite forms of the verbs whose subject can be nobody but a speaker."""
    spelled = (pair for verb in table["verbs"] for pair in inflected.verb(verb))
    return (phrase for phrase, form in spelled if form in {"base", "third", "past"} and phrase not in table["nouns"])


def _numbers(inflected: Inflection | None, phrase: str) -> Iterable[tuple[str, bool]]:
    """The forms of a people noun, and whether each says more than one."""
    return ((form, kind == "plural") for form, kind in inflected.noun(phrase)) if inflected else [(phrase, False)]


def _nouns(people: Mapping[str, Any], inflected: Inflection | None) -> Iterable[tuple[str, Noun | None]]:
    for noun in people["noun"]:
        for phrase in noun["phrases"]:
            for form, plural in _numbers(inflected, phrase):
                yield form, Noun(noun["category"], noun.get("canonical", phrase), plural)
    yield from ((phrase, None) for phrase in people.get("never", {}).get("phrases", ()))


@cache
def load(language: str) -> Grammar:
    """The grammar of a language, built once."""
    people = lexicon.table(language, "people")
    inflected = inflection.load(language)
    return Grammar(
        language=language,
        function=_by_phrase(_kinds(language)),
        nouns=Nouns(PhraseTable(_nouns(people, inflected))),
        bodies=PhraseTable(
            (phrase.split(" ")[-1], True)
            for noun in people["noun"]
            if noun["category"] == _BODY
            for phrase in noun["phrases"]
        ),
        fallen=PhraseTable((phrase, True) for phrase in people["fallen"]["words"]),
        fallen_suffix=people["fallen"]["suffix"],
        joiner=people["joined"]["word"],
        owned=people["joined"].get("owner", ""),
        inflection=inflected,
        adverb_endings=inflected.shapes.adverbs if inflected else (),
        general={noun["category"]: noun["canonical"] for noun in people["noun"] if noun.get("general")},
        taken_up=frozenset(people["taken_up"]["categories"]),
        forces=PhraseTable((phrase, True) for phrase in people["forces"]["words"]),
    )
