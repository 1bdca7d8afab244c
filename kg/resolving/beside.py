"""Find who and what is named in the sentence that tells an event, whether or not it is known to take part."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

from kg import sentences
from kg.model import Extraction, Statement

Chains = tuple[str, ...]


def named_beside(extraction: Extraction) -> Mapping[str, Chains]:
    """The chains with a name in the sentence in which each event is told, by the ids of the statements.

    Numbers and offices have none: the words before and behind them say nothing of what they are.
    """
    told = [statement for statement in extraction.statements if _tells(statement)]
    if not told:
        return {}
    starts = [start for start, _ in sentences.split(extraction.document.text)]
    names: defaultdict[int, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        if mention.form == "name" and not mention.credit:
            names[bisect_right(starts, mention.span.start)].add(mention.chain)
    return {s.id: tuple(sorted(names[bisect_right(starts, (s.trigger or s.evidence).start)])) for s in told}


def _tells(statement: Statement) -> bool:
    return statement.quantity is None and statement.position is None
