"""The W3C's tests of the SPARQL 1.1 protocol, as far as they read; what they update is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kg.server import make_app
from kg.store import write_graph

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11" / "protocol"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
READ_ONLY = "the endpoint is read-only by design"

Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal

pytestmark = pytest.mark.shared


class Manifest:
    """The tests of the suite, which describe requests and responses in RDF."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri="http://suite/manifest.ttl")

    def value(self, subject: Value | None, *names: str) -> Value | None:
        """The end of a path of properties, named by the ends of their IRIs; None where it breaks."""
        for name in names:
            found = self.values(subject, name)
            if not found:
                return None
            subject = found[0]
        return subject

    def text(self, subject: Value | None, *names: str) -> str:
        found = self.value(subject, *names)
        assert found is not None, names
        return found.value

    def values(self, subject: Value | None, name: str) -> list[Value]:
        assert isinstance(subject, Node), name
        objects = [
            quad.object for quad in self.store.quads_for_pattern(subject, None, None) if ends(quad.predicate, name)
        ]
        return [value for value in objects if not isinstance(value, ox.Triple)]

    def items(self, node: Value | None) -> Iterator[Value]:
        while node is not None and (first := self.value(node, "first")) is not None:
            yield first
            node = self.value(node, "rest")

    def tests(self) -> list[Node]:
        kind = ox.NamedNode(f"{MF}ProtocolTest")
        quads = self.store.quads_for_pattern(None, None, kind)
        return sorted((quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple)), key=str)


def ends(node: Node, name: str) -> bool:
    return node.value.rpartition("#")[2] == name


def cases() -> list[object]:
    if not SUITE.is_dir():
        return []
    manifest = Manifest(SUITE / "manifest.ttl")
    return [pytest.param(manifest, test, id=test.value.rpartition("#")[2]) for test in manifest.tests()]


@pytest.fixture(scope="module")
def http(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    quads = [
        ox.Quad(
            quad.subject, quad.predicate, quad.object, ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/data{n}.rdf")
        )
        for n in (1, 2, 3)
        for quad in ox.parse(path=str(SUITE / f"data{n}.nt"), format=ox.RdfFormat.N_TRIPLES)
    ]
    graph = tmp_path_factory.mktemp("w3c") / "graph"
    write_graph(graph, quads=quads, records=[])
    with TestClient(make_app(graph)) as client:
        yield client


def test_the_suite_is_there(shared: Path) -> None:
    assert len(cases()) == 34


@pytest.mark.parametrize(("manifest", "test"), cases())
def test_requests_are_answered_as_the_protocol_asks(manifest: Manifest, test: Node, http: TestClient) -> None:
    for request in manifest.items(manifest.value(test, "action", "requests")):
        path = manifest.text(request, "absolutePath").replace("/sparql/", "/sparql")
        headers = {
            manifest.text(header, "fieldName"): manifest.text(header, "fieldValue")
            for header in manifest.items(manifest.value(request, "headers"))
        }
        body = manifest.value(request, "body", "chars")
        encoding = manifest.value(request, "body", "characterEncoding")
        content = body.value.encode(encoding.value if encoding else "utf-8") if body else None
        answer = http.request(manifest.text(request, "methodName"), path, headers=headers, content=content)
        expected = {
            status.value.rpartition("StatusCode")[2]
            for status in manifest.values(manifest.value(request, "resp"), "expectedStatus")
        }
        if expected & {"2xx"} and (updates(path, headers, content)):
            pytest.skip(READ_ONLY)
        assert f"{answer.status_code // 100}xx" in expected, answer.text
        check(answer, manifest, manifest.value(request, "resp"))


def updates(path: str, headers: dict[str, str], content: bytes | None) -> bool:
    sent = (content or b"").decode(errors="replace")
    return "update" in headers.get("content-type", "") or sent.startswith("update=") or "update=" in path


def check(answer: Response, manifest: Manifest, response: Value | None) -> None:
    wanted = manifest.value(response, "expectedBoolean")
    if wanted is not None:
        assert str(answer.json()["boolean"]).lower() == wanted.value
    kinds = [kind.value for kind in manifest.values(response, "expectedContentType")]
    if kinds:
        assert answer.headers["content-type"].partition(";")[0] in kinds
