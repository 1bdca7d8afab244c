"""Queries are read before the engine sees them: what must not reach it is found, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ns, sparql

ELSEWHERE = "<http://127.0.0.1:9/>"
GROUP = "{ ?s ?p ?o }"

FORBIDDEN = {
    "plain": f"ASK {{ SERVICE {ELSEWHERE} {GROUP} }}",
    "silent": f"ASK {{ SERVICE SILENT {ELSEWHERE} {GROUP} }}",
    "mixed case and a comment": f"ASK {{ sErViCe#c\n{ELSEWHERE} {GROUP} }}",
    "within EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {GROUP} }} }}",
    "a variable": f"ASK {{ VALUES ?e {{ {ELSEWHERE} }} SERVICE?e {GROUP} }}",
    "a prefixed name": f"PREFIX ex: <http://127.0.0.1:9/> ASK {{ SERVICE ex:a {GROUP} }}",
    "no space before a prefixed name": f"PREFIX ex: <http://127.0.0.1:9/> ASK {{ SERVICEex:a {GROUP} }}",
    "no space before the empty prefix": f"PREFIX : <http://127.0.0.1:9/> ASK {{ SERVICE:a {GROUP} }}",
    "a prefix of that name": f"PREFIX : <http://127.0.0.1:9/> PREFIX SERVICE: <x:> ASK {{ SERVICE:a#c\n{GROUP} }}",
    "no space at all": f"PREFIX ex: <http://127.0.0.1:9/> ASK {{ SERVICESILENTex:a {GROUP} }}",
    "after true": f"ASK {{ ?s ?p trueSERVICE{ELSEWHERE}{GROUP} }}",
    "after a number": f"ASK {{ ?s ?p 5SERVICE{ELSEWHERE}{GROUP} }}",
    "after a language": f"ASK {{ ?s ?p 'x'@en SERVICE{ELSEWHERE}{GROUP} }}",
    "after an escaped quotation mark": f"ASK {{ ?s ?p 'x\\'' SERVICE{ELSEWHERE}{GROUP} }}",
    "less-than that looks like an IRI with a comment": (
        f'ASK {{ ?a ?b ?c FILTER(?a<?b#>"""\n)SERVICE{ELSEWHERE}{GROUP}#"""\n}}'
    ),
    "less-than that looks like an IRI with a text": f"ASK {{ ?a ?b ?c FILTER(?a<'''>''')SERVICE{ELSEWHERE}{GROUP}#'''\n}}",
    "two less-thans": f"ASK {{ ?a ?b ?c FILTER(?a<<http://a/#b>)SERVICE{ELSEWHERE}{GROUP}#\n}}",
    "an escape in an IRI before": f"ASK {{ ?s <http://a/\\u0041#b> ?o . SERVICE {ELSEWHERE} {GROUP} }}",
    "carriage return ends a comment": f"ASK {{ #\rSERVICE {ELSEWHERE} {GROUP} }}",
}
PIECES = [
    *("SERVICE", "SERVICE:", "ex:x", "ex:", "?x", "<http://a/#b>", "<?b#>", "<'''>", "'''", '"""', "'", '"', "#"),
    *("\n", "\r", "{", "}", "(", ")", ".", "FILTER(?a", "<", ">", "true", "5", "@en", "_:b", "\\", "&&", " ", "a"),
]
UPDATES = [
    "INSERT DATA { <a:b> <a:c> <a:d> }",
    "PREFIX ex: <http://x/> DELETE WHERE { ?s ex:p ?o }",
    "LOAD <http://127.0.0.1:9/x.ttl>",
    "load silent <file:///etc/passwd> into graph <a:b>",
    "CLEAR ALL",
    "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# SELECT\nBASE <http://x/> DROP GRAPH <g>",
]
HARMLESS = [
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
    'SELECT * { ?s ?p """\nSERVICE <http://x/> { }\n""" }',
    "SELECT * { ?s ?p '''it's a SERVICE''' }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:service ?o }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:SERVICE {} }",
    "PREFIX service: <http://x/> SELECT * { ?s service:p ?o }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "SELECT ?service { ?service ?p $SERVICE }",
    "SELECT * { ?s <http://x/SERVICE#SERVICE> ?o }",
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p 'customer service' FILTER(?o < 5 && ?p > 3) }",
    "SELECT * { ?s ?p ?o FILTER(?o IN (<http://x/#service>, <http://x/#b>)) }",
    "SELECT * { ?s ?p 'INSERT DATA { }' } # DELETE",
]


