"""The IRIs of the graph lead to pages and triples, and the service says what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.rdf import iris
from kg.server import make_app
from kg.store import read_only, write_graph

VOID = "http://rdfs.org/ns/void#"
HOSTILE = "https://w3id.org/newskg/id/entity/%3Cscript%3E-%C4%91"


@pytest.fixture(scope="module")
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph), follow_redirects=False) as client:
        yield client


def own(graph: Path) -> list[str]:
    """The IRIs of the graph's own things, those that are spoken of."""
    subjects = {quad.subject.value for quad in read_only(graph) if isinstance(quad.subject, ox.NamedNode)}
    return sorted(iri for iri in subjects if iri.startswith(f"{iris.BASE}id/"))


def path(iri: str) -> str:
    return urlsplit(iri).path


def test_every_iri_of_the_graph_leads_to_a_page_and_to_triples(http: TestClient, small_graph: Path) -> None:
    found = own(small_graph)
    assert {iri.split("/")[5] for iri in found} >= {"entity", "article", "claim", "event"}
    for iri in found:
        page = http.get(path(iri), headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert (page.status_code, page.headers["vary"]) == (303, "Accept")
        assert parse_qs(urlsplit(page.headers["location"]).query)["iri"] == [iri]
        assert http.get(page.headers["location"]).status_code == 200
        data = http.get(path(iri), headers={"Accept": "application/n-triples"})
        triples = http.get(data.headers["location"], headers={"Accept": "application/n-triples"})
        parsed = list(ox.parse(triples.content, format=ox.RdfFormat.N_TRIPLES))
        node = ox.NamedNode(iri)
        assert parsed
        assert all(node in (quad.subject, quad.object) for quad in parsed)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "application/rdf+xml"),
        ("application/n-quads", "application/n-quads"),
    ],
)
def test_triples_come_as_the_client_likes_them(http: TestClient, small_graph: Path, accept: str, media: str) -> None:
    answer = http.get(path(own(small_graph)[0]), headers={"Accept": accept}, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert 'type="text/html"' in answer.headers["link"]


def test_a_page_shows_the_sentences_behind_a_claim(http: TestClient, small_graph: Path) -> None:
    claim = next(iri for iri in own(small_graph) if "/claim/" in iri)
    page = http.get(path(claim), headers={"Accept": "text/html"}, follow_redirects=True)
    assert "<blockquote>" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_what_is_not_there_is_a_404_with_a_hint(http: TestClient) -> None:
    answer = http.get("/newskg/id/entity/nobody")
    assert answer.status_code == 404
    assert "/search" in answer.text
    assert http.get("/newskg/graph/nothing").status_code == 404
    assert http.get("/data").status_code == 400
    assert http.get("/data", params={"iri": "no iri"}).status_code == 400
    assert http.get("/data", params={"iri": "x:nobody"}).status_code == 404
    assert http.get("/newskg/id/entity/nobody", headers={"Accept": "image/png"}).status_code == 406


def test_graphs_and_the_ontology_stand_at_their_iris(http: TestClient) -> None:
    resolved = http.get(path(iris.resolved_graph().value), headers={"Accept": "application/n-triples"})
    assert resolved.status_code == 200
    assert list(ox.parse(resolved.content, format=ox.RdfFormat.N_TRIPLES))
    ontology = http.get("/newskg/ontology", headers={"Accept": "text/turtle"})
    assert list(ox.parse(ontology.content, format=ox.RdfFormat.TURTLE))


def test_names_and_links_can_do_no_harm(tmp_path: Path) -> None:
    node = ox.NamedNode(HOSTILE)
    label, link = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#exactMatch")
    quads = [
        ox.Quad(node, ox.NamedNode(label), ox.Literal("<script>alert(1)</script>", language="vi"), ox.NamedNode("x:g")),
        ox.Quad(node, ox.NamedNode(link), ox.NamedNode("javascript:alert(1)"), ox.NamedNode("x:g")),
    ]
    write_graph(tmp_path / "graph", quads=quads, records=[])
    with TestClient(make_app(tmp_path / "graph")) as http:
        page = http.get(path(HOSTILE), headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "<script" not in page.text
        assert 'href="javascript:' not in page.text


def test_void_counts_what_is_there(http: TestClient, small_graph: Path) -> None:
    answer = http.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    numbers = {
        quad.predicate.value.removeprefix(VOID): int(quad.object.value)
        for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
        if isinstance(quad.object, ox.Literal)
        and str(quad.subject).endswith("#dataset>")
        and quad.object.value.isdigit()
    }
    quads = list(read_only(small_graph))
    assert numbers["triples"] == len({quad.triple for quad in quads})
    assert numbers["distinctSubjects"] == len({quad.subject for quad in quads})
    assert numbers["properties"] == len({quad.predicate for quad in quads})
    described = http.get("/sparql", headers={"Accept": "application/n-triples"})
    assert f'<{VOID}triples> "{numbers["triples"]}"' in described.text
    assert "/.well-known/void>" in described.text


def test_a_strange_host_is_told_so(http: TestClient) -> None:
    for place in ("/sparql", "/.well-known/void"):
        assert http.get(place, headers={"Host": "a b"}).status_code == 400
        assert http.get(place, headers={"Accept": "image/png"}).status_code == 406
