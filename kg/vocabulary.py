"""Read the ontology: its terms, their labels and definitions, and which class or property lies below which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg import resources
from kg.errors import KgError

NAMESPACE = "https://w3id.org/newskg/ontology#"
Kind = Literal["class", "object property", "data property", "individual", "annotation property"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"
_KINDS: dict[str, Kind] = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "object property",
    f"{_OWL}DatatypeProperty": "data property",
    f"{_OWL}AnnotationProperty": "annotation property",
    f"{_OWL}NamedIndividual": "individual",
}
_CODINGS = {"ace": "aceType", "plover": "ploverCategory"}
_BUILT_IN = {"rdf": _RDF, "rdfs": _RDFS, "owl": _OWL, "xsd": _XSD}


class OntologyError(KgError):
    """A file of the ontology cannot be read: mend the file that the message names."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology: `PhoneCall` is a class, labelled "Phone call" and "Điện đàm"."""

    name: str
    iri: ox.NamedNode
    kind: Kind
    labels: Mapping[str, str]
    definitions: Mapping[str, str]


class Vocabulary:
    """The terms of the ontology, by local name (`PhoneCall`, `atPlace`, `killed`); unknown names are KeyErrors."""

    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self.triples = tuple(triples)
        self.prefixes = dict(prefixes)
        self._objects: dict[tuple[object, str], list[object]] = defaultdict(list)
        for triple in self.triples:
            self._objects[triple.subject, triple.predicate.value].append(triple.object)
        self.terms: dict[str, Term] = {term.name: term for term in self._own()}
        self._above: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> Vocabulary:
        """All Turtle files of `folder` as one, by default the project's ontology, which a process reads once.

        An OntologyError names a bad file.
        """
        return cls.read(folder) if folder else _ours(resources.ontology())

    @classmethod
    def read(cls, folder: Path) -> Vocabulary:
        """Read all Turtle files of `folder` as one; an OntologyError names a bad file."""
        triples: list[ox.Triple] = []
        prefixes: dict[str, str] = {}
        for path in sorted(folder.glob("*.ttl")):
            parser = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            try:
                triples.extend(quad.triple for quad in parser)
            except SyntaxError as error:
                raise OntologyError(f"{path}: {error}") from error
            prefixes.update(parser.prefixes)
        return cls(_joined(triples), prefixes)

    def names(self, *kinds: Kind) -> tuple[str, ...]:
        """The local names of the terms of these kinds, sorted; of all kinds when none is given."""
        return tuple(sorted(name for name, term in self.terms.items() if not kinds or term.kind in kinds))

    def classes(self) -> tuple[str, ...]:
        """The local names of all classes, sorted."""
        return self.names("class")

    def properties(self) -> tuple[str, ...]:
        """The local names of all object and data properties, sorted."""
        return self.names("object property", "data property")

    def members(self, name: str) -> tuple[str, ...]:
        """The individuals that the ontology itself declares in the class `name`, sorted: the terms of a closed list."""
        return tuple(individual for individual in self.names("individual") if self.is_member(individual, name))

    def types(self, name: str) -> list[str]:
        """The classes that the ontology itself declares the individual `name` in; empty for a class or a property."""
        return self._names(name, f"{_RDF}type")

    def is_member(self, name: str, of: str) -> bool:
        """Whether the ontology itself declares an individual `name` in the class `of`."""
        return name in self.terms and any(self.is_subclass(class_, of) for class_ in self.types(name))

    def label(self, name: str, language: str) -> str:
        """The label of a term in `language` (`en` or `vi`)."""
        return self.terms[name].labels[language]

    def definition(self, name: str, language: str = "en") -> str:
        """The definition of a term."""
        return self.terms[name].definitions[language]

    def coding(self, name: str) -> dict[str, str]:
        """What a class is called in other inventories of events, by `ace` and `plover`; of the nearest class that has one."""
        found: dict[str, str] = {}
        for class_ in sorted(self.above(name), key=lambda n: len(self.above(n)), reverse=True):
            for system, property_ in _CODINGS.items():
                for node in self._objects[self.terms[class_].iri, f"{NAMESPACE}{property_}"]:
                    if isinstance(node, ox.Literal):
                        found.setdefault(system, node.value)
        return found

    def above(self, name: str) -> frozenset[str]:
        """The class or property and everything of ours above it."""
        if name not in self._above:
            parents = self._names(name, f"{_RDFS}subClassOf") + self._names(name, f"{_RDFS}subPropertyOf")
            self._above[name] = frozenset({self.terms[name].name}).union(*(self.above(parent) for parent in parents))
        return self._above[name]

    def is_subclass(self, name: str, of: str) -> bool:
        """Whether class `name` is `of` or below it."""
        return of in self.above(name)

    def is_subproperty(self, name: str, of: str) -> bool:
        """Whether property `name` is `of` or below it."""
        return of in self.above(name)

    def below(self, name: str) -> tuple[str, ...]:
        """The class or property and everything below it, sorted."""
        return tuple(n for n in self.names() if name in self.above(n))

    def excludes(self, first: str, second: str) -> bool:
        """Whether nothing can be in both classes."""
        return any(
            (self.above(first) & members)
            and (self.above(second) & members)
            and len((self.above(first) | self.above(second)) & members) > 1
            for members in self._disjoint
        )

    def may_have(self, class_: str, property_: str) -> bool:
        """Whether a thing of `class_` may have the property without contradicting its domain."""
        return self._agrees(class_, property_, "domain")

    def may_be(self, class_: str, property_: str) -> bool:
        """Whether a thing of `class_` may be a value of the property without contradicting its range."""
        return self._agrees(class_, property_, "range")

    def domain(self, property_: str) -> tuple[str, ...]:
        """The classes of which a thing that has the property may be, by its own domain or the nearest one above; any if empty."""
        return self._nearest(property_, "domain")

    def range(self, property_: str) -> tuple[str, ...]:
        """The classes of which a value of the property may be, by its own range or the nearest one above; any if empty."""
        return self._nearest(property_, "range")

    def _nearest(self, property_: str, side: str) -> tuple[str, ...]:
        for name in sorted(self.above(property_), key=lambda n: len(self.above(n)), reverse=True):
            if classes := self._union(name, side):
                return classes
        return ()

    def _agrees(self, class_: str, property_: str, side: str) -> bool:
        unions = [union for name in self.above(property_) if (union := self._union(name, side))]
        return all(any(not self.excludes(class_, option) for option in union) for union in unions)

    def _union(self, property_: str, side: str) -> tuple[str, ...]:
        found: list[str] = []
        for node in self._objects[self.terms[property_].iri, f"{_RDFS}{side}"]:
            found.extend(self._local(node))
            for listed in self._objects[node, f"{_OWL}unionOf"]:
                found.extend(name for member in self._list(listed) for name in self._local(member))
        return tuple(found)

    @cached_property
    def _disjoint(self) -> tuple[frozenset[str], ...]:
        lists = [
            node for (_, predicate), nodes in self._objects.items() if predicate == f"{_OWL}members" for node in nodes
        ]
        return tuple(frozenset(name for member in self._list(node) for name in self._local(member)) for node in lists)

    def _list(self, node: object) -> Iterator[object]:
        while first := self._objects.get((node, f"{_RDF}first")):
            yield first[0]
            node = self._objects[node, f"{_RDF}rest"][0]

    def _names(self, name: str, predicate: str) -> list[str]:
        return [local for node in self._objects[self.terms[name].iri, predicate] for local in self._local(node)]

    def _local(self, node: object) -> list[str]:
        """The local name of a term of ours, as a list; empty for anything else."""
        if isinstance(node, ox.NamedNode) and node.value.startswith(NAMESPACE):
            return [node.value.removeprefix(NAMESPACE)]
        return []

    def _own(self) -> Iterator[Term]:
        for triple in self.triples:
            subject, kind = triple.subject, _KINDS.get(getattr(triple.object, "value", ""))
            if triple.predicate.value == f"{_RDF}type" and kind and isinstance(subject, ox.NamedNode):
                for name in self._local(subject):
                    yield Term(
                        name, subject, kind, self._texts(subject, f"{_RDFS}label"), self._texts(subject, _DEFINITION)
                    )

    def _texts(self, subject: ox.NamedNode, predicate: str) -> dict[str, str]:
        return {
            node.language: node.value
            for node in self._objects[subject, predicate]
            if isinstance(node, ox.Literal) and node.language
        }


