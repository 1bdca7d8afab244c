"""Queries that were made to crash, hang, bloat or abuse a server: by hand, by a rule, and by chance that repeats."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

DEPTHS = (100, 300, 1_000, 3_000, 10_000, 100_000)
_NESTED: dict[str, Callable[[int], str]] = {
    "braces": lambda n: "ASK " + "{" * n + "}" * n,
    "parentheses": lambda n: "ASK { FILTER" + "(" * n + "1" + ")" * n + " }",
    "collections": lambda n: "ASK { " + "(" * n + "1" + ")" * n + " ?p ?o }",
    "open collections": lambda n: "ASK { " + "(" * n,
    "blank nodes": lambda n: "ASK { ?s ?p " + "[ ?p " * n + "1" + " ]" * n + " }",
    "negations": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "optionals": lambda n: "ASK { " + "OPTIONAL { " * n + "?s ?p ?o" + " }" * n + " }",
    "selects": lambda n: "ASK { " + "{ SELECT * " * n + "{ ?s ?p ?o }" + " }" * n + " }",
    "minus": lambda n: "ASK { ?s ?p ?o " + "MINUS { ?s ?p ?o " * n + "}" * n + " }",
    "exists": lambda n: "ASK { " + "FILTER EXISTS { " * n + "?s ?p ?o" + " }" * n + " }",
    "ifs": lambda n: "ASK { FILTER(" + "IF(true, " * n + "true" + ", false)" * n + ") }",
    "paths": lambda n: "ASK { ?s " + "(" * n + "<x:p>" + ")*" * n + " ?o }",
    "inverses": lambda n: "ASK { ?s " + "^(" * n + "<x:p>" + ")" * n + " ?o }",
    "triple terms": lambda n: "ASK { ?s ?p " + "<<( ?s ?p " * n + "1" + " )>>" * n + " }",
    "signs": lambda n: "ASK { FILTER(" + "- " * n + "1 = 1) }",
}
_LONG: dict[str, Callable[[int], str]] = {
    "triples": lambda n: "ASK { " + "?s ?p ?o . " * n + "}",
    "chain": lambda n: "ASK { " + "".join(f"?v{i} ?p{i} ?v{i + 1} . " for i in range(n)) + "}",
    "steps": lambda n: "ASK { ?s " + "/".join(["<x:p>"] * n) + " ?o }",
    "choices": lambda n: "ASK { ?s " + "|".join(["<x:p>"] * n) + " ?o }",
    "unions": lambda n: "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * n) + " }",
    "or": lambda n: "ASK { FILTER(" + " || ".join(["true"] * n) + ") }",
    "in": lambda n: "ASK { FILTER(1 IN (" + ", ".join(map(str, range(n))) + ")) }",
    "values": lambda n: "ASK { VALUES ?x { " + "1 " * n + "} }",
    "binds": lambda n: "SELECT * { " + " ".join(f"BIND({i} AS ?b{i})" for i in range(n)) + " }",
    "apart": lambda n: "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(n)) + " }",
    "optional": lambda n: (
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"OPTIONAL {{ ?a{i} ?b{i} ?c{i} }}" for i in range(n)) + " }"
    ),
}
_ENDLESS = {
    "pairs counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "pairs streamed": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "pairs sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1",
    "pairs distinct": "SELECT DISTINCT ?b ?e ?h { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "pairs grouped": "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?a",
    "pairs constructed": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "pairs joined by text": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONTAINS(STR(?c), STR(?i))) } LIMIT 1000000",
    "sort of everything": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY MD5(CONCAT(STR(?a), STR(?f)))",
    "path over all": "SELECT * { ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d . ?e (!<x:y>)* ?f }",
    "path of paths": "SELECT * { ?a ((!<x:y>*)*)* ?b . ?c ((!<x:y>*)+)* ?d . ?e (^!<x:y>)* ?f }",
    "path counted": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)+ ?b . ?c (!<x:y>|^!<x:y>)+ ?d }",
    "described": "DESCRIBE * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }",
    "not exists": "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?c ?x ?d . ?y ?z ?a . FILTER(STR(?y) > STR(?f)) } }",
    "far away": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } OFFSET 1000000000000",
    "hashes": "SELECT (SUM(STRLEN(SHA512(CONCAT(STR(?a), STR(?d), STR(?g))))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "regular": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER REGEX(STR(?c), CONCAT('(', STRLANG(STR(?e), 'x'), ')+')) }",
    "values of values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(300)))} }}" for i in range(5))
    + " }",
    "all concatenated": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?t) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "everything optional": "SELECT * { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i OPTIONAL { ?j ?k ?l } } } }",
    "minus all": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?a ?x ?y . ?d ?z ?w } }",
}
_ADDRESSES = ("http://127.0.0.1:{port}/x", "http://localhost:{port}/x.ttl")
_ELSEWHERE = (
    "ASK {{ SERVICE <{a}> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE SILENT <{a}> {{ ?s ?p ?o }} }}",
    "ASK {{ sErViCe#c\n<{a}> {{ ?s ?p ?o }} }}",
    "ASK {{ service<{a}>{{}} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{a}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ OPTIONAL {{ SERVICE SILENT<{a}>{{ ?s ?p ?o }} }} }}",
    "ASK {{ VALUES ?e {{ <{a}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "PREFIX s: <{a}> ASK {{ SERVICE s: {{ ?s ?p ?o }} }}",
    "PREFIX SERVICE: <{a}> ASK {{ SERVICESERVICE: {{ ?s ?p ?o }} }}",
    "BASE <{a}> ASK {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "ASK {{ {{ SELECT * {{ SERVICE <{a}> {{ ?s ?p ?o }} }} }} }}",
    "ASK {{ ?s ?p trueSERVICE<{a}>{{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p ?o FILTER(?o <?b#>'\n) SERVICE <{a}> {{}} #>' }}",
    "LOAD <{a}>",
    "LOAD SILENT <{a}> INTO GRAPH <x:g>",
    "load#c\n<{a}>",
    "PREFIX x: <{a}> LOAD x:",
    "ASK {{}} ; LOAD <{a}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{a}> {{ ?s ?p ?o }} }}",
    "CLEAR ALL ; LOAD <{a}>",
    "SELECT * FROM <{a}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{a}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "DESCRIBE <{a}> FROM <{a}>",
)
_FILES = (
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:g>",
    "ASK { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
    "ASK FROM <../../../../etc/passwd> { ?s ?p ?o }",
)
_BYTES = (
    b"ASK { ?s ?p '\xff' }",
    b"\xff\xfeA\x00S\x00K\x00",
    b"ASK { ?s ?p '\xc3' }",
    b"ASK { ?s ?p '\xed\xa0\x80' }",
    b"ASK { ?s ?p '\xf5\x80\x80\x80' }",
    b"\x00",
    b"ASK {} \x00",
    b"ASK { <\x01> ?p ?o }",
    b"\xef\xbb\xbfASK {}",
    b"",
    b"\r\n\r\n",
    b"ASK { ?s ?p '" + b"\xe2\x80\xae" * 1000 + b"' }",
    b"\x80" * 1000,
    b"ASK { ?s ?p '\\uD800' }",
    b"ASK { ?s ?p '\\UFFFFFFFF' }",
)
_HUGE = (
    "ASK {} #",
    "ASK { ?s ?p '",
    "SELECT * { ?s ?p ?o } ORDER BY ?",
    "ASK { FILTER(1 IN (1",
    "(",
    "{",
    "<",
    "x" * 16,
)
WORDS = (
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "(", ")", "[", "]", "*", "?s", "?p", "?o", ".", ";"),
    *(",", "FILTER", "BIND", "AS", "OPTIONAL", "UNION", "MINUS", "GRAPH", "VALUES", "<x:a>", "a", "1", "'x'", "@vi"),
    *("^^", "/", "|", "^", "!", "+", "-", "=", "<", ">", "&&", "||", "LIMIT", "ORDER BY", "GROUP BY", "<<(", ")>>"),
    *(
        "nk:search",
        "rdf:type",
        "EXISTS",
        "NOT",
        "IN",
        "COUNT",
        "DISTINCT",
        "FROM",
        "#",
        "\n",
        '"""',
        "'''",
        "\\",
        "_:b",
    ),
)
_VALID = "SELECT ?s (COUNT(*) AS ?n) { ?s a nk:Person ; rdfs:label ?l . FILTER(LANG(?l) = 'vi') } GROUP BY ?s LIMIT 5"


