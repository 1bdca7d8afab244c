"""Find passages that stand in several articles, word for word or lightly edited.

Every step works on one block: what has one key. So a new article touches only the blocks whose keys it has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from kg.ledger import CopiedPassage, Passage
from kg.model import content_hash

if TYPE_CHECKING:
    from datasketch import MinHash

Words = tuple[str, ...]
_SHINGLE = 3  # words: two sentences on one matter share words, but few runs of three
_ROWS, _BANDS = 3, 21
_PERMUTATIONS = _ROWS * _BANDS  # of sentences as little alike as `is_edited` allows, 99 of 100 share a band
_SHORT = 6  # bytes of a key: there are many, and two that fall together cost one more comparison
_SEED = 20251  # any number, so long as it stays
_ALIKE = 0.65  # of the runs of words of both together
_CONTAINED = 0.85  # of the runs of the shorter one, where a beginning or an end was cut off
_CUT = 0.6  # what stays of a sentence that was cut


def band_keys(words: Words) -> tuple[str, ...]:
    """The keys of the blocks in which wordings near to this one stand: its min-hashes, some at a time.

    Block: one wording. Members: its words.
    """
    runs = shingles(words)
    sketch = _empty().copy()
    sketch.update_batch(sorted(" ".join(run).encode() for run in runs))
    values = sketch.hashvalues
    rows = (bytes([i]) + values[i * _ROWS : (i + 1) * _ROWS].tobytes() for i in range(_BANDS))
    return tuple(hashlib.blake2b(row, digest_size=_SHORT).hexdigest() for row in rows)


@cache
def _empty() -> MinHash:
    """A sketch of nothing, to copy: making the permutations costs more than using them."""
    from datasketch import MinHash  # noqa: PLC0415 - half a second, and only building needs it

    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED)


def shingles(words: Words) -> frozenset[Words]:
    """The runs of words of a wording."""
    return frozenset(words[i : i + _SHINGLE] for i in range(max(1, len(words) - _SHINGLE + 1)))


def is_edited(a: Words, b: Words) -> bool:
    """Whether one was made from the other by a light hand: most runs of words stay, and no number changes.

    Two sentences that differ in a number are two reports of one kind, as of a price or a toll, not one report.
    """
    if not _numbers_agree(a, b):
        return False
    one, other = shingles(a), shingles(b)
    shared, shorter, longer = len(one & other), min(len(one), len(other)), max(len(one), len(other))
    return shared >= _ALIKE * len(one | other) or (shared >= _CONTAINED * shorter and shorter >= _CUT * longer)


def _numbers_agree(a: Words, b: Words) -> bool:
    """Whether one has no number that the other lacks."""
    one, other = ({word for word in words if any(c.isdigit() for c in word)} for words in (a, b))
    return one <= other or other <= one


def copied(members: Iterable[Passage], published: Callable[[str], str | None]) -> CopiedPassage | None:
    """The copied passage that these sentences are; None where one article has them all.

    Block: the wordings that light edits connect. Members: their sentences, with the days of their articles.
    """
    passages = tuple(sorted(members))
    documents = {passage.document for passage in passages}
    if len(documents) < 2:  # noqa: PLR2004 - a copy takes two
        return None
    dated = min(((day, document) for document in documents if (day := published(document))), default=None)
    key = content_hash("copied", [(p.document, p.start, p.end) for p in passages])
    return CopiedPassage(key, passages, dated[1] if dated else None)
