"""Look at a SPARQL query before an engine does: its kind, its dataset clause, and what must not reach the engine.

Oxigraph connects to whatever a SERVICE names, ends the process on deep nesting, and ignores FROM when it is asked for
the union of all graphs; none of it can be switched off from Python. So the tokens are read here first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.errors import UsageError

MAX_CHARACTERS = 65_536
MAX_DEPTH = 64
MAX_TOKENS = 6_000
PREFIXES = {
    "nk": "https://w3id.org/newskg/ontology#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Kind = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "UPDATE", "UNKNOWN"]
_READS: tuple[Kind, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = rf"{_BASE}_\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_VARIABLE = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<skip>  [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<iri>   <[^<>"{{}}|^`\x00-\x20]*> )
    | (?P<text>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
    | (?P<open>  ["'].* )
    | (?P<tag>   @[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)? )
    | (?P<blank> _:[{_BASE}_0-9](?:[{_NAME}.]*[{_NAME}])? )
    | (?P<name>  (?P<prefix>(?:[{_BASE}](?:[{_NAME}.]{{0,200}}[{_NAME}])?)?):
                 (?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:(?:[{_NAME}.:]|{_ESCAPED})*(?:[{_NAME}:]|{_ESCAPED}))?)? )
    | (?P<var>   [?$][{_VARIABLE}]+ )
    | (?P<num>   [0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)? )
    | (?P<word>  [{_BASE}_][{_VARIABLE}]* )
    | (?P<mark>  <<(?![^<>"{{}}|^`\x00-\x20]*>)|>>|<=|>=|!=|&&|\|\||\^\^|. )
    """,
    re.VERBOSE | re.DOTALL,
)
_OPEN = {"{", "(", "[", "<<"}
_CLOSE = {"}", ")", "]", ">>"}
_BORDERS = frozenset("#'")
_BEFORE_OPERAND = {"", "(", ",", "=", "!=", "<", ">", "<=", ">=", "&&", "||", "!", "+", "-", "*", "/", "|", "^", "^^"}


class QueryError(UsageError):
    """The query is wrong or too large: change it."""


class QueryForbidden(UsageError):
    """The query asks for what is not offered, such as an update or another server's data: leave that out."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `kind` is iri, text, open (a text without an end), tag, blank, name, var, num, word or mark.

    `apart` tells whether white space or a comment stands before it: the engine reads `COALESCE (` as no function.
    """

    kind: str
    text: str
    prefix: str = ""
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may be given to the engine; `dataset` tells whether it says FROM itself."""

    text: str
    kind: Kind
    dataset: bool


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query` without comments and white space; what is no token comes as single marks."""
    apart = True
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "skip":
            yield Token(match.lastgroup or "mark", match.group(), match["prefix"] or "", apart)
        apart = match.lastgroup == "skip"


def spelled(found: Iterable[Token]) -> str:
    """Tokens as text, white space where it was: what one of them hides from the engine by `#` is never another line."""
    return "".join(f"\n{token.text}" if token.apart else token.text for token in found)


def prefixes_in(query: str) -> dict[str, str]:
    """Those of PREFIXES that a query may use: the engine takes longer to hear of all than to answer a small query."""
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in query}


