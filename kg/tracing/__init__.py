"""Tell for each row of a SPARQL answer which claims and which words of the articles it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import sparql
from kg.lookup import Reader
from kg.store.rows import Term
from kg.tracing.matching import MAX_SOLUTIONS, Match, Matcher
from kg.tracing.rewriting import Note, NoteCode
from kg.tracing.support import Naming, Support, Supporter

__all__ = ["MAX_SOLUTIONS", "Match", "Naming", "Note", "NoteCode", "Row", "Support", "Trace", "trace"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer, in the order of the trace's variables, and what it rests on."""

    terms: tuple[Term | None, ...]
    support: Support


class Trace:
    """A query's answer, to be traced row by row; of an ASK the first solution, if there is one.

    Each row is solved again with all that the query matched in sight: a grouped row rests on all rows of its group, a
    row of DISTINCT on all solutions that give it, at most MAX_SOLUTIONS of them. See `Supporter` for what is quoted.
    """

    def __init__(self, reader: Reader, query: sparql.Query) -> None:
        self._matcher = Matcher(reader.store, query)
        self._supporter = Supporter(reader)
        self.variables = self._matcher.variables

    def __len__(self) -> int:
        return len(self._matcher.rows)

    def rows(self, limit: int) -> Iterator[Row]:
        """The first `limit` rows with what they rest on."""
        for match in self._matcher.matches(limit):
            yield Row(match.row, self._supporter.support(match))


def trace(store: ox.Store, query: sparql.Query | str, *, language: str = "en") -> Trace:
    """The trace of a SELECT or ASK over `store`; labels are in `language`.

    A query that is wrong, or not read here, is a QueryError; one of another kind a UsageError.
    """
    checked = query if isinstance(query, sparql.Query) else sparql.check(query)
    return Trace(Reader(store, language=language), checked)
