"""Run the SPARQL constraints of the shapes over the whole store, across articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node as RdflibNode

from kg.validation.graph import GraphView, Node, local_name
from kg.validation.results import SEVERITY_NAMES, Finding, Severity
from kg.validation.words import Texts, functions

_GROUP = re.compile(r"WHERE\s*\{")
_TOKEN = re.compile(r'"[^"]*"|<[^<>\s]*>|[?$]\w+|[\w:/^|+*]+|[{}().;,]|\S')
_ASIDE = frozenset({"FILTER", "EXISTS", "BIND"})


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


def check(view: GraphView, constraint: Constraint, texts: Texts) -> Iterator[Finding]:
    """What one constraint finds in the whole store. `$this` is left open instead of asking once for each node."""
    yield from _found(view, constraint, constraint.query, texts)


def check_change(view: GraphView, constraint: Constraint, nodes: Iterable[Node], texts: Texts) -> Iterator[Finding]:
    """What one constraint finds that the quads of `nodes`, which changed, have a part in."""
    values = " ".join(str(node) for node in nodes if isinstance(node, ox.NamedNode))
    for variable in subjects(constraint.query) if values else ():
        yield from _found(view, constraint, _bound(constraint.query, variable, values), texts)


def _bound(query: str, variable: str, values: str) -> str:
    """The query with a variable that has one of some values, in every SELECT that has it."""

    def group(opened: re.Match[str]) -> str:
        is_there = _names(query[opened.end() :], variable)
        return f"{opened.group()} VALUES ?{variable} {{ {values} }} " if is_there else opened.group()

    return _GROUP.sub(group, query)


def _names(text: str, variable: str) -> bool:
    """Whether the group of patterns with which `text` begins names a variable."""
    depth = 1
    for at, mark in enumerate(text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if not depth:
            return re.search(rf"[?$]{variable}\b", text[:at]) is not None
    return False


def _found(view: GraphView, constraint: Constraint, query: str, texts: Texts) -> Iterator[Finding]:
    rows = view.store.query(query, use_default_graph_as_union=True, custom_functions=functions(texts))
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
                component="SPARQLConstraintComponent",
            )


@cache
def subjects(query: str) -> tuple[str, ...]:
    """The variables that stand as subjects in the patterns of a query, but for those that only a filter asks for.

    Whatever changes in a graph, a new row of the query has what changed for one of them. rdflib's parser, which takes
    ten milliseconds for a query, finds the same: a test sees to it.
    """
    found: set[str] = set()
    depth = outside = 0
    previous = ""
    for mark in _TOKEN.findall(query):
        step = {"(": 1, "{": 1, ")": -1, "}": -1}.get(mark, 0)
        if outside:
            outside += step
            previous = mark if outside else "}"
            continue
        outside = step if previous.upper() in _ASIDE and step > 0 else 0
        if mark[0] in "?$" and previous in {"{", ".", "}"} and depth:
            found.add(mark[1:])
        depth += step if mark in ("{", "}") and not outside else 0
        previous = mark
    return tuple(sorted(found))


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
