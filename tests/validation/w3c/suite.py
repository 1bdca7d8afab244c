"""The W3C's test suite of SHACL, read from the folder beside the checkout, and what is known to be missed of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rdflib
from rdflib.namespace import RDF, SH

SUITE = Path(__file__).resolve().parents[4] / "shared" / "w3c" / "data-shapes" / "data-shapes-test-suite" / "tests"
MISSES = Path(__file__).parent / "misses.toml"
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")

Result = tuple[str, ...]
"""Severity, component, shape, focus, path and value of a result; empty where there is none, or where it has no name."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test: the files of data and shapes, and the results that are expected, or None if it must be refused."""

    name: str
    data: Path
    shapes: Path
    expected: frozenset[Result] | None


@cache
def cases() -> tuple[Case, ...]:
    """All tests, by name; none where the suite is not there."""
    return tuple(case for path in sorted(SUITE.rglob("*.ttl")) for case in _cases(path))


@cache
def missed() -> dict[str, str]:
    """The tests that are missed, each with its reason."""
    listed = tomllib.loads(MISSES.read_text(encoding="utf-8"))["missed"]
    return {name: group["reason"] for group in listed for name in group["tests"]}


def total() -> int:
    """How many tests the suite has."""
    return int(tomllib.loads(MISSES.read_text(encoding="utf-8"))["tests"])


def results(report: Any, node: Any) -> frozenset[Result]:
    """The results of a report in RDF."""
    return frozenset(
        (
            str(report.value(result, SH.resultSeverity)),
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
            *(
                _name(report.value(result, property_))
                for property_ in (SH.sourceShape, SH.focusNode, SH.resultPath, SH.value)
            ),
        )
        for result in report.objects(node, SH.result)
    )


def _cases(path: Path) -> Iterator[Case]:
    graph = rdflib.Graph()
    rdflib.NORMALIZE_LITERALS = False  # what is expected is expected as it is written
    try:
        graph.parse(path, publicID=path.as_uri())
    finally:
        rdflib.NORMALIZE_LITERALS = True
    for test in sorted(graph.subjects(RDF.type, SHT.Validate), key=str):
        action, result = graph.value(test, MF.action), graph.value(test, MF.result)
        data, shapes = (_file(graph.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
        expected = None if result == SHT.Failure else results(graph, result)
        yield Case(f"{path.parent.relative_to(SUITE)}/{path.stem}", data, shapes, expected)


def _file(node: Any) -> Path:
    return Path(str(node).removeprefix("file://"))


def _name(term: Any) -> str:
    return "" if term is None or isinstance(term, rdflib.BNode) else str(term)
