"""Settle what proposers added: where they gave nothing, and what must go so that the graph conforms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Extraction, Mention, Span, Statement

if TYPE_CHECKING:
    from kg.building.stages import Violation


@dataclass(frozen=True, slots=True)
class Failure:
    """A proposer that gave nothing for an article: which, why (a stable slug, and a sentence for people)."""

    source: str
    proposer: str
    reason: str
    message: str


def count(extractions: Iterable[Extraction], names: Collection[str]) -> int:
    """How many mentions and statements come from the proposers `names`."""
    return sum(len(_proposed(extraction, names)) for extraction in extractions)


def without(
    extraction: Extraction, names: Collection[str], *, gone: Callable[[Span], bool] = lambda _span: True, why: str = ""
) -> Extraction:
    """The extraction without those proposals of `names` that stand where `gone` says, noting `why`.

    A proposed statement goes with the mention that it needs.
    """
    mentions = [m for m in extraction.mentions if m.extractor not in names or not gone(m.span)]
    chains = {mention.chain for mention in mentions}
    statements = [
        s
        for s in extraction.statements
        if s.extractor not in names or (not gone(s.evidence) and chains.issuperset(_chains(s)))
    ]
    kept = {id(record) for record in (*mentions, *statements)}
    notes = [
        f"{record.extractor} proposed {record.type} {_span(record).text!r}: {why}"
        for record in _proposed(extraction, names)
        if why and id(record) not in kept
    ]
    rejected = (*extraction.rejected, *dict.fromkeys(notes))
    return replace(extraction, mentions=tuple(mentions), statements=tuple(statements), rejected=rejected)


def without_unfit(
    extractions: Sequence[Extraction], names: Collection[str], violations: Iterable[Violation]
) -> list[Extraction]:
    """The extractions with fewer proposals: those at the words that `violations` rest on, else all of these articles.

    Where no proposal of theirs is left, those of all articles go: one may have changed what another article says.
    """
    blamed: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        blamed[violation.source].append(violation)
    for close in (True, False):
        fewer = []
        for extraction in extractions:
            found = blamed.get(extraction.document.source, [])
            places = [(violation.start, violation.end) for violation in found]
            why = f"the graph would not conform: {found[0].message}" if found else ""
            fewer.append(without(extraction, names, gone=_at(places, close=close), why=why) if found else extraction)
        if count(fewer, names) < count(extractions, names):
            return fewer
    return [without(extraction, names, why="the graph would not conform") for extraction in extractions]


def _at(places: Sequence[tuple[int, int]], *, close: bool) -> Callable[[Span], bool]:
    return lambda span: not close or any(span.start < end and start < span.end for start, end in places)


def _proposed(extraction: Extraction, names: Collection[str]) -> list[Mention | Statement]:
    records: list[Mention | Statement] = [*extraction.mentions, *extraction.statements]
    return [record for record in records if record.extractor in names]


def _chains(statement: Statement) -> set[str]:
    return {chain for _, chains in statement.roles for chain in chains} | {*statement.attributed_to}


def _span(record: Mention | Statement) -> Span:
    return record.span if isinstance(record, Mention) else record.evidence
