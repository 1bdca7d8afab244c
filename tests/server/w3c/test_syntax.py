"""The W3C's syntax tests of SPARQL 1.1, over HTTP: what is right is taken, what is wrong is a 400 and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.w3c import manifests
from tests.server.w3c.manifests import Manifest, Node
from tests.serving import Served, serving

GOOD = ("PositiveSyntaxTest11", "PositiveUpdateSyntaxTest11")
BAD = ("NegativeSyntaxTest11", "NegativeUpdateSyntaxTest11")
PLACES = [
    place
    for name in ("manifest-sparql11-query.ttl", "manifest-sparql11-update.ttl")
    for place in manifests.included(name)
]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def served(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("w3c") / "graph") as server:
        yield server


def test_the_suite_is_whole(shared: Path) -> None:
    assert len(manifests.cases("syntax", (*GOOD, *BAD), *PLACES)) == manifests.total("syntax")


@pytest.mark.parametrize(("manifest", "test"), manifests.cases("syntax", (*GOOD, *BAD), *PLACES))
def test_syntax_is_told_apart(manifest: Manifest, test: Node, served: Served) -> None:
    kinds = [kind.value.rpartition("#")[2] for kind in manifest.values(test, "type")]
    path = manifests.file(manifest.text(test, "action"))
    send = served.update if path.suffix == ".ru" else served.query
    answer = send(path.read_text(encoding="utf-8"))
    if set(kinds) & set(GOOD):
        # 409 and 403: it was read, and cannot be carried out, as a graph that it drops is not there, or nothing is fetched
        fetches = answer.status == 403 and "LOAD" in answer.text
        assert fetches or answer.status in (200, 204, 409), answer.text
    else:
        assert answer.status == 400
