"""Look at a trigger whose words change: the verb that it makes with the words before it, and how firmly that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Literal

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.clause import MODALITIES, Clause
from kg.extractors.statements.reading import Item
from kg.model import Modality
from kg.nlp.inflection import Form

Voice = Literal["active", "passive", "nominal"]
_NOUN: frozenset[Form] = frozenset({"noun", "plural"})
BETWEEN = frozenset(
    {"be", "have", "modal", "get", "infinitive", "adverbs", "negations", "catenatives", "passive"}
    | {f"modality:{m}" for m in MODALITIES}
)
AUXILIARIES = frozenset({"be", "have", "modal", "get"})
LIGHT = frozenset(
    {"adverbs", "determiners", "modifier", "place_words", "including:words", "pair", "owning", "possessive"}
)
PREPOSITIONS = frozenset({"prepositions", "at_place", "of", "by", "belonging"})
STOPS = frozenset({"boundaries", "saying"})
ENDS = frozenset({".", ";", ":"})
_QUOTES = frozenset('"“”')
_ASIDE = 18  # tokens between two commas
_FARTHEST = 8  # plain words between a verb and its subject
NEAR_OBJECT = 4  # plain words between a verb and its object
_PLACES = frozenset({"place", "facility"})


@dataclass(frozen=True)
class VerbGroup(Clause):
    """A trigger whose words may be of the given forms; none for what does not inflect."""

    forms: frozenset[Form] = frozenset()

    @cached_property
    def group(self) -> tuple[Item, ...]:
        """The words right before the trigger that make one verb with it, nearest first: "has not yet been"."""
        return tuple(takewhile(lambda i: bool(i.kinds & BETWEEN) and not i.kinds & STOPS, self.before))

    @cached_property
    def ahead(self) -> tuple[Item, ...]:
        """The items before the whole verb, nearest first."""
        return self.before[len(self.group) :]

    @cached_property
    def voice(self) -> Voice:
        """Whether the trigger is a noun, a verb in the passive, or any other verb."""
        if not self.forms:
            return "active"  # a fixed phrase
        if self._is_noun():
            return "nominal"
        helper = next((k for i in self.group if (k := self._helper(i))), frozenset[str]())
        if "participle" not in self.forms:
            return "active"
        if helper:
            return "passive" if helper & {"be", "get"} else "active"
        if any("infinitive" in i.kinds for i in self.group):
            return "active"
        return "passive" if self._bare_participle() else "active"

    def _helper(self, item: Item) -> frozenset[str]:
        """The auxiliary that an item of the verb is, or ends in: "said to have"."""
        last = grammars.load(self.reading.document.language).function.at(self.reading.words, item.end - 1)
        return (item.kinds | (last.value if last else frozenset())) & AUXILIARIES

    def stands(self) -> bool:
        """Whether a verb's base form or third person can be one here: "the strongest storm", "mines and shells" are not."""
        if self.voice == "nominal" or not self.forms & {"base", "third"} or self.forms & {"past", "participle"}:
            return True
        previous = self.before[0] if self.before else None
        if previous is None or self.group:
            return True
        if "third" in self.forms:
            return bool(previous.reference or previous.kinds & {"relatives", "adverbs"}) or self._has_object()
        return bool(previous.reference or previous.kinds & {"relatives", "conjunctions", "adverbs"})

    def _bare_participle(self) -> bool:
        """Whether a form that is past and participle is the latter, with no auxiliary before it."""
        following = self.after[0] if self.after else None
        if following and "by" in following.kinds:
            return True
        if following and "opens_content" in following.kinds and "past" in self.forms:
            return False  # "insisted that"
        if self.end - self.start > 1:
            return False  # "held talks" has its object within
        if self.ahead and "conjunctions" in self.ahead[0].kinds and self._joined_to_passive():
            return not self._has_object()
        if "past" not in self.forms:
            return True
        return not self._has_object()

    def _joined_to_passive(self) -> bool:
        earlier = takewhile(lambda i: not (i.kinds & STOPS or self.word(i) in ENDS), self.ahead[1:])
        return next(("be" in i.kinds for i in earlier if i.kinds & AUXILIARIES), False)

    def _has_object(self) -> bool:
        for item in self.after[:NEAR_OBJECT]:
            if item.reference or item.quantity or item.kinds & {"determiners", "owning", "partitive"}:
                return True
            if item.kind != "word" or not item.kinds & (LIGHT | {"adverbs"}):
                return False
        return False

    def _is_noun(self) -> bool:
        """Whether a word that may be a noun is one here, by what stands beside it."""
        if not self.forms & _NOUN:
            return self._is_gerund_noun()
        if self.forms <= _NOUN:
            return True
        if any(self._verbal(i) for i in self.group[:2]):
            return False
        previous = self.before[0] if self.before else None
        following = self.after[0] if self.after else None
        if previous and previous.reference and following and "opens_content" in following.kinds:
            grammar = grammars.load(self.reading.document.language)
            article = grammar.function.at(self.reading.words, previous.reference.start)
            return previous.reference.owning or (article is not None and "indefinite" in article.value)
        linked = following is None or bool(following.kinds & (PREPOSITIONS | {"infinitive"}))
        if previous is None:
            return linked or bool(following and following.kinds & AUXILIARIES)
        return self._is_noun_behind(previous, linked=linked)

    def _verbal(self, item: Item) -> bool:
        """Whether only a verb can follow: an auxiliary, "to", "appear to"."""
        last = grammars.load(self.reading.document.language).function.at(self.reading.words, item.end - 1)
        kinds = item.kinds | (last.value & {"infinitive"} if last else frozenset[str]())
        return bool(kinds & (AUXILIARIES | {"infinitive", "catenatives"}))

    def _is_noun_behind(self, previous: Item, *, linked: bool) -> bool:
        """Whether it is a noun behind `previous`; `linked` when a preposition follows, as behind nouns."""
        if previous.reference:
            if previous.reference.owning or previous.reference.form == "pronoun":
                return previous.reference.owning
            following = self.after[0] if self.after else None
            named = previous.reference.form == "name" and "third" in self.forms
            if named and following and following.kind == "word" and not following.kinds and self._is_plain(following):
                return False  # "the IMF forecasts growth"
            if (
                "third" in self.forms
                and following
                and (self.word(following) in {",", *ENDS} or "infinitive" in following.kinds)
                and not (previous.reference.plural and self.reading.words[previous.end - 1].endswith("s"))
            ):
                return False  # "the leader claims to have a letter"
            last = following is None or self.word(following) in ENDS
            many = previous.reference.plural or self.reading.words[previous.end - 1].endswith("s")
            trailing = linked and len(self.before) > 1 and self.word(self.before[1]) in {",", *_QUOTES}
            if (last or trailing or self._aside_that()) and "base" in self.forms and many:
                return False  # "local media report."; "…, researchers report in X"
            return "past" not in self.forms and not self._has_object()
        if previous.kinds & {"relatives", "saying", "adverbs"}:
            behind = self.after[0].kinds if self.after else frozenset[str]()
            return "opens_content" in previous.kinds and bool(
                behind & {"of", "opens_content"}
            )  # "that reports of X were"
        if "conjunctions" in previous.kinds:
            return linked
        if self.word(previous) == "," or previous.time:
            return linked and not self._has_object()
        return True  # an adjective, a determiner, a number or a preposition stands before it

    def _aside_that(self) -> bool:
        """Whether "that" follows behind what two commas enclose: "Officials suspect, but cannot prove, that"."""
        behind = self.after[:_ASIDE]
        commas = [n for n, i in enumerate(behind) if self.word(i) == ","]
        following = behind[commas[1] + 1 : commas[1] + 2] if commas[:1] == [0] and len(commas) > 1 else ()
        return any(i.kinds >= {"opens_content", "relatives"} for i in following)

    def _is_plain(self, item: Item) -> bool:
        return self.word(item).isalpha()

    def _is_gerund_noun(self) -> bool:
        """Whether "killing" is a noun: a determiner or an owner stands before it, or "of" behind."""
        if "gerund" not in self.forms:
            return False
        previous = self.before[0] if self.before else None
        owned = previous is not None and bool(
            previous.kinds & {"determiners", "modifier"} or (previous.reference and previous.reference.owning)
        )
        return owned or bool(self.after and "of" in self.after[0].kinds)

    def passive(self) -> bool:
        """Whether the trigger stands in the passive."""
        return self.voice == "passive"

    def nominal(self) -> bool:
        """Whether the trigger is a noun."""
        return self.voice == "nominal"

    def told_of(self) -> bool:
        """Whether a verb of saying stands in the passive for certain: an auxiliary says so, or "by" follows."""
        following = self.after[0] if self.after else None
        by = bool(following and "by" in following.kinds) and any(i.reference for i in self.after[1:4])
        marked = any(i.kinds & {"be", "get"} for i in self.group) or by
        return self.passive() and marked

    def close(self) -> Sequence[Item]:
        """The words of the verb before the trigger; before a noun two more, of which one may be "no"."""
        return self.group if self.voice != "nominal" else (*self.group, *self.ahead[:2])

    def demanded(self) -> bool:
        """Whether the clause only demands or wishes it: "urged Kim to resign", "called for an attack"."""
        ordered = any("infinitive" in item.kinds for item in self.group)
        if self.forms and self.forms <= {"past", "participle", "third"} and not ordered and not self.passive():
            return False  # "a man who asked not to be named told"
        near = takewhile(lambda i: not i.kinds & {"boundaries"} and self.word(i) not in {",", *ENDS}, self.before[:7])
        return any("demands" in item.kinds for item in near)

    def modality(self) -> Modality:
        """How firmly the clause is stated, by the words around the trigger; "would have signed" is what did not come."""
        behind = self._verb_behind() if self.voice == "nominal" else ()
        near = {kind for item in (*self._near(), *behind) for kind in item.kinds}
        before = {kind for item in self.before for kind in item.kinds}
        anywhere = before | {kind for item in self.after for kind in item.kinds}
        open_ = bool(near & {"unreal", "modality:planned"})
        unreal = any("unreal" in item.kinds for item in self.group) and any("have" in item.kinds for item in self.group)
        if unreal or "modality:conditional" in before or (open_ and "modality:conditional" in anywhere):
            return "conditional"
        return next((m for m in MODALITIES if f"modality:{m}" in near), "asserted")

    def _impersonal(self, position: int) -> bool:
        """Whether "it is" and one word more stand before the item at `position` of those ahead."""
        before = self.ahead[position + 1 : position + 4]
        if len(before) < 3 or not before[1].kinds & {"be", "have"}:  # noqa: PLR2004 - "believed", "is", "it"
            return False
        return before[2].reference is not None and before[2].reference.pointer == "thing"

    def _verb_behind(self) -> tuple[Item, ...]:
        """The words of the verb of which a noun is the subject: "a counter-attack is believed to be in preparation"."""
        items = list(takewhile(lambda i: self.word(i) not in {",", *ENDS} and not i.kinds & STOPS, self.after[:8]))
        first = next((n for n, i in enumerate(items) if i.kinds & AUXILIARIES), len(items))
        return tuple(takewhile(lambda i: bool(i.kinds & BETWEEN), items[first:]))

    def _near(self) -> Iterator[Item]:
        yield from self.group
        for position, item in enumerate(self.ahead[:10]):
            if "opens_content" in item.kinds and self._impersonal(position):
                yield self.ahead[position + 1]  # "it is believed that"
            if self.word(item) in {",", *ENDS} or (item.kinds & STOPS and not _modal(item)):
                return
            if item.kinds & AUXILIARIES and not _modal(item):
                return
            yield item


def _modal(item: Item) -> bool:
    return any(kind.startswith("modality:") for kind in item.kinds)
