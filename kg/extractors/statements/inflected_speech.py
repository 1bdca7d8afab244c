"""Find who says what in a language whose verbs inflect: before, behind and between the words said, and at second hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements import hearsay, taken_up, works
from kg.extractors.statements.accounts import Accounts
from kg.extractors.statements.addressees import ENDS, PREPOSITIONS, QUOTES
from kg.extractors.statements.carriers import Carriers
from kg.extractors.statements.colons import Colons
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.disputed import settled
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.pieces import Pieces
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.saying_nouns import SayingNouns
from kg.extractors.statements.saying_verbs import SayingVerbs
from kg.extractors.statements.second_hand import NESTED, RECKONED, Citing, with_cited, with_nested
from kg.extractors.statements.speaking import Speaking, speaking
from kg.extractors.statements.speech import Speech, said
from kg.extractors.statements.speech_cues import Cues, cues
from kg.extractors.statements.verb_groups import AUXILIARIES, STOPS

_ADJECTIVES = 6  # items before the noun of a speaker, up to a comma
_SUBJECT = 4  # items of "none of the three banks"
_ADDRESSEE = 4  # items of "the semi-official news agency X"
_BODY = "body"  # the category of nouns for bodies
_WITNESS = "source"  # the category of people nouns that witnesses are of
_QUOTED = 20  # tokens between "quoted" and "as saying"
_VERBAL = AUXILIARIES | STOPS | (PREPOSITIONS - {"of"}) | {"conjunctions", "infinitive"}


def find(reading: Reading) -> Iterator[Speech]:
    """The acts of speech of a document, in its order."""
    found = cues(reading.document.language)
    publishers: dict[str, Reference] = {}
    before: list[Speech] = []
    for sentence in reading.sentences:
        works.learn(reading, sentence, publishers)
        acts = [*_Finder(reading, sentence, found, publishers, _body(before)).acts(before)] or taken_up.continued(
            sentence, before
        )
        yield from with_nested(acts)
        yield from hearsay.find(reading, sentence, acts)
        yield from taken_up.find(Carriers(reading, sentence, found), before)
        before = acts


def _body(acts: Sequence[Speech]) -> tuple[Reference, ...]:
    """The body that speaks last in the acts of a sentence, which "it" may take up in the next one."""
    spoke = (act.speakers for act in reversed(acts) if act.source != NESTED and len(act.speakers) == 1)
    bodies = (s for s in spoke if s[0].type == "organization" or s[0].category == _BODY)
    return next(bodies, ())


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the acts of speech of one sentence."""

    reading: Reading
    sentence: Sentence
    cues: Cues
    publishers: Mapping[str, Reference]
    before: tuple[Reference, ...]

    @property
    def _words(self) -> SaidWords:
        return SaidWords(self.reading, self.sentence, self.cues.quoted)

    @property
    def _speaking(self) -> Speaking:
        return Speaking(self.reading, self.sentence, self.cues.quoted, self.publishers, self.before)

    @property
    def _carriers(self) -> Carriers:
        return Carriers(self.reading, self.sentence, self.cues)

    def acts(self, before: Sequence[Speech]) -> Iterator[Speech]:
        """The acts that a verb of saying, a noun or "according to" tells, with those cited in them, behind those `before`."""
        acts, cited = self._by_verb()
        unspoken = (kind(self.reading, self.sentence, self.cues) for kind in (Accounts, SayingNouns))
        told = [*acts, *chain.from_iterable(kind.acts() for kind in unspoken)]
        bare = [*Colons(self.reading, self.sentence, self.cues).acts(), *(a for a in told if a.cue.id == RECKONED)]
        told = [act for act in told if act.cue.id != RECKONED]
        told += [act for act in bare if not any(other.covers(act.content[0]) for other in told)]
        yield from settled(self.reading, [*with_cited(told, [*cited, *self._briefed()])], before)

    def _briefed(self) -> Iterator[Citing]:
        """Who has it from whom: "said a diplomat briefed by the mediators"."""
        for ahead, item in pairwise(self.sentence.items):
            behind = self.sentence.between(item.end, item.end + _ADDRESSEE) if "briefed" in item.kinds else ()
            if ahead.reference is None or not behind or "by" not in behind[0].kinds:
                continue
            source = next((i.reference for i in behind if i.reference and not i.reference.owning), None)
            if source and speaking([ahead.reference]) and speaking([source]):
                yield Citing(item.start, (ahead.reference,), (source,))

    def _by_verb(self) -> tuple[list[Speech], list[Citing]]:
        """The acts that a verb of saying tells, and who cites whom beside them."""
        cited: list[Citing] = []
        acts: list[Speech] = []
        for cue, clause in SayingVerbs(self.reading, self.sentence, self.cues).find():
            if cue.quotes:
                found = self._quoted(clause, cue)
                cited.extend(c for c in found if isinstance(c, Citing))
                acts.extend(a for a in found if isinstance(a, Speech))
            else:
                acts.extend(self._said(clause, cue, acts))
        return acts, cited

    def _said(self, clause: InflectedClause, cue: Cue, acts: Sequence[Speech]) -> Iterable[Speech]:
        """What a verb of saying tells, behind the `acts` that those before it tell."""
        main = next((act for act in reversed(acts) if act.source != NESTED), None)
        going_on = clause.forms <= {"gerund"} and not any(i.kinds & AUXILIARIES for i in clause.group)
        if main and going_on:
            heard = clause.ahead[0].reference if clause.ahead else None
            if heard and heard.start >= main.cue_at[1] and not (main.cue.tells or main.cue.addressee):
                return self._acts(clause, cue, speaking([heard]), (heard,))  # "X remembers Y saying"
            return self._added(clause, cue, main, acts)  # "X told Y, adding that …"
        if going_on and self._circumstance(clause):
            return ()
        fronted, comma = self._speaking.fronted(clause)
        if fronted:  # "after saying A, X …"
            return self._until(comma, self._acts(clause, cue, fronted, ()))
        speakers = main.speakers if main and self._goes_on(clause) else self._speaking.of(clause, cue)
        return self._acts(clause, cue, speakers, speakers) if self._may_say(clause, cue, speakers, acts) else ()

    def _may_say(
        self, clause: InflectedClause, cue: Cue, speakers: Sequence[Reference], acts: Sequence[Speech]
    ) -> bool:
        """Whether it is said of the speakers that they say something, and not that none of them does."""
        if speakers and self._nobody(min(r.start for r in speakers)):
            return False
        if cue.works and not self._speaking.work(speakers):
            return False
        return not cue.witness or self._witnessed(clause, speakers, acts)

    def _quoted(self, clause: InflectedClause, cue: Cue) -> list[Citing | Speech]:
        """What a verb of quoting tells: who passes on whose words, or whom it cites for those of another verb."""
        speakers, quoted = self._speaking.quoting(clause)
        hanging = clause.forms <= {"gerund"}
        if (not quoted and hanging) or self._aside(clause):
            return []
        if cue.media and not (hanging and speakers and all(map(self._carriers.medium, speakers))):
            return []
        if quoted and not self._directly(clause):
            return [Citing(clause.start, speakers, quoted, self._speaking.seen(quoted[-1].end))]
        together = (*speakers, *quoted)
        passing = self._acts(clause, replace(cue, relay=True), speakers, together)
        put = self._words.as_said(max(clause.end, *(r.end for r in together))) if quoted else None
        own = replace(cue, relay=False, modality=put.value.modality if put else cue.modality)
        relays = (replace(act, source=NESTED) if quoted else act for act in passing)
        return [*relays, *self._acts(clause, own, quoted, together)]

    @staticmethod
    def _witnessed(clause: InflectedClause, speakers: Sequence[Reference], acts: Sequence[Speech]) -> bool:
        """Whether people are told by others to have seen something: "said a witness had seen"."""
        perfect = any("have" in i.kinds for i in clause.group)
        people = all(r.category == _WITNESS for r in speakers)
        return perfect and people and any(act.covers(clause.start) for act in acts)

    def _nobody(self, first: int) -> bool:
        """Whether words before the speakers, who begin at `first`, say that none of them does: "neither bank would say"."""
        ahead = self.sentence.between(self.sentence.start, first + 1)[-_SUBJECT:]
        near = takewhile(lambda i: self.reading.words[i.start] not in {",", *QUOTES}, reversed(ahead))
        none = any("nobody" in i.kinds for i in near if not i.reference)
        match = grammars.load(self.reading.document.language).function.at(self.reading.words, first)
        return none or (match is not None and "none" in match.value)

    def _circumstance(self, clause: InflectedClause) -> bool:
        """Whether an aside only tells where somebody speaks who does so in another clause: ", writing in X, said"."""
        if not clause.ahead or clause.word(clause.ahead[0]) != ",":
            return False
        within = tuple(takewhile(lambda i: clause.word(i) != ",", clause.after))
        return len(within) < len(clause.after) and not any(
            "opens_content" in i.kinds or self.sentence.quoted(i.start) for i in within
        )

    @staticmethod
    def _until(end: int, acts: Iterable[Speech]) -> Iterator[Speech]:
        """The acts, of which the words said end at `end`."""
        yield from (replace(act, content=(act.content[0], min(act.content[1], end)), end=end) for act in acts)

    @staticmethod
    def _goes_on(clause: InflectedClause) -> bool:
        """Whether ", and" stands right before the verb, so that it has the subject of the verb of saying before."""
        ahead = clause.ahead[:2]
        return len(ahead) > 1 and "and_then" in ahead[0].kinds and clause.word(ahead[1]) == ","

    def _aside(self, clause: InflectedClause) -> bool:
        """Whether it only says where somebody is quoted, who speaks in another clause: "X, quoted in Y, said"."""
        return not clause.group and clause.passive() and self._words.as_said(clause.end) is None

    def _directly(self, clause: InflectedClause) -> bool:
        """Whether "as saying" follows, so that the words said belong to this verb and not to one around it."""
        reach = self.reading.words[clause.end : min(clause.end + _QUOTED, self.sentence.end)]
        if any(True for _ in self.cues.quoted.find(reach)):
            return True
        taken_up = clause.ahead and "relatives" in clause.ahead[0].kinds
        return not taken_up and not clause.forms <= {"gerund"}  # "a report by X, which cited Y"

    def _acts(
        self, clause: InflectedClause, cue: Cue, speakers: tuple[Reference, ...], around: tuple[Reference, ...]
    ) -> Iterator[Speech]:
        """The act of the speakers, and of who passes it on; `around` are all who stand beside the verb."""
        if not speakers:
            return
        first = self._begun(clause, self._with_owner(min([clause.start, *(r.start for r in around)])))
        content, quoted = self._words.content(clause, cue, around, first)
        if cue.modality == "asserted" and any("modality:reported" in i.kinds for i in clause.group):
            cue = replace(cue, modality="reported")  # "X is said to have joked that"
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
        yield from Pieces(self.reading).of(act)
        through = tuple(
            r for r in addressees if not cue.addressee and self._carriers.medium(r)
        ) or self._carriers.through(clause, content)
        if through:
            yield replace(act, speakers=through, cue=replace(cue, relay=True), source=NESTED, addressees=())

    def _telling(self, clause: InflectedClause) -> list[Reference]:
        """Who was spoken to, of somebody quoted "as telling the judges"."""
        words, start = self.reading.words, clause.end
        match = next((m for m in self.cues.quoted.find(words[start : self.sentence.end]) if m.value.tells), None)
        items = self.sentence.since(start + match.end)[:_ADDRESSEE] if match else ()
        near = takewhile(lambda i: not i.kinds & _VERBAL and clause.word(i) != ",", items)
        return [r for i in near if (r := i.reference) and not r.owning][:1]

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

    def _begun(self, clause: InflectedClause, first: int) -> int:
        """Where the subject begins behind a comma, also in front of what was found of it: "…, a survey by X found"."""
        begin, _ = self.reading.subjects.get(clause.start, (first, first))
        words = self.reading.words
        return begin if self.sentence.start < begin < first and words[begin - 1] in {",", *QUOTES} else first

    def _with_owner(self, first: int) -> int:
        """Where the words for a speaker begin, with owners, numbers and adjectives: "its commander", "the state-run X"."""
        items = self.sentence.until(first)[::-1]
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
            if item.end == first and "of" in item.kinds and self._partitive(item.start):
                light = item.kinds  # "several of them"
            if item.end == first and (owner or item.quantity or light or (possessed and item.kind == "word")):
                first = item.start
                possessed = "possessive" in item.kinds
        return first

    def _partitive(self, position: int) -> bool:
        """Whether what ends at `position` parts some from all: "several", "two"."""
        before = next((i for i in self.sentence.until(position)[-1:] if i.end == position), None)
        return before is not None and bool(before.quantity or "partitive" in before.kinds)
