"""Read the names of a language whose head nouns stand last: "Russian Defence Ministry", "528th Engineer Regiment"."""

from __future__ import annotations

from kg.gazetteer import Entry
from kg.nlp.blocks import Block, Blocks
from kg.nlp.candidates import Candidate, Ground, Held
from kg.nlp.capitals import OWN, CapitalNames
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line, is_headline
from kg.nlp.people import LIKELY, POSSIBLE
from kg.nlp.runs import Runs

_CLOSING = frozenset('"”»')
_MONEY = frozenset("$€£¥")
_OF_MEN = frozenset({"GeopoliticalEntity", "Place"})  # a river has not the key of the town that it is named after
_STOPS = frozenset(".;!?")
_STRONG = 2.5
_AN_ARTICLE = 2  # words of "of the"
_NEAR = 7  # words back to a title
_OWNER = 5  # words back to the owner of a body
_FULL = (2, 3)  # words of an ordinary full name


class LastHeads:
    """Finds the name at a position of a line: a run of capitals, told by its head noun, the gazetteer, or its form."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge
        self._people = knowledge.people
        self._runs = Runs(knowledge)
        self._blocks = Blocks(knowledge, self._runs)
        self._form = CapitalNames(knowledge, self._runs).form
        self._judged: tuple[Line, bool] | None = None

    def begins(self, line: Line, at: int) -> bool:
        """Whether a title, or the ordinal of a unit ("528th"), begins at a word in lower case."""
        word = line.words[at]
        return word in self._known.titles.firsts() or word in self._known.modifiers.firsts() or word[0].isdigit()

    def read(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The name at `at`, with the places inside it behind it; None where none begins."""
        block = self._blocks.at(line, at)
        if block is None or (self._headline(line) and not self._surely(line, block, held)):
            return None
        titled = held if held is not None and all(line.texts[i] == "." for i in range(held.end, at)) else None
        headed = self._headed(line, block)
        listed = self._runs.listed(line, at) if line.capital[at] else None
        classed = headed is not None and headed[0].origin == "class" and not line.capital[block.noun[0]]
        if classed and listed and listed[1][0].type not in {"place", "facility"}:
            return headed
        if listed and (headed is None or listed[0] >= headed[0].end):
            return self._listed(line, block, listed[0], titled)
        if headed:
            return headed
        if not line.capital[at] or line.shouted:
            return None
        comma = held is not None and held.end == at - 1 and line.texts[at - 1] == ","
        return self._plain(line, at, block.end, titled, held if comma else None)

    def _headline(self, line: Line) -> bool:
        """Whether capitals mean little in a line; judged once for all its names, so that a long line takes no longer for each."""
        if self._judged is None or self._judged[0] is not line:
            self._judged = (line, is_headline(line, self._known.openers))
        return self._judged[1]

    def _surely(self, line: Line, block: Block, held: Held | None) -> bool:
        """Whether a name in a headline is listed, headed or a person's beyond doubt."""
        listed = self._runs.listed(line, block.start)
        if listed and not listed[1][0].weak:
            block.end = min(block.end, max(listed[0], block.start + 1))
            block.head = None
            return True
        person = self._people.shape(line.texts[block.start : block.start + 2]) >= LIKELY
        if person or (held is not None and held.end == block.start):
            ordinary = line.word(block.start + 1) in self._known.openers
            block.end = min(block.end, block.start + 1 if ordinary else block.start + 2)
            block.head = None
            return True
        return False

    # ------------------------------------------------------------------------------------------------ by head noun

    def _headed(self, line: Line, block: Block) -> list[Candidate] | None:
        """The name that the block's head noun makes of it."""
        head = block.head
        if head is None:
            return None
        start, end = block.start, block.stop
        noun = Ground(head.type, "head", line, *block.noun)
        places = self._blocks.places(line, start, block.noun[0])
        if block.linked:
            places += self._blocks.places(line, block.noun[1], end)
        if head.type == "place" and not block.linked:
            return self._place(line, block, head, noun)
        outer = Candidate(line, start, end, head.type, "head", head=head, name_start=block.noun[1], grounds=[noun])
        inner = []
        alone = sum(last - first for first, last, _ in places if last <= block.noun[0]) == block.noun[0] - start
        for first, last, entries in places:
            whose = (first == start and alone) or (last == end and line.word(block.noun[1]) in self._known.words["of"])
            if whose and alone and (first == start or first - block.noun[1] <= _AN_ARTICLE):
                outer.of = entries[0]
            place = Candidate(line, first, last, "place", "inner", entries=entries, name_start=first)
            place.note("place", "gazetteer", first, last)
            inner.append(place)
        if outer.of is None and head.role:
            outer.of = self._owner(line, start)
        return [outer, *inner]

    def _owner(self, line: Line, start: int) -> Entry | None:
        """The place that a name belongs to: "Norway's | Foreign Ministry", "Norway objected, its | Foreign Ministry said"."""
        if start and line.words[start - 1] in self._known.words["whose"]:
            return self._only_state(line, start - 1)
        if start == 0 or line.words[start - 1] not in self._known.words["possessive"]:
            return None
        before = self._blocks.places(line, max(0, start - _OWNER), start - 1)
        return before[-1][2][0] if before and before[-1][1] == start - 1 else None

    def _only_state(self, line: Line, end: int) -> Entry | None:
        """The country named in the sentence before `end`, if it is the only one there."""
        begin = next((at + 1 for at in range(end - 1, -1, -1) if line.texts[at] in _STOPS), 0)
        states = {e[0].key: e[0] for _, _, e in self._blocks.places(line, begin, end) if e[0].subtype == "State"}
        return next(iter(states.values())) if len(states) == 1 else None

    def _place(self, line: Line, block: Block, head: Head, noun: Ground) -> list[Candidate] | None:
        """A place with its class word, which stays outside where it is in lower case: "Kursk | region"."""
        start, end = block.start, block.stop
        name_end = block.noun[0] if not head.leads else end
        name_start = start if not head.leads else block.noun[1]
        lower = not line.capital[block.noun[0]] and not head.leads
        stop = name_end if lower and not head.keep else end
        listed = self._runs.listed(line, name_start)
        named = listed[1] if listed and listed[0] == name_end and not head.leads else ()
        entries = tuple(e for e in named if e.type == "place" and head.subtype in {e.subtype, *_OF_MEN})
        place = Candidate(
            line, start, stop, "place", "class", entries=entries, head=head, name_start=name_start, grounds=[noun]
        )
        place.level = " ".join(line.words[slice(*block.noun)])
        return [place]

    # ------------------------------------------------------------------------------------------------ by the gazetteer

    def _listed(self, line: Line, block: Block, end: int, held: Held | None) -> list[Candidate] | None:
        """The listed name at the block's start, or the longer run of capitals that only begins with it."""
        at = block.start
        listed = self._runs.listed(line, at)
        assert listed is not None, "the caller found it"  # noqa: S101 - for the type checker
        entries = listed[1]
        entry = entries[0]
        run = block.end
        if run > end and not line.shouted and self._goes_on(line, at, end, run, held):
            return self._plain(line, at, run, held)
        candidate = Candidate(line, at, end, entry.type, "gazetteer", entries=entries, name_start=at)
        if entry.weak:
            candidate.type = ""
            candidate.vote(entry.type, 1.0, "gazetteer", at, end)
            if shape := self._people.shape(candidate.texts):
                candidate.vote("person", shape, "shape")
        if held and entry.type == "place" and (held.kind == "honorific" or entry.weak):
            candidate.type = ""
            candidate.vote("person", _STRONG, "title", held.start, held.end)
        alone = _begins(line, at) and end - at == 1 and held is None
        if alone and (entry.weak or line.words[at] in self._known.words["ordinary"]):
            candidate.timid = not line.texts[at].isupper()
        if entry.acts:
            candidate.type = "facility" if line.word(at - 1) in self._known.words["inside"] else "organization"
        if candidate.type:
            candidate.note(candidate.type, "gazetteer", at, end)
        return [candidate]

    def _goes_on(self, line: Line, at: int, end: int, run: int, held: Held | None) -> bool:
        """Whether all capitals are one name: "Florence Pugh", "Vũ Thu | Trang", "Korea Herald", but "Russian | Patriot", "Putin | Xi"."""
        listed = self._runs.listed(line, at)
        entry = listed[1][0] if listed else None
        if entry is not None and entry.type == "place" and self._people.abroad(line.texts[at:run]):
            return True
        if entry is None or self._runs.listed(line, end):
            return False
        if entry.type == "place":
            adjective = line.text(at, end) in self._known.gazetteer.adjectives
            rest = self._people.shape(line.texts[end:run])
            if adjective or (held is None and (rest >= LIKELY or (rest >= POSSIBLE and not entry.weak))):
                return False
            return entry.weak or bool(held) or entry.subtype == "State"
        if entry.type == "person":
            return False
        return self._people.shape(line.texts[end:run]) < POSSIBLE and entry.type != "equipment"

    # ------------------------------------------------------------------------------------------------ by capitals

    def _plain(
        self, line: Line, at: int, end: int, held: Held | None, beside: Held | None = None
    ) -> list[Candidate] | None:
        """A run of capitals that no list knows; `held` stands right before it, `beside` with a comma between."""
        if end - at == 1 and not self._may_stand(line, at, held):
            return None
        candidate = Candidate(line, at, end, name_start=at)
        candidate.timid = end - at == 1 and _begins(line, at) and held is None and not line.texts[at].isupper()
        listed = self._runs.listed(line, at)
        if listed and listed[1][0].type == "organization":
            candidate.vote("organization", 1.5, "gazetteer", at, listed[0])
        elif listed and listed[1][0].subtype == "State" and not held:
            candidate.vote("organization", 1.2, "gazetteer", at, listed[0])
        self._form(candidate)
        if self._governed(line, at):
            candidate.vote("place", _STRONG, "left", at - 1, at)
        number = any(c.isdigit() for text in candidate.texts[1:] for c in text)
        if number and listed and listed[1][0].subtype == "Company":
            candidate.vote("equipment", _STRONG, "number")
        if held:
            candidate.vote("person", 3.0 if held.kind in OWN else _STRONG, "title", held.start, held.end)
        elif beside and not listed:
            candidate.vote("person", 1.5, "title", beside.start, beside.end)
        if end - at in _FULL and not listed and not any(self._ordinary(line, i) for i in range(at, end)):
            candidate.vote("person", 1.1, "shape")
        return [candidate]

    def _ordinary(self, line: Line, at: int) -> bool:
        """Whether a capitalised word is one that names of people are not made of."""
        text, word, words = line.texts[at], line.words[at], self._known.words
        if not (text.istitle() and text.isalpha()) or word in words["matters"] or word in words["plain"]:
            return True
        if word.endswith(tuple(words["abstract"])) and text not in self._people.last:
            return True
        listed = self._runs.listed(line, at)
        place = listed is not None and listed[1][0].type == "place" and not listed[1][0].weak
        return place or self._known.heads.at(line.words, at) is not None

    def _governed(self, line: Line, at: int) -> bool:
        """Whether "of" stands before the name behind a title of who governs a place: "Mayor Corazon Cruz of | Bato"."""
        if line.word(at - 1) not in self._known.words["of"]:
            return False
        titles = (self._known.titles.at(line.words, i) for i in range(max(at - _NEAR, 0), at - 1))
        return any(title is not None and title.value.governs for title in titles)

    def _may_stand(self, line: Line, at: int, held: Held | None) -> bool:
        """Whether one capitalised word may be a name."""
        if len(line.texts[at]) == 1 or not line.texts[at][0].isalpha() or line.word(at + 1) in _MONEY:
            return False
        if line.words[at] in self._known.words["calendar"] and held is None:
            return False
        stop = self._known.stops.at(line.words, at) is not None
        return not (stop or (_begins(line, at) and line.words[at] in self._known.openers)) or held is not None


def _begins(line: Line, at: int) -> bool:
    """Whether a capital means nothing: a sentence or a quotation begins, not one that just ends: '"We go," Putin said'."""
    closed = at > 1 and line.texts[at - 1] in _CLOSING and not line.gaps[at - 1]
    return line.initial[at] and not closed
