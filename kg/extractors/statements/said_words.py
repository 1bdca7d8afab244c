"""Find which words of a sentence somebody says: behind "X said", in front of it, or around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extractors.statements.addressees import DASHES, ENDS, PREPOSITIONS, QUOTES, TAIL, Addressees
from kg.extractors.statements.clause_ends import ClauseEnds
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reference
from kg.extractors.statements.verb_groups import AUXILIARIES
from kg.nlp.phrases import Match, PhraseTable

_SHORTEST = 3  # tokens of something said in front of "…, X said"
_ADVERBIAL = 7  # items of "It is simply untrue,"
_AGENT = 4  # items behind a speaker's noun: "officials in Kyiv that"
_ASIDE = 18  # items between two commas behind a cue


@dataclass(frozen=True, slots=True)
class SaidWords(ClauseEnds):
    """Finds what is said in one sentence; `quoted` are the phrases between a quoted speaker and the words: "as saying"."""

    quoted: PhraseTable[Cue]

    @property
    def _spoken(self) -> Addressees:
        return Addressees(self.reading)

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
        if behind is None and cue.binds:
            behind = self._promised(clause.end)
        if prefix := self._prefix(first):
            turned = not cue.quotes and min((r.start for r in speakers), default=0) >= clause.end
            if turned and (behind is None or self.sentence.quoted(behind) is None):
                return self._around(clause, prefix, last, tells=False), True  # "…, says X"
            if behind is None or self._circumstance(behind) or (cue.tells and not self._clause_at(behind)):
                return self._around(clause, prefix, last, tells=cue.tells), True
            if self._parted_that(prefix, behind) or self._goes_on(prefix, behind):
                return (prefix[0], self.end(behind)), True  # "It is untrue, X said, that …"; "…," X said, "…"
        start = behind if behind is not None else last
        return (start, max(min(self.end(start), self._relative_end(first, start)), start)), False

    def _promised(self, position: int) -> int | None:
        """Where "to" begins what somebody promises to do."""
        first = next(iter(self.sentence.since(position)), None)
        return first.start if first and "infinitive" in first.kinds else None

    def _relative_end(self, first: int, start: int) -> int:
        """Where a clause that says more of a noun ends, which the speaker at `first` speaks in: ", which X says is false,"."""
        ahead = self.sentence.until(first)[-2:]
        words = self.reading.words
        inside = len(ahead) > 1 and "relatives" in ahead[1].kinds and words[ahead[0].start] == ","
        behind = self.sentence.since(start) if inside else ()
        comma = next((n for n, i in enumerate(behind) if words[i.start] == ","), len(behind))
        closed = any(
            self.finite(i) or self.third(i) or i.start in self.reading.subjects for i in behind[comma + 1 : comma + 2]
        )
        return behind[comma].start if closed else self.sentence.end

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
        marks = {",", *DASHES}
        behind: Sequence[Item] = [i for i in self.sentence.since(last) if not i.time]
        if tells and behind:
            behind = behind[self._spoken.past_addressee(behind, 0) :]
        while behind and behind[0].kinds & (PREPOSITIONS | {"adverbs"}):
            past = 1 if "adverbs" in behind[0].kinds else self._spoken.past_phrase(behind, 0) or 0
            behind = behind[past:]
            if not past:
                break
        ahead = self.sentence.between(prefix[0], prefix[1])
        while len(behind) > 1 and clause.word(behind[0]) in marks and "adverbs" in behind[1].kinds:
            behind = [behind[0], *behind[2:]]  # "Her aunt, X recalls, often told her"
        apart = len(behind) > 1 and clause.word(behind[0]) in marks
        cut = len(ahead) > 1 and bool(ahead[-2].kinds & AUXILIARIES)  # "The sluice was, X said, opened"
        led = self._led(ahead)
        whole = (any(self.finite(i) for i in ahead) and not cut and not led) or self.sentence.quoted(prefix[0])
        circumstance = bool(ahead) and bool(ahead[0].time or ahead[0].kinds & PREPOSITIONS)
        more = any(self.finite(i) for i in behind[1:])
        colon = max((n for n, i in enumerate(ahead) if clause.word(i) == ":"), default=-1)
        short = ahead[colon + 1 :] if colon >= 0 else ()  # "He was not sure: the metal, he said, came from"
        if short and apart and not any(map(self.finite, short)) and (self.finite(behind[1]) or self.third(behind[1])):
            return short[0].start, self.end(last)
        goes_on = apart and (circumstance or cut or self.finite(behind[1]) or self.third(behind[1]) or (led and more))
        ends = (
            len(ahead) > 1 and ahead[-2].kind == "word" and self.finite(ahead[-2])
        )  # "It has received, X said, 40 lorries"
        if apart and ends and not more and (behind[1].quantity or "determiners" in behind[1].kinds):
            return prefix[0], self.end(last)
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

    def _prefix(self, first: int) -> tuple[int, int] | None:
        """What is said in front of "…, X said" or "…", X said."""
        words, start = self.reading.words, self.sentence.start
        before = next((i for i in self.sentence.until(first)[-1:] if i.end == first), None)
        if before and before.kinds & {"comparing", "thus"}:
            first = before.start  # "…, as X put it"
        led = (
            before is not None and first == before.start and words[first - 1] == ":"
        )  # "The scan was clean: so X said"
        if first <= start or not (led or words[first - 1] in {",", "?", "!", *DASHES, *QUOTES}):
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
            elif tells and (behind := self._spoken.past_addressee(items, position)) > position:
                tells = False
                position = behind
            elif item.reference and self._that_behind(items, position):
                position += 1  # "promised them that"
            elif item.kinds & PREPOSITIONS and (ends := self._spoken.past_phrase(items, position)) is not None:
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
        if clause.word(item) in {",", *DASHES}:
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
            if closing and position - 1 > comma and self._quotes(item):
                return item.start  # "he says, pouring tea, “…”"
            if "opens_content" in item.kinds and closing and position + 1 < len(items) and position - 1 > comma:
                return items[position + 1].start
        return None
