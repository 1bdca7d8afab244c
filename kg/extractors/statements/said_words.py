"""Find which words of a sentence somebody says: behind "X said", in front of it, or around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.speech import Cue
from kg.extractors.statements.verb_groups import AUXILIARIES
from kg.nlp.phrases import Match, PhraseTable

QUOTES = frozenset('"“”')
ENDS = frozenset({".", ";", "!", "?"})
PREPOSITIONS = frozenset({"prepositions", "at_place", "of", "belonging"})
TAIL = 9  # items of "in a statement carried by" behind a cue
_SHORTEST = 3  # tokens of something said in front of "…, X said"
_PLAIN = frozenset(
    {"possessive", "determiners", "definite", "indefinite", "modifier"}
    | {
        "occasions:nouns",
        "works:nouns",
        "works:shown",
        "works:screened",
        "bodies:public",
        "press:words",
        "place_words",
        "stands_for_country",
    }
    | {"assertions", "assertions:remarks", "claims:nouns", "press:works", "accounts:nouns", "speaks:that"}
)
_NOUNS = 4  # words of "a news conference", "parliament's defence committee"
_ADVERBIAL = 7  # items of "It is simply untrue,"
_AGENT = 4  # items behind a speaker's noun: "officials in Kyiv that"
_ASIDE = 18  # items between two commas behind a cue


@dataclass(frozen=True, slots=True)
class SaidWords:
    """Finds what is said in one sentence; `quoted` are the phrases between a quoted speaker and the words: "as saying"."""

    reading: Reading
    sentence: Sentence
    quoted: PhraseTable[Cue]

    def content(
        self, clause: InflectedClause, cue: Cue, speakers: tuple[Reference, ...], first: int
    ) -> tuple[tuple[int, int], bool]:
        """The words said, and whether they stand in front of "X said"."""
        if clause.told_of() and not cue.quotes:
            return self._behind_agent(clause, speakers)
        if put := self._put_so(first):
            return put, True
        last = max([clause.end, *(r.end for r in speakers)])
        quoted = self.as_said(last)
        last, telling = (last + quoted.end, quoted.value.tells) if quoted else (last, False)
        behind = self._behind(clause, last, tells=cue.addressee or cue.tells or telling)
        if prefix := self._prefix(first):
            turned = not cue.quotes and min((r.start for r in speakers), default=0) >= clause.end
            if turned and (behind is None or self.sentence.quoted(behind) is None):
                return self._around(clause, prefix, last, tells=False), True  # "…, says X"
            if behind is None or self._circumstance(behind) or (cue.tells and not self._clause_at(behind)):
                return self._around(clause, prefix, last, tells=cue.tells), True
            if self._parted_that(prefix, behind) or self._goes_on(prefix, behind):
                return (prefix[0], self.end(behind)), True  # "It is untrue, X said, that …"; "…," X said, "…"
        start = behind if behind is not None else last
        return (start, max(self.end(start), start)), False

    def _behind_agent(self, clause: InflectedClause, speakers: tuple[Reference, ...]) -> tuple[tuple[int, int], bool]:
        """The words said in the passive: "was told by X that", "was accused by X of", "…, it was announced by X"."""
        agent = max(r.end for r in speakers)
        items = self.sentence.since(agent)
        while items and items[0].kinds & {"negations", "adverbs"}:
            items = items[1:]
        fronted = not clause.group and (not clause.ahead or clause.word(clause.ahead[0]) == ",")
        end = next((i.start for i in items if fronted and clause.word(i) == ","), None)  # "Accused by X of it, Y said"
        opened = next((i for i in items[:_AGENT] if "opens_content" in i.kinds), items[0] if items else None)
        if opened and opened.kinds & {"opens_content", "of"}:
            return (opened.end, end or self.end(opened.end)), False
        if opened and "infinitive" in opened.kinds:
            return (opened.start, end or self.end(opened.start)), False
        aside = self._behind_aside(items, 0) if opened and clause.word(opened) == "," else None
        if aside:
            return (aside, self.end(aside)), False  # "was told by X, one of them said, that"
        return (self.clause_begin(clause.start), min(r.start for r in speakers)), True

    def _clause_at(self, position: int) -> bool:
        """Whether a clause or a quotation may begin there: not the nouns of "told the X Y", which are spoken to."""
        items = self.sentence.since(position)
        before = self.sentence.until(position)[-1:]
        opened = any("opens_content" in i.kinds or self.reading.words[i.start] in QUOTES for i in before)
        return opened or self._quotes(items[0]) or any(self.finite(i) for i in items)

    def _circumstance(self, position: int) -> bool:
        """Whether a clause begins there that tells of the saying, and not what was said."""
        kinds = next((i.kinds for i in self.sentence.since(position)[:1] if i.start == position), frozenset[str]())
        return "boundaries" in kinds and "opens_content" not in kinds

    def _put_so(self, first: int) -> tuple[int, int] | None:
        """The words in front of "was how X put it", where the speaker begins at `first`."""
        ahead = self.sentence.until(first)[-2:]
        if len(ahead) < 2 or "be" not in ahead[0].kinds or "manner" not in ahead[1].kinds:  # noqa: PLR2004 - "was", "how"
            return None
        begin = self.clause_begin(ahead[0].start)
        return (begin, ahead[0].start) if ahead[0].start - begin >= _SHORTEST else None

    def as_said(self, position: int) -> Match[Cue] | None:
        """How somebody quoted before `position` is said to speak: "as warning"."""
        found = self.quoted.find(self.reading.words[position : self.sentence.end])
        return next((m for m in found if m.start <= TAIL), None)

    def _parted_that(self, prefix: tuple[int, int], behind: int) -> bool:
        """Whether "that" behind "X said" goes on with the few words that stand before: "It is untrue, X said, that …"."""
        ahead = self.sentence.between(prefix[0], prefix[1])
        that = self.sentence.until(behind)[-2:]
        apart = len(that) > 1 and self.reading.words[that[0].start] == "," and "opens_content" in that[1].kinds
        return apart and len(ahead) < _ADVERBIAL and any("be" in i.kinds or "modality:denied" in i.kinds for i in ahead)

    def _goes_on(self, prefix: tuple[int, int], behind: int) -> bool:
        """Whether a quotation behind "X said" goes on with what stands before: a quotation too, or a clause."""
        if self.sentence.quoted(behind) is None:
            return False
        ahead = self.sentence.between(prefix[0], prefix[1])
        parted = "," in self.reading.words[max(behind - 2, 0) : behind]
        return self._is_quote(prefix) or (parted and any(i.kinds & AUXILIARIES for i in ahead))

    def _is_quote(self, content: tuple[int, int]) -> bool:
        return self.sentence.quoted(content[1] - 1) is not None or self.sentence.quoted(content[0]) is not None

    def _around(self, clause: InflectedClause, prefix: tuple[int, int], last: int, *, tells: bool) -> tuple[int, int]:
        """The words in front of "X said", with those behind it that they belong to: "The ship, X said in May, has sunk"."""
        behind: Sequence[Item] = [i for i in self.sentence.since(last) if not i.time]
        if tells and behind:
            behind = behind[self._past_addressee(behind, 0) :]
        while behind and behind[0].kinds & (PREPOSITIONS | {"adverbs"}):
            past = 1 if "adverbs" in behind[0].kinds else self._past_phrase(clause, behind, 0) or 0
            behind = behind[past:]
            if not past:
                break
        ahead = self.sentence.between(prefix[0], prefix[1])
        apart = len(behind) > 1 and clause.word(behind[0]) == ","
        cut = len(ahead) > 1 and bool(ahead[-2].kinds & AUXILIARIES)  # "The sluice was, X said, opened"
        led = self._led(ahead)
        whole = (any(self.finite(i) for i in ahead) and not cut and not led) or self.sentence.quoted(prefix[0])
        circumstance = bool(ahead) and bool(ahead[0].time or ahead[0].kinds & PREPOSITIONS)
        more = any(self.finite(i) for i in behind[1:])
        goes_on = apart and (circumstance or cut or self.finite(behind[1]) or self._third(behind[1]) or (led and more))
        if apart and more and not self.sentence.quoted(prefix[0]) and self._leans(behind[1:]):
            return prefix[0], self.end(last)  # "It was the mayor, X said, who did it"
        clause_behind = apart and behind[1].reference and len(behind) > 2 and self.finite(behind[2])  # noqa: PLR2004 - ", he", "did"
        verbless = clause_behind and not any(i.kinds & (AUXILIARIES | {"saying"}) for i in ahead)
        return (prefix[0], self.end(last)) if (goes_on and not whole) or verbless else prefix

    def _led(self, items: Sequence[Item]) -> bool:
        """Whether all of it is one clause that leans on another: "If it rains," "which,"."""
        first = items[0].kinds if items else frozenset[str]()
        commas = sum(self.reading.words[i.start] == "," for i in items)
        return "boundaries" in first and commas <= 1

    def _leans(self, items: Sequence[Item]) -> bool:
        """Whether a clause begins there that leans on what stands before: "only because", "who"."""
        first = next((i.kinds for i in items if "adverbs" not in i.kinds), frozenset[str]())
        return "boundaries" in first and not first & {"contrasts", "opens_content"}

    def _third(self, item: Item) -> bool:
        """Whether it may be a verb in the third person that no list has: "The register, X said, proves it"."""
        return item.kind == "word" and not item.kinds and self.reading.words[item.start].endswith("s")

    def finite(self, item: Item) -> bool:
        """Whether it is a verb that a subject stands before, as far as its looks tell."""
        inflected = grammars.load(self.reading.document.language).inflection
        past = inflected is not None and item.kind == "word" and inflected.past(self.reading.words[item.start])
        return past or bool(item.kinds & (AUXILIARIES | {"saying"}))

    def _prefix(self, first: int) -> tuple[int, int] | None:
        """What is said in front of "…, X said" or "…", X said."""
        words, start = self.reading.words, self.sentence.start
        before = next((i for i in self.sentence.until(first)[-1:] if i.end == first), None)
        if before and "comparing" in before.kinds:
            first = before.start  # "…, as X put it"
        if first <= start or words[first - 1] not in {",", "?", "!", *QUOTES}:
            return None
        quote = next(((s, e) for s, e in reversed(self.sentence.quotes) if e <= first and first - e <= 1), None)
        if quote:
            return (min(quote[0], start) if quote[0] < start else self.clause_begin(quote[0]), first)
        if first - start < _SHORTEST:
            return None
        gate = next((i for i in self.sentence.until(first - 1)[-1:] if i.end == first - 1), None)
        if gate and "relatives" in gate.kinds and words[first - 1] == ",":
            return gate.start, first  # "a meeting which, X said, lasted"
        return self.clause_begin(first - 1), first

    def clause_begin(self, position: int) -> int:
        """The begin of the sentence, or behind the last semicolon or dash before `position`."""
        words, start = self.reading.words, self.sentence.start
        return next((p + 1 for p in range(position - 1, start, -1) if words[p] == ";"), start)

    def _behind(self, clause: InflectedClause, last: int, *, tells: bool) -> int | None:
        """Where the words said begin behind the cue; None where only the when and where of saying follow."""
        items = self.sentence.since(last)
        position = 0
        if items and self.reading.words[last - 1] == "," and not items[0].kinds & {"opens_content"}:
            return items[0].start if self._quotes(items[0]) else None  # "…, said one of them, X,"
        while position < len(items):
            item = items[position]
            settled, opened = self._opened(clause, items, position)
            if settled:
                return opened
            if item.time or item.kinds & {"adverbs", "says_more"}:
                position += 1
            elif tells and (behind := self._past_addressee(items, position)) > position:
                tells = False
                position = behind
            elif item.reference and self._that_behind(items, position):
                position += 1  # "promised them that"
            elif item.kinds & PREPOSITIONS and (ends := self._past_phrase(clause, items, position)) is not None:
                position = ends
            else:
                return item.start
        return None

    def _that_behind(self, items: Sequence[Item], position: int) -> bool:
        """Whether a word such as "that" opens what is said right behind the item at `position`."""
        following = items[position + 1] if position + 1 < len(items) else None
        return following is not None and "opens_content" in following.kinds and following.kinds >= {"boundaries"}

    def _opened(self, clause: InflectedClause, items: Sequence[Item], position: int) -> tuple[bool, int | None]:
        """Whether the item at `position` settles where the words said begin, and where: None if none follow."""
        item, rest = items[position], items[position + 1 :]
        if "opens_content" in item.kinds:
            relative = rest and "relatives" in item.kinds and rest[0].kinds & {"be", "have", "modal"}
            return True, None if not rest or relative else rest[0].start
        if self._quotes(item) or clause.word(item) in ENDS:
            return True, item.start if self._quotes(item) else None
        if clause.word(item) == ",":
            return True, self._behind_comma(items, position)
        if "be" in item.kinds and len(rest) > 1 and "opens_content" in rest[0].kinds:
            return True, rest[1].start  # "What X told Y was that"
        return "personal" in item.kinds, None  # "…, said X, who was there"

    def _quotes(self, item: Item) -> bool:
        return self.sentence.quoted(item.start) is not None or self.reading.words[item.start] in QUOTES

    def _behind_comma(self, items: Sequence[Item], comma: int) -> int | None:
        """Where the words said begin behind a comma that follows the cue: behind an aside, or with a quotation."""
        if (opened := self._behind_aside(items, comma)) is not None:
            return opened
        following = items[comma + 1] if comma + 1 < len(items) else None
        if following and "opens_content" in following.kinds and comma + 2 < len(items):
            return items[comma + 2].start  # "It is untrue, X said, that …"
        return following.start if following and self._quotes(following) else None

    def _behind_aside(self, items: Sequence[Item], comma: int) -> int | None:
        """Where the words said begin behind what two commas enclose: "reported on Sunday, citing X, that …"."""
        for position, item in enumerate(items[comma + 1 : comma + _ASIDE], start=comma + 1):
            closing = position > 0 and self.reading.words[items[position - 1].start] == ","
            if "opens_content" in item.kinds and closing and position + 1 < len(items) and position - 1 > comma:
                return items[position + 1].start
        return None

    def _past_addressee(self, items: Sequence[Item], position: int) -> int:
        """Behind those spoken to: a reference, or nouns that are none ("told a news conference"); else `position`."""
        start = position
        if items[position].quantity:
            position += 1
        while position < len(items) and items[position].kinds & {"determiners", "modifier"}:
            position += 1
        owned = position < len(items) and (owner := items[position].reference) is not None and owner.owning
        position += owned  # "the Czech daily Pravo", "parliament's committee", "her guests"
        first = position
        while position < len(items) and position - first < _NOUNS and self._plain(items[position]):
            position += 1
        owned = owned or (first < position < len(items) and "possessive" in items[position - 1].kinds)
        named = items[position].reference if position < len(items) else None
        if named and (named.form != "pronoun" if owned else position == first or self._compound(named)):
            position += 1
            while position < len(items) and self._name_goes_on(items[position - 1], items[position]):
                position += 1  # "told the Manila Star", of which only the place is known
            return position
        return position if position > first or owned else start

    @staticmethod
    def _name_goes_on(item: Item, following: Item) -> bool:
        """Whether a name stands right behind another one."""
        names = item.reference and following.reference and {item.reference.form, following.reference.form} == {"name"}
        return bool(names) and item.end == following.start

    def _compound(self, reference: Reference) -> bool:
        """Whether nouns that no list has may stand before it: "told human-rights investigators"."""
        match = grammars.load(self.reading.document.language).function.at(self.reading.words, reference.start)
        determined = match is not None and "determiners" in match.value
        return reference.form == "nominal" and not determined and not reference.owning

    def _plain(self, item: Item) -> bool:
        """Whether it may be a noun or an adjective that no list has."""
        word = self.reading.words[item.start]
        return item.kind == "word" and not item.kinds - _PLAIN and word not in {",", *ENDS, *QUOTES}

    def _past_phrase(self, clause: InflectedClause, items: Sequence[Item], position: int) -> int | None:
        """Behind a phrase such as "in a statement" or "at a news conference in Seoul"; None where it does not end soon."""
        for behind, item in enumerate(items[position + 1 : position + TAIL], start=position + 1):
            word = clause.word(item)
            if word in {",", *ENDS, *QUOTES} or "opens_content" in item.kinds or item.kinds & PREPOSITIONS:
                return behind
            if item.time:
                return behind + 1
            if "boundaries" in item.kinds and not item.kinds & {"relatives", "opens_content"}:
                return behind  # "on condition of anonymity because"
            if item.kinds & {"be", "have", "modal", "boundaries"}:
                return None
            if item.reference and behind + 1 < len(items) and items[behind + 1].kinds & {"be", "have", "modal"}:
                return None
        return len(items) if len(items) <= position + TAIL else None

    def end(self, start: int) -> int:
        """Where what is said ends: with its quotation, at a semicolon, or with the sentence."""
        words = self.reading.words
        return next(
            (p for p in range(start, self.sentence.end) if words[p] == ";" and not self.sentence.quoted(p)),
            self.sentence.end,
        )
