"""Find who speaks, quotes or is quoted beside a verb of saying that inflects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements import works
from kg.extractors.statements.addressees import DASHES, ENDS, PREPOSITIONS, QUOTES
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.speech import SPEAKERS
from kg.extractors.statements.verb_groups import AUXILIARIES, STOPS
from kg.nlp.phrases import PhraseTable

_DOCUMENT_KEEPERS = "source"  # the category of people nouns that documents are of
_BODIES = frozenset({"organization", "unit", "group"})
_OFFICE = 6  # items of an office before its holder's name
_PHRASAL = AUXILIARIES | STOPS | {"opens_content"}
_WORK_REACH = 16  # items between a work and the verb that it says something by


@dataclass(frozen=True, slots=True)
class Speaking:
    """Finds the speakers of one sentence; `quoted` are the phrases behind who is quoted, `publishers` those of works.

    `before` is the body that spoke in the sentence before.
    """

    reading: Reading
    sentence: Sentence
    quoted: PhraseTable[Cue]
    publishers: Mapping[str, Reference] = field(default_factory=dict)
    before: tuple[Reference, ...] = ()

    def of(self, clause: InflectedClause, cue: Cue) -> tuple[Reference, ...]:
        """Who speaks: the subject, or what follows the verb in "…, said X", or what "by" names in the passive."""
        if clause.told_of():
            return speaking(clause.agents())
        behind = clause.after[0] if clause.after else None
        led = bool(clause.group) and all("thus" in i.kinds for i in clause.group)  # "“…” – so said X"
        near = clause.ahead if led else clause.before
        ahead = near[0] if near else None
        turned = ahead is None or clause.word(ahead) in {",", *(DASHES if led else ()), *QUOTES}
        turned = turned and cue.turns
        noun = behind and (behind.reference or behind.quantity or behind.kinds & {"partitive", "determiners"})
        if turned and noun and (led or not clause.group) and clause.forms & {"past", "third", "base"}:
            turned_to = self._named_behind(clause) or speaking(clause.objects()) or self._cited_work(clause)
            work = next((i.end for i in clause.after[:5] if "works:nouns" in i.kinds), 0)
            if (
                turned_to
                and self._closes(clause, max(turned_to[-1].end, work))
                and not self._object_only(turned_to[-1].end)
            ):
                return turned_to
        subject = self._perceived(clause) or self._contacting(clause) or self._authors(clause) or clause.subject()
        if owner := self._owner_of_work(clause, subject):
            return owner
        thing = self._thing(subject) and subject[0].type not in _BODIES
        if subject and (beyond := self._beyond(clause, subject[0])):
            return beyond
        found = () if thing else speaking(subject) if subject else self._of_work(clause)
        return found or self._published(clause, subject) or speaking(subject) or self._far(clause)

    def _beyond(self, clause: InflectedClause, near: Reference) -> tuple[Reference, ...]:
        """The subject in front of a clause that only narrows it and that `near` stands in: "A man calling himself X said"."""
        far = self._far(clause)
        if not far or far[0].end >= near.start or near.end > clause.start:
            return ()
        between = self.sentence.between(far[0].end, clause.start)
        inflected = grammars.load(self.reading.document.language).inflection
        shaped = inflected is not None and self.reading.words[between[0].start].endswith(inflected.shapes.participles)
        narrowed = "personal" in between[0].kinds or (shaped and between[0].kind == "word")
        last = between[-len(clause.group) - 1]
        own = near.form == "pronoun" and last.reference is near  # "a clerk who says he saw"
        inside = any("relatives" in i.kinds for i in between) and not any(clause.word(i) == "," for i in between)
        if own and inside:
            before = next((i for i in reversed(between) if i.end == near.start), None)
            acting = before is not None and before.kind == "word" and not before.kinds  # "the firm that runs it said"
            own = not acting and not self._object(near)  # "the man who had hit him said"
        return far if (narrowed or inside) and not own else ()

    def _object(self, pronoun: Reference) -> bool:
        """Whether a pronoun can be no subject: "him"."""
        match = grammars.load(self.reading.document.language).function.at(self.reading.words, pronoun.start)
        return match is not None and "objective" in match.value

    def _far(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The subject past all that may stand before the verb, whatever it is: "A clerk, since dismissed, recalled"."""
        _, head = self.reading.subjects.get(clause.start, (0, None))
        near = (r for r in self.sentence.references() if head is not None and r.start <= head < r.end and not r.owning)
        return speaking([*near])

    def _named_behind(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """The person named between commas behind an office that no list has: "wrote the bursar, A, in a memo"."""
        head = list(takewhile(lambda i: clause.word(i) != "," and not i.kinds & _PHRASAL, clause.after[:_OFFICE]))
        rest = clause.after[len(head) : len(head) + 3]
        office = head and not any(i.reference and i.reference.form == "name" and not i.reference.owning for i in head)
        if not office or len(rest) < 2 or clause.word(rest[0]) != "," or rest[1].reference is None:  # noqa: PLR2004 - ", A"
            return ()
        closed = self.reading.words[rest[1].end - 1] == "," or len(rest) < 3 or clause.word(rest[2]) in {",", *ENDS}  # noqa: PLR2004
        return speaking([rest[1].reference]) if closed and rest[1].reference.type == "person" else ()

    def _perceived(self, clause: InflectedClause) -> list[Reference]:
        """Who is heard or seen speaking: "X was overheard telling"."""
        near = clause.ahead[:2]
        if len(near) < 2 or "perceived" not in near[0].kinds or "be" not in near[1].kinds:  # noqa: PLR2004 - "was", "heard"
            return []
        heard = InflectedClause(self.reading, self.sentence, near[0].start, near[0].end, frozenset({"participle"}))
        return heard.subject() if clause.forms <= {"gerund"} else []

    def _contacting(self, clause: InflectedClause) -> list[Reference]:
        """Who turns to somebody to say it: "X texted his sister before the fire to say that"."""
        first = clause.after[0] if clause.after else None
        told = first and (first.reference or first.quantity or first.kinds & {"opens_content", "determiners"})
        if not told or not any("infinitive" in i.kinds for i in clause.group):
            return []  # "to say goodbye"
        near = takewhile(
            lambda i: ("boundaries" not in i.kinds or "prepositions" in i.kinds) and clause.word(i) != ",", clause.ahead
        )
        verb = next((i for i in near if "contacts" in i.kinds), None)
        if verb is None:
            return []
        return InflectedClause(self.reading, self.sentence, verb.start, verb.end, frozenset({"past"})).subject()

    def _authors(self, clause: InflectedClause) -> list[Reference]:
        """Whose work speaks behind its noun: "read out a statement by X saying"."""
        apart = not clause.ahead or clause.word(clause.ahead[0]) == "," or "works:nouns" in clause.ahead[0].kinds
        return [] if apart or clause.group or not clause.forms <= {"gerund"} else [*self._of_work(clause)]

    def _published(self, clause: InflectedClause, subject: Sequence[Reference]) -> tuple[Reference, ...]:
        """Who published the work told of before that the subject takes up: "It says", "The report adds"."""
        first = clause.ahead[0] if clause.ahead else None
        if self._thing(subject) and len(clause.ahead) == 1:
            if self.before:
                spoke = self.before[0]  # the body that spoke last
                return (replace(subject[0], chains=spoke.chains, type=spoke.type),)
            key: str | None = works.LAST
        elif first and "works:nouns" in first.kinds and len(clause.ahead) > 1 and "definite" in clause.ahead[1].kinds:
            key = works.head_noun(self.reading, first)
        else:
            key = None
        publisher = self.publishers.get(key) if key is not None else None
        return (publisher,) if publisher else ()

    def _owner_of_work(self, clause: InflectedClause, subject: Sequence[Reference]) -> tuple[Reference, ...]:
        """Whose work speaks, where its owner stands right before it: "The institute's latest forecast puts"."""
        if len(subject) != 1 or not self.work(subject):
            return ()
        ahead = next((i.reference for i in clause.ahead if i.end == subject[0].start), None)
        return speaking([ahead]) if ahead and ahead.owning else ()

    def _thing(self, subject: Sequence[Reference]) -> bool:
        """Whether the subject is "it", whatever that takes up."""
        if not subject or subject[0].form != "pronoun":
            return False
        match = grammars.load(self.reading.document.language).function.at(self.reading.words, subject[0].start)
        return match is not None and "pronouns:thing" in match.value

    def fronted(self, clause: InflectedClause) -> tuple[tuple[Reference, ...], int]:
        """Who speaks in "after saying that …, X …", and the comma that ends the words; nobody and 0 without one."""
        first = clause.ahead[0] if clause.ahead else None
        before = any(i.kinds & AUXILIARIES or (i.reference and not i.reference.owning) for i in clause.ahead)
        if (
            first is None
            or before
            or not clause.forms <= {"gerund"}
            or not first.kinds & (PREPOSITIONS | {"boundaries"})
        ):
            return (), 0
        for comma, item in pairwise(clause.after):
            if clause.word(comma) == "," and item.reference and not item.reference.owning:
                return speaking([item.reference]), comma.start
        return (), 0

    def work(self, speakers: Sequence[Reference]) -> bool:
        """Whether a work speaks, and nobody for it."""
        function = grammars.load(self.reading.document.language).function
        last = (function.at(self.reading.words, r.end - 1) for r in speakers if r.form == "nominal")
        return any(match is not None and match.value & {"works:nouns", "works:shown"} for match in last)

    def _closes(self, clause: InflectedClause, position: int) -> bool:
        """Whether no verb follows at `position`, so that what stands before it is whole: "…, said X."."""
        behind = next((i for i in clause.after if i.start >= position), None)
        if behind is None or behind.time or clause.word(behind) in {",", *ENDS, *QUOTES}:
            return True
        narrowed = behind.kinds & (PREPOSITIONS | {"boundaries", "works:publish"}) or self._participle(clause, behind)
        return bool(narrowed) or behind.start < position  # "says a report published on"

    def _participle(self, clause: InflectedClause, item: Item) -> bool:
        """Whether it narrows the noun before it, and is no verb of its own: "said a diplomat briefed by X"."""
        inflected = grammars.load(self.reading.document.language).inflection
        following = next((i for i in clause.after if i.start >= item.end), None)
        shaped = inflected is not None and self.reading.words[item.start].endswith(inflected.shapes.participles)
        return shaped and item.kinds <= {"briefed"} and following is not None and bool(following.kinds & PREPOSITIONS)

    def _object_only(self, position: int) -> bool:
        """Whether a quotation begins at `position`, of which what stands before is the subject: says the king "must go"."""
        opened = any(start in {position, position + 1} for start, _ in self.sentence.quotes)
        return opened and not any(end <= position for _, end in self.sentence.quotes)

    def _of_work(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """Who published the work that speaks: "a report by X said", "X's statement said"."""
        items = clause.ahead
        work = next((p for p, i in enumerate(items[:_WORK_REACH]) if i.kinds & {"works:nouns", "accounts:nouns"}), None)
        if work is None:
            return ()
        behind = [i for i in items[:work][::-1] if clause.word(i) != "," and not i.kinds & {"works:publish", "adverbs"}]
        made = len(behind) > 1 and behind[0].kinds & {"by", "of", "belonging", "authored"}
        named = (i.reference for i in behind[1:4] if i.reference and not i.reference.owning)
        if made and (author := speaking([*named][:1])):
            return author
        owner = next((i.reference for i in items[work + 1 : work + 5] if i.reference), None)
        return speaking([owner]) if owner else ()

    def quoting(self, clause: InflectedClause) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
        """Who quotes, and who is quoted."""
        if clause.told_of():
            return speaking(clause.agents()), speaking(clause.subject())
        first = clause.after[0].reference if clause.after else None
        pronoun = [first] if first and first.form == "pronoun" and first.owning else []  # "quoted her as saying"
        said = pronoun and self.quoted.at(self.reading.words, pronoun[0].end)
        objects = pronoun if said else clause.objects()
        subject = speaking(clause.subject()) or self._of_work(clause)
        return subject, speaking(objects) or self._cited_work(clause) or self._some(clause)

    def _some(self, clause: InflectedClause) -> tuple[Reference, ...]:
        """Of whom some are quoted: "citing two of those present"."""
        near = clause.after[:3]
        some = len(near) > 2 and (near[0].quantity or "partitive" in near[0].kinds) and "of" in near[1].kinds  # noqa: PLR2004
        return speaking([near[2].reference]) if some and near[2].reference and not near[2].reference.owning else ()

    def _cited_work(self, clause: InflectedClause) -> tuple[Reference, ...]:
        owner = next((i.reference for i in clause.after[:3] if i.reference and i.reference.owning), None)
        work = next((n for n, i in enumerate(clause.after[:4]) if "works:nouns" in i.kinds), None)
        by = next(
            (
                n
                for n, i in enumerate(clause.after[:5])
                if work is not None and n > work and i.kinds & {"by", "authored", "away"}
            ),
            None,
        )
        if owner is None and by is not None:
            near = (i.reference for i in clause.after[by + 1 : by + 3])
            owner = next((r for r in near if r and not r.owning), None)
        return speaking([owner]) if owner else ()

    def seen(self, position: int) -> tuple[Reference, ...]:
        """The document that the people named before `position` have seen."""
        near = self.sentence.since(position)[:6]
        saw = next((n for n, i in enumerate(near) if "saw" in i.kinds), None)
        if saw is None or not near or "relatives" not in near[0].kinds:
            return ()
        found = (i.reference for i in near[saw + 1 :] if i.reference)
        return tuple(r for r in found if r.category == _DOCUMENT_KEEPERS)[:1]


def speaking(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Those of the references that may speak."""
    return tuple(r for r in references if (r.type in SPEAKERS or _called(r)) and r.chains)


def _called(reference: Reference) -> bool:
    """Whether it is a name that looks like that of an event, which a body may have: "Human Rights Forum"."""
    return reference.type == "event" and reference.form == "name"
