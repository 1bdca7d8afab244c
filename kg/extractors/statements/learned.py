"""Find events by trained models: the words that tell them, and who plays which part."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extractors.statements import pointing, unnamed
from kg.extractors.statements.clause import Clause
from kg.extractors.statements.clauses import clause_of
from kg.extractors.statements.frames import Fact
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence, Trigger
from kg.extractors.statements.role_features import Spot
from kg.extractors.statements.roles import RoleFinder
from kg.model import Modality

BY = "events"
"""How a statement names the models as its extractor."""
Tellers = Mapping[int, tuple[str, ...]]
"""The tokens at which those are named who say some words, with the chains of whom they name."""


def find(
    reading: Reading,
    finder: RoleFinder,
    told: Sequence[Fact],
    said: Callable[[int], tuple[Item, ...]],
    tellers: Callable[[int], Tellers],
) -> Iterator[Fact]:
    """The events that the models find beside those `told` by rules, in the order of the text.

    One in which nobody is said to take part ("vụ tấn công") is another mention of the nearest event of its class,
    rather one told before than one told after it; where there is none near, it is left out unless it is sure to be one
    ("the presidential election will be held"), of the article's year, and no habit. `said(token)` are the times that tell when the
    words there were said, `tellers(token)` where those who said them are named.
    """
    facts = list(_all(reading, finder, told, said, tellers))
    whole: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in sorted((*told, *facts), key=lambda f: f.start):
        if fact.roles:
            whole[fact.term].append(fact)
    for fact in facts:
        if fact.roles:
            yield fact
        elif (meant := pointing.meant(fact, whole[fact.term])) and (meant.time or not _former(reading, fact)):
            yield replace(fact, roles=meant.roles, confidence=round(fact.confidence * pointing.SURE, 3))
        elif fact.confidence >= finder.alone and not (_former(reading, fact) or _habitual(fact)):
            yield fact


def _former(reading: Reading, fact: Fact) -> bool:
    """Whether the words say that it was before the year of the article: "the last strike of this size, in 2022"."""
    latest = fact.time.time.latest if fact.time and fact.time.time else None
    published = reading.document.published
    return bool(latest and published and latest[:4] < published[:4])


def _habitual(fact: Fact) -> bool:
    """Whether the sentence says that such things happen, and of no time that one did: "divorces are ever more common"."""
    return fact.time is None and any("habits" in item.kinds for item in fact.sentence.items)


def _all(
    reading: Reading,
    finder: RoleFinder,
    told: Sequence[Fact],
    said: Callable[[int], tuple[Item, ...]],
    tellers: Callable[[int], Tellers],
) -> Iterator[Fact]:
    taken = {token for fact in told for token in (*range(fact.start, fact.end), *fact.leading)}
    triggers = [t for t in reading.triggers if taken.isdisjoint(range(t.start, t.end))]
    first = [trigger.start for trigger in triggers]
    begun: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for fact in told:
        begun[fact.sentence.index][fact.start] = fact.term
    for sentence in reading.sentences:
        here = triggers[bisect_left(first, sentence.start) : bisect_left(first, sentence.end)]
        inside = [t for t in here if t.end <= sentence.end]
        begins = {t.start: t.term for t in inside} | begun[sentence.index]
        for trigger in inside:
            others = [(b, begins[b]) for b in sorted(begins) if b != trigger.start]
            yield _fact(reading, sentence, trigger, finder, others, said, tellers(trigger.start))


def _fact(
    reading: Reading,
    sentence: Sentence,
    trigger: Trigger,
    finder: RoleFinder,
    others: Sequence[tuple[int, str]],
    said: Callable[[int], tuple[Item, ...]],
    tellers: Tellers,
) -> Fact:
    clause = clause_of(reading, reading.fuller[sentence.index], trigger.start, trigger.end)
    roles: dict[str, list[str]] = {}
    fillers: list[Reference] = []
    for property_, reference in _parts(finder, Spot(trigger.term, clause, others), tellers):
        taken = {chain for chains in roles.values() for chain in chains}
        if fresh := [chain for chain in reference.chains if chain not in taken]:
            roles.setdefault(property_, []).extend(fresh)
            fillers.append(reference)
    stop = min((start for start, _ in others if start > trigger.start), default=None)
    return Fact(
        trigger.term,
        BY,
        sentence,
        trigger.start,
        trigger.end,
        tuple(sorted((name, tuple(dict.fromkeys(chains))) for name, chains in roles.items())),
        tuple(fillers),
        clause.time(excluded=said(trigger.start), stop=stop),
        _modality(clause),
        confidence=trigger.chance,
    )


def _parts(finder: RoleFinder, spot: Spot, tellers: Tellers) -> Iterator[tuple[str, Reference]]:
    """Who plays which part, "I" being who speaks.

    Who only tells it plays none that somebody else plays: "X đưa tin Y sẽ tới".
    """
    found = list(_voiced(finder.find(spot), tellers))
    played = {property_ for property_, reference in found if reference.start not in tellers}
    yield from (
        (property_, reference)
        for property_, reference in found
        if reference.start not in tellers or property_ not in played
    )


def _voiced(found: Iterator[tuple[str, Reference]], tellers: Tellers) -> Iterator[tuple[str, Reference]]:
    """The parts with whoever speaks for "I"; without a speaker nobody knows who that is."""
    speaking = list(tellers.values())
    for property_, reference in found:
        if reference.pointer != unnamed.SPEAKER:
            yield property_, reference
        elif speaking and len(speaking[-1]) == 1:
            yield property_, replace(reference, chains=speaking[-1])


def _modality(clause: Clause) -> Modality:
    """How firmly the event is told: denied behind a negation, planned where put off, conditional where only demanded."""
    if clause.negated() or clause.pending():
        return "denied"
    if clause.put_off():
        return "planned"
    return "conditional" if clause.demanded() else clause.modality()
