"""The W3C's evaluation tests of SPARQL 1.1 queries and result formats, asked over HTTP of one server that holds all their data."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.w3c import manifests, results
from tests.server.w3c.manifests import Manifest, Node
from tests.serving import Served, serving

KINDS = ("QueryEvaluationTest", "CSVResultFormatTest")
QUERIES = [place for place in manifests.included("manifest-sparql11-query.ttl") if "syntax" not in place]
FORMATS = manifests.included("manifest-sparql11-results.ttl")
NOTHING = f"{manifests.BASE}nothing"

pytestmark = pytest.mark.shared


def dataset(manifest: Manifest, test: Node) -> tuple[list[str], list[str]]:
    """The files that make the default graph of a test, and those that are named graphs, each called by its own address."""
    action = manifest.value(test, "action")
    default, named = ([node.value for node in manifest.values(action, name)] for name in ("data", "graphData"))
    return default, named


@pytest.fixture(scope="module")
def served(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    files: set[str] = set()
    for place in (*QUERIES, *FORMATS):
        manifest = Manifest(manifests.SUITES / place)
        for test in manifest.tests(*KINDS):
            files.update(*dataset(manifest, test))
    with serving(tmp_path_factory.mktemp("w3c") / "graph") as server, ThreadPoolExecutor(8) as several:
        answers = several.map(lambda name: put(server, name), sorted(files))
        assert set(answers) == {201}
        yield server


def put(server: Served, name: str) -> int:
    path = manifests.file(name)
    return server.put(name, path.read_bytes(), results.GRAPHS[path.suffix].media_type).status


def test_the_suites_are_whole(shared: Path) -> None:
    assert len(manifests.cases("query", KINDS, *QUERIES)) == manifests.total("query")
    assert len(manifests.cases("results", KINDS, *FORMATS)) == manifests.total("results")


@pytest.mark.parametrize(
    ("manifest", "test"),
    [*manifests.cases("query", KINDS, *QUERIES), *manifests.cases("results", KINDS, *FORMATS)],
)
def test_queries_are_answered_as_the_suite_expects(manifest: Manifest, test: Node, served: Served) -> None:
    default, named = dataset(manifest, test)
    request = manifests.file(manifest.text(test, "action", "query"))
    text = f"BASE <{manifests.iri(request)}>\n{request.read_text(encoding='utf-8')}"
    expected = manifests.file(manifest.text(test, "result"))
    parameters: dict[str, str | list[str]] = {"default-graph-uri": default or [NOTHING], "named-graph-uri": named}
    if "FROM" in text:  # the query says itself what it asks
        parameters = {}
    if expected.suffix in results.FORMATS:
        media, form = results.FORMATS[expected.suffix]
        answer = served.query(text, media, **parameters)
        assert (answer.status, answer.media) == (200, media), answer.text
        assert results.same(results.table(answer.body, form), results.table(expected.read_bytes(), form))
    elif expected.suffix == ".csv":
        answer = served.query(text, "text/csv", **parameters)
        assert results.same(results.sheet(answer.body), results.sheet(expected.read_bytes()))
    elif (wanted := results.in_rdf(expected)) is not None:
        media, form = results.FORMATS[".srx"]
        assert results.same(results.table(served.query(text, media, **parameters).body, form), wanted)
    else:
        form_ = results.GRAPHS[expected.suffix]
        answer = served.query(text, "application/n-triples", **parameters)
        assert answer.status == 200, answer.text
        base = manifests.iri(expected)
        assert results.graph(answer.body, results.GRAPHS[".nt"]) == results.graph(expected.read_bytes(), form_, base)
