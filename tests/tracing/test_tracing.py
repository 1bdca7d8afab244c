"""Each row of an answer is traced to the triples that it matched and to the words behind them, and to no others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import lookup, questions, sparql, tracing
from kg.errors import UsageError
from kg.store import read_only
from kg.tracing.matching import Matcher

STORE = """
PREFIX : <http://x/>
:ana :met :binh ; :age 40 ; :name "Ana"@en , "An"@vi . :binh :met :chi ; :age 41 . :chi :called :ana ; :age 42 .
:shop :in :street . :street :in :town . :town :in :country .
:duy :knows :em . :em :knows :duy .
"""
PREFIX = "PREFIX : <http://x/> "


@pytest.fixture(scope="module")
def people() -> ox.Store:
    store = ox.Store()
    graph = ox.NamedNode("http://x/graph")
    store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in ox.parse(STORE, format=ox.RdfFormat.TURTLE))
    return store


@pytest.fixture(scope="module")
def small(small_graph: Path) -> ox.Store:
    return read_only(small_graph)


def shown(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix("http://x/")


def matched(store: ox.Store, query: str) -> list[tuple[tuple[str | None, ...], list[str]]]:
    """The rows with their triples as "s p o", and the notes behind them."""
    found = Matcher(store, sparql.check(PREFIX + query))
    matches = list(found.matches(100))
    for match in matches:
        for triple in match.triples:
            assert any(store.quads_for_pattern(*triple)), "a triple that the graph does not have supports nothing"
    return [
        (
            tuple(None if term is None else shown(term) for term in match.row),
            sorted(" ".join(map(shown, triple)) for triple in match.triples)
            + [f"{note.code}: {note.text}" for note in match.notes],
        )
        for match in matches
    ]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?x { ?x :met :binh }", [(("ana",), ["ana met binh"])]),
        ("SELECT ?a { ?x :met :binh ; :age ?a . }", [(("40",), ["ana age 40", "ana met binh"])]),
        # A step of a path, the other way round, one of several.
        ("SELECT ?x { ?x :met/:met ?y }", [(("ana",), ["ana met binh", "binh met chi"])]),
        ("SELECT ?x { :binh ^:met ?x }", [(("ana",), ["ana met binh"])]),
        ("SELECT ?y { :chi :met|:called ?y }", [(("ana",), ["chi called ana"])]),
        ("SELECT ?y { :binh :called|^:met ?y }", [(("ana",), ["ana met binh"])]),
        ("SELECT ?y { :ana (^:called|:called)/:age ?y }", [(("42",), ["chi age 42", "chi called ana"])]),
        ("SELECT ?y { :shop :in+ ?y FILTER(?y = :country) }",
         [(("country",), ["shop in street", "street in town", "town in country"])]),
        ("SELECT ?y { :shop :in* ?y FILTER(?y = :shop) }", [(("shop",), [])]),
        # Squares, blank nodes, lists of objects.
        ("SELECT ?n { [ :age 40 ; :name ?n ] FILTER(LANG(?n) = 'vi') }", [(("An",), ["ana age 40", "ana name An"])]),
        ("SELECT ?a { _:x :met :chi . _:x :age ?a }", [(("41",), ["binh age 41", "binh met chi"])]),
        ("SELECT ?x { ?x :met :binh , ?y FILTER(?y = :binh) }", [(("ana",), ["ana met binh"])]),
        # What is optional supports a row where it matched; a branch of UNION where it is the one.
        ("SELECT ?x ?n { ?x :met ?y OPTIONAL { ?x :name ?n FILTER(LANG(?n) = 'en') } } ORDER BY ?x",
         [(("ana", "Ana"), ["ana met binh", "ana name Ana"]), (("binh", None), ["binh met chi"])]),
        ("SELECT ?x { { ?x :met :binh } UNION { ?x :called :ana } } ORDER BY ?x",
         [(("ana",), ["ana met binh"]), (("chi",), ["chi called ana"])]),
        # The same triple exists for both, but only one branch lets it through.
        ("SELECT ?x { ?x :met ?y { ?x :age ?a FILTER(?a > 40) } UNION { ?x :age ?a . ?x :name 'Ana'@en } } ORDER BY ?x",
         [(("ana",), ["ana age 40", "ana met binh", "ana name Ana"]), (("binh",), ["binh age 41", "binh met chi"])]),
        # Rows that DISTINCT made one rest on all that give them; LIMIT takes nothing away from a row.
        ("SELECT DISTINCT ?p { ?x :met ?y BIND('met' AS ?p) } LIMIT 1",
         [(("met",), ["ana met binh", "binh met chi", "given: ?p"])]),
        ("SELECT (STR(?a) AS ?text) { :binh :age ?a }", [(("41",), ["binh age 41"])]),
        # Grouped rows, also by what is not shown.
        ("SELECT (COUNT(?y) AS ?n) { ?x :met ?y }", [(("2",), ["ana met binh", "binh met chi"])]),
        ("SELECT (COUNT(*) AS ?n) { ?x :met ?y }", [(("2",), ["ana met binh", "binh met chi"])]),
        ("SELECT (COUNT(?y) AS ?n) { ?x :met ?y } GROUP BY ?x ORDER BY ?x",
         [(("1",), ["ana met binh"]), (("1",), ["binh met chi"])]),
        ("SELECT ?old (COUNT(?x) AS ?n) { ?x :age ?a } GROUP BY (?a > 41 AS ?old) HAVING (COUNT(?x) > 1)",
         [(("false", "2"), ["ana age 40", "binh age 41"])]),
        # A SELECT within: its own variables are no others of that name.
        ("SELECT ?x ?m { ?x :met ?y { SELECT ?x (MAX(?a) AS ?m) { ?x :age ?a . ?y :called ?z } GROUP BY ?x } } ORDER BY ?x",
         [(("ana", "40"), ["ana age 40", "ana met binh", "chi called ana"]),
          (("binh", "41"), ["binh age 41", "binh met chi", "chi called ana"])]),
        ("SELECT ?x { { SELECT ?x { ?x :age ?a } ORDER BY ?a LIMIT 1 } }", [(("ana",), ["ana age 40"])]),
        # What must be there elsewhere is support; what must not be there cannot be.
        ("SELECT ?x { ?x :met ?y FILTER EXISTS { ?x :name ?n . FILTER(LANG(?n) = 'en') } }",
         [(("ana",), ["ana met binh", "ana name Ana"])]),
        # Where a variable has no value outside, an EXISTS may match anything, and the variable stays without one.
        ("SELECT ?x ?n { ?x :met :chi OPTIONAL { ?x :name ?n } FILTER EXISTS { ?y :name ?n FILTER(LANG(?n) = 'vi') } }",
         [(("binh", None), ["ana name An", "binh met chi"])]),
        # A blank node within a SELECT that is asked twice; a way that comes back to where it began.
        ("SELECT ?x { { SELECT ?x (COUNT(?y) AS ?n) { ?x :met ?y FILTER EXISTS { _:n :met ?x } } GROUP BY ?x } }",
         [(("binh",), ["ana met binh", "binh met chi"])]),
        ("SELECT ?x { ?x :knows+ ?x } ORDER BY ?x", [(("duy",), ["duy knows em", "em knows duy"]), (("em",), ["duy knows em", "em knows duy"])]),
        ("SELECT ?x { ?x :met ?y FILTER NOT EXISTS { ?x :name ?n } }",
         [(("binh",), ["binh met chi", "absent: FILTER NOT EXISTS { ?x :name ?n }"])]),
        ("SELECT ?x { ?x :met ?y MINUS { ?x :name ?n } }", [(("binh",), ["binh met chi", "absent: MINUS { ?x :name ?n }"])]),
        ("SELECT ?x ?k { VALUES ?k { 1 } ?x :met :binh }", [(("ana", "1"), ["ana met binh", "given: ?k"])]),
        ("SELECT ?x { VALUES ?x { :ana } ?x :met ?y }", [(("ana",), ["ana met binh"])]),
        ("SELECT ?x { GRAPH ?g { ?x :met :binh } }", [(("ana",), ["ana met binh"])]),
        ("SELECT ?x (RAND() AS ?r) { ?x :met :binh }", None),
        ("SELECT * { ?x !:age :binh }", [(("ana",), ["path: http://x/ana !:age http://x/binh"])]),
        ("ASK { ?x :met/:met ?y }", [(("ana", "chi"), ["ana met binh", "binh met chi"])]),
        ("ASK { ?x :met :ana }", []),
    ],
)  # fmt: skip
def test_a_row_rests_on_what_it_matched(people: ox.Store, query: str, rows: list[object] | None) -> None:
    found = matched(people, query)
    if rows is None:
        assert [triples for _, triples in found] == [["ana met binh", "given: ?r"]]
    else:
        assert found == rows


@pytest.mark.parametrize("question", questions.saved(), ids=lambda question: question.name)
def test_every_row_of_every_saved_question_has_words(demo_graph: Path, question: questions.SavedQuestion) -> None:
    store = read_only(demo_graph)
    reader = lookup.Reader(store)
    quotes = lookup.Quotes(demo_graph, reader)
    trace = tracing.trace(store, question.text)
    rows = list(trace.rows(20))
    assert rows
    for row in rows:
        places = [e for claim in row.support.claims for e in claim.evidence]
        places += [e for naming in row.support.namings for e in naming.evidence]
        assert places, row.terms
        for quote in map(quotes.quote, places):
            assert quote.quote
            assert quote.quote in quote.sentence


def test_tracing_does_not_change_the_answer(demo_graph: Path) -> None:
    for question in questions.saved():
        plain = kg.query(demo_graph, question.text)
        trace = tracing.trace(read_only(demo_graph), question.text)
        assert isinstance(plain, kg.store.Rows)
        assert trace.variables == plain.variables
        assert sorted(str(row.terms) for row in trace.rows(10_000)) == sorted(map(str, plain.terms))


def quoted(store: ox.Store, query: str) -> Iterable[tuple[list[str], list[str], list[str]]]:
    for row in tracing.trace(store, query).rows(10):
        support = row.support
        yield (
            [evidence.words for claim in support.claims for evidence in claim.evidence],
            [evidence.words for naming in support.namings for evidence in naming.evidence],
            [f"{note.code}: {note.text}" for note in support.untraced],
        )


def test_an_event_rests_on_the_claims_that_assert_it(small: ox.Store) -> None:
    (row,) = quoted(small, "SELECT ?d { ?e a nk:PhoneCall ; nk:hasTime/nk:edtf ?d }")
    assert row == (["Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji"], [], [])


def test_a_name_that_the_claims_words_hold_needs_no_other_words(small: ox.Store) -> None:
    query = "SELECT ?n {{ ?e a nk:{} ; nk:{}/rdfs:label ?n FILTER(LANG(?n) = 'vi') }}"
    (row,) = quoted(small, query.format("PhoneCall", "initiator"))
    assert row[1] == []
    (row,) = quoted(small, "SELECT ?n { ?c nk:answers/nk:measure nk:killed ; nk:attributedTo/rdfs:label ?n "
                    "FILTER(?n = 'Bộ Nông nghiệp'@vi) }")  # fmt: skip
    assert row == (["khoảng 40 người dân xã Thọ Lâm thiệt mạng"], ["Bộ Nông nghiệp"], [])


def test_a_question_and_its_number_rest_on_the_claim_of_the_row(small: ox.Store) -> None:
    (row,) = quoted(small, "SELECT ?q { ?c nk:answers ?q ; nk:quantity/nk:stated 12.0 . ?q nk:measure nk:killed }")
    assert row[0] == ["12 người dân xã Thọ Lâm thiệt mạng"]
    (both,) = quoted(small, "SELECT ?p { ?q nk:measure nk:killed ; nk:ofPopulation ?p }")
    assert sorted(both[0]) == ["12 người dân xã Thọ Lâm thiệt mạng", "khoảng 40 người dân xã Thọ Lâm thiệt mạng"]
    (number,) = quoted(small, "SELECT ?n { ?x nk:stated ?n FILTER(?n = 12) }")
    assert number[0] == ["12 người dân xã Thọ Lâm thiệt mạng"]


def test_what_lies_where_rests_on_the_situation_that_says_so(small: ox.Store) -> None:
    (row,) = quoted(small, "SELECT ?x { ?x nk:belongsTo ?y }")
    assert row[0] == ["Đại đội Công binh 17 thuộc Quân khu 9"]


def test_one_of_several_spans_is_the_only_one_that_counts(small: ox.Store) -> None:
    (row,) = quoted(small, "SELECT ?w { ?s nk:exact ?w ; nk:start 133 ; a nk:EvidenceSpan }")
    assert row[0] == ["Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji"]
    (mention,) = quoted(small, "SELECT ?w { ?s nk:denotes ?x ; nk:exact ?w FILTER(?w = 'XK-9') }")
    assert mention[1] == ["XK-9"]


def test_an_article_is_named_by_its_file(small: ox.Store) -> None:
    (row,) = tracing.trace(small, "SELECT ?o { ?a nk:outlet ?o }").rows(5)
    assert [source for source, _ in row.support.articles] == ["lu-song-ma.txt"]


def test_what_has_no_words_is_said(small: ox.Store) -> None:
    (row,) = quoted(small, "SELECT ?e { ?t a nk:TimeExtent ; nk:edtf ?e FILTER(?e = '2025-04') }")
    assert row == ([], [], ["alone: https://w3id.org/newskg/id/time/2025-04"])


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <x:y>"])
def test_only_rows_can_be_traced(small: ox.Store, query: str) -> None:
    with pytest.raises(UsageError, match="SELECT and the yes of ASK"):
        tracing.trace(small, query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * " + "{" * 70 + "}" * 70, "nested"),
        ("SELECT * { ?s ?p }", "cannot be read"),
        ("SELECT * { ?s nk:x (1 2) }", "cannot be traced"),
        ("SELECT * { ?s nk:x <<( ?a ?b ?c )>> }", "cannot be traced"),
        ("SELECT * {" + " OPTIONAL { ?s nk:agent|^nk:agent ?o }" * 350 + "}", "tokens"),
    ],
)
def test_a_query_that_cannot_be_traced_says_why(small: ox.Store, query: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        tracing.trace(small, query)


def test_names_of_ours_never_meet_the_querys_own(people: ox.Store) -> None:
    found = matched(people, "SELECT ?why0_1 { ?why0_1 :met/:met ?why1_2 }")
    assert found == [(("ana",), ["ana met binh", "binh met chi"])]


def test_deep_but_lawful_nesting_is_read(people: ox.Store) -> None:
    query = "SELECT ?x " + "{" * 60 + " ?x :met :binh " + "}" * 60
    assert matched(people, query) == [(("ana",), ["ana met binh"])]


def test_of_very_many_solutions_the_first_are_looked_at() -> None:
    store = ox.Store()
    graph, met = ox.NamedNode("http://x/graph"), ox.NamedNode("http://x/met")
    for number in range(1_100):
        store.add(ox.Quad(ox.NamedNode("http://x/ana"), met, ox.NamedNode(f"http://x/{number}"), graph))
    ((row, told),) = matched(store, "SELECT (COUNT(?y) AS ?n) { ?x :met ?y }")
    assert row == ("1100",)
    assert len(told) == 1_001
    assert told[-1] == "more: 1000"
