"""The triples behind a row are enough: a graph of them alone gives the same row again, whatever was asked.

Paths of no step at all are left out: they need a node and no triple.
"""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import sparql
from kg.store import Rows, querying
from kg.tracing.matching import Matcher

PREFIX = "PREFIX : <http://x/> "
GRAPH = ox.NamedNode("http://x/graph")
NODES, PROPERTIES, VARIABLES = "wxyz", "pqr", "abcd"


def term(names: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f":{name}" for name in names])


variable = st.sampled_from([f"?{name}" for name in VARIABLES])
end = st.one_of(variable, variable, variable, term(NODES), st.just("_:n"))
path = st.recursive(
    term(PROPERTIES),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]}/{0[1]})".format),
        st.tuples(inner, inner).map("({0[0]}|{0[1]})".format),
        inner.map("^({})".format),
        term(PROPERTIES).map("{}+".format),
    ),
    max_leaves=3,
)
triple = st.tuples(end, st.one_of(path, path, variable), end).map(" ".join)
block = st.lists(triple, min_size=1, max_size=3).map(" . ".join)


def around(group: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What may stand beside the triples of a group, each with a group of its own."""
    return st.one_of(
        group.map("OPTIONAL {{ {} }}".format),
        st.tuples(group, group).map("{{ {0[0]} }} UNION {{ {0[1]} }}".format),
        group.map("FILTER EXISTS {{ {} }}".format),
        group.map("FILTER NOT EXISTS {{ {} }}".format),
        group.map("MINUS {{ {} }}".format),
        group.map("{{ {} }}".format),
        group.map("{{ SELECT DISTINCT ?a ?b {{ {} }} }}".format),
        group.map("{{ SELECT ?a (COUNT(?b) AS ?n) {{ {} }} GROUP BY ?a }}".format),
        st.tuples(variable, term(NODES)).map("VALUES {0[0]} {{ {0[1]} }}".format),
        st.tuples(variable, variable).map("FILTER({0[0]} != {0[1]})".format),
    )


group = st.recursive(
    block,
    lambda inner: st.tuples(block, st.lists(around(inner), min_size=1, max_size=2)).map(
        lambda parts: " ".join([f"{parts[0]} .", *parts[1]])
    ),
    max_leaves=3,
)
query = st.one_of(
    group.map("SELECT * {{ {} }}".format),
    group.map("SELECT DISTINCT ?a ?b {{ {} }}".format),
    group.map("SELECT ?a (COUNT(?b) AS ?number) {{ {} }} GROUP BY ?a ?c".format),
)
facts = st.sets(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)), min_size=4, max_size=16
)


def store_of(triples: list[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object, GRAPH) for t in triples)
    return store


def parsed(text: str) -> sparql.Query | None:
    """The query, if the engine takes it: labels of blank nodes may not stand in two groups."""
    checked = sparql.check(PREFIX + text)
    try:
        querying.answer(ox.Store(), checked)
    except sparql.QueryError:
        return None
    return checked


@settings(max_examples=300, deadline=None)
@given(facts, query)
def test_the_triples_of_a_row_alone_give_the_row(known: set[tuple[str, str, str]], text: str) -> None:
    checked = parsed(text)
    if checked is None:
        return
    nodes = {name: ox.NamedNode(f"http://x/{name}") for name in NODES + PROPERTIES}
    store = store_of([ox.Triple(nodes[s], nodes[p], nodes[o]) for s, p, o in sorted(known)])
    for match in Matcher(store, checked).matches(20):
        for one in match.triples:
            assert any(store.quads_for_pattern(*one))
        again = querying.collect(querying.answer(store_of(list(match.triples)), checked))
        assert isinstance(again, Rows)
        assert match.row in again.terms, (text, sorted(known), match.triples)
