"""Run the SPARQL constraints of the shapes over the whole store, across articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node as RdflibNode

from kg.validation.core import SEVERITY_NAMES
from kg.validation.graph import GraphView, Node, local_name
from kg.validation.results import Finding, Severity


@dataclass(frozen=True, slots=True)
class Constraint:
    """One `sh:sparql` of a shape: each row of `query` whose `this` is in a target class is a result."""

    shape: str
    severity: Severity
    targets: frozenset[str]
    messages: tuple[tuple[str, str], ...]
    query: str


def constraints(shapes: Graph) -> tuple[Constraint, ...]:
    """The SPARQL constraints of all shapes, by shape."""
    prefixes = "".join(
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for declared in sorted(shapes.objects(None, SH.declare), key=lambda d: str(shapes.value(d, SH.prefix)))
    )
    found = [
        _constraint(shapes, shape, f"{prefixes}{query}")
        for shape, constraint in shapes.subject_objects(SH.sparql)
        for query in shapes.objects(constraint, SH.select)
    ]
    return tuple(sorted(found, key=lambda constraint: (constraint.shape, constraint.query)))


def check(view: GraphView, constraint: Constraint) -> Iterator[Finding]:
    """What one constraint finds in the whole store. `$this` is left open instead of asking once for each node."""
    rows = view.store.query(constraint.query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - sh:select is a SELECT
    named = {variable.value for variable in rows.variables}
    for row in rows:
        node = row["this"]
        if isinstance(node, Node) and view.classes(node) & constraint.targets:
            value = row["value"] if "value" in named else None
            yield Finding(
                constraint.severity,
                constraint.shape,
                node,
                dict(constraint.messages),
                value=None if value is None else str(getattr(value, "value", value)),
            )


def _constraint(shapes: Graph, shape: RdflibNode, query: str) -> Constraint:
    severity = shapes.value(shape, SH.severity)
    targets = (local_name(ox.NamedNode(str(term))) for term in shapes.objects(shape, SH.targetClass))
    return Constraint(
        shape=str(shape),
        severity=SEVERITY_NAMES[str(severity)] if severity else "violation",
        targets=frozenset(name for name in targets if name),
        messages=tuple(sorted((str(m.language), str(m)) for m in shapes.objects(shape, SH.message))),  # type: ignore[attr-defined]  # messages are literals
        query=query,
    )
