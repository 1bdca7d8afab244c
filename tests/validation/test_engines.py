"""Another engine finds the same as we do: in each example, and in the graph of the demo."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import folder, validation
from tests.validation import engines

EXAMPLES = sorted((Path(__file__).parents[1] / "shapes").glob("*/bad.ttl"))

pytestmark = pytest.mark.skipif(
    engines.python() is None, reason="needs shacl-rust, in this Python or in the one that SHACL_RUST names"
)


def test_shacl_rust_finds_the_same_in_every_example(tmp_path: Path) -> None:
    graphs = [[quad.triple for quad in ox.parse(path=path)] for path in EXAMPLES]
    differences = {
        path.parent.name: (sorted(theirs - mine), sorted(mine - theirs))
        for path, theirs in zip(EXAMPLES, engines.found(tmp_path, graphs), strict=True)
        if (mine := engines.ours(validation.validate(path))) != theirs
    }
    assert differences == {}


def test_shacl_rust_finds_the_same_in_a_graph(demo_graph: Path, tmp_path: Path) -> None:
    [theirs] = engines.found(tmp_path, [{quad.triple for quad in folder.read_only(demo_graph)}])
    mine = engines.ours(validation.validate(demo_graph))
    assert (sorted(theirs - mine), sorted(mine - theirs)) == ([], [])
    assert len(mine) > 50
