"""What the ontology says of a term, as text in which the names of our terms are links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox
from markupsafe import Markup, escape

from kg.vocabulary import NAMESPACE, Vocabulary

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

_SETS = {f"{OWL}unionOf": Markup(" or "), f"{OWL}intersectionOf": Markup(" and ")}
_RESTRICTIONS = {
    f"{OWL}someValuesFrom": "some",
    f"{OWL}allValuesFrom": "only",
    f"{OWL}hasValue": "value",
    f"{OWL}hasSelf": "Self",
    f"{OWL}cardinality": "exactly",
    f"{OWL}minCardinality": "min",
    f"{OWL}maxCardinality": "max",
    f"{OWL}qualifiedCardinality": "exactly",
    f"{OWL}minQualifiedCardinality": "min",
    f"{OWL}maxQualifiedCardinality": "max",
}


class Axioms:
    """The triples of the ontology, asked by subject or by object, and expressions in the manner of Manchester syntax."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        prefixes = {**vocabulary.prefixes, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS}
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._about: dict[object, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._to: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for triple in vocabulary.triples:
            if not isinstance(triple.object, ox.Triple):
                self._about[triple.subject][triple.predicate.value].append(triple.object)
                self._to[triple.object][triple.predicate.value].append(triple.subject)

    def predicates(self, subject: object) -> list[str]:
        """The IRIs of what is said of `subject`, sorted."""
        return sorted(self._about[subject])

    def values(self, subject: object, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """The values of `predicate`, as they stand in the ontology."""
        return self._about[subject][predicate]

    def subjects(self, predicate: str, value: object) -> list[object]:
        """What has `value` as the value of `predicate`; classes within a union count as the union's."""
        found = list(self._to[value][predicate])
        for union in self._unions(value):
            found += self._to[union][predicate]
        return found

    def disjoint(self, term: object) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """The other members of the lists of disjoint classes or different individuals that `term` is in."""
        return [
            member
            for node in list(self._about)
            for listed in [*self._about[node][f"{OWL}members"], *self._about[node][f"{OWL}distinctMembers"]]
            if term in (members := self.listed(listed))
            for member in members
            if member != term
        ]

    def shown(self, node: object) -> Markup:
        """A term as a link, a literal as its text, an expression in words."""
        if isinstance(node, ox.Literal):
            return (
                Markup('<span lang="{}">{}</span>').format(node.language, node.value)
                if node.language
                else escape(node.value)
            )
        if isinstance(node, ox.NamedNode):
            return self._link(node.value)
        return self._expression(node)

    def name(self, iri: str) -> str:
        """`iri` by its prefix, if it has one: `prov:Entity`; a term of ours by its own name."""
        if iri.startswith(NAMESPACE):
            return iri.removeprefix(NAMESPACE)
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def listed(self, node: object) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """The members of the RDF list `node`."""
        found = []
        while first := self._about[node][f"{RDF}first"]:
            found.append(first[0])
            node = self._about[node][f"{RDF}rest"][0]
        return found

    def members(self, node: object) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """The classes of the union `node`; a class itself is its own only member."""
        union = self._about[node][f"{OWL}unionOf"]
        return self.listed(union[0]) if union else [node] if isinstance(node, ox.NamedNode) else []

    def _unions(self, class_: object) -> Iterator[object]:
        for cell in self._to[class_][f"{RDF}first"]:
            start = cell
            while before := self._to[start][f"{RDF}rest"]:
                start = before[0]
            yield from self._to[start][f"{OWL}unionOf"]

    def _link(self, iri: str) -> Markup:
        name = self.name(iri)
        if name in self._vocabulary.terms and iri.startswith(NAMESPACE):
            return Markup('<a href="#{0}">{0}</a>').format(name)
        return Markup('<a href="{}">{}</a>').format(iri, name)

    def _expression(self, node: object) -> Markup:
        said = self._about[node]
        for predicate, word in _SETS.items():
            if said[predicate]:
                parts = [self.shown(part) for part in self.listed(said[predicate][0])]
                return Markup("({})").format(word.join(parts))
        if said[f"{OWL}complementOf"]:
            return Markup("not {}").format(self.shown(said[f"{OWL}complementOf"][0]))
        if said[f"{OWL}oneOf"]:
            return Markup("{{{}}}").format(Markup(", ").join(map(self.shown, self.listed(said[f"{OWL}oneOf"][0]))))
        if said[f"{OWL}inverseOf"]:
            return Markup("inverse {}").format(self.shown(said[f"{OWL}inverseOf"][0]))
        if said[f"{OWL}onDatatype"]:
            return self._facets(node)
        if said[f"{RDF}first"]:
            return Markup(" ∘ ").join(map(self.shown, self.listed(node)))
        return self._restriction(node)

    def _restriction(self, node: object) -> Markup:
        said = self._about[node]
        on = self.shown(said[f"{OWL}onProperty"][0])
        for predicate, word in _RESTRICTIONS.items():
            if said[predicate]:
                of = [*said[f"{OWL}onClass"], *said[f"{OWL}onDataRange"]]
                parts = [on, escape(word), self.shown(said[predicate][0]), *map(self.shown, of)]
                return Markup("({})").format(Markup(" ").join(parts))
        raise ValueError(f"an expression of the ontology is of a kind that the page cannot show: {dict(said)}")

    def _facets(self, node: object) -> Markup:
        said = self._about[node]
        facets = [
            Markup("{} {}").format(self.name(facet).removeprefix("xsd:"), self.shown(value[0]))
            for cell in self.listed(said[f"{OWL}withRestrictions"][0])
            for facet, value in sorted(self._about[cell].items())
            if value
        ]
        return Markup("{} [{}]").format(self.shown(said[f"{OWL}onDatatype"][0]), Markup(", ").join(facets))
