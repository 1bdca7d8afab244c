"""Score which names were taken for one thing, by B-cubed: mention by mention, over all articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.evaluation.alignment import Pair
from kg.evaluation.figures import Figure, share


def score(pairs: Sequence[Pair]) -> Figure:
    """The figure of the paired names; entities without an id count as one, so that leaving it out gains nothing."""
    items = [(gold.entity, found.entity) for gold, found in pairs]
    annotated, judged = Counter(gold for gold, _ in items), Counter(found for _, found in items)
    both = Counter(items)
    return Figure(
        key="coreference",
        title="same entity (B-cubed), of paired names",
        found=len(items),
        gold=len(items),
        precision=share(sum(both[item] / judged[item[1]] for item in items), len(items)),
        recall=share(sum(both[item] / annotated[item[0]] for item in items), len(items)),
    )
