"""The pages can be read without scripts, in two languages, and let nothing of an article run."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg import ns, questions
from kg.rdf import iris
from kg.server import make_app
from kg.settings import Settings
from kg.store import write_graph

EVIL = "<script>alert(1)</script>\" onmouseover='x' &amp;\n\u202e"
EVIL_IRI = "javascript:alert(1)"


class Page(HTMLParser):
    """The links, the tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action"):
                assert value is not None, tag
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph, Settings(query_seconds=2))) as client:
        yield client


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    node = iris.node("entity", "evil")
    graph = iris.resolved_graph()
    quads = [
        ox.Quad(node, ns.rdf_type, ns.Person, graph),
        ox.Quad(node, ns.rdfs_label, ox.Literal(EVIL, language="vi"), graph),
        ox.Quad(node, ns.skos_altLabel, ox.Literal(EVIL, language="vi"), graph),
        ox.Quad(node, ns.skos_exactMatch, ox.NamedNode(EVIL_IRI), graph),
    ]
    folder = tmp_path_factory.mktemp("evil") / "graph"
    write_graph(folder, quads=quads, records=[])
    with TestClient(make_app(folder)) as client:
        yield client


def test_the_first_page_offers_the_saved_questions_in_the_readers_language(http: TestClient) -> None:
    for language, other in (("vi", "en"), ("en", "vi")):
        page = http.get("/", headers={"Accept-Language": language})
        assert f'<html lang="{language}">' in page.text
        assert page.headers["content-language"] == language
        text = Page(page.text).text
        assert all(question.title(language) in text for question in questions.saved())
        assert f"lang={other}" in page.text


def test_a_parameter_chooses_the_language_over_the_header(http: TestClient) -> None:
    assert '<html lang="en">' in http.get("/?lang=en", headers={"Accept-Language": "vi"}).text
    assert '<html lang="vi">' in http.get("/?lang=xx").text


def test_rows_are_a_table_whose_things_are_linked(http: TestClient) -> None:
    page = http.get("/", params={"query": "SELECT ?x ?l { ?x a nk:Person ; rdfs:label ?l }", "lang": "vi"})
    assert page.status_code == 200
    parsed = Page(page.text)
    assert "Trần Văn Lựu" in parsed.text
    assert "/show?iri=https%3A%2F%2Fw3id.org%2Fnewskg%2Fid%2Fentity%2Fluu&lang=vi" in parsed.links
    assert any(link.startswith("/sparql?query=") and link.endswith("format=csv") for link in parsed.links)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?x a nk:PhoneCall }", "Yes"),
        ("ASK { ?x a nk:Sanction }", "No"),
        ("CONSTRUCT WHERE { ?x a nk:Award }", "<https://w3id.org/newskg/id/entity/medal>"),
        ("SELECT ?x { ?x a nk:Sanction }", "0 rows"),
        ("SELECT ?s { ?s ?p ?o . ?a ?b ?c }", "this is only the beginning"),
    ],
)
def test_every_kind_of_answer_is_shown(http: TestClient, query: str, shown: str) -> None:
    page = http.get("/", params={"query": query, "lang": "en"})
    assert page.status_code == 200
    assert shown in Page(page.text).text


def test_a_saved_question_is_asked_by_its_name(http: TestClient) -> None:
    name = questions.saved()[0].name
    page = http.get("/", params={"saved": name})
    assert page.status_code == 200
    assert "nk:" in Page(page.text).text
    assert http.get("/", params={"saved": "../../etc/passwd"}).status_code == 404


def test_a_saved_question_can_be_narrowed_on_the_page(http: TestClient) -> None:
    asked = {"saved": "participants", "lang": "en"}
    whole = Page(http.get("/", params=asked).text).text
    assert "who: part of a name" in whole
    narrowed = http.get("/", params={**asked, "who": '"><b>nobody', "no-such-place": "x"})
    assert narrowed.status_code == 200
    assert "0 rows" in Page(narrowed.text).text
    assert "0 rows" not in whole
    assert "<b>" not in narrowed.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("CLEAR ALL", 403),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 503),
    ],
)
def test_what_cannot_be_answered_is_told_on_the_page(http: TestClient, query: str, status: int) -> None:
    page = http.get("/", params={"query": query, "lang": "en"})
    assert page.status_code == status
    assert "There is no answer" in page.text
    assert "textarea" in page.text


def test_a_thing_has_a_page_with_the_words_behind_it(http: TestClient) -> None:
    page = http.get("/show", params={"iri": iris.node("question", "dead").value, "lang": "vi"})
    parsed = Page(page.text)
    assert "khoảng 40 người dân xã Thọ Lâm thiệt mạng" in parsed.text
    assert "lu-song-ma.txt 58–99" in parsed.text
    assert "Bộ Nông nghiệp" in parsed.text
    entity = Page(http.get("/show", params={"iri": iris.node("entity", "japan").value, "lang": "en"}).text)
    assert "http://www.wikidata.org/entity/Q17" in entity.links
    assert "State" in entity.text


def test_what_is_not_there_is_not_found(http: TestClient) -> None:
    for iri in ("https://w3id.org/newskg/id/entity/none", "<script>", "", EVIL_IRI):
        page = http.get("/show", params={"iri": iri})
        assert page.status_code == 404
        assert "script" not in Page(page.text).tags


def test_nothing_of_an_article_runs_on_a_page(evil: TestClient) -> None:
    node = iris.node("entity", "evil").value
    pages = [
        evil.get("/show", params={"iri": node}),
        evil.get("/", params={"query": "SELECT ?x ?l ?i { ?x rdfs:label ?l ; skos:exactMatch ?i }"}),
        evil.get(
            "/",
            params={"query": f"SELECT * {{ ?s ?p '</textarea><script>alert(1)</script>' }} # {EVIL.splitlines()[0]}"},
        ),
        evil.get("/", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}),
    ]
    for page in pages:
        parsed = Page(page.text)
        assert page.status_code == 200
        assert "script" not in parsed.tags
        assert "onmouseover" not in parsed.attributes
        assert not any(link.startswith("javascript:") for link in parsed.links)
    assert all(EVIL in Page(page.text).text for page in pages[:2])


def test_every_page_forbids_what_it_does_not_need(http: TestClient) -> None:
    for path in ("/", "/show?iri=x", "/?query=ASK{}"):
        page = http.get(path)
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "style" not in Page(page.text).attributes
        assert not any(link.startswith(("http", "//")) for link in Page(page.text).links)


def test_the_style_is_served_and_nothing_beside_it(http: TestClient) -> None:
    assert http.get("/static/style.css").headers["content-type"].startswith("text/css")
    assert http.get("/static/../app.py").status_code == 404
    assert http.get("/static/%2e%2e/app.py").status_code == 404
