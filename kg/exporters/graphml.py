"""Entities, events and situations as a network, for Gephi, yEd and networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from kg import folder, ns
from kg.exporters import Format
from kg.vocabulary import Vocabulary

FORMAT = Format(
    "GraphML: entities and events as nodes, their relations as edges", ".graphml", "application/graphml+xml"
)

_XMLNS = "http://graphml.graphdrawing.org/xmlns"
_SHAPES = {ns.Entity: "entity", ns.Event: "event", ns.Situation: "situation"}
_NODE_KEYS = ("label", "label_en", "type", "kind", "time", "start", "end")
_EDGE_KEYS = ("label", "type")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Node:
    iri: str
    type: str
    kind: str


def export(graph: Path, out: BinaryIO) -> None:
    """Write the network of the graph folder `graph` to `out`."""
    store = folder.read_only(graph)
    vocabulary = Vocabulary.load()
    nodes = {node.iri: node for node in _nodes(store, vocabulary)}
    root = ET.Element("graphml", xmlns=_XMLNS)
    for target, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            ET.SubElement(
                root, "key", {"id": f"{target}-{name}", "for": target, "attr.name": name, "attr.type": "string"}
            )
    network = ET.SubElement(root, "graph", id="news", edgedefault="directed")
    for iri in sorted(nodes):
        element = ET.SubElement(network, "node", id=iri)
        _data(element, "node", _attributes(store, nodes[iri]))
    for number, (subject, property_, object_) in enumerate(sorted(_edges(store, nodes))):
        element = ET.SubElement(network, "edge", id=f"e{number}", source=subject, target=object_)
        name = property_.removeprefix(ns.NAMESPACE)
        label = vocabulary.terms[name].labels.get("vi", name) if name in vocabulary.terms else name
        _data(element, "edge", {"label": label, "type": name})
    ET.indent(root, space=" ")
    ET.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)


def _nodes(store: ox.Store, vocabulary: Vocabulary) -> Iterator[_Node]:
    for root, kind in _SHAPES.items():
        for name in vocabulary.below(root.value.removeprefix(ns.NAMESPACE)):
            for quad in store.quads_for_pattern(None, ns.rdf_type, vocabulary.terms[name].iri):
                if isinstance(quad.subject, ox.NamedNode):
                    yield _Node(quad.subject.value, name, kind)


def _edges(store: ox.Store, nodes: dict[str, _Node]) -> set[tuple[str, str, str]]:
    found = set()
    for iri in nodes:
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value in nodes:
                found.add((iri, quad.predicate.value, quad.object.value))
    return found


def _attributes(store: ox.Store, node: _Node) -> dict[str, str]:
    subject = ox.NamedNode(node.iri)
    labels = {label.language: label.value for label in _literals(store, subject, ns.rdfs_label)}
    attributes = {
        "label": labels.get("vi") or next(iter(labels.values()), node.iri),
        "label_en": labels.get("en", ""),
        "type": node.type,
        "kind": node.kind,
    }
    for quad in store.quads_for_pattern(subject, ns.hasTime, None):
        if isinstance(quad.object, ox.NamedNode):
            for name, property_ in (("time", ns.edtf), ("start", ns.earliest), ("end", ns.latest)):
                for literal in _literals(store, quad.object, property_):
                    attributes[name] = literal.value
    return attributes


def _literals(store: ox.Store, subject: ox.NamedNode, property_: ox.NamedNode) -> list[ox.Literal]:
    found = (quad.object for quad in store.quads_for_pattern(subject, property_, None))
    return sorted((literal for literal in found if isinstance(literal, ox.Literal)), key=str)


def _data(element: ET.Element, target: str, attributes: dict[str, str]) -> None:
    for name, text in attributes.items():
        if text:
            ET.SubElement(element, "data", key=f"{target}-{name}").text = _ILLEGAL.sub("\ufffd", text)
