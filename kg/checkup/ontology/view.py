"""An ontology and its data as the checks look at them: what is declared as what, and who says which triple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.reading import File
from kg.vocabulary import NAMESPACE

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RESERVED = (OWL, RDF, RDFS, XSD)

Kind = Literal["class", "datatype", "object property", "data property", "annotation property", "individual"]
Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

DECLARED: dict[str, Kind] = {
    f"{OWL}Class": "class",
    f"{RDFS}Datatype": "datatype",
    f"{OWL}ObjectProperty": "object property",
    f"{OWL}DatatypeProperty": "data property",
    f"{OWL}AnnotationProperty": "annotation property",
    f"{OWL}NamedIndividual": "individual",
}
# Annotation properties that OWL 2 has itself.
_ANNOTATING = {
    *(f"{RDFS}{name}" for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(f"{OWL}{name}" for name in ("deprecated", "versionInfo", "priorVersion")),
    *(f"{OWL}{name}" for name in ("backwardCompatibleWith", "incompatibleWith")),
}
_BUILT_IN: dict[str, Kind] = {
    f"{OWL}Thing": "class",
    f"{OWL}Nothing": "class",
    f"{OWL}topObjectProperty": "object property",
    f"{OWL}bottomObjectProperty": "object property",
    f"{OWL}topDataProperty": "data property",
    f"{OWL}bottomDataProperty": "data property",
    **dict.fromkeys(_ANNOTATING, "annotation property"),
}


class View:
    """All triples of some files, indexed; `given` are those that the checks answer for, each with its file."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = list(files)
        self.given: dict[ox.Triple, str] = {}
        self._all: set[ox.Triple] = set()
        self._objects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        self._subjects: dict[Term, list[ox.Triple]] = defaultdict(list)
        self._described: dict[Term, list[ox.Triple]] = defaultdict(list)
        self._with: dict[str, list[ox.Triple]] = defaultdict(list)
        self._prefixes: dict[str, str] = {OWL: "owl", RDF: "rdf", RDFS: "rdfs", XSD: "xsd"}
        for file in self.files:
            self._prefixes |= {namespace: prefix for prefix, namespace in sorted(file.prefixes.items())}
            for triple in file.triples:
                known = triple in self._all
                self._all.add(triple)
                if file.given:
                    self.given.setdefault(triple, file.name)
                if known:
                    continue
                self._objects[triple.subject, triple.predicate.value].append(triple.object)
                self._subjects[triple.object].append(triple)
                self._described[triple.subject].append(triple)
                self._with[triple.predicate.value].append(triple)

    def triples(self) -> list[ox.Triple]:
        """All triples of all files, sorted."""
        return sorted(self._all, key=str)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """What a node has for the predicate with this IRI."""
        return self._objects.get((subject, predicate), [])

    def about(self, subject: Term) -> list[ox.Triple]:
        """All triples with this subject."""
        return self._described.get(subject, [])

    def naming(self, node: Term) -> list[ox.Triple]:
        """All triples with this object."""
        return self._subjects.get(node, [])

    def with_predicate(self, predicate: str) -> list[ox.Triple]:
        """All triples with the predicate of this IRI, of all files."""
        return self._with.get(predicate, [])

    @cached_property
    def kinds(self) -> dict[Term, frozenset[Kind]]:
        """What each node is declared to be; an individual is also what is in a class that is not OWL's own."""
        found: dict[Term, set[Kind]] = defaultdict(set)
        for triple in self.with_predicate(f"{RDF}type"):
            class_ = getattr(triple.object, "value", "")
            if kind := DECLARED.get(class_):
                found[triple.subject].add(kind)
            elif isinstance(triple.object, ox.BlankNode) or not class_.startswith(RESERVED) or class_ == f"{OWL}Thing":
                found[triple.subject].add("individual")
        return {node: frozenset(kinds) for node, kinds in found.items()}

    def is_a(self, node: Term, *kinds: Kind) -> bool:
        """Whether the node is declared as, or OWL itself has it as, one of these kinds."""
        if _BUILT_IN.get(getattr(node, "value", "")) in kinds:
            return True
        return not self.kinds.get(node, frozenset()).isdisjoint(kinds)

    def of_kind(self, *kinds: Kind) -> list[ox.NamedNode]:
        """The named nodes of these kinds that a given file declares or describes, sorted."""
        found = {t.subject for t in self.given if isinstance(t.subject, ox.NamedNode)}
        return sorted((node for node in found if self.is_a(node, *kinds)), key=str)

    def classes_of(self, individual: Term) -> list[Node]:
        """The classes and class expressions that an individual is said to be in."""
        return [
            node
            for node in self.objects(individual, f"{RDF}type")
            if isinstance(node, ox.BlankNode)
            or (isinstance(node, ox.NamedNode) and not node.value.startswith(RESERVED))
        ]

    @cached_property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces whose terms are the files' own, not stubs of another vocabulary's."""
        headers = [header.value for file in self.files for header in file.headers() if file.given]
        preferred = [getattr(t.object, "value", "") for t in self.with_predicate(ns.vann_preferredNamespaceUri.value)]
        return (NAMESPACE, *preferred, *(f"{header}{end}" for header in headers for end in "#/"))

    def list_of(self, node: Term) -> list[Term] | None:
        """The members of an RDF list; None where it is broken."""
        members: list[Term] = []
        seen = set()
        while getattr(node, "value", "") != f"{RDF}nil":
            first, rest = self.objects(node, f"{RDF}first"), self.objects(node, f"{RDF}rest")
            if len(first) != 1 or len(rest) != 1 or node in seen:
                return None
            seen.add(node)
            members.append(first[0])
            node = rest[0]
        return members

    def name(self, node: Term) -> str:
        """How people write the node: with a prefix where there is one, a nameless one by what it belongs to."""
        if isinstance(node, ox.NamedNode):
            for namespace in sorted(self._prefixes, key=len, reverse=True):
                if node.value.startswith(namespace):
                    return f"{self._prefixes[namespace]}:{node.value.removeprefix(namespace)}"
            return f"<{node.value}>"
        if isinstance(node, ox.Literal):
            kind = f"@{node.language}" if node.language else f"^^{self.name(node.datatype)}"
            return f'"{node.value}"{kind if kind != "^^xsd:string" else ""}'
        return self._owner(node)

    def finding(self, rule: str, triple: ox.Triple, *values: Term | str, about: Term | None = None) -> Finding:
        """What `rule` finds in a given triple; `about` is what it is about, if not its subject."""
        told = tuple(value if isinstance(value, str) else self.name(value) for value in values)
        return Finding(self.given[triple], self.name(triple.subject if about is None else about), rule, told)

    def where(self, node: Term) -> ox.Triple | None:
        """A given triple that describes the node, if there is one: its declaration before all others."""
        triples = [t for t in self.about(node) if t in self.given]
        return min(triples, key=lambda t: (t.predicate != ns.rdf_type, str(t)), default=None)

    def _owner(self, node: Term) -> str:
        seen = set()
        while isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            above = self.naming(node)
            if not above:
                return self._members(node) or "[]"
            node = above[0].subject
        return self.name(node) if isinstance(node, ox.NamedNode) else "[]"

    def _members(self, node: Term) -> str:
        """An axiom without a name, by its class and whom it is about: [owl:AllDisjointClasses nk:Person, nk:Place]."""
        kinds = [getattr(kind, "value", "").rpartition("#")[2] for kind in self.objects(node, f"{RDF}type")]
        lists = [self.list_of(t.object) or [] for t in self.about(node) if isinstance(t.object, ox.BlankNode)]
        named = [self.name(member) for members in lists for member in members if isinstance(member, ox.NamedNode)]
        return f"[{' '.join(sorted(kinds))} {', '.join(named)}]".replace(" ]", "]") if kinds else ""
