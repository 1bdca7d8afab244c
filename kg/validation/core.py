"""Run the SHACL Core constraints of the shapes with pySHACL, on one slice of the graph at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox
from pyshacl.errors import ReportableRuntimeError
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node as RdflibNode

from kg.errors import UnreadableError
from kg.validation import mending
from kg.validation.graph import GraphView, Node
from kg.validation.results import SEVERITY_NAMES, SHACL, Finding
from kg.validation.shapes import rdflib_term
from kg.vocabulary import NAMESPACE

_ABOUT_CLASSES = {
    *(RDF.type, RDF.first, RDF.rest),
    *(SH.targetClass, SH["class"], SH.xone, SH["or"], SH["and"], SH["not"], SH.message, SH.severity),
}


@dataclass(slots=True)
class _Shape:
    """A shape with the classes that it aims at.

    `by_class_alone` is a shape that looks at nothing but classes: what it finds of one node holds of all nodes with the
    same classes, and `settled` are those for which it found nothing.
    """

    shape: Any
    targets: frozenset[str]
    by_class_alone: bool
    settled: set[frozenset[str]] = field(default_factory=set)


class _Slice(Graph):
    """A few nodes with what is said of them. pySHACL asks for its truth at each result, which would count the triples."""

    def __init__(self) -> None:
        super().__init__(store="SimpleMemory", bind_namespaces="none")

    def __bool__(self) -> bool:
        return True


class CoreShapes:
    """Core constraints that read no further than the values of a node, loaded once.

    pySHACL's `validate` loads the shapes anew and copies the data at each call; its parts below are used instead.
    Classes above the stated ones are added to a slice here, so no inference runs.
    """

    def __init__(self, core: Graph) -> None:
        self._classes = {name for term in core.objects() if (name := _local(term))}
        self._paths = {ox.NamedNode(str(term)) for term in self._path_terms(core)}
        self._inverse = {ox.NamedNode(str(term)) for term in core.objects(None, SH.inversePath)}
        self._shapes = [
            _Shape(
                shape,
                frozenset(name for term in shape.target_classes() if (name := _local(term))),
                _reads_classes_alone(core, shape.node),
            )
            for shape in ShapesGraph(core).shapes
        ]
        self._datatypes = {str(shape): str(wanted) for shape, wanted in core.subject_objects(SH.datatype)}

    def check(self, view: GraphView, focus: Iterable[Node]) -> Iterator[Finding]:
        """What the shapes find at the nodes `focus`; all that they look at is taken from the store."""
        nodes = {node: rdflib_term(node) for node in focus}
        data = self._slice(view, nodes)
        by_classes: dict[frozenset[str], list[Any]] = defaultdict(list)
        for node, term in nodes.items():
            by_classes[view.classes(node)].append(term)
        for aiming in self._shapes:
            aimed = {c: terms for c, terms in by_classes.items() if c & aiming.targets and c not in aiming.settled}
            if aiming.by_class_alone:
                for classes, terms in sorted(aimed.items(), key=lambda one: sorted(one[0])):
                    if not _run(aiming.shape, data, terms[:1]):
                        aiming.settled.add(classes)
                        del aimed[classes]
            for found in _run(aiming.shape, data, [term for terms in aimed.values() for term in terms]):
                yield self._with_datatype(view, found)

    def _with_datatype(self, view: GraphView, found: Finding) -> Finding:
        """A finding about a datatype with the right one, where the value reads so."""
        wanted = self._datatypes.get(found.shape)
        if (
            found.component != "DatatypeConstraintComponent"
            or not wanted
            or not found.path
            or isinstance(found.focus, ox.Literal)
        ):
            return found
        for quad in view.values(found.focus, ox.NamedNode(found.path)):
            value = quad.object
            if isinstance(value, ox.Literal) and value.value == found.value and value.datatype.value != wanted:
                reads = Literal(value.value, datatype=URIRef(wanted)).ill_typed is False
                return replace(found, mend=mending.datatype(value, ox.NamedNode(wanted))) if reads else found
        return found

    def _slice(self, view: GraphView, nodes: Mapping[Node, Any]) -> Graph:
        graph = _Slice()
        typed: set[Node] = set(nodes)
        for node, subject in nodes.items():
            for quad in view.values(node):
                if quad.predicate in self._paths:
                    graph.add((subject, URIRef(quad.predicate.value), rdflib_term(quad.object)))
                    if not isinstance(quad.object, ox.Literal):
                        typed.add(quad.object)
            for property_ in self._inverse:
                for quad in view.users(node, property_):
                    graph.add((rdflib_term(quad.subject), URIRef(property_.value), subject))
        for node in typed:
            for name in view.classes(node) & self._classes:
                graph.add((rdflib_term(node), RDF.type, URIRef(NAMESPACE + name)))
        return graph

    def _path_terms(self, core: Graph) -> Iterator[RdflibNode]:
        """The properties that a constraint reads: simple paths, alternatives, and those that values are compared with."""
        for predicate in (SH.path, SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint):
            yield from (term for term in core.objects(None, predicate) if isinstance(term, URIRef))
        for listed in core.objects(None, SH.alternativePath):
            yield from (term for term in core.items(listed) if isinstance(term, URIRef))


def _reads_classes_alone(core: Graph, shape: RdflibNode) -> bool:
    """Whether a shape and the shapes inside it say nothing but which classes a node has."""
    reached: set[RdflibNode] = {shape}
    fresh: set[RdflibNode] = {shape}
    while fresh:
        triples = [triple for node in fresh for triple in core.triples((node, None, None))]
        if not {predicate for _, predicate, _ in triples} <= _ABOUT_CLASSES:
            return False
        fresh = {value for _, _, value in triples if isinstance(value, BNode) and value not in reached}
        reached |= fresh
    return True


def _run(shape: Any, data: Any, focus: list[Any]) -> list[Finding]:
    if not focus:
        return []
    try:
        results = shape.validate(SHACLExecutor(), data, focus=focus)[1]
    except ReportableRuntimeError as error:
        raise unusable(error) from error
    return [finding(node, triples) for _, node, triples in results]


def unusable(error: object) -> UnreadableError:
    """What to tell of shapes that pySHACL refuses."""
    return UnreadableError(f"the shapes cannot be used: {error}")


def finding(node: Any, triples: Iterable[Any]) -> Finding:
    """One of pySHACL's results, which is a list of triples; a node of data or shapes comes paired with its graph."""
    values: dict[Any, Any] = {}
    messages: dict[str, str] = {}
    for subject, predicate, value in triples:
        term = value[1] if isinstance(value, tuple) else value
        if subject == node and predicate == SH.resultMessage:
            messages[term.language or "en"] = str(term)
        elif subject == node:
            values[predicate] = term
    focus, path, severity = values[SH.focusNode], values.get(SH.resultPath), str(values[SH.resultSeverity])
    return Finding(
        SEVERITY_NAMES.get(severity, "violation"),
        str(values[SH.sourceShape]),
        _node(focus),
        dict(sorted(messages.items())),
        str(path) if isinstance(path, URIRef) else None,
        str(values[SH.value]) if SH.value in values else None,
        str(values[SH.sourceConstraintComponent]).removeprefix(SHACL),
        own_severity="" if severity in SEVERITY_NAMES else severity,
    )


def _node(term: Any) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A node that a result is about: shapes of other people may aim at literals too."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    return ox.Literal(str(term))


def _local(term: object) -> str | None:
    return str(term).removeprefix(NAMESPACE) if isinstance(term, URIRef) and term.startswith(NAMESPACE) else None
