"""Find the subject of a trigger that inflects, and whom a noun belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.extractors.statements.reading import Item, Reference
from kg.extractors.statements.verb_groups import (
    AUXILIARIES,
    ENDS,
    LIGHT,
    NEAR_OBJECT,
    PREPOSITIONS,
    STOPS,
    VerbGroup,
)

_QUOTES = frozenset('"“”')
_ASIDE = 18  # tokens between two commas
_OFFICE = 4  # items of ", A," with the last one of his office
_ALONE = 2  # where the first comma of an aside of one item stands, counted from the second
_FARTHEST = 8  # plain words between a verb and its subject
_PEOPLE = frozenset({"person", "group"})
_PLACES = frozenset({"place", "facility"})


@dataclass(frozen=True)
class InflectedSubject(VerbGroup):
    """The sentence as seen from a trigger that inflects, towards its subject."""

    def owners(self) -> list[Reference]:
        """Whom a noun belongs to: "Russia's massive attack", "a Ukrainian drone strike", "his visit"."""
        if self.voice != "nominal":
            return []
        plain = 0
        for position, item in enumerate(self.before):
            if item.reference:
                return [item.reference, *self._joined(self.before[position + 1 :])]
            if item.kind == "word" and not item.kinds & (LIGHT | {"conjunctions"}):
                plain += 1
                if item.kinds & (PREPOSITIONS | STOPS | AUXILIARIES) or self.word(item) in {",", *ENDS, *_QUOTES}:
                    return []
            if plain > NEAR_OBJECT - 1:
                return []
        return []

    def subject(self) -> list[Reference]:
        """The references of the grammatical subject; of a noun those that it belongs to, or that follow "of"."""
        if self.voice == "nominal":
            return self.owners() or self._of()
        first = self.ahead[0] if self.ahead else None
        if first is None:
            return []
        if "relatives" in first.kinds:
            return self._antecedent(self.ahead[1:])
        if named := self._named_aside():
            return [named]
        if "of_object" in first.kinds and self.forms <= {"gerund"}:
            return self._walked(self.ahead[1:])
        hanging = not any(i.kinds & AUXILIARIES for i in self.group)
        if "conjunctions" in first.kinds or (hanging and self._hangs(first)):
            return self._first_subject()
        return self._walked(self.ahead)

    def _named_aside(self) -> Reference | None:
        """The person named between two commas right before the verb: "The head of the administration, A, said"."""
        items = self.ahead[:_OFFICE]
        if len(items) < _OFFICE or self.word(items[0]) != "," or self.word(items[2]) != ",":
            return None
        person, office = items[1].reference, items[3].reference
        named = person is not None and person.type == "person" and person.form == "name" and not person.owning
        return person if named and not (office and office.form == "name") and not items[3].time else None

    def _hangs(self, first: Item) -> bool:
        """Whether a verb without auxiliary leans on the main clause: ", killing 23", "after meeting"."""
        if "contrasts" in first.kinds and self.forms & {"past", "third"}:
            return True  # "but denied that"
        apart = self.word(first) == "," or bool(first.kinds & (PREPOSITIONS | {"boundaries"}))
        return apart and (self.forms <= {"gerund"} or self.voice == "passive")

    def _antecedent(self, before: Sequence[Item]) -> list[Reference]:
        """The reference that "who" or "which" takes up."""
        near_by = takewhile(lambda i: self.word(i) not in _QUOTES, before[: _FARTHEST + 1])
        rest = [i.reference for i in near_by if i.reference and not i.reference.owning]
        personal = "personal" in self.ahead[0].kinds and any(r.type in _PEOPLE for r in rest)
        near = (r for r in rest if not personal or (r.type in _PEOPLE and not self._is_governed(r)))
        found = next(near, None)
        return [found] if found else []

    def _is_governed(self, reference: Reference) -> bool:
        """Whether "of" stands before it: in "A, the sister of B, who" it is A who did it."""
        position = next(n for n, i in enumerate(self.ahead) if i.reference is reference)
        governor = self._governor(self.ahead, position)
        return governor is not None and "of" in self.ahead[governor].kinds

    def _walked(self, items: Sequence[Item]) -> list[Reference]:
        """The nearest reference before the verb that no preposition governs, in its clause."""
        plain = position = 0
        while position < len(items):
            item = items[position]
            if item.reference and not item.reference.owning:
                governor = self._governor(items, position)
                relative = self._in_relative(items, position) if governor is None else None
                if relative is not None:
                    position = relative
                    continue
                if governor is None or self._partitive(items, governor):
                    return [item.reference, *self._listed(items, position)]
                position = governor + 1
                closed = self.reading.words[item.reference.end - 1] == "," and position < len(items)
                position += closed and self.word(items[position]) == ","  # "X, through its spokesman, A, said"
                continue
            if item.kind == "word" and not item.kinds & (LIGHT | PREPOSITIONS | {"conjunctions"}):
                plain += item.end - item.start
            step = self._step(items, position)
            if step is None or plain > _FARTHEST:
                return []
            position = step
        return []

    def _step(self, items: Sequence[Item], position: int) -> int | None:
        """Where to look on behind a word that is no reference; None where the clause begins."""
        item = items[position]
        word = self.word(item)
        if word == ",":
            return self._behind_aside(items, position)
        if item.kinds & (STOPS | AUXILIARIES):
            nearer = items[position - 1] if position else None
            noun = items[position + 1].reference if position + 1 < len(items) else None
            if noun and "saying" in item.kinds and nearer and nearer.kinds & PREPOSITIONS:
                return position + 1  # "survivors quoted by X said"
            return self._behind_relative(items, position)
        return None if word in ENDS or (word in _QUOTES and position > 0) else position + 1

    def _joined(self, items: Sequence[Item]) -> list[Reference]:
        """References joined to one that was just found; owners ("and his counterpart") are none of them."""
        return super()._joined([i for i in items if not (i.reference and i.reference.owning)])

    def _listed(self, items: Sequence[Item], position: int) -> list[Reference]:
        """The references joined to the one at `position`, in front of it, up to one that a preposition governs.

        Where such a one is only a place, what stands before the preposition is joined: "judges in Rome and police in Bari".
        """
        found = self._joined(items[position + 1 :])
        governed = (p for p, i in enumerate(items) if i.reference in found and self._governor(items, p) is not None)
        first = next(governed, None)
        if first is None:
            return found
        kept = [r for r in found if r.start > items[first].start]
        governor = self._governor(items, first)
        beyond = items[governor + 1].reference if governor is not None and governor + 1 < len(items) else None
        apart = items[first].reference, items[position].reference
        alike = (
            beyond
            and apart[0]
            and apart[1]
            and apart[0].type in _PLACES
            and beyond.type == apart[1].type not in _PLACES
        )
        return [*kept, beyond] if beyond and alike and not beyond.owning else kept

    def _governor(self, items: Sequence[Item], position: int) -> int | None:
        """Where the preposition stands that governs the reference at `position`, farther from the verb; None without."""
        for behind, item in enumerate(items[position + 1 : position + 5], start=position + 1):
            if item.kinds & PREPOSITIONS:
                return None if position == 0 and "boundaries" in item.kinds else behind
            if "manner" in item.kinds:
                return None  # "according to what its owner told X"
            listed = "conjunctions" in item.kinds or (item.reference and not item.reference.owning)
            owned = item.reference and item.reference.owning
            if not (item.kinds & LIGHT or item.quantity or listed or owned):
                return None
            if item.reference and not item.reference.owning:
                placed = item.reference.type in _PLACES and items[position].reference
                unlike = placed and placed.type not in _PLACES  # "judges in Rome and police"
                if unlike or "conjunctions" not in items[behind - 1].kinds:
                    return None
        return None

    @staticmethod
    def _partitive(items: Sequence[Item], governor: int) -> bool:
        """Whether the preposition only parts some from all: "one of them", "four of the officials"."""
        ahead = items[governor + 1] if governor + 1 < len(items) else None
        return (
            "of" in items[governor].kinds and ahead is not None and bool(ahead.quantity or "partitive" in ahead.kinds)
        )

    def _behind_aside(self, items: Sequence[Item], comma: int) -> int | None:
        """Where the subject may stand in front of what two commas enclose; None where one comma only stands there."""
        for position, item in enumerate(items[comma + 1 :], start=comma + 1):
            if items[comma].start - item.start > _ASIDE or self.word(item) in ENDS:
                return None
            if self.word(item) == ",":
                ahead = items[position + 1] if position + 1 < len(items) else None
                alone = items[position - 1].reference if position - comma == _ALONE else None
                if ahead and ahead.reference and alone and alone.form == "name" and ahead.reference.form == "nominal":
                    return position - 1  # "One of the officials, A, said"
                if ahead and ahead.reference:
                    return position + 1
                if items[position - 1].reference:
                    return position - 1  # "The chief, General A, said"
                return (
                    position + 1 if ahead and not ahead.kinds & STOPS else None
                )  # "The minutes for May, seen by X, show"
        return None

    def _behind_relative(self, items: Sequence[Item], position: int) -> int | None:
        """Where the noun stands that a relative clause in front of the verb belongs to: "two men who were held said"."""
        for behind, item in enumerate(items[position : position + 7], start=position):
            if "relatives" in item.kinds:
                ahead = items[behind + 1] if behind + 1 < len(items) else None
                return behind + 1 if ahead and ahead.reference else None
        return None

    def _in_relative(self, items: Sequence[Item], position: int) -> int | None:
        """Where the noun stands whose relative clause has its object at `position`: "a man who has read the contract"."""
        ahead = items[position + 1] if position + 1 < len(items) else None
        if ahead is None or ahead.kinds & (STOPS | {"conjunctions"}) or self.word(ahead) == ",":
            return None
        for behind, item in enumerate(items[position + 1 : position + 7], start=position + 1):
            if self.word(item) in {",", *ENDS, *_QUOTES} or "opens_content" in item.kinds or "saying" in item.kinds:
                return None
            if "relatives" in item.kinds:
                noun = items[behind + 1] if behind + 1 < len(items) else None
                return behind + 1 if noun and (noun.reference or noun.kind == "word") else None
        return None

    def _first_subject(self) -> list[Reference]:
        """The first free reference of the clause, for a verb that shares its subject with the one before it."""
        items = self.sentence.until(self.start)
        begun = max((p for p, i in enumerate(items[:-1]) if i.kinds & STOPS and "relatives" not in i.kinds), default=-1)
        for start in (begun + 1, 0):
            for position, item in enumerate(items[start:], start=start):
                if item.reference and not item.reference.owning:
                    if self._governor(items[: position + 1][::-1], 0) is None:
                        return [item.reference, *self._joined(items[position + 1 :])]
                elif item.kinds & AUXILIARIES:
                    break
        return []

    def _of(self) -> list[Reference]:
        item = self.after[0] if self.after else None
        return self._governed(item.end) if item and "of" in item.kinds else []

    def _governed(self, position: int) -> list[Reference]:
        items = self.sentence.since(position)
        owner: Reference | None = None
        plain = 0
        for index, item in enumerate(items[:8]):
            if item.reference and not item.reference.owning:
                return [item.reference, *self._joined(items[index + 1 :])]
            if item.reference:
                owner = item.reference
                continue
            if item.kind != "word":
                continue
            if self.word(item) in {",", *ENDS} or item.kinds & (PREPOSITIONS | STOPS | AUXILIARIES):
                break
            plain += not item.kinds & LIGHT
            if plain > 3:  # noqa: PLR2004 - "to the disputed western border region"
                break
        return [owner] if owner and owner.type in _PLACES else []
