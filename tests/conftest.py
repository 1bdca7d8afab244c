"""Fixtures that more than one test module needs."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `examples`, `queries` and the README."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and gold annotations beside the checkout; they may not be redistributed."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("no folder `shared` with articles and annotations beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def demo_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of examples/articles, built once; tests only read it."""
    graph = tmp_path_factory.mktemp("demo") / "graph"
    kg.build([CHECKOUT / "examples" / "articles"], graph)
    return graph


@pytest.fixture(scope="session")
def seeds_graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the five articles in shared/seeds, built once; tests only read it."""
    graph = tmp_path_factory.mktemp("seeds") / "graph"
    kg.build([shared / "seeds"], graph)
    return graph
