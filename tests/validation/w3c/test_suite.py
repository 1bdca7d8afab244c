"""The W3C's tests of SHACL through our own way to pySHACL: nothing is lost against pySHACL alone."""

from __future__ import annotations

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg import validation
from kg.errors import UnreadableError
from kg.validation.results import SHACL
from tests.validation.w3c import suite
from tests.validation.w3c.suite import Case, Result

BLANK = re.compile(r"b\d+|shape\d+|[Nn][0-9a-fb]{32,}")
pytestmark = [pytest.mark.shared, pytest.mark.filterwarnings("ignore")]


def named(node: str | None) -> str:
    """What we write for a node, without the names of blank ones."""
    return "" if node is None or BLANK.fullmatch(node) else node


def by_us(case: Case) -> frozenset[Result] | None:
    """What our validation finds, None if it refuses the shapes."""
    try:
        report = validation.validate(case.data, shapes=[case.shapes])
    except UnreadableError:
        return None
    return frozenset(
        (
            result.own_severity or f"{SHACL}{result.severity.capitalize()}",
            component,
            *(named(name) for name in (result.shape, result.focus, result.path, result.value)),
        )
        for result in report.results
        for component in result.components
    )


def by_pyshacl(case: Case) -> frozenset[Result] | None:
    """What pySHACL finds by itself."""
    try:
        _, report, _ = pyshacl.validate(str(case.data), shacl_graph=str(case.shapes))
    except Exception:  # noqa: BLE001 - whatever it says, it refuses them
        return None
    if not isinstance(report, rdflib.Graph):
        return None
    return suite.results(report, report.value(None, RDF.type, SH.ValidationReport))


def test_the_suite_is_whole(shared: Path) -> None:
    assert shared
    assert len(suite.cases()) == suite.total()
    assert set(suite.missed()) <= {case.name for case in suite.cases()}


@pytest.mark.parametrize("case", suite.cases(), ids=lambda case: case.name)
def test_results_are_those_that_are_expected(case: Case) -> None:
    found = by_us(case)
    if case.name in suite.missed():
        assert found != case.expected, "it is listed as missed: take it off the list"
        assert by_pyshacl(case) != case.expected, "pySHACL alone finds it: nothing may be lost"
    else:
        assert found == case.expected
