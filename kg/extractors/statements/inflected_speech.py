"""Find who says what in a language whose verbs inflect: before, behind and between the words said, and at second hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements import hearsay
from kg.extractors.statements.disputed import settled
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.said_words import ENDS, PREPOSITIONS, QUOTES, TAIL, SaidWords
from kg.extractors.statements.second_hand import NESTED, Citing, with_cited, with_nested
from kg.extractors.statements.speech import SPEAKERS, Cue, Speech, said
from kg.extractors.statements.speech_cues import Cues, cues
from kg.extractors.statements.verb_groups import AUXILIARIES, STOPS

_DOCUMENT_KEEPERS = "source"  # the category of people nouns that documents are of
_DATELINE = 3  # tokens that may stand before "According to"
_SUBJECT = 7  # tokens of a subject and a comma before it
_WORK_REACH = 12  # items between a work and the verb that it says something by
_BY_REACH = 4  # items between "published" and "by"
_ADJECTIVES = 6  # items before the noun of a speaker, up to a comma
_VERBAL = AUXILIARIES | STOPS | (PREPOSITIONS - {"of"}) | {"conjunctions", "infinitive"}
_ACCORDING = Cue("according", "asserted", relay=False, addressee=False)


def find(reading: Reading) -> Iterator[Speech]:
    """The acts of speech of a document, in its order."""
    found = cues(reading.document.language)
    for sentence in reading.sentences:
        finder = _Finder(reading, sentence, found)
        acts = [*finder.acts()]
        yield from with_nested(acts)
        yield from hearsay.find(reading, sentence, acts)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the acts of speech of one sentence."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    def acts(self) -> Iterator[Speech]:
        """The acts that a verb of saying or "according to" tells, with those cited in them."""
        acts, cited = self._by_verb()
        yield from settled(self.reading, [*with_cited([*acts, *self._according(), *self._reckoned()], cited)])

    def _by_verb(self) -> tuple[list[Speech], list[Citing]]:
        """The acts that a verb of saying tells, and who cites whom beside them."""
        words = self.reading.words[self.sentence.start : self.sentence.end]
        taken = {t for r in self.sentence.references() if r.form != "pronoun" for t in range(r.start, r.end)}
        cited: list[Citing] = []
        acts: list[Speech] = []
        for match in self.cues.verbs.find(words):
            start, end = self.sentence.start + match.start, self.sentence.start + match.end
            if match.value is None or start in taken:
                continue
            cue, forms = match.value
            clause = InflectedClause(self.reading, self.sentence, start, end, forms)
            if clause.nominal() or clause.negated() or self._as_saying(start) or clause.demanded():
                continue
            if cue.quotes:
                speakers, quoted = self._quoting(clause)
                if not quoted and clause.forms <= {"gerund"}:
                    continue
                if quoted and not self._directly(clause):
                    cited.append(Citing(start, speakers, quoted, self._seen(quoted[-1].end)))
                    continue
                together = (*speakers, *quoted)
                passing = self._acts(clause, replace(cue, relay=True), speakers, together)
                acts.extend(replace(act, source=NESTED) if quoted else act for act in passing)
                acts.extend(self._acts(clause, replace(cue, relay=False), quoted, together))
                continue
            speakers = self._speakers(clause, cue)
            main = next((act for act in reversed(acts) if act.source != NESTED), None)
            going_on = clause.forms <= {"gerund"} and not any(i.kinds & AUXILIARIES for i in clause.group)
            if main and going_on:
                acts.extend(self._added(clause, cue, main, acts))  # "X told Y, adding that …"
                continue
            acts.extend(self._acts(clause, cue, speakers, speakers))
        return acts, cited

    def _as_saying(self, start: int) -> bool:
        """Whether the cue is the end of "quoted X as saying"."""
        return start > self.sentence.start and self.cues.quoted.at(self.reading.words, start - 1) is not None

    def _speakers(self, clause: InflectedClause, cue: Cue) -> tuple[Reference, ...]:
        """Who speaks: the subject, or what follows the verb in "…, said X", or what "by" names in the passive."""
        if clause.told_of():
            return _speaking(clause.agents())
        behind = clause.after[0] if clause.after else None
        ahead = clause.before[0] if clause.before else None
        turned = ahead is None or clause.word(ahead) in {",", *QUOTES}
        turned = turned and cue.turns
        noun = behind and (behind.reference or behind.quantity or behind.kinds & {"partitive", "determiners"})
        if turned and noun and not clause.group and clause.forms & {"past", "third"}:
            turned_to = _speaking(clause.objects()) or self._cited_work(clause)
            work = next((i.end for i in clause.after[:5] if "works:nouns" in i.kinds), 0)
            if (
                turned_to
                and self._closes(clause, max(turned_to[-1].end, work))
                and not self._object_only(turned_to[-1].end)
            ):
                return turned_to
        subject = clause.subject()
        return _speaking(subject) if subject else self._of_work(clause)

    def _closes(self, clause: InflectedClause, position: int) -> bool:
        """Whether no verb follows at `position`, so that what stands before it is whole: "…, said X."."""
        behind = next((i for i in clause.after if i.start >= position), None)
        if behind is None or behind.time or clause.word(behind) in {",", *ENDS, *QUOTES}:
            return True
        narrowed = behind.kinds & (PREPOSITIONS | {"boundaries", "works:publish"})  # "says a report published on"
        return bool(narrowed) or behind.start < position

    def _object_only(self, position: int) -> bool:
        """Whether a quotation begins at `position`, of which what stands before is the subject: says the king "must go"."""
        opened = any(start in {position, position + 1} for start, _ in self.sentence.quotes)
        return opened and not any(end <= position for _, end in self.sentence.quotes)

    def _of_work(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """Who published the work that speaks: "a report by X said", "X's statement said"."""
        items = clause.ahead
        work = next((p for p, i in enumerate(items[:_WORK_REACH]) if "works:nouns" in i.kinds), None)
        if work is None:
            return ()
        behind = [i for i in items[:work][::-1] if clause.word(i) != ","]
        if len(behind) > 1 and behind[0].kinds & {"by", "of", "belonging", "authored"}:
            return _speaking([i.reference for i in behind[1:2] if i.reference])
        owner = next((i.reference for i in items[work + 1 : work + 5] if i.reference), None)
        return _speaking([owner]) if owner else ()

    def _quoting(self, clause: InflectedClause) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
        """Who quotes, and who is quoted."""
        if clause.told_of():
            return _speaking(clause.agents()), _speaking(clause.subject())
        return _speaking(clause.subject()), _speaking(clause.objects()) or self._cited_work(clause)

    def _cited_work(self, clause: InflectedClause) -> tuple[Reference, ...]:
        owner = next((i.reference for i in clause.after[:3] if i.reference and i.reference.owning), None)
        by = next((n for n, i in enumerate(clause.after[:5]) if "by" in i.kinds), None)
        if owner is None and by is not None:
            owner = next((i.reference for i in clause.after[by + 1 : by + 2] if i.reference), None)
        return _speaking([owner]) if owner else ()

    def _seen(self, position: int) -> tuple[Reference, ...]:
        """The document that the people named before `position` have seen."""
        near = [i for i in self.sentence.items if i.start >= position][:6]
        saw = next((n for n, i in enumerate(near) if "saw" in i.kinds), None)
        if saw is None or not near or "relatives" not in near[0].kinds:
            return ()
        found = (i.reference for i in near[saw + 1 :] if i.reference)
        return tuple(r for r in found if r.category == _DOCUMENT_KEEPERS)[:1]

    def _directly(self, clause: InflectedClause) -> bool:
        """Whether "as saying" follows, so that the words said belong to this verb and not to one around it."""
        reach = self.reading.words[clause.end : min(clause.end + 20, self.sentence.end)]
        return any(True for _ in self.cues.quoted.find(reach)) or not clause.forms <= {"gerund"}

    def _acts(
        self, clause: InflectedClause, cue: Cue, speakers: tuple[Reference, ...], around: tuple[Reference, ...]
    ) -> Iterator[Speech]:
        """The act of the speakers, and of who passes it on; `around` are all who stand beside the verb."""
        if not speakers:
            return
        first = self._with_owner(min(clause.start, *(r.start for r in around)))
        content, quoted = self._words.content(clause, cue, around, first)
        told = clause.patients() if cue.tells and clause.told_of() else clause.objects()
        spoken_to = told if cue.addressee or cue.tells else self._telling(clause) if cue.quotes else []
        addressees = tuple(r for r in spoken_to if r.chains and r not in speakers)
        time = self._when(clause, said(clause, first, quoted=quoted))
        whole = (min(first, content[0]), max(clause.end, content[1], *(r.end for r in speakers)))
        act = Speech(
            self.sentence,
            cue,
            (clause.start, clause.end),
            speakers,
            content,
            *whole,
            time,
            addressees if cue.addressee else (),
        )
        yield from self._parts(act)
        through = tuple(r for r in addressees if not cue.addressee and self._medium(r)) or self._carrier(
            clause, content
        )
        if through:
            yield replace(act, speakers=through, cue=replace(cue, relay=True), source=NESTED, addressees=())

    def _telling(self, clause: InflectedClause) -> list[Reference]:
        """Who was spoken to, of somebody quoted "as telling the judges"."""
        words, start = self.reading.words, clause.end
        match = next((m for m in self.cues.quoted.find(words[start : self.sentence.end]) if m.value), None)
        items = [i for i in self.sentence.items if match and i.start >= start + match.end]
        return [items[0].reference] if items and items[0].reference else []

    def _medium(self, reference: Reference) -> bool:
        """Whether it is a medium: a news organization, "state radio", or a body that no list has."""
        words = self.reading.words[reference.start : reference.end]
        press = any("press:words" in m.value for m in self._function.find(words)) and reference.form == "nominal"
        return reference.media or press or self._outlet(reference)

    @property
    def _function(self) -> grammars.FunctionWords:
        return grammars.load(self.reading.document.language).function

    def _outlet(self, reference: Reference) -> bool:
        """Whether somebody told is a medium that no list has: a body with a name of its own and of no public kind."""
        words = self.reading.words[reference.start : reference.end]
        first = self._function.at(words, 0)
        foreign = first is not None and "foreign_articles" in first.value  # "El Faro", which looks like a person
        if reference.form != "name" or reference.type not in {
            "organization",
            "untyped",
            *(["person"] if foreign else []),
        }:
            return False
        public = self._function.find(words)
        known = not self.reading.listed.isdisjoint(reference.chains)
        return not known and not any("bodies:public" in match.value for match in public)

    def _when(self, clause: InflectedClause, time: Item | None) -> Item | None:
        """The time of saying, unless a comma or a new clause stands between it and the verb before it."""
        between = (i for i in clause.after if time and i.end <= time.start)
        apart = any(clause.word(i) == "," or i.kinds & {"boundaries", "contrasts"} for i in between)
        return None if apart else time

    def _added(self, clause: InflectedClause, cue: Cue, main: Speech, acts: Sequence[Speech]) -> list[Speech]:
        """What the speakers of the act before say further, passed on by those who pass that on."""
        found = list(self._acts(clause, cue, main.speakers, main.speakers))
        through = [a for a in acts if a.source == NESTED and a.cue_at == main.cue_at]
        return [*found, *(replace(a, content=act.content, cue_at=act.cue_at) for a in through for act in found[:1])]

    def _with_owner(self, first: int) -> int:
        """Where the words for a speaker begin, with owners, numbers and adjectives: "its commander", "the state-run X"."""
        items = [i for i in self.sentence.items if i.end <= first][::-1]
        for position, item in enumerate(items[:_ADJECTIVES]):
            word = self.reading.words[item.start]
            if word in {",", *ENDS, *QUOTES}:
                return items[position - 1].start if position else first
            joined = item.end == first and item.reference is not None  # "the official Xinhua news agency"
            nominal = item.reference is not None and item.reference.form == "nominal"  # "the consumer association X"
            free = item.reference is not None and not (item.reference.owning or joined or nominal)
            if item.kinds & _VERBAL or item.time or free:
                break
        else:
            plain = not any(item.reference for item in items)
            return items[-1].start if items and plain and len(items) < _ADJECTIVES else first
        possessed = False
        for item in items:
            owner = item.reference is not None and item.reference.owning
            light = item.kinds & {"determiners", "partitive", "modifier", "possessive"}
            if item.end == first and (owner or item.quantity or light or (possessed and item.kind == "word")):
                first = item.start
                possessed = "possessive" in item.kinds
        return first

    def _parts(self, act: Speech) -> Iterator[Speech]:
        """The act; two where a quotation goes on behind "X said" with a clause of its own: "…," X said, "and …"."""
        words = self.reading.words
        start, end = act.content
        whole_end = max(act.cue_at[1], *(r.end for r in act.speakers))
        opens = next((p for p in range(whole_end, end) if words[p] in QUOTES), None)
        if not (start < act.cue_at[0] < end) or opens is None or opens + 1 >= end:
            yield act
            return
        kinds = next((i.kinds for i in act.sentence.items if i.start == opens + 1), frozenset[str]())
        if not kinds & {"and_then", "contrasts"}:
            yield act
            return
        first = min(act.cue_at[0], *(r.start for r in act.speakers))
        yield replace(act, content=(start, first), end=whole_end)
        yield replace(act, content=(opens, end), start=first)

    def _carrier(self, clause: InflectedClause, content: tuple[int, int]) -> tuple[Reference, ...]:
        """Who passes it on, as the words around the content say: "in a statement carried by KCNA"."""
        words, first = self.reading.words, self.sentence.start
        found = [*self._handed(clause)]
        for match in self.cues.carried.find(words[first : self.sentence.end]):
            end = first + match.end
            if content[0] <= first + match.start < content[1] and not self._of_carried_work(first + match.start):
                continue
            near = [i for i in self.sentence.items if i.start >= end][:TAIL]
            by = next((n for n, i in enumerate(near[:_BY_REACH]) if "carrier" in i.kinds), None)
            free = [i.reference for i in near[(by or 0) + 1 :][:3] if i.reference and not i.reference.owning]
            if not free or by is None or end - clause.end > TAIL * 2 or self._parted(free[0].end, clause.start):
                continue
            if self._medium(free[0]) or (not match.value and "by" in near[by].kinds):
                found.append(free[0])
        return _speaking(list(dict.fromkeys(found)))

    def _of_carried_work(self, position: int) -> bool:
        """Whether "in a statement" stands right before `position`: it tells how the words were said, and is none of them."""
        before = [i for i in self.sentence.items if i.end <= position][-3:]
        return len(before) > 2 and "works:nouns" in before[2].kinds and "at_place" in before[0].kinds  # noqa: PLR2004

    def _parted(self, start: int, end: int) -> bool:
        """Whether a new clause begins between two tokens."""
        between = [i for i in self.sentence.items if min(start, end) <= i.start < max(start, end)]
        new = any("boundaries" in i.kinds and "opens_content" not in i.kinds for i in between) and start < end
        return new or any(self.reading.words[i.start] == ";" for i in between)

    def _handed(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The medium that is told, or that has got hold of the words: "confirmed to Geo News", "that NOS obtained"."""
        told = [b.reference for a, b in pairwise(clause.after[:TAIL]) if "infinitive" in a.kinds]
        verbal = [i for i in self.sentence.items if not i.kinds & {"have", "adverbs"}]
        got = [a.reference for a, b in pairwise(verbal) if "saw" in b.kinds]
        behind = pairwise(clause.after[:_BY_REACH])
        within = [
            b.reference for a, b in behind if "at_place" in a.kinds and b.reference and b.reference.form == "nominal"
        ]
        media = [r for r in (*told, *got) if r and self._medium(r)]
        return (*media, *(r for r in within if r and r.media))[:1]

    def _according(self) -> Iterator[Speech]:
        """The acts that "according to" tells."""
        words = self.reading.words
        for match in self.cues.according.find(words[self.sentence.start : self.sentence.end]):
            start, end = self.sentence.start + match.start, self.sentence.start + match.end
            near = [i for i in self.sentence.items if i.start >= end][:6]
            sources = self._sources(near)
            if not sources:
                continue
            last = sources[-1].end
            comma = next((p for p in range(last, min(last + 14, self.sentence.end)) if words[p] == ","), None)
            content = self._around(start, comma)
            act = Speech(
                self.sentence,
                _ACCORDING,
                (start, end),
                sources,
                content,
                min(start, content[0]),
                max(content[1], last),
                source="according",
            )
            yield act
            clause = InflectedClause(self.reading, self.sentence, start, end)
            if through := self._carrier(clause, content):
                yield replace(act, speakers=through, cue=replace(act.cue, relay=True), source=NESTED)

    def _reckoned(self) -> Iterator[Speech]:
        """The acts that "by the army's own count" tells."""
        for position, item in enumerate(self.sentence.items):
            ahead = self.sentence.items[max(position - 3, 0) : position]
            owner = next((i.reference for i in ahead if i.reference and i.reference.owning), None)
            by = next((i for i in ahead if "by" in i.kinds), None)
            if "reckonings:nouns" not in item.kinds or owner is None or by is None or not _speaking([owner]):
                continue
            comma = item.end if item.end < self.sentence.end and self.reading.words[item.end] == "," else None
            content = self._around(by.start, comma)
            cue = replace(_ACCORDING, modality="estimated")
            whole = (min(by.start, content[0]), max(content[1], item.end))
            yield Speech(self.sentence, cue, (by.start, by.end), (owner,), content, *whole, source="according")

    def _around(self, start: int, comma: int | None) -> tuple[int, int]:
        """What is said around "according to X" at `start`, behind which `comma` may stand: behind, in front, or both."""
        words, begin = self.reading.words, self._words.clause_begin(start)
        before = [i for i in self.sentence.items if i.end <= start][-2:]
        opened = any("opens_content" in i.kinds for i in before)
        if comma is not None and (start - self.sentence.start <= _DATELINE or opened):
            return comma + 1, self._words.end(comma + 1)
        if comma is not None and words[start - 1] == "," and start - begin <= _SUBJECT:
            return begin, self._words.end(comma + 1)  # "The drone, according to X, crossed the border"
        return begin, start

    def _sources(self, near: Sequence[Item]) -> tuple[Reference, ...]:
        """The first source behind "according to", with one that "and" joins; the owner of a work speaks for it."""
        for position, item in enumerate(near):
            if item.reference and not item.reference.owning:
                found = _speaking([item.reference])
                rest = near[position + 1 : position + 3]
                if len(rest) > 1 and "conjunctions" in rest[0].kinds and rest[1].reference:
                    found += _speaking([rest[1].reference])
                return found
            if item.reference:
                following = near[position + 1] if position + 1 < len(near) else None
                if following is None or not following.reference:
                    return _speaking([item.reference])
        return ()


def _speaking(references: Sequence[Reference]) -> tuple[Reference, ...]:
    return tuple(r for r in references if r.type in SPEAKERS and r.chains)
