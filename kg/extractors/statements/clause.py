"""Look around a word of a sentence: who stands before it, what after it, which time, how firmly it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from kg import edtf
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.model import Modality
from kg.nlp.phrases import PhraseTable

_LIGHT = frozenset(
    {"adverbs", "passive", "determiners", "pair", "modifier", "place_words", "conjunctions", "including:words"}
)
_PREPOSITIONS = frozenset({"prepositions", "at_place", "of"})
_LONGEST_ASIDE = 16  # tokens between two commas
_PLAIN_IN_JOINED_VERB = 3  # words of the verb before "và": "được thành lập và triển khai"
_ALONE = 2  # where the first comma of an aside of one item stands, counted from the second
_OPENING = 2  # words that both halves of a correction begin with: "we are"
_REST = 14  # tokens and names behind a trigger in which its own clause ends
_QUOTES = frozenset('"“”')
_DASHES = frozenset("-–—")
_DATELINE = 14  # tokens within which a dateline ends
_RANKED = 4  # items between "first" and "since"
_FARTHEST = 8  # plain words between a verb and its subject; more is another clause
_FARTHEST_BEHIND_COMMA = 3
MODALITIES: tuple[Modality, ...] = ("conditional", "estimated", "reported", "planned")


@dataclass(frozen=True)
class Clause:
    """The sentence as seen from a trigger at tokens `start` to `end`."""

    reading: Reading
    sentence: Sentence
    start: int
    end: int

    @cached_property
    def before(self) -> tuple[Item, ...]:
        """The items before the trigger, nearest first."""
        return self.sentence.until(self.start)[::-1]

    @cached_property
    def after(self) -> tuple[Item, ...]:
        """The items after the trigger."""
        return self.sentence.since(self.end)

    def word(self, item: Item) -> str:
        """The folded words of an item."""
        return " ".join(self.reading.words[item.start : item.end])

    def passive(self) -> bool:
        """Whether the trigger stands in the passive: "được" or "bị" before it, perhaps with the agent between."""
        joined = False
        plain = 0
        for item in self.before[:7]:
            if "passive" in item.kinds:
                return True
            joined = joined or "conjunctions" in item.kinds
            plain += item.kind == "word" and not item.kinds & _LIGHT
            if plain > (_PLAIN_IN_JOINED_VERB if joined else 0):
                return False
        return False

    def subject(self) -> list[Reference]:
        """The references that the trigger's subject consists of; empty when none stands in the clause."""
        before = self.before
        joint = next((i for i in before if "and_then" in i.kinds or "adverbs" not in i.kinds), None)  # "và đã bị bắt"
        if joint and "and_then" in joint.kinds:
            return self._first_subject()
        if aside := self._before_aside():
            return [aside]
        for position, item in enumerate(self._within_reach()):
            if item.reference is None:
                continue
            governor = before[position + 1] if position + 1 < len(before) else None
            if governor is None or not governor.kinds & _PREPOSITIONS:
                return [item.reference, *self._joined(before[position + 1 :])]
            if "of" in governor.kinds and not self._owned(before[position + 2 :]):
                return []
        return []

    def stands(self) -> bool:
        """Whether the trigger's words can be what the rule takes them for; where words change, some are other words."""
        return True

    def agents(self) -> list[Reference]:
        """Who does what the trigger tells."""
        return [] if self.passive() or self.nominal() else self.subject()

    def patients(self) -> list[Reference]:
        """Whom or what it is done to."""
        return self.subject() if self.passive() else self.objects()

    def owners(self) -> list[Reference]:
        """Whom a trigger that is a noun belongs to, in front of it; a language may have no such thing."""
        return []

    def seats(self) -> Mapping[str, Sequence[Reference]]:
        """Who stands in which place of the clause, by a letter for it, as the trained choice of roles sees it."""
        return {"s": self.subject(), "o": self.objects()}

    def manner(self) -> str:
        """The voice of the trigger, as the trained choice of roles sees it."""
        return str(int(self.passive()))

    def way(self, items: Sequence[Item]) -> str:
        """What `items` between the trigger and somebody tell of how they belong together; empty where it tells little."""
        del items
        return ""

    def _before_aside(self) -> Reference | None:
        """The subject in front of what stands between two commas: "bà A, sống gần đó, kể".

        A person alone between them is who was described in front: "giám đốc công ty, ông A, bị bắt".
        """
        items = [i for i in self.before if not (i.kind == "word" and "adverbs" in i.kinds)]
        if not items or self.word(items[0]) != ",":
            return None
        for position, item in enumerate(items[1:-1], start=1):
            if items[0].start - item.start > _LONGEST_ASIDE:
                return None
            if self.word(item) == ",":
                subject, aside = items[position + 1].reference, items[1].reference
                if position == _ALONE and aside and aside.type == "person" and aside.chains:
                    return subject if subject and subject.type == "person" and subject.form == "name" else aside
                return subject if subject and subject.type in {"person", "organization"} and subject.chains else None
        return None

    def nominal(self) -> bool:
        """Whether the trigger is made a noun: "vụ ném bom", "các cuộc tấn công"."""
        return bool(self.before) and "nominalizers" in self.before[0].kinds

    def _within_reach(self) -> Iterator[Item]:
        """The items before the trigger, nearest first, up to where another clause stands between."""
        plain, comma = 0, False
        for position, item in enumerate(self.before):
            if item.kind == "word":
                text = self.word(item)
                if "boundaries" in item.kinds or text in {";", ":"} or (text in _QUOTES and position > 0):
                    return
                comma = comma or text == ","
                if text != "," and not item.kinds & (_LIGHT | _PREPOSITIONS):
                    plain += item.end - item.start
                if plain > (_FARTHEST_BEHIND_COMMA if comma else _FARTHEST):
                    return
            yield item

    def _first_subject(self) -> list[Reference]:
        """The subject of a verb behind "và": that of the verb before it, the first free reference of the sentence."""
        items = self.sentence.until(self.start)
        for position, item in enumerate(items):
            governed = position > 0 and items[position - 1].kinds & _PREPOSITIONS
            if item.reference and not governed:
                return [item.reference, *self._joined(items[position + 1 :])]
        return []

    @staticmethod
    def _owned(before: Sequence[Item]) -> bool:
        return bool(before) and before[0].reference is not None

    def _joined(self, items: Sequence[Item]) -> list[Reference]:
        """References joined by "và" or a comma to one that was just found, walking on in the same direction."""
        found: list[Reference] = []
        listed = False
        for joint, item in zip(items[::2], items[1::2], strict=False):
            conjunction = joint.kind == "word" and "conjunctions" in joint.kinds
            if not (conjunction or self.word(joint) == ",") or item.reference is None:
                break
            listed = listed or conjunction
            found.append(item.reference)
        return found if listed else []  # a comma alone joins no list: "Theo hãng X, Nga …"

    def objects(self) -> list[Reference]:
        """The references right behind the trigger, before any preposition or comma."""
        plain = 0
        items = self.after
        for position, item in enumerate(items):
            if item.reference:
                return [item.reference, *self._joined(items[position + 1 :])]
            if item.kind != "word":
                continue
            text = self.word(item)
            if item.kinds & _PREPOSITIONS or "boundaries" in item.kinds or text in {",", ";", ":", "."}:
                return []
            if not item.kinds & _LIGHT and text not in _QUOTES:
                plain += item.end - item.start
            if plain > _FARTHEST_BEHIND_COMMA + 1:
                return []
        return []

    def antecedent(self) -> list[Reference]:
        """The reference right before "nơi": the place where the clause after it happens."""
        before = self.before
        for position, item in enumerate(before):
            if "where" in item.kinds:
                rest = [i for i in before[position + 1 :] if self.word(i) != ","]
                return [rest[0].reference] if rest and rest[0].reference else []
        return []

    def following(
        self, phrases: PhraseTable[bool], fits: Callable[[Reference], bool], *, near: bool
    ) -> tuple[list[Reference], range]:
        """The fitting references governed by one of `phrases`, nearest behind the trigger first, then before it.

        Beside them, the tokens of that phrase. With `near`, those behind must stand in the trigger's own clause.
        """
        first, words = self.sentence.start, self.reading.words
        found = [range(first + m.start, first + m.end) for m in phrases.find(words[first : self.sentence.end])]
        limit = self._clause_end() if near else self.sentence.end
        behind = [phrase for phrase in found if self.end < phrase.stop <= limit]
        ahead = [phrase for phrase in reversed(found) if phrase.stop <= self.start]
        for phrase in [*behind, *ahead]:
            if governed := [reference for reference in self._governed(phrase.stop) if fits(reference)]:
                return governed, phrase
        return [], range(0)

    def _clause_end(self) -> int:
        """Where the next clause begins behind the trigger."""
        return next((i.start for i in self.after if "boundaries" in i.kinds), self.sentence.end)

    def _governed(self, position: int) -> list[Reference]:
        items = self.sentence.since(position)
        for index, item in enumerate(items[:5]):
            if item.reference:
                return [item.reference, *self._joined(items[index + 1 :])]
            if item.kind == "word" and not item.kinds & _LIGHT and index >= 3:  # noqa: PLR2004 - "tiền tuyến khu vực Tigray"
                return []
            if self.word(item) in {",", ";", "."} or item.kinds & _PREPOSITIONS:
                return []
        return []

    def time(self, *, excluded: Sequence[Item] = (), stop: int | None = None) -> Item | None:
        """The time that belongs to the trigger: behind it up to `stop`, where the next event is told, else before it.

        Of times that can be the same the more precise one is taken: "cuộc họp cuối năm hôm 17/12". Only where nothing
        nearer is found does a time behind `stop` count for both.
        """
        quote = self.sentence.quoted(self.start) or (self.sentence.start, self.sentence.end)
        items = self.sentence.between(quote[0], quote[1])
        usable = [i for i in items if i.time and not i.duration and i not in excluded and not self._elsewhere(i)]
        behind = [i for i in usable if i.start >= self.end and (stop is None or i.end <= stop)]
        ahead = [i for i in reversed(usable) if self._clause_begin() <= i.start and i.end <= self.start]
        beyond = [i for i in usable if stop is not None and i.start >= stop]
        return next((sharpest(found) for found in (behind, ahead, beyond) if found), None)

    def _elsewhere(self, item: Item) -> bool:
        """Whether a time is that of the dateline, a day until which something holds, or the last time that it was so.

        "KYIV, March 13 - …", "has until May 5 to pay", "the first talks since January".
        """
        words = self.reading.words
        if item.end < self.sentence.end and words[item.end] in _DASHES:
            return item.end - self.sentence.start <= _DATELINE
        before = self.sentence.until(item.start)[-_RANKED:]
        if before and "deadlines" in before[-1].kinds:
            return True
        open_ = item.time is not None and item.time.edtf.endswith("/..")
        return open_ and any("ranking" in i.kinds for i in before)

    def _clause_begin(self) -> int:
        """Where the clause begins whose times count in front of the trigger.

        "On Friday, a day after rebels attacked" and "a train that left on Friday" tell of another time.
        """
        apart = (i.end for i in self.before if i.kinds & {"apart", "relatives"})
        return next(apart, self.sentence.start)

    def close(self) -> Sequence[Item]:
        """The words right before the trigger, among which one that denies it stands."""
        return self.before[:3]

    def negated(self) -> bool:
        """Whether a word right before the trigger denies it, and the sentence does not go on to tell the same of something else."""
        return any("negations" in item.kinds for item in self.close()) and not self._set_right()

    def _set_right(self) -> bool:
        """Whether the words follow again, not denied: "we are not buying a plant, we are buying patience"."""
        words, length = self.reading.words, self.end - self.start
        denial = next(i for i in self.close() if "negations" in i.kinds)
        opening = words[max(self.sentence.start, denial.start - _OPENING) : denial.start]
        for at in range(self.end + 1, self.sentence.end - length + 1):
            if words[at : at + length] != words[self.start : self.end]:
                continue
            if opening and words[at - len(opening) : at] == opening:
                return True
            if "contrasts" in self.sentence.until(at)[-1].kinds:
                return True
        return False

    def pending(self) -> bool:
        """Whether it is said not to have happened yet: "has yet to sign", "the trial has not begun"."""
        if any("pending" in item.kinds for item in self.close()):
            return True
        behind = self._rest_of_clause()
        begins = (n for n, item in enumerate(behind) if "beginning" in item.kinds)
        return any("negations" in item.kinds for n in begins for item in behind[max(0, n - 3) : n])

    def put_off(self) -> bool:
        """Whether it is said to be put off: "postponed the signing", "lễ ký bị hoãn"."""
        words = (*self.close(), *self.before[:1], *self._rest_of_clause())
        return any("postponed" in item.kinds for item in words)

    def _rest_of_clause(self) -> tuple[Item, ...]:
        near = self.after[:_REST]
        return tuple(takewhile(lambda i: self.word(i) not in {".", ";"} and "boundaries" not in i.kinds, near))

    def demanded(self) -> bool:
        """Whether the clause only demands or wishes it: "đòi ông A từ chức"."""
        near = takewhile(lambda item: not item.kinds & {"boundaries"} and self.word(item) != ",", self.before[:5])
        return any("demands" in item.kinds for item in near)

    def modality(self) -> Modality:
        """How firmly the clause is stated, by the words around the trigger.

        What is done is not planned, whatever is announced in front of it: "vị thủ tướng sắp mãn nhiệm đã ký".
        """
        near = {kind for item in self._near() for kind in item.kinds}
        if any("completed" in i.kinds for i in (*self.before[:1], *self.sentence.between(self.start, self.end)[:1])):
            near.discard("modality:planned")
        far = {kind for item in self.before for kind in item.kinds}
        for modality in MODALITIES:
            kinds = far if modality == "conditional" else near
            if f"modality:{modality}" in kinds:
                return modality
        return "asserted"

    def _near(self) -> Iterator[Item]:
        for item in self.before[:12]:
            if self.word(item) in {";", "."} or (item.kinds & {"boundaries"} and not _is_modal(item)):
                return
            yield item


def sharpest(items: Sequence[Item]) -> Item:
    """The first time, or a more precise one that can be the same."""
    first = items[0]
    for item in items[1:]:
        if (
            first.time
            and item.time
            and len(item.time.edtf) > len(first.time.edtf)
            and edtf.compatible(first.time, item.time)
        ):
            return item
    return first


def _is_modal(item: Item) -> bool:
    return any(kind.startswith("modality:") for kind in item.kinds)
