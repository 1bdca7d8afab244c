"""Find who passes on what somebody says: the medium told, or that carried, saw or has got hold of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.addressees import TAIL
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.speaking import speaking
from kg.extractors.statements.speech_cues import Cues
from kg.extractors.statements.verb_groups import AUXILIARIES
from kg.nlp import people

_SUBJECT = 5  # items between "in which" and the verb of saying
_OBJECT = 4  # items from "aired" to the noun of the work
_WORKS = frozenset({"speaker", "source"})  # the categories of nouns for works that speak
_INTERVIEW = 5  # items from "spoke to" to "who"
_NAMED = frozenset({"organization", "untyped", "person", "place"})
_PEOPLE = frozenset({"person", "group"})
_PROXY = 7  # items of ", through his lawyer, X,"
_NAME = 5  # items of "the London-based consultancy X"
_BY_REACH = 4  # items between "published" and "by"


@dataclass(frozen=True, slots=True)
class Carriers:
    """Finds those who pass on what is said in one sentence."""

    reading: Reading
    sentence: Sentence
    cues: Cues

    def through(self, clause: InflectedClause, content: tuple[int, int]) -> tuple[Reference, ...]:
        """Who passes it on, as the words around the content say: "in a statement carried by VNA"."""
        words, first = self.reading.words, self.sentence.start
        found = [
            *self._handed(clause),
            *self._shown(clause),
            *self._recorded(clause),
            *self._interviewer(clause),
            *self._airing(clause),
            *self._spokesman(clause),
        ]
        around = content[0] <= clause.start < content[1]  # "Convoys, X said in an interview with Y, are turned back"
        aside = next((i.start for i in clause.after if around and clause.word(i) == ","), 0)
        for match in self.cues.carried.find(words[first : self.sentence.end]):
            end = first + match.end
            own = first + match.start == clause.start  # "is quoted as saying in X"
            if (
                content[0] <= first + match.start < content[1]
                and not (own or first + match.start < aside)
                and not self._of_carried_work(first + match.start)
            ):
                continue
            if end - clause.end <= TAIL * 2 and (carrier := self.behind(clause, end, told=match.value)):
                found.append(carrier)
        return speaking(list(dict.fromkeys(found)))

    def behind(self, clause: InflectedClause, position: int, *, told: bool) -> Reference | None:
        """The medium that "by", "in" or, for one `told`, "with" or "to" names behind `position`."""
        near = self.sentence.since(position - 1)[: TAIL + 1]
        near = tuple(i for i in near if i.end > position)[:TAIL]
        for number, item in enumerate(near[:_BY_REACH]):
            if not item.kinds & {"carrier", "authored", "aired"}:
                continue
            whole = takewhile(lambda i: clause.word(i) != "," and not i.kinds & AUXILIARIES, near[number + 1 :][:_NAME])
            free = next((i.reference for i in whole if i.reference and not self._compounded(i.reference)), None)
            owned = near[number + 1].reference if number + 1 < len(near) else None  # "on its website"
            heard = told and free and free is owned and free.form == "nominal" and self.medium(free)
            aired = free and (heard or self._station(free))
            if free and not item.kinds & {"carrier", "authored"} and not aired:
                continue
            fronted = self.sentence.items[0].end == position  # "Asked by X if it was so, Y said"
            if free is None or (not fronted and self._parted(free.end, clause.start)):
                continue
            if (
                self.medium(free)
                or (item.kinds & {"by", "authored"} and (not told or self._body(free)))
                or "press:parts" in item.kinds
            ):
                return free
        return None

    def _station(self, reference: Reference) -> bool:
        """Whether it is the name of a station, or of a known medium: "on Radio Andina"; not "on X", "on state television"."""
        words = self.reading.words[reference.start : reference.end]
        press = any("press:words" in m.value for m in self._function.find(words))
        return reference.form == "name" and (reference.media or press)

    def _compounded(self, reference: Reference) -> bool:
        """Whether it only says more of what follows: "Warsaw's", "Warsaw-based"."""
        words = self.reading.words
        return reference.owning or (reference.end < len(words) and words[reference.end] == "-")

    def _of_carried_work(self, position: int) -> bool:
        """Whether "in a statement" stands right before `position`: it tells how the words were said, and is none of them."""
        before = self.sentence.until(position)[-3:]
        return len(before) > 2 and "works:nouns" in before[2].kinds and "at_place" in before[0].kinds  # noqa: PLR2004

    def _shown(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The medium that has made public a work in which somebody speaks: "X aired a recording in which Y said"."""
        items = clause.ahead
        gate = next((n for n, i in enumerate(items[:_SUBJECT]) if "where" in i.kinds), None)
        if gate is None or gate + 1 >= len(items) or "works:nouns" not in items[gate + 1].kinds:
            return ()
        return self.publisher(items[gate + 2 :])

    def publisher(self, ahead: Sequence[Item]) -> tuple[Reference, ...]:
        """The medium that has made public the work that `ahead` are the items before, nearest first: "X carried a statement"."""
        verb = next((i for i in ahead[:_OBJECT] if "works:publish" in i.kinds), None)
        if verb is None:
            return ()
        published = InflectedClause(self.reading, self.sentence, verb.start, verb.end, frozenset({"past"}))
        return tuple(r for r in published.subject()[:1] if self.medium(r))

    def _airing(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The medium that shows somebody speaking: "state television showed the minister saying"."""
        shown = clause.forms <= {"gerund"} and len(clause.ahead) > 1 and clause.ahead[0].reference
        return self.publisher(clause.ahead[1:2] if shown and "works:publish" in clause.ahead[1].kinds else ())

    def _spokesman(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """Through whom somebody speaks: "X, through his lawyer Y, denied"; "X said through an aide that"."""
        ahead, behind = clause.ahead[:_PROXY], clause.after[: _OBJECT + _BY_REACH]
        before = next((n for n, i in enumerate(ahead) if "proxy" in i.kinds), 0)
        after = next((n for n, i in enumerate(behind[:_OBJECT]) if "proxy" in i.kinds), len(behind))
        near = (*ahead[:before][::-1], *takewhile(lambda i: "opens_content" not in i.kinds, behind[after + 1 :]))
        people = (i.reference for i in near if i.reference and not i.reference.owning)
        found = [r for r in people if r.type in _PEOPLE][:1]
        own = all(r.type == "person" for r in clause.subject())  # a spokesman is the voice of a body
        return speaking([r for r in found if own and r.form == "name"])

    def _interviewer(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The medium that spoke to who speaks in a relative clause: "X talked to a guard who said"."""
        if not clause.ahead or "personal" not in clause.ahead[0].kinds:
            return ()
        for item in clause.ahead[1 : _INTERVIEW + 1]:
            if self.cues.carried.at(self.reading.words, item.start) is None:
                continue
            asked = InflectedClause(self.reading, self.sentence, item.start, item.end, frozenset({"past"}))
            return tuple(r for r in asked.subject()[:1] if self.medium(r))
        return ()

    def _parted(self, start: int, end: int) -> bool:
        """Whether a new clause begins between two tokens."""
        between = self.sentence.between(min(start, end), max(start, end))
        same = {"opens_content", "where", "comparing"}  # "is quoted as saying in X"
        new = any("boundaries" in i.kinds and not i.kinds & same for i in between) and start < end
        return new or any(self.reading.words[i.start] == ";" for i in between)

    def _handed(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The medium that is told, or that has got hold of the words: "confirmed to Geo News", "that NOS obtained"."""
        told = [b.reference for a, b in pairwise(clause.after[:TAIL]) if "infinitive" in a.kinds]
        verbal = [i for i in self.sentence.items if not i.kinds & {"have", "adverbs"}]
        got = [a.reference for a, b in pairwise(verbal) if "saw" in b.kinds]
        close = clause.after[:_BY_REACH]
        told_of = next((n for n, i in enumerate(close) if "claims:nouns" in i.kinds), len(close))
        behind = pairwise(close[:told_of])  # "denied a report in X that": X does not pass on the denial
        within = [b.reference for a, b in behind if "at_place" in a.kinds and b.reference]
        media = [r for r in (*told, *got) if r and self.medium(r)]
        return (*media, *(r for r in within if r and r.media))[:1]

    def _recorded(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The work of others in which somebody is quoted, or speaks: "is quoted in a report", "says in a new film"."""
        for place, item in pairwise(clause.after[: TAIL + 1]):
            if "at_place" not in place.kinds or item.reference is None:
                continue
            owned = next((i for i in clause.after if i.start >= item.end), None) if item.reference.owning else None
            if owned and clause.told_of() and "works:nouns" in owned.kinds:
                return speaking([item.reference])  # "is quoted in the inquiry's report"
            if item.reference.category not in _WORKS:
                continue
            match = self._function.at(self.reading.words, item.reference.end - 1)
            kinds = match.value if match else frozenset[str]()
            if "works:screened" in kinds or ("works:nouns" in kinds and clause.told_of()):
                return (item.reference,)
        return ()

    def medium(self, reference: Reference, *, within: bool = False) -> bool:
        """Whether it is a medium: a news organization, "state radio", or a body that no list has."""
        words = self.reading.words[reference.start : reference.end]
        first = self._function.at(words, 0)  # "Radio Andina", which looks like a person
        named = first is not None and "press:words" in first.value and reference.form == "name"
        press = any("press:words" in m.value for m in self._function.find(words)) and reference.form == "nominal"
        return reference.media or press or named or self._outlet(reference, within=within)

    @property
    def _function(self) -> grammars.FunctionWords:
        return grammars.load(self.reading.document.language).function

    def _outlet(self, reference: Reference, *, within: bool) -> bool:
        """Whether somebody told, or for `within` the name behind "in", is a medium that no list has: a body with a name of its own and of no public kind."""
        words = self.reading.words[reference.start : reference.end]
        if reference.form != "name" or reference.type not in _NAMED:
            return False
        taken = reference.type in {"person", "place"}  # for somebody, or for some place
        if taken and not (self._foreign(reference, words) or (not within and self._nobody(reference, words))):
            return False
        public = self._function.find(words)
        known = not self.reading.listed.isdisjoint(reference.chains)
        return not known and not any("bodies:public" in match.value for match in public)

    @staticmethod
    def _body(reference: Reference) -> bool:
        """Whether it is a body with a name: "interviewed by Human Rights Watch", "released by the firm Orbita"."""
        called = reference.form == "name" or reference.chains[0][:1].isupper()
        return called and reference.type == "organization"

    def _nobody(self, reference: Reference, words: Sequence[str]) -> bool:
        """Whether what was taken for a person or a place has an article, or a name that nobody has: "Omroep Delta"."""
        if self._foreign(reference, words):
            return True
        name = self.reading.span(reference.start, reference.end).text.split()
        shape = people.load(self.reading.document.language).shape(name)
        return len(name) > 1 and shape == 0 and not reference.titles and not self._known_person(reference)

    def _foreign(self, reference: Reference, words: Sequence[str]) -> bool:
        """Whether a name begins with an article: "El Faro", "the Kieler Bote"."""
        first = self._function.at(words, 0)
        articles = first is not None and not first.value.isdisjoint({"foreign_articles", "definite"})
        return articles and not reference.titles

    def _known_person(self, reference: Reference) -> bool:
        """Whether the article says elsewhere that the name is somebody's: by an office or a pronoun."""
        named = (r for s in self.reading.sentences for r in s.references() if set(r.chains) & set(reference.chains))
        return any(r.titles or r.form == "pronoun" for r in named)
