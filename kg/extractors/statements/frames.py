"""Find events and relations by the frames of a language: trigger words with roles around them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.clause import Clause
from kg.extractors.statements.clauses import clause_at
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.extractors.statements.rules import Rule, Rules, Slot, Use
from kg.model import Modality
from kg.nlp.phrases import Match, PhraseTable

_PLACES = frozenset({"place", "facility"})
_HEAD = 14  # tokens between the noun that something happens to and its verb
_DETERMINED = 3  # items between an article and its noun: "the two-hour attack"
_ONE_IN_AN_ARTICLE = frozenset(
    {
        "Accident",
        "Competition",
        "Demonstration",
        "Disaster",
        "Election",
        "Evacuation",
        "Groundbreaking",
        "Inauguration",
        "Merger",
        "MilitaryExercise",
        "OwnershipTransfer",
        "Rescue",
        "Signing",
    }
)
_CLOSE = 6  # tokens between a light verb and the noun that makes it an event: "mở các cuộc phản công"


@dataclass(frozen=True, slots=True)
class Fact:
    """An event told in a sentence: its trigger, who plays which role, when, and how firmly it is said.

    `term` is the class of the ontology, `by` the rule or model that found it, `confidence` what a model gives it (1 for a
    rule). `measure` says what `quantity` counts. With `whole` the rest of the sentence is evidence. A `loose` one lacks
    somebody whom its rule asks for, and may only tell again what is told near by. `leading` are the tokens of the phrases
    that say what something is for, such as "in memory of": they tell nothing more of their own.
    """

    term: str
    by: str
    sentence: Sentence
    start: int
    end: int
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    fillers: tuple[Reference, ...]
    time: Item | None
    modality: Modality
    quantity: Item | None = None
    measure: str = ""
    whole: bool = False
    confidence: float = 1.0
    loose: bool = False
    leading: frozenset[int] = frozenset()

    def reach(self) -> tuple[int, int]:
        """The tokens from the first to the last word that the fact rests on."""
        if self.whole:
            return self.start, self.sentence.end
        parts = [(self.start, self.end), *((f.start, f.end) for f in self.fillers)]
        parts += [(i.start, i.end) for i in (self.time, self.quantity) if i]
        inside = [(s, e) for s, e in parts if self.sentence.start <= s and e <= self.sentence.end]
        return min(s for s, _ in inside), max(e for _, e in inside)


def find(reading: Reading, rules: Rules, said: Callable[[int], tuple[Item, ...]]) -> Iterator[Fact]:
    """The facts of a document, in its order; `said(token)` are the times that tell when the words there were said."""
    earlier: list[Reference] = []
    inflected = grammars.load(reading.document.language).inflection is not None
    for sentence in reading.sentences:
        taken = {t for r in sentence.references() if r.form != "pronoun" for t in range(r.start, r.end)}
        if inflected:
            taken |= {t for i in sentence.items if i.time or i.quantity for t in range(i.start, i.end)}
        telling = list(_telling(reading, sentence, rules, tuple(earlier), taken))
        facts: list[Fact] = []
        for index, spelled in enumerate(telling):
            start = spelled[0].start
            stop = telling[index + 1][0].start if index + 1 < len(telling) else None
            facts.extend(_best(_told(reading, sentence, spelled, tuple(earlier), said(start), stop)))
        yield from _unled(facts)
        earlier.extend(sentence.references())


def _unled(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a sentence without those whose trigger says what another is for: "opened a park in memory of"."""
    led: set[int] = set()
    for fact in facts:
        if fact.start not in led:
            yield fact
            led |= fact.leading


def _telling(
    reading: Reading, sentence: Sentence, rules: Rules, earlier: tuple[Reference, ...], taken: Collection[int]
) -> Iterator[list[Match[tuple[Use, ...]]]]:
    """The triggers at which some rule fits, each with the shorter ones that begin there too.

    Where none fits, one may begin within: "launched an offensive" tells no launch, "were fired" no dismissal.
    """
    words = reading.words[: sentence.end]
    begun = sentence.start
    for start in range(sentence.start, sentence.end):
        matches = rules.triggers.prefixes(words, start) if start >= begun and start not in taken else []
        spelled = list(takewhile(lambda match: bool(match.value), matches))  # up to a word that is none
        fits = next(_told(reading, sentence, spelled, earlier, (), None), None) is not None
        if fits:
            yield spelled
        if fits or (matches and not spelled):
            begun = matches[0].end


def _best(found: Iterable[Fact]) -> list[Fact]:
    """The first fact, one that is whole before one that is loose."""
    return sorted(found, key=lambda fact: fact.loose)[:1]


def _told(
    reading: Reading,
    sentence: Sentence,
    spelled: Iterable[Match[tuple[Use, ...]]],
    earlier: tuple[Reference, ...],
    said: tuple[Item, ...],
    stop: int | None,
) -> Iterator[Fact]:
    """What the rules that fit find at a trigger, the longest first."""
    for match in spelled:
        for use in match.value:
            clause = clause_at(reading, sentence, match.start, match.end, use.forms)
            if fact := _View(clause, earlier, said, stop).fact(use.rule):
                yield fact


