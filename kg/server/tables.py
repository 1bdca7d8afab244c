"""Answers and things as JSON-ready values for the pages."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kg import lookup, sparql
from kg.store.querying import GRAPHS, Answer, explained


def tabulate(found: Answer, most: int) -> dict[str, Any]:
    """An answer with at most `most` rows: `more` says whether there are others.

    `variables` and `rows` for SELECT, `boolean` for ASK, `text` as N-Triples for CONSTRUCT and DESCRIBE.
    """
    with explained():
        return _tabulate(found, most)


def _tabulate(found: Answer, most: int) -> dict[str, Any]:
    if isinstance(found, ox.QueryBoolean):
        return {"boolean": bool(found)}
    if isinstance(found, ox.QueryTriples):
        triples = list(itertools.islice(found, most + 1))
        text = ox.serialize(triples[:most], format=GRAPHS["nt"]) or b""  # type: ignore[arg-type]  # GRAPHS are RdfFormats
        return {"text": text.decode(), "more": len(triples) > most}
    rows = list(itertools.islice(found, most + 1))
    return {
        "variables": [variable.value for variable in found.variables],
        "rows": [[_cell(term) for term in row] for row in rows[:most]],
        "more": len(rows) > most,
    }


def describe(store: ox.Store, iri: str, language: str, most: int) -> dict[str, Any] | None:
    """A thing's card, with at most `most` claims and mentions behind it; None where the graph does not have it."""
    reader = lookup.Reader(store, language=language)
    card = lookup.card(reader, iri)
    if card is None:
        return None
    claims, words = lookup.reasons(reader, iri), lookup.mentions(reader, iri)
    return {
        "card": asdict(card),
        "claims": [asdict(claim) for claim in claims[:most]],
        "mentions": [asdict(mention) for mention in words[:most]],
        "more": max(len(claims), len(words)) > most,
    }


def _cell(term: object) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"text": sparql.short(term.value), "iri": term.value}
    if isinstance(term, ox.Literal):
        return {"text": term.value, "language": term.language or ""}
    return {"text": "" if term is None else str(term)}
