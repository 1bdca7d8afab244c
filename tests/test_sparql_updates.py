"""What an update may do is decided before it runs."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import sparql_updates
from kg.sparql import QueryError, QueryForbidden
from kg.sparql_updates import DatasetConflict, LoadForbidden, Using, check

G, H = "http://example.org/g", "http://example.org/h"


def ran(update: str, using: Using | None = None) -> list[str]:
    """What a small store holds after an update, as its own addresses and numbers."""
    store = ox.Store()
    store.update(f"INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 }} GRAPH <{H}> {{ <x:b> <x:p> 2 }} <x:c> <x:p> 3 }}")
    store.update(check(update, using))
    return sorted(f"{quad.graph_name} {quad.subject} {quad.object}" for quad in store)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> 'LOAD <x:y>' }",
        "PREFIX loader: <x:load#> INSERT DATA { loader:a loader:b loader:LOAD }",
        "DELETE WHERE { ?downloads <x:payload> ?LOAD }",
        "WITH <x:SERVICE> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_words_that_only_look_like_it_are_left_alone(update: str) -> None:
    assert check(update) == update


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://a/b>",
        "load <http://a/b> into graph <http://a/c>",
        "PREFIX p: <http://a/> LOAD p:b INTO GRAPH p:c",
        "CLEAR ALL ; LOAD SILENT <http://a/b> ; LOAD <http://a/b>",
        "INSERT { ?a ?b ?c } WHERE { SERVICE <http://a/b> { ?a ?b ?c } }",
    ],
)
def test_what_would_ask_the_network_is_forbidden(update: str) -> None:
    with pytest.raises(QueryForbidden):
        check(update)


def test_the_rest_of_an_update_that_loads_can_be_read() -> None:
    with pytest.raises(LoadForbidden) as told:
        check("CLEAR ALL ; LOAD <http://a/b> ; DROP SILENT GRAPH <x:g>")
    ox.Store().update(told.value.rest)


def test_a_silent_load_fails_in_silence() -> None:
    assert ran("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <x:g> ; CLEAR ALL") == []


@pytest.mark.parametrize("update", ["LOAD ?x", "LOADp:a", "LOAD", "INSERT DATA {} ; LOAD <x:y> INTO <x:z>"])
def test_a_load_that_cannot_be_read_is_wrong(update: str) -> None:
    with pytest.raises(QueryError):
        check(update)


def test_too_deep_and_too_long_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryError, match="deep"):
        check("INSERT DATA " + "{" * 100)
    monkeypatch.setattr(sparql_updates, "MAX_TOKENS", 10)
    with pytest.raises(QueryError, match="tokens"):
        check("CLEAR ALL ;" * 10)


@pytest.mark.parametrize(
    ("update", "gone"),
    [
        (f"DELETE {{ GRAPH <{G}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", f"<{G}> <x:a>"),
        (f"PREFIX x: <x:> DELETE{{GRAPH<{G}>{{?s ?p ?o}}}}WHERE{{?s ?p ?o{{}}}}", f"<{G}> <x:a>"),
    ],
)  # fmt: skip
def test_the_request_names_what_is_asked(update: str, gone: str) -> None:
    left = ran(update, Using(default=(G,)))
    assert len(left) == 2
    assert not any(line.startswith(gone) for line in left)


def test_named_graphs_of_the_request_are_asked_by_graph() -> None:
    copied = "INSERT { GRAPH <x:new> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert "<x:new> <x:b> " in "".join(ran(copied, Using(named=(H,))))
    assert "<x:new> <x:a> " not in "".join(ran(copied, Using(named=(H,))))


def test_delete_where_is_written_out() -> None:
    assert "DELETE" in check("DELETE WHERE { ?s ?p ?o }", Using(default=(G,)))
    assert len(ran("DELETE WHERE { ?s ?p ?o }", Using(default=("x:none",)))) == 3


@pytest.mark.parametrize("update", ["WITH <x:g> DELETE {} WHERE {}", "DELETE {} USING <x:g> WHERE {}"])
def test_request_and_update_must_not_both_name_graphs(update: str) -> None:
    with pytest.raises(DatasetConflict):
        check(update, Using(default=(G,)))


def test_prefixes_may_be_declared_again_after_a_semicolon() -> None:
    update = "PREFIX e: <x:> CLEAR ALL ;\nPREFIX e: <x:>\nPREFIX f: <y:> INSERT DATA { e:a f:b 1 } ; PREFIX g: <z:> INSERT DATA { g:a f:b 2 }"
    assert len(ran(update)) == 2
    with pytest.raises(SyntaxError):  # one prefix for two things: which is meant where is the engine's to read
        ran("PREFIX e: <x:> CLEAR ALL ; PREFIX e: <y:> INSERT DATA { e:a e:b 1 }")


def test_only_addresses_name_graphs() -> None:
    with pytest.raises(QueryError):
        check("DELETE {} WHERE {}", Using(default=("x> WHERE {} ; CLEAR ALL #",)))