@dataclass(frozen=True, slots=True)
class _View:
    """The surroundings of one trigger: its clause, what was named earlier, the times of saying, the next trigger."""

    clause: Clause
    earlier: tuple[Reference, ...]
    said: tuple[Item, ...]
    stop: int | None

    def fact(self, rule: Rule) -> Fact | None:
        """The fact that `rule` finds here; None where a required role stays empty or the words deny it.

        What is said not to have happened yet is a fact all the same: that it has not.
        """
        clause = self.clause
        unhappened = _unhappened(clause) if not rule.modality else None
        if (clause.negated() and not unhappened) or clause.demanded():
            return None
        if not clause.stands() or not _in_place(clause, rule):
            return None
        if rule.passive_only and not clause.passive():
            return None
        roles: dict[str, list[str]] = {}
        fillers: list[Reference] = []
        leading: set[int] = set()
        for slot in rule.slots:
            taken = {chain for chains in roles.values() for chain in chains}
            found, phrase = self._fill(slot, filled=slot.role in roles)
            for reference in found:
                chains = (reference.fallen,) if slot.fallen and reference.fallen else reference.chains
                fresh = [chain for chain in chains if chain not in taken]
                if fresh:
                    roles.setdefault(slot.role, []).extend(fresh)
                    fillers.append(reference)
                    leading.update(phrase if slot.aim else ())
        # What has not happened has no day: "has yet to sign, but could do so on Thursday".
        time = None if unhappened == "denied" else clause.time(excluded=self.said, stop=self.stop)
        given = {*roles, *(["time"] if time else [])}
        loose = not all(any(role in given for role in wanted.split("|")) for wanted in rule.requires)
        if loose and not self._again(rule):
            return None
        modality: Modality = rule.modality or unhappened or clause.modality()  # type: ignore[assignment]  # checked when the rules load
        return Fact(
            rule.term,
            rule.id,
            clause.sentence,
            clause.start,
            max(clause.end, _with_end(clause, rule)),
            tuple(sorted((role, tuple(dict.fromkeys(chains))) for role, chains in roles.items())),
            tuple(fillers),
            time,
            modality,
            _counted(clause) if rule.measure else None,
            rule.measure,
            rule.whole,
            loose=loose,
            leading=frozenset(leading),
        )

    def _again(self, rule: Rule) -> bool:
        """Whether the words may tell again what is told near by: "the collision", "fire broke out aboard"."""
        clause = self.clause
        if grammars.load(clause.reading.document.language).inflection is None:
            return False  # there a trained model finds such mentions
        if rule.term in _ONE_IN_AN_ARTICLE:
            return True
        return clause.nominal() and any("definite" in i.kinds for i in clause.before[:_DETERMINED])

    def _fill(self, slot: Slot, *, filled: bool) -> tuple[list[Reference], range]:
        """The references that fill a slot, and the tokens of the phrase that leads to them.

        The far places to look are tried only while the role is empty.
        """
        clause = self.clause
        if slot.after:
            near = bool(slot.types) and slot.types <= _PLACES
            return clause.following(slot.after, partial(_fits, slot=slot), near=near)
        if slot.at in {"any", "earlier", "antecedent"} and filled:
            return [], range(0)
        match slot.at:
            case "subject":
                found = clause.agents()
            case "object":
                found = clause.patients()
            case "before":
                found = clause.subject()
            case "owner":
                found = clause.owners()
            case "any":
                found = [r for r in _nearest(clause) if _fits(r, slot)][:1]
            case "antecedent":
                found = clause.antecedent()
            case _:  # "earlier", the last of the places that rules are checked for
                named = [r for r in (*self.earlier, *clause.sentence.references()) if _fits(r, slot)]
                found = named[-1:]
        return [r for r in found if _fits(r, slot)], range(0)


def _with_end(clause: Clause, rule: Rule) -> int:
    """Where the word that must follow the trigger ends; 0 where the rule asks for none or it does not follow."""
    if rule.with_ is None:
        return 0
    close = clause.reading.words[clause.end : min(clause.end + _CLOSE + 3, clause.sentence.end)]
    return next((clause.end + m.end for m in rule.with_.find(close) if m.start <= _CLOSE), 0)


def _unhappened(clause: Clause) -> Modality | None:
    """In what sense the words say that it has not happened: "denied" where not yet, "planned" where it is put off."""
    return "denied" if clause.pending() else "planned" if clause.put_off() else None


def _in_place(clause: Clause, rule: Rule) -> bool:
    words, sentence = clause.reading.words, clause.sentence
    if rule.unless and any(
        m.end + sentence.start == clause.start for m in rule.unless.find(words[sentence.start : clause.start])
    ):
        return False
    if rule.headed and not _headed(clause, rule.headed):
        return False
    if rule.opener and rule.opener.at(words[sentence.start : sentence.start + 8], 0) is None:
        return False
    return rule.with_ is None or _with_end(clause, rule) > 0


def _headed(clause: Clause, nouns: PhraseTable[bool]) -> bool:
    """Whether one of the nouns stands before the trigger, with no semicolon between."""
    words, first = clause.reading.words, max(clause.sentence.start, clause.start - _HEAD)
    begun = next((i + 1 for i in range(clause.start - 1, first - 1, -1) if words[i] == ";"), first)
    return any(True for _ in nouns.find(words[begun : clause.start]))


def _nearest(clause: Clause) -> list[Reference]:
    def distance(reference: Reference) -> int:
        return reference.start - clause.end if reference.start >= clause.end else clause.start - reference.end

    return sorted((r for r in clause.sentence.references() if r.chains), key=distance)


def _fits(reference: Reference, slot: Slot) -> bool:
    if not reference.chains or (slot.types and reference.type not in slot.types | slot.open_to):
        return False
    return reference.type != "group" or not slot.categories or reference.category in slot.categories


def _counted(clause: Clause) -> Item | None:
    """The number of people, or of nothing named, right behind the trigger."""
    return next((i for i in clause.after[:4] if i.quantity and i.quantity.unit in {None, "person"}), None)
