"""The W3C's evaluation tests of SPARQL 1.1 queries and result formats, asked over HTTP of one server that holds all their data."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.w3c import manifests, results
from tests.server.w3c.manifests import Manifest, Node
from tests.server.w3c.results import Table
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
    text, parameters = asked(manifest, test)
    expected = manifests.file(manifest.text(test, "result"))
    if expected.suffix in results.FORMATS:
        assert results.same(*tables(manifest, test, served))
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


SPELLED = manifests.by_value("query")


@pytest.mark.parametrize(
    ("manifest", "test"),
    [
        pytest.param(*case.values, id=case.id)
        for case in manifests.cases("query", KINDS, *QUERIES)
        if case.id in SPELLED
    ],
)
def test_what_is_missed_by_its_spelling_has_the_right_values(manifest: Manifest, test: Node, served: Served) -> None:
    found, expected = tables(manifest, test, served)
    assert results.same(results.respelled(found), results.respelled(expected))


def asked(manifest: Manifest, test: Node) -> tuple[str, dict[str, str | list[str]]]:
    """The query of a test, and the graphs that the request names."""
    default, named = dataset(manifest, test)
    request = manifests.file(manifest.text(test, "action", "query"))
    text = f"BASE <{manifests.iri(request)}>\n{request.read_text(encoding='utf-8')}"
    if "FROM" in text:  # the query says itself what it asks
        return text, {}
    return text, {"default-graph-uri": default or [NOTHING], "named-graph-uri": named}


def tables(manifest: Manifest, test: Node, served: Served) -> tuple[bool | Table, bool | Table]:
    """What is answered, and what is expected in the same format."""
    text, parameters = asked(manifest, test)
    expected = manifests.file(manifest.text(test, "result"))
    media, form = results.FORMATS[expected.suffix]
    answer = served.query(text, media, **parameters)
    assert (answer.status, answer.media) == (200, media), answer.text
    return results.table(answer.body, form), results.table(expected.read_bytes(), form)
