"""Read nodes of a graph with their labels and kinds, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyoxigraph as ox

from kg import ns
from kg.vocabulary import Vocabulary

Family = Literal["entity", "event", "situation", "claim", "question", "quantity", "time", "document", "span", "other"]
Subject = ox.NamedNode | ox.BlankNode
_FAMILIES: dict[ox.NamedNode, Family] = {
    ns.Claim: "claim",
    ns.Event: "event",
    ns.Situation: "situation",
    ns.Question: "question",
    ns.Quantity: "quantity",
    ns.TimeExtent: "time",
    ns.Document: "document",
    ns.EvidenceSpan: "span",
    ns.Entity: "entity",
}


@dataclass(frozen=True, slots=True)
class Node:
    """Something in the graph, as a person would call it: its IRI, its label, and the label of its class."""

    iri: str
    label: str
    kind: str = ""


def is_iri(text: str) -> bool:
    """Whether `text` is an absolute IRI rather than a name."""
    try:
        return "://" in text and bool(ox.NamedNode(text))
    except ValueError:
        return False


class Reader:
    """A store, read in `language`; labels fall back to another language, then to the end of the IRI."""

    def __init__(self, store: ox.Store, *, language: str = "en", vocabulary: Vocabulary | None = None) -> None:
        self.store = store
        self.language = language
        self.vocabulary = vocabulary or Vocabulary.load()

    def exists(self, node: Subject) -> bool:
        """Whether any triple has `node` as its subject or its object."""
        patterns = ((node, None, None), (None, None, node))
        return any(True for pattern in patterns for _ in self.store.quads_for_pattern(*pattern))

    def kind_of(self, iri: str) -> str:
        """The label of the class of the node `iri`; empty where it has none."""
        return self.node(ox.NamedNode(iri)).kind

    def about(self, node: Subject) -> Iterator[ox.Quad]:
        """The quads that `node` is the subject of."""
        yield from self.store.quads_for_pattern(node, None, None)

    def to(self, node: Subject) -> Iterator[ox.Quad]:
        """The quads that `node` is the object of."""
        yield from self.store.quads_for_pattern(None, None, node)

    def values(self, node: Subject, property_: ox.NamedNode) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """The values of a property, each once, in a fixed order."""
        found = {quad.object for quad in self.store.quads_for_pattern(node, property_, None)}
        return sorted((v for v in found if not isinstance(v, ox.Triple)), key=str)

    def text(self, node: Subject, property_: ox.NamedNode) -> str | None:
        """The first value of a property as text; None where there is none."""
        found = self.values(node, property_)
        return found[0].value if found else None

    def nodes(self, node: Subject, property_: ox.NamedNode) -> list[Node]:
        """The values of a property that are nodes, by label."""
        found = [self.node(value) for value in self.values(node, property_) if not isinstance(value, ox.Literal)]
        return sorted(found, key=lambda n: (n.label, n.iri))

    def node(self, node: Subject) -> Node:
        """The node with its label and the label of its class."""
        kinds = self.kinds(node)
        return Node(node.value, self.label(node), self.term(kinds[0]) if kinds else "")

    def kinds(self, node: Subject) -> list[ox.NamedNode]:
        """The classes of a node, but for owl:NamedIndividual, which every node is."""
        found = self.values(node, ns.rdf_type)
        return [kind for kind in found if isinstance(kind, ox.NamedNode) and kind != ns.owl_NamedIndividual]

    def family(self, node: Subject) -> Family:
        """What sort of thing a node is, by the class that its own class lies below."""
        for kind in self.kinds(node):
            name = self._names.get(kind.value)
            above = self.vocabulary.above(name) if name else frozenset()
            for root, family in _FAMILIES.items():
                if self._names.get(root.value) in above:
                    return family
        return "other"

    def label(self, node: Subject) -> str:
        """The label in the reader's language, in any other, or the end of the IRI."""
        labels = [value for value in self.values(node, ns.rdfs_label) if isinstance(value, ox.Literal)]
        labels.sort(key=lambda label: (label.language != self.language, label.language or "", label.value))
        return labels[0].value if labels else self.term(node)

    def term(self, node: Subject) -> str:
        """The label of a term of the ontology; of any other node the end of its IRI."""
        name = self._names.get(node.value)
        if name is None:
            return node.value.rstrip("/#").replace("#", "/").rpartition("/")[2] or node.value
        labels = self.vocabulary.terms[name].labels
        return labels.get(self.language) or next(iter(labels.values()), name)

    def when(self, node: Subject) -> str | None:
        """The time of a node as EDTF text, if it has one."""
        times = self.nodes(node, ns.hasTime)
        return self.text(ox.NamedNode(times[0].iri), ns.edtf) if times else None

    @cached_property
    def _names(self) -> dict[str, str]:
        return {term.iri.value: name for name, term in self.vocabulary.terms.items()}
