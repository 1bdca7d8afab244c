"""A party that "has not commented", beside the confirmation or the denial that it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.ledger import Contradiction, Passage
from kg.model import content_hash
from kg.resolving.accounts import Account, before

# The class of event that a number is about: whoever confirms how many died has commented on the dead.
EVENT_OF = {
    "killed": "Death",
    "wounded": "Injury",
    "deployed": "Deployment",
    "arrested": "Arrest",
    "evacuated": "Evacuation",
    "areaCleared": "Demining",
    "minesDestroyed": "Demining",
}
# Whoever confirms an attack has commented on the dead that it cost, if both are of one place.
_OF_FIGHTING = frozenset({"Attack", "Death", "Injury", "MilitaryOperation"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a party said, or did not say, in one article: the account, and the matters that the words there are about.

    A matter is a class of event with a thing that it concerns: ("Death", "soldiers"), ("Deployment", "Gao").
    """

    account: Account
    document: str
    matters: frozenset[tuple[str, str]]


def _most(one: Spoken) -> tuple[int, str]:
    """The longest words first, as they tell most."""
    passage = min(t.passage for t in one.account.tellings if t.passage.document == one.document)
    return passage.start - passage.end, one.account.claim.key


def _broad(matters: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(("" if kind in _OF_FIGHTING else kind, thing) for kind, thing in matters)


def _may_be_one_matter(answer: Spoken, silence: Spoken, party: str) -> bool:
    """Whether the words of one, of which we know the matter, are not about something else than those of the other."""
    if not answer.matters or not silence.matters:
        return True
    kinds = [{kind for kind, _ in _broad(one.matters)} for one in (answer, silence)]
    things = [{thing for _, thing in one.matters if thing != party} for one in (answer, silence)]
    return bool(kinds[0] & kinds[1] or things[0] & things[1])


def taken_back(
    party: str, answers: Sequence[Spoken], is_state: Callable[[str], bool], is_one_story: Callable[[str, str], bool]
) -> Iterator[Contradiction]:
    """Each denial of a party that it takes back in another article of the story, which does not appear before it.

    Only of what it says once: who denies and confirms several things, or both in one article, speaks of several matters;
    so does a state.

    Block: one party. Members: the articles in which it confirms or denies something.
    """
    if is_state(party):
        return
    by_document: dict[str, list[Spoken]] = defaultdict(list)
    for one in answers:
        by_document[one.document].append(one)
    once = {document: told[0] for document, told in sorted(by_document.items()) if _is_one_answer(told)}
    for document, denial in once.items():
        if denial.account.claim.modality != "denied":
            continue
        later = [
            confirmed
            for other, confirmed in once.items()
            if confirmed.account.claim.modality == "confirmed"
            and is_one_story(other, document)
            and not before(confirmed.account.first, denial.account.first)
            and _may_be_one_matter(confirmed, denial, party)
        ]
        if later:
            sides = (denial.account.claim.key, min(later, key=_most).account.claim.key)
            found = content_hash("contradiction", "stale", party, document, "denied")
            yield Contradiction(found, "stale", "document", document, sides, (party,))


def _is_one_answer(told: Sequence[Spoken]) -> bool:
    """Whether a party confirms or denies one thing, be it read as its words and as what they tell."""
    if len({one.account.claim.modality for one in told}) > 1:
        return False
    first = _passages(told[0])
    return all(any(x.start < y.end and y.start < x.end for x in first for y in _passages(one)) for one in told)


def _passages(one: Spoken) -> list[Passage]:
    return [t.passage for t in one.account.tellings if t.passage.document == one.document]


def by_party(
    party: str,
    silent: Sequence[Spoken],
    confirmed: Sequence[Spoken],
    is_state: Callable[[str], bool],
    is_one_story: Callable[[str, str], bool],
) -> Iterator[Contradiction]:
    """Each article in which the party is said to be silent on a matter that it speaks of there, or in another article.

    In one article the class of event and the country concerned show that one matter is meant; across articles it takes
    a thing that is smaller than a country. In articles of one story a company, a body or a person who confirms something
    confirms what the other article asked about, unless both are known to be about different things; a state speaks of
    much.

    Block: one party. Members: the articles that say it has not commented, and those in which it confirms something.
    """
    for silence in sorted(silent, key=lambda s: (s.document, s.account.claim.key)):
        narrow = frozenset(matter for matter in silence.matters if matter[1] != party and not is_state(matter[1]))
        answers = [
            c
            for c in confirmed
            if (c.matters & silence.matters if c.document == silence.document else _broad(c.matters) & _broad(narrow))
            or (
                not is_state(party)
                and c.account.claim.modality == "confirmed"
                and is_one_story(c.document, silence.document)
                and _may_be_one_matter(c, silence, party)
            )
        ]
        if not answers:
            continue
        best = min(
            answers,
            key=lambda c: (c.document != silence.document, -len(c.matters & silence.matters), *_most(c)),
        )
        telling = next(t for t in silence.account.tellings if t.passage.document == silence.document)
        yield Contradiction(
            content_hash("contradiction", "stale", party, silence.document, silence.account.claim.key),
            "stale",
            "document",
            silence.document,
            (silence.account.claim.key, best.account.claim.key),
            (party,),
            next(iter(telling.copied), None),
        )