@pytest.mark.parametrize("query", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_an_allowed_service_opens_the_way_to_no_other(query: str) -> None:
    with pytest.raises(sparql.QueryForbidden, match="SERVICE"):
        sparql.check(query, services=["http://127.0.0.1:8/"])
    behind = f"SELECT * {{ SERVICE <http://127.0.0.1:8/> {GROUP} FILTER EXISTS {GROUP} }} # \n{query}"
    with pytest.raises(sparql.QueryForbidden, match="SERVICE"):
        sparql.check(behind, services=["http://127.0.0.1:8/"])


@pytest.mark.parametrize("query", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(sparql.QueryForbidden, match="SERVICE"):
        sparql.check(query)


@pytest.mark.parametrize("query", UPDATES)
def test_an_update_is_refused(query: str) -> None:
    with pytest.raises(sparql.QueryForbidden, match="read-only"):
        sparql.check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_texts_comments_and_names_are_no_keywords(query: str) -> None:
    assert sparql.check(query).kind == "SELECT"


@given(st.lists(st.sampled_from(PIECES), max_size=8))
@settings(max_examples=300, deadline=None)
def test_what_the_engine_would_take_for_a_service_is_refused(pieces: list[str]) -> None:
    """A query that the engine reads, but no more when the word is another one, has SERVICE as a keyword."""
    query = f"ASK {{ ?a ?b ?c {''.join(pieces)} SERVICE{ELSEWHERE}{GROUP}#\n}}"
    if readable(query) and not readable(query.replace("SERVICE", "SXRVICE")):
        with pytest.raises(sparql.QueryForbidden):
            sparql.check(query)


def readable(query: str) -> bool:
    try:
        ox.Store().query(query, prefixes={"ex": "http://127.0.0.1:9/", "": "http://127.0.0.1:9/"})
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        pass
    return True


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT * {}", "SELECT"),
        ("select(1 AS ?x){}", "SELECT"),
        ("# c\nPREFIX a: <b:> BASE <c:> ASK{}", "ASK"),
        ("CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("describe <a:b>", "DESCRIBE"),
        ("", "UNKNOWN"),
        ("hello", "UNKNOWN"),
        ("PREFIX select: <a:>", "UNKNOWN"),
    ],
)
def test_the_kind_of_a_query_is_its_first_word(query: str, kind: str) -> None:
    assert sparql.check(query).kind == kind


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * FROM <a:g> { ?s ?p ?o }", True),
        ("SELECT*FROM<a:g>{ ?s ?p ?o }", True),
        ("ASK from named <a:g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("DESCRIBE <a:b> FROM <a:g>", True),
        ("PREFIX FROM: <a:> SELECT * { FROM:a ?p ?o }", False),
        ("SELECT ?FROM { ?FROM ?p 'FROM <a:g>' } # FROM <a:g>", False),
        ("SELECT * { { SELECT ?from { ?from ?p ?o } } }", False),
    ],
)
def test_a_dataset_clause_is_told_from_the_word(query: str, *, dataset: bool) -> None:
    assert sparql.check(query).dataset is dataset


def test_long_deep_and_wide_queries_are_refused() -> None:
    with pytest.raises(sparql.QueryError, match="characters"):
        sparql.check("ASK {} #" + "x" * sparql.MAX_CHARACTERS)
    with pytest.raises(sparql.QueryError, match="nested"):
        sparql.check("ASK " + "{" * 2_300 + "}" * 2_300)
    with pytest.raises(sparql.QueryError, match="nested"):
        sparql.check("ASK { ?s ?p " + "<<" * 100)
    with pytest.raises(sparql.QueryError, match="tokens"):
        sparql.check("ASK { FILTER(" + "!" * sparql.MAX_TOKENS + "1) }")


def test_counting_tokens_stops_early() -> None:
    """A text that opens again and again and never ends would otherwise be searched to its end each time."""
    with pytest.raises(sparql.QueryError):
        sparql.check('ASK { ?s ?p """' + '\\"""' * 15_000)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 5_900 + "1) }",
        "ASK { FILTER(" + "||".join(["1"] * 2_900) + ") }",
        "ASK { " + "UNION".join(["{}"] * 1_900) + " }",
        "ASK { " + "".join(f"BIND(1 AS ?x{i})" for i in range(990)) + " }",
        "ASK " + "{" * 64 + "}" * 64,
        "ASK { FILTER" + "(" * 63 + "1" + ")" * 63 + " }",
    ],
    ids=["not", "or", "union", "bind", "braces", "parentheses"],
)
def test_the_engine_survives_the_largest_queries_that_are_let_through(query: str) -> None:
    sparql.check(query)
    code = "import sys, pyoxigraph; bool(pyoxigraph.Store().query(sys.stdin.read()))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=query.encode(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_prefixes_agree_with_the_ontology() -> None:
    assert sparql.PREFIXES["nk"] == ns.NAMESPACE
    for constant in (
        ns.rdf_type,
        ns.rdfs_label,
        ns.skos_altLabel,
        ns.owl_Class,
        ns.prov_Agent,
        ns.sem_Event,
        ns.xsd_string,
    ):
        assert any(constant.value.startswith(namespace) for namespace in sparql.PREFIXES.values())


def test_an_iri_is_shortened_by_its_prefix_only() -> None:
    assert sparql.short("https://w3id.org/newskg/ontology#PhoneCall") == "nk:PhoneCall"
    assert sparql.short("http://elsewhere.example/a") == "http://elsewhere.example/a"