def short(iri: str) -> str:
    """An IRI with the prefix of its vocabulary, such as nk:PhoneCall; any other text as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def check(query: str, *, services: Collection[str] = ()) -> Query:
    """The query, seen to be one that reads, and of bearable size; else a QueryError or QueryForbidden says why not.

    It may ask the `services`, addresses of other endpoints, and no other; each must stand in the query letter by letter.
    """
    if len(query) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(query)} characters, more than {MAX_CHARACTERS}")
    found = list(itertools.islice(tokens(query), MAX_TOKENS + 1))
    if len(found) > MAX_TOKENS:
        raise QueryError(f"the query has more than {MAX_TOKENS} tokens")
    if depth(found) > MAX_DEPTH:
        raise QueryError(f"the query is nested more than {MAX_DEPTH} deep")
    body = _body(found)
    kind = _kind(body)
    if kind == "UPDATE":
        raise QueryForbidden("the graph is read-only: updates are not accepted; build the graph again instead")
    if asks_elsewhere(query, found, services):
        allowed = (
            f"only of {', '.join(sorted(services))}, written as <address>" if services else "no other server is asked"
        )
        raise QueryForbidden(f"SERVICE is not accepted: {allowed}; leave the SERVICE out")
    return Query(query, kind, _names_dataset(body))


def undeclared(query: str) -> list[str]:
    """The prefixes that `query` uses but neither it nor PREFIXES declares, in the order of their use."""
    found = list(tokens(query))
    body = _body(found)
    declared = {token.prefix for token in found[: len(found) - len(body)] if token.kind == "name"} | PREFIXES.keys()
    return list(dict.fromkeys(t.prefix for t in body if t.kind == "name" and t.prefix not in declared))


def depth(found: Iterable[Token]) -> int:
    """How deep the deepest of the tokens is nested in brackets."""
    deepest = now = 0
    for token in found:
        if token.kind == "mark":
            now += (token.text in _OPEN) - (token.text in _CLOSE)
            deepest = max(deepest, now)
    return deepest


def _body(found: list[Token]) -> list[Token]:
    """The tokens after BASE, PREFIX and VERSION."""
    start = 0
    while start < len(found) and found[start].text.upper() in ("BASE", "PREFIX", "VERSION"):
        start += 3 if found[start].text.upper() == "PREFIX" else 2
    return found[start:]


def _kind(body: list[Token]) -> Kind:
    """The kind of query by its first word, which may touch the next: SELECT* and SELECTDISTINCT both select."""
    first = body[0].text.upper() if body and body[0].kind in ("word", "name") else ""
    if first.startswith(_UPDATES):
        return "UPDATE"
    return next((kind for kind in _READS if first.startswith(kind)), "UNKNOWN")


def _names_dataset(body: list[Token]) -> bool:
    depth = 0
    for token in body:
        if token.kind == "word" and depth == 0 and token.text.upper() in ("FROM", "FROMNAMED"):
            return True
        if token.kind == "mark":
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
    return False


def asks_elsewhere(query: str, found: list[Token], services: Collection[str] = ()) -> bool:
    """Whether the engine might read SERVICE in these tokens, other than `SERVICE <one of the services> {`.

    The engine's grammar needs no space after a keyword: it reads `trueSERVICE<…>` and `SERVICEex:a {` as SERVICE. And
    `<?b#>` is an IRI in one place, less-than and a comment in another; where that is open, we refuse.
    """
    if "SERVICE" not in query.upper():
        return False
    for position, token in enumerate(found):
        named = token.kind in ("word", "open") and "SERVICE" in token.text.upper()
        if named and not _asks_one_of(services, found, position):
            return True
        if token.kind == "name" and "SERVICE" in token.prefix.upper() and _opens_group(found, position):
            return True
    return may_hide_code(found)


def _asks_one_of(services: Collection[str], found: list[Token], position: int) -> bool:
    """Whether at `position` stands `SERVICE <address> {` or `SERVICE SILENT <address> {` with an allowed address."""
    here = [token.text for token in found[position : position + 4]]
    if len(here) > 1 and here[1].upper() == "SILENT":
        del here[1]
    return len(here) > 2 and here[0].upper() == "SERVICE" and here[1][1:-1] in services and here[2] == "{"  # noqa: PLR2004


def _opens_group(found: list[Token], position: int) -> bool:
    """Whether a group follows the name at `position`, other than that of GRAPH name { … }."""
    after = found[position + 1].text if position + 1 < len(found) else ""
    before = found[position - 1].text.upper() if position else ""
    return after == "{" and before != "GRAPH"


def may_hide_code(found: Iterable[Token]) -> bool:
    """Whether an IRI with `#` or `'` stands where a comparison and a comment or text could stand as well."""
    brackets: list[str] = []
    before = ""
    for token in found:
        compared = before == "<" or (brackets[-1:] == ["("] and before not in _BEFORE_OPERAND)
        if compared and token.kind == "iri" and _BORDERS & set(token.text):
            return True
        if token.kind == "mark" and token.text in _OPEN:
            brackets.append(token.text)
        elif token.kind == "mark" and token.text in _CLOSE and brackets:
            brackets.pop()
        before = token.text
    return False
