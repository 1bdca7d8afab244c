"""The W3C's evaluation tests of SPARQL 1.1 updates, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.server.w3c import manifests
from tests.server.w3c.manifests import Manifest, Node, Value
from tests.serving import Served, serving

KINDS = ("UpdateEvaluationTest",)
UPDATES = [place for place in manifests.included("manifest-sparql11-update.ttl") if "syntax" not in place]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def served(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("w3c") / "graph") as server:
        yield server


def test_the_suite_is_whole(shared: Path) -> None:
    assert len(manifests.cases("update", KINDS, *UPDATES)) == manifests.total("update")


@pytest.mark.parametrize(("manifest", "test"), manifests.cases("update", KINDS, *UPDATES))
def test_updates_leave_what_the_suite_expects(manifest: Manifest, test: Node, served: Served) -> None:
    before = quads(manifest, manifest.value(test, "action"))
    assert served.update("DROP ALL ; " + inserted(before)).status == 204
    request = manifests.file(manifest.text(test, "action", "request"))
    answer = served.update(f"BASE <{manifests.iri(request)}>\n{request.read_text(encoding='utf-8')}")
    assert answer.status == 204, answer.text
    after = served.request("GET", "/graph-store", {"Accept": "application/n-quads"})
    found = ox.Dataset(ox.parse(after.body, format=ox.RdfFormat.N_QUADS))
    expected = ox.Dataset(quads(manifest, manifest.value(test, "result")))
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_256)
    assert set(found) == set(expected)


def quads(manifest: Manifest, state: Value | None) -> list[ox.Quad]:
    """The dataset that a test begins or ends with."""
    found: list[ox.Quad] = []
    for data in manifest.values(state, "data"):
        found += parsed(data.value, ox.DefaultGraph())
    for named in manifest.values(state, "graphData"):
        file = manifest.text(named, "graph") if manifest.value(named, "graph") else named.value
        label = manifest.value(named, "label")
        found += parsed(file, ox.NamedNode(label.value if label else file))
    return found


def parsed(name: str, graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    path = manifests.file(name)
    triples = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=name, rename_blank_nodes=True)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in triples]


def inserted(dataset: list[ox.Quad]) -> str:
    """The update that makes a dataset."""
    parts = []
    for quad in dataset:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        named = isinstance(quad.graph_name, ox.NamedNode)
        parts.append(f"GRAPH {quad.graph_name} {{ {triple} }}" if named else triple)
    return f"INSERT DATA {{ {' '.join(parts)} }}"