def bombs() -> Iterator[tuple[str, str | bytes]]:
    """Queries that are deep, long or large to read."""
    for name, nested in _NESTED.items():
        for depth in DEPTHS:
            yield f"{name} {depth}", nested(depth)
    for name, long in _LONG.items():
        for length in (30, 300, 1_000, 5_000):
            yield f"{name} {length}", long(length)
    for number, begin in enumerate(_HUGE):
        yield f"huge {number}", begin + "x" * 1_000_000
    for number, data in enumerate(_BYTES):
        yield f"bytes {number}", data


def endless() -> Iterator[tuple[str, str | bytes]]:
    """Queries that are short to write and never end, or bloat."""
    yield from _ENDLESS.items()
    for times in (16, 24, 32, 64):
        doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
        yield f"doubled {times}", f"SELECT (STRLEN(?x{times}) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {doubled} }}"
        replaced = " ".join(f"BIND(REPLACE(?x{n}, 'a', 'aaaa') AS ?x{n + 1})" for n in range(times))
        yield f"replaced {times}", f"SELECT (STRLEN(?x{times}) AS ?n) {{ BIND('a' AS ?x0) {replaced} }}"


def abroad(port: int) -> Iterator[tuple[str, str | bytes]]:
    """Queries that ask this machine's `port`, or for its files."""
    for number, text in enumerate(_ELSEWHERE):
        for address in _ADDRESSES:
            yield f"abroad {number} {address[:12]}", text.format(a=address.format(port=port))
    for number, text in enumerate(_FILES):
        yield f"file {number}", text


def by_chance(count: int = 120) -> Iterator[tuple[str, str | bytes]]:
    """Words of SPARQL in any order, and a good query with some of its bytes changed."""
    chance = random.Random(20261123)  # noqa: S311 - the same each time, no secret
    for number in range(count):
        if number % 2:
            yield f"words {number}", " ".join(chance.choices(WORDS, k=chance.randrange(2, 60)))
        else:
            data = bytearray(_VALID.encode())
            for _ in range(chance.randrange(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            yield f"mutant {number}", bytes(data)
