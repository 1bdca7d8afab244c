"""Give what a person brought into a graph the form that the graph's own things have: classes, labels, datatypes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg import ns
from kg.rdf.wording import LANGUAGES
from kg.vocabulary import NAMESPACE, Vocabulary

_OWL = ns.owl_Class.value.removesuffix("Class")
_THING = ox.NamedNode(f"{_OWL}Thing")
_TERMS = (ns.owl_Class, ns.owl_ObjectProperty, ns.owl_DatatypeProperty, ns.owl_AnnotationProperty)
_BUILT_IN = tuple(
    name.value.rpartition("#")[0] + "#" for name in (ns.owl_Class, ns.rdf_type, ns.rdfs_label, ns.xsd_string)
)
_WHOLE_AND_DECIMAL = frozenset({ns.xsd_decimal, ox.NamedNode(ns.xsd_decimal.value.replace("decimal", "integer"))})


class Completing:
    """What the edited file says, in the graph's own form; `classes` are the superclasses of those that the file brings."""

    def __init__(self, vocabulary: Vocabulary, triples: Iterable[ox.Triple]) -> None:
        self._vocabulary = vocabulary
        self._above: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        for triple in triples:
            if (
                triple.predicate == ns.rdfs_subClassOf
                and isinstance(triple.subject, ox.NamedNode)
                and isinstance(triple.object, ox.NamedNode)
            ):
                self._above[triple.subject].add(triple.object)
        decimal = {ns.xsd_decimal, *_subjects(vocabulary, ns.owl_onDatatype, {ns.xsd_decimal})}
        self._decimal = _subjects(vocabulary, ns.rdfs_range, decimal)

    def individual(self, node: ox.NamedNode, triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
        """The statements about a new individual, with its declaration, a class of the ontology, and a label in each language."""
        given = {*triples}
        found = {ox.Triple(node, ns.rdf_type, ns.owl_NamedIndividual), *self._classed(given), *labelled(node, given)}
        return frozenset(found)

    def term(self, node: ox.NamedNode, triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
        """The statements about a new class or property, with a label in each language."""
        return frozenset(labelled(node, (t for t in triples if t.object != _THING)))

    def known(self, triples: Iterable[ox.Triple]) -> frozenset[ox.Triple]:
        """Statements about a thing that the graph has, with numbers as decimals where the ontology wants them."""
        return frozenset(self._classed({*triples}))

    def _classed(self, triples: set[ox.Triple]) -> Iterator[ox.Triple]:
        """The statements without owl:Thing, with the nearest classes of the ontology beside a class of somebody's own."""
        for triple in triples:
            if triple.object == _THING:
                continue
            yield self._number(triple)
            if triple.predicate == ns.rdf_type and isinstance(triple.object, ox.NamedNode):
                for class_ in self._ours(triple.object, frozenset()):
                    yield ox.Triple(triple.subject, ns.rdf_type, class_)

    def _ours(self, class_: ox.NamedNode, seen: frozenset[ox.NamedNode]) -> Iterator[ox.NamedNode]:
        """The nearest classes of the ontology above a class of somebody's own."""
        for above in sorted(self._above.get(class_, ()), key=str):
            if class_.value.startswith(NAMESPACE) or above in seen:
                continue
            if above.value.startswith(NAMESPACE):
                yield above
            else:
                yield from self._ours(above, seen | {class_})

    def _number(self, triple: ox.Triple) -> ox.Triple:
        value = triple.object
        if triple.predicate in self._decimal and isinstance(value, ox.Literal) and value.datatype in _WHOLE_AND_DECIMAL:
            return ox.Triple(triple.subject, triple.predicate, ox.Literal(value.value, datatype=ns.xsd_decimal))
        return triple


def _subjects(vocabulary: Vocabulary, property_: ox.NamedNode, values: Container[object]) -> set[object]:
    return {t.subject for t in vocabulary.triples if t.predicate == property_ and t.object in values}


def is_term(triples: Iterable[ox.Triple]) -> bool:
    """Whether the statements about one node declare a class or a property."""
    return any(t.predicate == ns.rdf_type and t.object in _TERMS for t in triples)


def is_built_in(node: ox.NamedNode) -> bool:
    """Whether a node is a term of OWL itself or of what it is built on: tools declare these as they please."""
    return node.value.startswith(_BUILT_IN)


def labelled(node: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The statements with one label in each language: the other language's, or one without a language, or the IRI's end."""
    labels: dict[str, str] = {}
    for triple in sorted(triples, key=str):
        if triple.predicate == ns.rdfs_label and isinstance(triple.object, ox.Literal):
            labels.setdefault((triple.object.language or "").lower(), triple.object.value)
            if not triple.object.language:
                continue
        yield triple
    for language in LANGUAGES:
        if language not in labels:
            yield ox.Triple(node, ns.rdfs_label, ox.Literal(_instead(node, labels), language=language))


def tagged(gone: Iterable[ox.Triple], came: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """New labels of one thing, each with a language: one without takes those of the labels that it stands in place of."""
    came = list(came)
    present = {_language(t) for t in came}
    lacking = sorted({_language(t) for t in gone} - present) or [name for name in LANGUAGES if name not in present]
    for triple in came:
        if isinstance(triple.object, ox.Literal) and not triple.object.language:
            for language in lacking:
                yield ox.Triple(triple.subject, triple.predicate, ox.Literal(triple.object.value, language=language))
        else:
            yield triple


def _language(triple: ox.Triple) -> str:
    return (triple.object.language or "").lower() if isinstance(triple.object, ox.Literal) else ""


def _instead(node: ox.NamedNode, labels: Mapping[str, str]) -> str:
    own = node.value.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return labels.get("") or next((labels[name] for name in sorted(labels) if name), own)