@cache
def _ours(folder: Path) -> Vocabulary:
    return Vocabulary.read(folder)


def _joined(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as one ontology: without the headers of its modules, and without what imports them."""
    read = list(triples)
    whole = NAMESPACE.rstrip("#")
    headers = {
        t.subject for t in read if t.predicate.value == f"{_RDF}type" and t.object == ox.NamedNode(f"{_OWL}Ontology")
    }
    modules = headers - {ox.NamedNode(whole)}
    return (t for t in read if t.subject not in modules and t.predicate.value != f"{_OWL}imports")


def render(vocabulary: Vocabulary) -> str:
    """The source of `kg/ns.py`: one constant for each term of the ontology, with its definition."""
    lines = [
        '"""The terms of the ontology as constants. Written by `kg terms` from ontology/*.ttl: do not edit."""',
        "",
        "# ruff: noqa: N816 - terms keep the spelling that they have in the ontology",
        "",
        "from __future__ import annotations",
        "",
        "from pyoxigraph import NamedNode",
        "",
        f'NAMESPACE = "{NAMESPACE}"',
        "",
    ]
    for name in vocabulary.names():
        lines += [f'{name} = NamedNode("{vocabulary.terms[name].iri.value}")', f'"""{vocabulary.definition(name)}"""']
    lines += ["", "# Terms of other vocabularies that the ontology uses."]
    lines += [f'{name} = NamedNode("{iri}")' for name, iri in sorted(_external(vocabulary).items())]
    return "\n".join(lines) + "\n"


def _external(vocabulary: Vocabulary) -> dict[str, str]:
    """Terms that are not ours, as `prefix_name`: the built-in ones in use, and those that the ontology declares."""
    used: set[str] = {f"{_RDFS}seeAlso"}
    for triple in vocabulary.triples:
        used.update(node.value for node in triple if isinstance(node, ox.NamedNode) and _built_in(node.value))
        if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value == f"{_RDF}type":
            used.add(triple.subject.value)
    named: dict[str, str] = {}
    for prefix, namespace in {**vocabulary.prefixes, **_BUILT_IN}.items():
        named |= {
            f"{prefix}_{iri.removeprefix(namespace)}": iri
            for iri in used
            if namespace != NAMESPACE and iri.startswith(namespace)
        }
    return named


def _built_in(iri: str) -> bool:
    return iri.startswith(tuple(_BUILT_IN.values()))
