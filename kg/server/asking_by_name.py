"""Search by name inside SPARQL: `?thing nk:search "dong thap"` becomes the things that the index finds.

The index answers before the engine does: the triple is replaced by `VALUES ?thing { … }`, at most 1,000 of them, so that
the engine need not read every label. `"…"@vi` keeps to names in one language.
"""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from kg import ns, sparql
from kg.server import searching

_USAGE = 'write ?thing nk:search "words", a triple of its own that begins with a variable'
_PREFIX_LENGTH = 3


def rewritten(query: sparql.Query, index: str | None) -> sparql.Query:
    """The query as the engine can answer it; a QueryError where it searches in a way that we cannot read.

    `index` is the file of the index: without one a query that searches is NotReady.
    """
    if "search" not in query.text:
        return query
    tokens = list(sparql.tokens(query.text))
    prefixes = {**sparql.PREFIXES, **_declared(tokens)}
    places = [place for place, token in enumerate(tokens) if _iri(token, prefixes) == ns.search.value]
    if not places:
        return query
    for place in reversed(places):
        _replace(tokens, place, index)
    return replace(query, text=sparql.spelled(tokens))


def _declared(tokens: list[sparql.Token]) -> dict[str, str]:
    found = {}
    for place in range(len(tokens) - _PREFIX_LENGTH + 1):
        word, name, iri = tokens[place : place + _PREFIX_LENGTH]
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.prefix] = iri.text[1:-1]
    return found


def _iri(token: sparql.Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "name" and token.prefix in prefixes:
        return prefixes[token.prefix] + token.text.partition(":")[2]
    return ""


def _replace(tokens: list[sparql.Token], place: int, index: str | None) -> None:
    """Put what the index finds in the place of the triple whose predicate stands at `place`."""
    if place < 1 or tokens[place - 1].kind != "var" or tokens[place + 1 : place + 2] == []:
        raise sparql.QueryError(_USAGE)
    if tokens[place + 1].kind != "text":
        raise sparql.QueryError(_USAGE)
    end = place + 2
    language = ""
    if end < len(tokens) and tokens[end].kind == "tag":
        language = tokens[end].text[1:].lower()
        end += 1
    if end < len(tokens) and tokens[end].text in (",", "^^"):
        raise sparql.QueryError(_USAGE)
    variable = tokens[place - 1]
    found = searching.found(index, _text(tokens[place + 1].text), language=language, limit=searching.MOST)
    iris = " ".join(f"<{thing['iri']}>" for thing in found)
    follow = [variable] if end < len(tokens) and tokens[end].text == ";" else []
    end += len(follow)
    tokens[place - 1 : end] = [sparql.Token("mark", f"VALUES {variable.text} {{ {iris} }}"), *follow]


def _text(token: str) -> str:
    """What a string of SPARQL says."""
    try:
        (triple,) = ox.parse(input=f"<x:s> <x:p> {token} .".encode(), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise sparql.QueryError(f"the words to search for cannot be read: {token[:200]}") from error
    return str(triple.object.value)
