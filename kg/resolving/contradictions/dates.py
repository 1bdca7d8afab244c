"""One occasion that is told with times which exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg import edtf
from kg.ledger import Contradiction
from kg.model import content_hash
from kg.resolving.contradictions.occasions import Occasion, apart, near


def by_event_pair(key: str, occasions: Sequence[Occasion]) -> Iterator[Contradiction]:
    """Pairs of events of one class and the same parties, or of one thing, that different articles date differently.

    What happens once to a thing contradicts itself at any distance. Where the parties alone agree, two days beside each
    other are one occasion told twice, unless an article tells of both: calls come in series, and so do meetings.

    Block: one key of `occasions.block_keys` that begins with `once` or `near`. Members: the occasions that have it.
    """
    once = key.startswith("once ")
    for a, b in combinations(sorted(occasions, key=lambda o: o.event.key), 2):
        first, second = a.event.time, b.event.time
        if first is None or second is None or edtf.compatible(first, second):
            continue
        if a.event.position == b.event.position and apart(a.happened, b.happened) and (once or near(first, second)):
            sides = tuple(account.claim.key for one in _in_time(a, b) for account in one.happened)
            if a.happened and b.happened:
                found = content_hash("contradiction", "date", *sorted((a.event.key, b.event.key)))
                days = tuple(one.event.time.edtf for one in _in_time(a, b) if one.event.time)
                yield Contradiction(found, "date", "event", _in_time(a, b)[0].event.key, sides, days)


def _in_time(a: Occasion, b: Occasion) -> list[Occasion]:
    return sorted((a, b), key=lambda o: (o.event.time.edtf if o.event.time else "", o.event.key))
