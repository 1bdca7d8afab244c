"""Numbers that one article tells of one thing, each by another source, though no question joins them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from kg import edtf
from kg.ledger import Contradiction, Passage
from kg.model import content_hash
from kg.resolving.accounts import Account, same_party
from kg.resolving.contradictions.numbers import counts, meet, quantity, words
from kg.resolving.told import plain_words

_SHARED = 3  # words that both tell the number with, at the least
_ALIKE = 0.6  # of the words of the shorter one
_NEXT = 2  # words behind: "nhà xưởng"
_NEAR = 2  # numbers of one thing differ by less than this factor


def by_article(
    document: str, accounts: Sequence[Account], behind: Callable[[Passage], str] = lambda _passage: ""
) -> Iterator[Contradiction]:
    """Pairs of numbers in one unit that exclude each other, told of the same in much the same words: who is right?

    "The fire destroyed 3,000 m2 of workshops. … According to the union the blaze destroyed 5,000 m2 of workshops." What
    answers one question is compared there. `behind` gives what follows a passage in its sentence, of which the first
    words may say what is measured.

    Block: one article. Members: the claims with numbers that were read from it.
    """
    told = sorted(filter(counts, accounts), key=lambda a: a.claim.key)
    for a, b in combinations(told, 2):
        if a.claim.subject == b.claim.subject or not _comparable(a, b):
            continue
        if not _alike(*(_words(account, document, behind) for account in (a, b))):
            continue
        sides = (a.claim.key, b.claim.key)
        about = min(account.claim.subject or "" for account in (a, b))
        found = content_hash("contradiction", "value", document, *sides)
        yield Contradiction(found, "value", "question", about, sides, words((a, b)))


def _comparable(a: Account, b: Account) -> bool:
    """Whether two sources tell numbers of one measure and unit that are near each other, of no two times or places."""
    one, other = quantity(a), quantity(b)
    if (one.measure, one.unit) != (other.measure, other.unit) or one.unit is None or meet(one, other):
        return False
    less, more = sorted((one.stated, other.stated))
    if not less < more < _NEAR * less or not (a.sources or b.sources) or same_party(a, b):
        return False
    if a.places and b.places and not a.places & b.places:
        return False
    return all(edtf.compatible(x, y) for x in a.times for y in b.times)


def _alike(first: set[str], second: set[str]) -> bool:
    shared = len(first & second)
    return shared >= _SHARED and shared >= _ALIKE * min(len(first), len(second))


def _words(account: Account, document: str, behind: Callable[[Passage], str]) -> set[str]:
    """The words that an article tells a number with, and the next, without the number."""
    told = (t.passage for t in account.tellings if t.passage.document == document)
    texts = [(plain_words(p.text).split(), plain_words(behind(p)).split()[:_NEXT]) for p in told]
    return {word for words in texts for part in words for word in part if not word.isdigit()}
