"""Look at an update before it runs: refuse what would ask the network, and put in the dataset that a request names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg import sparql
from kg.errors import UsageError
from kg.sparql import QueryError, QueryForbidden, Token

MAX_TOKENS = 1_000_000
_OPENING, _CLOSING = ("{", "(", "[", "<<"), ("}", ")", "]", ">>")
_NO_LOAD = "LOAD is not accepted: nothing is fetched; send the graph to /graph-store instead"
_NAMES_A_GRAPH = {"PREFIX", "GRAPH", "WITH", "USING", "NAMED", "TO", "INTO", "BASE"}


class LoadForbidden(QueryForbidden):
    """The update would fetch something: leave that out. `rest` is the update without it, of which the syntax can be told."""

    def __init__(self, message: str, rest: str) -> None:
        super().__init__(message)
        self.rest = rest


class DatasetConflict(UsageError):
    """Both the request and the update say which graphs are asked: leave out one of them."""


@dataclass(frozen=True, slots=True)
class Using:
    """The graphs that a request names for the WHERE of its update; both empty: it names none."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def clauses(self) -> str:
        """The graphs as the clauses of an update; a QueryError for what is no IRI."""
        try:
            default = [f"USING {ox.NamedNode(iri)}" for iri in self.default]
            named = [f"USING NAMED {ox.NamedNode(iri)}" for iri in self.named]
        except ValueError as error:
            raise QueryError(f"a graph of the request is no absolute IRI: {error}") from error
        return " ".join(["", *default, *named, ""])


def check(update: str, using: Using | None = None) -> str:
    """The update as it may be given to the engine, over the graphs that its request names.

    A QueryForbidden says that it would ask the network, a QueryError that it is too large or too deep, a DatasetConflict
    that request and update both name graphs.
    """
    found = list(itertools.islice(sparql.tokens(update), MAX_TOKENS + 1))
    if len(found) > MAX_TOKENS:
        raise QueryError(f"the update has more than {MAX_TOKENS} tokens")
    if sparql.depth(found) > sparql.MAX_DEPTH:
        raise QueryError(f"the update is nested more than {sparql.MAX_DEPTH} deep")
    if sparql.asks_elsewhere(update, found):
        raise QueryForbidden("SERVICE is not accepted: no other server is asked; leave the SERVICE out")
    named = using is not None and bool(using.default or using.named)
    silenced = False
    if "LOAD" in update.upper():
        kept = list(_without_loads(found))
        if _loads(kept) or sparql.may_hide_code(found):
            raise QueryError(f"a LOAD cannot be read; {_NO_LOAD}")
        if len(kept) < len(found):
            if any(_load(found, position) and not _is_silent(found, position) for position in range(len(found))):
                raise LoadForbidden(_NO_LOAD, sparql.spelled(kept))
            found, silenced = kept, True
    if using and named:
        found = list(_over(found, using.clauses()))
    gathered = _prefixes_first(found)
    return update if not named and gathered == found and not silenced else sparql.spelled(gathered)


def _prefixes_first(found: list[Token]) -> list[Token]:
    """The tokens with all prefixes declared at the beginning: the engine reads none after a semicolon.

    Where one prefix means two things, or a base is given in between, nothing is moved, and the engine says what it misses.
    """
    declared: dict[str, Token] = {}
    moved: list[Token] = []
    kept: list[Token] = []
    position, before = 0, ""
    while position < len(found):
        word, name, iri = [*found[position : position + 3], *[Token("mark", "")] * 3][:3]
        if before == ";" and word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            moved += [replace(token, apart=True) for token in (word, name, iri)]
            position += 3
        else:
            kept.append(word)
            position, before = position + 1, word.text
            continue
        if declared.setdefault(name.text, iri).text != iri.text:
            return found
    first = {
        name.text: iri.text
        for word, name, iri in zip(kept, kept[1:], kept[2:], strict=False)
        if word.text.upper() == "PREFIX"
    }
    if any(first.get(name, iri.text) != iri.text for name, iri in declared.items()):
        return found
    return [*moved, *kept] if moved and kept[0].text.upper() != "BASE" else found


def _without_loads(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens with an operation that does nothing for each LOAD: one that is SILENT fails here, and is not to say so."""
    position = 0
    while position < len(found):
        length = _load(found, position)
        yield Token("word", "INSERT DATA {}") if length else found[position]
        position += length or 1


def _load(found: Sequence[Token], position: int) -> int:
    """How many tokens are LOAD <address>, maybe INTO GRAPH <graph>, as a whole operation; 0 where it is not that."""
    start = position + _is_silent(found, position)
    texts = [token.text.upper() for token in found[start : start + 5]]
    kinds = [token.kind for token in found[start : start + 5]]
    if found[position].text.upper() != "LOAD" or kinds[1:2] not in (["iri"], ["name"]):
        return 0
    into = texts[2:4] == ["INTO", "GRAPH"] and kinds[4:5] in (["iri"], ["name"])
    end = start + (5 if into else 2)
    return end - position if [token.text for token in found[end : end + 1]] in ([], [";"]) else 0


def _is_silent(found: Sequence[Token], position: int) -> bool:
    """Whether the word at `position` is followed by SILENT."""
    return [token.text.upper() for token in found[position + 1 : position + 2]] == ["SILENT"]


def _loads(found: Sequence[Token]) -> bool:
    """Whether the engine might read LOAD in these tokens; its grammar needs no space after a keyword."""
    for position, (token, depth) in enumerate(_with_depth(found)):
        text = (token.prefix if token.kind == "name" else token.text).upper()
        before = found[position - 1].text.upper() if position else ""
        if token.kind in ("word", "open") and "LOAD" in text:
            return True
        if token.kind == "name" and depth == 0 and "LOAD" in text and before not in _NAMES_A_GRAPH:
            return True
    return False


def _over(found: Sequence[Token], clauses: str) -> Iterator[Token]:
    """The tokens with `clauses` before each WHERE; DELETE WHERE {…} is written out first, as it takes none."""
    placed = list(_with_depth(found))
    for position, (token, depth) in enumerate(placed):
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise DatasetConflict(f"the update says {word} itself: leave out using-graph-uri and using-named-graph-uri")
        if word == "DELETEWHERE":
            raise QueryError("write DELETE WHERE as two words where the request names graphs")
        if word == "WHERE":
            if position and found[position - 1].text.upper() == "DELETE":
                yield from _group(placed[position + 1 :])
            yield Token("word", clauses)
        yield token


def _group(after: Sequence[tuple[Token, int]]) -> Iterator[Token]:
    """The tokens of the group that `after` begins with."""
    for token, depth in after:
        yield token
        if token.text == "}" and depth == 1:
            return


def _with_depth(found: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Each token with the number of brackets around it; a bracket counts itself."""
    depth = 0
    for token in found:
        opens, closes = (token.kind == "mark" and token.text in marks for marks in (_OPENING, _CLOSING))
        depth += opens
        yield token, depth
        depth -= closes
