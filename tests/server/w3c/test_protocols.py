"""The W3C's tests of the SPARQL 1.1 protocol, the graph store protocol and the service description, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.server.w3c import manifests, results
from tests.server.w3c.manifests import Manifest, Node, Value
from tests.serving import AUTHORIZED, Answer, Served, serving

PROTOCOL = "sparql11/protocol/manifest.ttl"
STORE = ("sparql11/graph-store-protocol/manifest-direct.ttl", "sparql11/graph-store-protocol/manifest-indirect.ttl")
DESCRIPTION = "sparql11/service-description/manifest.ttl"
STATUS = {"Created": 201, "OK": 200, "NoContent": 204, "NotFound": 404}
SD = "http://www.w3.org/ns/sparql-service-description#"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def served(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("w3c") / "graph") as server:
        yield server


def test_the_suites_are_whole(shared: Path) -> None:
    assert len(manifests.cases("protocol", ("ProtocolTest",), PROTOCOL)) == manifests.total("protocol")
    assert len(manifests.cases("graph-store", ("GraphStoreProtocolTest",), *STORE)) == manifests.total("graph-store")
    described = manifests.cases("description", ("ServiceDescriptionTest",), DESCRIPTION)
    assert len(described) == manifests.total("description")


@pytest.mark.parametrize(("manifest", "test"), manifests.cases("protocol", ("ProtocolTest",), PROTOCOL))
def test_the_protocol_is_kept(manifest: Manifest, test: Node, served: Served) -> None:
    assert served.update("DROP ALL").status == 204
    for data in manifest.values(test, "graphData"):
        path = manifests.file(manifest.text(data, "graph"))
        assert served.put(manifest.text(data, "label"), path.read_bytes(), "application/n-triples").status == 201
    for request in manifest.items(manifest.value(test, "action", "requests")):
        answer = asked(manifest, request, served, manifest.text(request, "absolutePath"))
        wanted = manifest.value(request, "resp")
        expected = {status.value.rpartition("StatusCode")[2] for status in manifest.values(wanted, "expectedStatus")}
        assert f"{answer.status // 100}xx" in expected, answer.text
        boolean = manifest.value(wanted, "expectedBoolean")
        if boolean is not None:
            found = results.table(answer.body, results.FORMATS[".srj"][1])
            assert str(found).lower() == boolean.value
        kinds = [kind.value for kind in manifest.values(wanted, "expectedContentType")]
        assert not kinds or answer.media in kinds


@pytest.mark.parametrize(("manifest", "test"), manifests.cases("graph-store", ("GraphStoreProtocolTest",), *STORE))
def test_the_graph_store_protocol_is_kept(manifest: Manifest, test: Node, served: Served) -> None:
    assert served.update("DROP ALL").status == 204
    location = ""
    for request in manifest.items(manifest.value(test, "action", "requests")):
        path = manifest.text(request, "absolutePath").replace("/gsp", "/graph-store", 1)
        answer = asked(manifest, request, served, path.replace("$LOCATION$", location))
        wanted = manifest.value(request, "resp")
        expected = {STATUS[s.value.rpartition("#")[2]] for s in manifest.values(wanted, "expectedStatus")}
        assert answer.status in expected, answer.text
        if manifest.value(wanted, "expectedLocation") is not None:
            location = answer.headers["location"]
        for header in manifest.items(manifest.value(wanted, "headers")):
            name = manifest.text(header, "fieldName")
            assert answer.headers[name].lower() == manifest.text(header, "fieldValue").lower()
        body = manifest.value(wanted, "body", "chars")
        if body is not None:
            turtle = ox.RdfFormat.TURTLE
            assert results.graph(answer.body, turtle) == results.graph(body.value.encode(), turtle)


def asked(manifest: Manifest, request: Value, served: Served, path: str) -> Answer:
    """What the server answers to a request of a manifest, sent to the host that it names, with the right to write."""
    headers = {
        manifest.text(header, "fieldName"): manifest.text(header, "fieldValue")
        for header in manifest.items(manifest.value(request, "headers"))
    }
    body = manifest.value(request, "body", "chars")
    encoding = manifest.value(request, "body", "characterEncoding")
    content = body.value.encode(encoding.value if encoding else "utf-8") if body else None
    method = manifest.text(request, "methodName")
    return served.request(method, path, {"Host": "www.example", **headers, **AUTHORIZED}, content)


@pytest.mark.parametrize(("manifest", "test"), manifests.cases("description", ("ServiceDescriptionTest",), DESCRIPTION))
def test_the_service_describes_itself(manifest: Manifest, test: Node, served: Served) -> None:
    answer = served.request("GET", "/sparql", {"Accept": "text/turtle"})
    assert (answer.status, answer.media) == (200, "text/turtle")
    triples = {quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)}
    named = test.value.rpartition("#")[2]
    if named == "returns-rdf":
        assert triples
    elif named == "has-endpoint-triple":
        endpoints = [str(triple.object) for triple in triples if triple.predicate.value == f"{SD}endpoint"]
        assert endpoints == [f"<http://127.0.0.1:{served.port}/sparql>"]
    else:
        assert named == "conforms-to-schema"
        assert not list(offences(triples))


RANGES = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"}),
    "feature": (
        "Service",
        {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    ),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "extensionFunction": ("Service", None),
    "propertyFeature": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}


def offences(triples: set[ox.Triple]) -> Iterator[str]:
    """Where a description uses the vocabulary other than its schema says: unknown terms, wrong domains, wrong ranges."""
    types: dict[object, set[str]] = {}
    for triple in triples:
        if triple.predicate.value.endswith("#type"):
            types.setdefault(triple.subject, set()).add(str(triple.object).strip("<>").removeprefix(SD))
    for triple in triples:
        name = triple.predicate.value.removeprefix(SD)
        if name == triple.predicate.value:
            continue
        if name not in RANGES:
            yield f"unknown term {name}"
            continue
        domain, range_ = RANGES[name]
        if domain not in types.get(triple.subject, ()):
            yield f"{name} of something that is no {domain}"
        if isinstance(range_, str) and range_ not in types.get(triple.object, ()):
            yield f"{name} is no {range_}"
        if isinstance(range_, set) and str(triple.object).strip("<>").removeprefix(SD) not in range_:
            yield f"{name} has an unknown value"
        if isinstance(triple.object, ox.Literal):
            yield f"{name} is a literal"
