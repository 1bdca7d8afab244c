"""Run shapes that ask for more than slices and queries by pySHACL over the whole graph, as pySHACL does by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SH

from kg.validation.core import finding, unusable
from kg.validation.graph import GraphView
from kg.validation.results import Finding
from kg.validation.shapes import rdflib_term


def check(view: GraphView, shapes: Graph) -> Iterator[Finding]:
    """What pySHACL finds in all graphs of the store together; an UnreadableError if it cannot use the shapes."""
    data = Graph(bind_namespaces="none")
    for prefix, namespace in shapes.namespaces():
        data.bind(prefix, namespace)  # pySHACL lets queries use the prefixes of both files
    for quad in view.store:
        data.add((rdflib_term(quad.subject), URIRef(quad.predicate.value), rdflib_term(quad.object)))
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=_hierarchy(view), inplace=True)
    except Exception as error:  # rdflib has no class of its own for a query that it cannot read
        raise unusable(error) from error
    if isinstance(report, Exception):
        raise unusable(report) from report
    for result in report.objects(None, SH.result):
        yield finding(result, report.triples((result, None, None)))


def _hierarchy(view: GraphView) -> Graph:
    """Which class of the ontology is below which: shapes aim at classes with all below them."""
    found = Graph(bind_namespaces="none")
    for triple in view.vocabulary.triples:
        if triple.predicate.value == str(RDFS.subClassOf) and isinstance(triple.object, ox.NamedNode):
            found.add((rdflib_term(triple.subject), RDFS.subClassOf, rdflib_term(triple.object)))
    return found
