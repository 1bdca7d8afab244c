"""Fixtures that more than one test module needs."""

from __future__ import annotations

import contextlib
import hashlib
import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg import log, rdf
from kg.extractors import pipeline
from kg.model import Document, Extraction, Mention, Quantity, Statement, Time
from kg.server import make_app
from kg.store import write_graph
from tests.lending import Lender

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `examples`, `queries` and the README."""
    return CHECKOUT


@pytest.fixture(scope="session", autouse=True)
def workers() -> Iterator[None]:
    """Builds that want nothing special share their processes."""
    with contextlib.closing(Lender()) as lender, pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.building.workers.Worker", lender)
        yield


@pytest.fixture
def importable(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes of a build import the stages that a test module gives them."""
    monkeypatch.syspath_prepend(checkout)


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


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of tests/example_graph.py, written by hand in our own words, with two statements; tests only read it."""
    example = runpy.run_path(str(Path(__file__).parent / "example_graph.py"))
    flood = example["FLOOD"]
    statements = (
        Statement(
            flood.id,
            "PhoneCall",
            flood.span(133, 199),
            roles=(("initiator", ("luu",)), ("recipient", ("mori", "nobody"))),
            time=Time("2025-09-05"),
        ),
        Statement(
            flood.id,
            "QuantityClaim",
            flood.span(58, 99),
            quantity=Quantity(Decimal("1.5"), "approximate", unit="hectare", measure="areaCleared"),
            attributed_to=("ministry",),
            modality="estimated",
        ),
    )
    words = Mention(flood.id, flood.span(68, 77), "group", "villagers", form="nominal")
    extractions = []
    for extraction in example["EXTRACTIONS"]:
        raw = extraction.document.text.encode()
        document = replace(extraction.document, raw_sha256=hashlib.sha256(raw).hexdigest())
        more = {"mentions": (*extraction.mentions, words), "statements": statements} if document.id == flood.id else {}
        extractions.append(replace(extraction, document=document, **more))
    graph = tmp_path_factory.mktemp("small") / "graph"
    write_graph(
        graph,
        quads=rdf.quads(extractions, example["RESOLUTION"]),
        records=log.lines(extractions, example["RESOLUTION"]),
        articles=[extraction.document.text.encode() for extraction in extractions],
        quarantine=[{"source": "trong.txt", "reason": "empty", "message": "the file is empty"}],
    )
    return graph


@pytest.fixture(scope="module")
def client(seeds_graph: Path) -> Iterator[TestClient]:
    """A client of the server over the graph of shared/seeds."""
    with TestClient(make_app(seeds_graph)) as client:
        yield client


@pytest.fixture(scope="session")
def extract() -> Callable[[Document], Extraction]:
    """The Vietnamese pipeline from document to records, made once: it takes a second or two."""
    return pipeline("vi")


@pytest.fixture(scope="session")
def told(extract: Callable[[Document], Extraction]) -> Callable[[str, str], Statement]:
    """The first statement of a class that Vietnamese words of 5 March 2026 tell."""

    def first(text: str, kind: str) -> Statement:
        statements = extract(Document("a.txt", text, "vi", published="2026-03-05")).statements
        found = [statement for statement in statements if statement.type == kind]
        assert found, text
        return found[0]

    return first
