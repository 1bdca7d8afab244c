"""Read shapes, and sort them by how they are run: over slices, as queries in the store, or by pySHACL over the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD

from kg.errors import UnreadableError
from kg.vocabulary import NAMESPACE

SHAPES = "https://w3id.org/newskg/shapes#"
_Said = dict[Any, list[tuple[Any, Any]]]
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
_STRING = ox.NamedNode(str(XSD.string))
_INSIDE = (SH.xone, SH["or"], SH["and"], SH["not"])
_DIRECT = frozenset(
    {
        *(RDF.type, RDF.first, RDF.rest, RDFS.label, RDFS.comment, RDFS.seeAlso),
        *(SH.targetClass, SH.path, SH.inversePath, SH.alternativePath, SH.property, SH.sparql, *_INSIDE),
        *(SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group),
        *(SH.minCount, SH.maxCount, SH["class"], SH.datatype, SH.nodeKind, SH.hasValue, SH["in"], SH.flags),
        *(SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive),
        *(SH.minLength, SH.maxLength, SH.pattern, SH.languageIn, SH.uniqueLang),
        *(SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals),
    }
)
"""What a shape may say that looks at a node, at its own values and at their classes, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes by how they are run.

    `direct` are in SHACL Core, aim at classes of ours and read no further than the values of a node: slices of the graph
    are enough for them. `queries` are shapes of ours in SPARQL, written so that the store can answer them for all nodes
    at once. `others` are all that remain: pySHACL runs them over the whole graph.
    """

    direct: Graph
    queries: Graph
    others: Graph


def read(*paths: Path) -> Graph:
    """All shapes of these files and folders as one graph; an UnreadableError names a file that is no Turtle."""
    rdflib_bool_patch()  # type: ignore[no-untyped-call]  # as pySHACL does it: in a shape "1"^^xsd:boolean is not true
    try:
        return _read(paths)
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]


def _read(paths: Iterable[Path]) -> Graph:
    shapes = _graph(())
    names: dict[object, BNode] = {}  # by their order, so that two reports call a nameless shape alike
    for file in (file for path in paths for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])):
        base = file.resolve().as_uri()
        try:
            # rdflib's own parser takes several times as long, and every change of a graph would pay for it
            parser = ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True)
            for quad in parser:
                for term in (quad.subject, quad.object):
                    if isinstance(term, ox.BlankNode):
                        names.setdefault(term, BNode(f"shape{len(names) + 1}"))
                subject, value = (names.get(term) or rdflib_term(term) for term in (quad.subject, quad.object))
                shapes.add((subject, URIRef(quad.predicate.value), value))
        except (OSError, SyntaxError) as error:
            raise UnreadableError(f"{file} cannot be read as Turtle: {error}") from error
        for prefix, namespace in parser.prefixes.items():
            shapes.bind(prefix, namespace)  # which queries may use
    return shapes


def sort(shapes: Graph) -> Shapes:
    """The shapes by how they can be run."""
    said: _Said = defaultdict(list)  # a plain table: rdflib takes ten times as long to find what is said of a node
    for subject, predicate, value in shapes:
        said[subject].append((predicate, value))
    aimed = _aimed(said)
    direct = {shape for shape in aimed if _is_direct(said, shape)}
    core = _closure(said, direct, but=SH.sparql)
    asked = {shape for shape in direct if _values(said, shape, SH.sparql)}
    declared = _closure(said, (node for node in said if _values(said, node, SH.declare)))
    # what runs elsewhere stays there to be named by others, but aims at nothing
    others = _graph(t for t in shapes if t[0] not in direct or t[1] not in _TARGETS) if aimed - direct else _graph(())
    for prefix, namespace in shapes.namespaces():
        others.bind(prefix, namespace)
    return Shapes(
        direct=_graph((node, *told) for node in core for told in said[node] if told[0] != SH.sparql),
        queries=_graph((node, *told) for node in _closure(said, asked) | declared for told in said[node]),
        others=others,
    )


def rdflib_term(term: Any) -> Any:
    """A term of the store as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if not isinstance(term, ox.Literal):  # rdflib knows no triples as terms
        return BNode(term.value if isinstance(term, ox.BlankNode) else str(term))
    # rdflib takes a plain literal and one of xsd:string for two
    datatype = None if term.language or term.datatype == _STRING else URIRef(term.datatype.value)
    return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _graph(triples: Iterable[Any]) -> Graph:
    """A graph of one context: the store that rdflib takes by default is made for several, and slower."""
    graph = Graph(store="SimpleMemory", bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def _values(said: _Said, node: Any, *properties: URIRef) -> list[Any]:
    return [value for predicate, value in said.get(node, ()) if predicate in properties]


def _aimed(said: _Said) -> set[Any]:
    """The shapes that say what they look at; a shape that is a class looks at its members."""
    kinds = {node: set(_values(said, node, RDF.type)) for node in said}
    classes = {node for node, types in kinds.items() if types & {RDFS.Class, OWL.Class}}
    shapes = {node for node, types in kinds.items() if types & {SH.NodeShape, SH.PropertyShape}}
    return {node for node in said if _values(said, node, *_TARGETS)} | (classes & shapes)


def _is_direct(said: _Said, shape: Any) -> bool:
    own = _closure(said, [shape], but=SH.sparql)
    outer = bool(_values(said, shape, SH.path))
    classes = [class_ for node in own for class_ in _values(said, node, SH.targetClass, SH["class"])]
    return (
        bool(_values(said, shape, SH.targetClass))
        and all(predicate in _DIRECT for node in own for predicate, _ in said[node])
        and all(isinstance(class_, URIRef) and class_.startswith(NAMESPACE) for class_ in classes)
        and all(_is_one_step(said, path) for node in own for path in _values(said, node, SH.path))
        and not any(_values(said, node, SH.property) for node in own if outer or node != shape)
        and (not _values(said, shape, SH.sparql) or str(shape).startswith(SHAPES))
    )


def _is_one_step(said: _Said, path: Any) -> bool:
    """Whether a path is a property, the inverse of one, or a choice of such."""
    if isinstance(path, URIRef):
        return True
    match {predicate for predicate, _ in said[path]}:
        case properties if properties == {SH.inversePath}:
            return all(isinstance(step, URIRef) for step in _values(said, path, SH.inversePath))
        case properties if properties == {SH.alternativePath}:
            [listed] = _values(said, path, SH.alternativePath)
            return all(_is_one_step(said, step) for step in _items(said, listed))
    return False


def _items(said: _Said, listed: Any) -> Iterator[Any]:
    while first := _values(said, listed, RDF.first):
        yield first[0]
        [listed] = _values(said, listed, RDF.rest)


def _closure(said: _Said, nodes: Iterable[Any], *, but: URIRef | None = None) -> set[Any]:
    """These nodes, the blank nodes that they lead to, and the property shapes that they name."""
    reached = set(nodes)
    fresh = set(reached)
    while fresh:
        fresh = {
            value
            for node in fresh
            for predicate, value in said.get(node, ())
            if predicate != but and (isinstance(value, BNode) or predicate == SH.property)
        } - reached
        reached |= fresh
    return reached
