"""Answer what is asked of one thing in the server itself: handing it to a worker takes longer than the answer.

Only a query of one triple is answered so, whose subject is an absolute IRI, and only where the store has few quads that
can match. What it may cost is known before the engine sees it; everything else is for the workers.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import edits, sparql
from kg.errors import KgError
from kg.server import worker
from kg.server.refusal import Refused
from kg.server.replies import Reply
from kg.server.sinks import TooLarge

_LOG = logging.getLogger(__name__)
_OK = 200
_LONGEST = 2_000  # characters of a query
_MOST_QUADS = 200
_MOST_BYTES = 64 * 1024
_IRI = r'<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*>'
_NAME = r"[A-Za-z][A-Za-z0-9_-]*:[A-Za-z0-9_][A-Za-z0-9_-]*"
_VARIABLE = r"\?[A-Za-z0-9_]+"
_PREFIX = re.compile(rf"PREFIX\s+([A-Za-z][A-Za-z0-9_-]*):\s*({_IRI})\s*", re.IGNORECASE)
_LOOKUP = re.compile(
    rf"""
    \s* (?P<prologue> (?:PREFIX\s+[A-Za-z][A-Za-z0-9_-]*:\s*{_IRI}\s*)* )
    (?: (?P<select>SELECT)\s+(?:DISTINCT\s+)? (?: \* | {_VARIABLE}(?:\s+{_VARIABLE})* ) | ASK ) \s* (?: WHERE\s* )?
    \{{ \s* (?P<subject> {_IRI}|{_NAME} )
        \s+ (?P<predicate> {_IRI}|{_NAME}|{_VARIABLE}|a )
        \s+ (?P<object> {_IRI}|{_NAME}|{_VARIABLE} )
        \s* \.? \s* \}} \s* (?: LIMIT\s+[0-9]{{1,9}}\s* )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The quads that a lookup can match: those with this subject and, where they are given, predicate and object."""

    kind: sparql.Kind
    subject: ox.NamedNode
    predicate: ox.NamedNode | None
    object: ox.NamedNode | None


def pattern(query: str) -> Pattern | None:
    """What a query asks of one thing; None where it asks anything else, or says it in a way that is not known here."""
    found = _LOOKUP.fullmatch(query) if len(query) <= _LONGEST else None
    if found is None:
        return None
    prefixes = {**sparql.PREFIXES, **{name: iri[1:-1] for name, iri in _PREFIX.findall(found["prologue"])}}
    try:
        subject = _node(found["subject"], prefixes)
        kind: sparql.Kind = "SELECT" if found["select"] else "ASK"
        return subject and Pattern(kind, subject, _node(found["predicate"], prefixes), _node(found["object"], prefixes))
    except (KeyError, ValueError):
        return None  # an unknown prefix, or no IRI: a worker says what is wrong


class Lookups:
    """What answers lookups of one snapshot. `close` it: while it is open the snapshot is not removed."""

    def __init__(self, place: Path) -> None:
        self._held = edits.held(place)
        self._store: ox.Store | None = None
        try:
            self._store = ox.Store.read_only(str(place))
        except (OSError, RuntimeError) as error:
            _LOG.warning("lookups are left to the workers: %s", error)

    def close(self) -> None:
        """Let go of the snapshot."""
        self._store = None
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def answer(self, job: dict[str, Any]) -> Reply | None:
        """The reply to a job that is a lookup; None where it is none, or finds much, or fails: a worker takes it then."""
        if self._store is None or job["task"] != "query" or job["default"] or job["named"]:
            return None
        asked = pattern(job["query"])
        if asked is None or not self._finds_little(self._store, asked):
            return None
        checked = sparql.Query(job["query"], asked.kind, dataset=False)
        out = _Kept()
        try:
            media = worker.answer(self._store, checked, job, out)
        except (KgError, Refused, TooLarge):
            return None
        return Reply(_OK, media, bytes(out.kept))

    @staticmethod
    def _finds_little(store: ox.Store, asked: Pattern) -> bool:
        try:
            quads = store.quads_for_pattern(asked.subject, asked.predicate, asked.object, None)
            return sum(1 for _ in itertools.islice(quads, _MOST_QUADS + 1)) <= _MOST_QUADS
        except OSError:  # a damaged file
            return False


class _Kept:
    """Keeps what is written to it, up to a limit."""

    def __init__(self) -> None:
        self.media: str | None = None
        self.kept = bytearray()

    def write(self, data: Any, /) -> int:
        """Take a piece of the answer."""
        if len(self.kept) + len(data) > _MOST_BYTES:
            raise TooLarge
        self.kept += data
        return len(data)

    def flush(self) -> None:
        """Nothing: it is kept."""


def _node(text: str, prefixes: dict[str, str]) -> ox.NamedNode | None:
    """The IRI that a term of a query stands for; None for a variable."""
    if text.startswith("?"):
        return None
    if text.startswith("<"):
        iri = text[1:-1]
    elif text == "a":
        return ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    else:
        name, _, local = text.partition(":")
        iri = prefixes[name] + local
    if "/." in iri:
        raise ValueError(iri)  # which the engine may shorten
    return ox.NamedNode(iri)
