"""Check that the graph uses the ontology's terms as the ontology defines them: known names, fitting domains and ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from kg import ns
from kg.validation import mending
from kg.validation.graph import GraphView, Node, local_name
from kg.validation.results import Finding, Mend
from kg.vocabulary import Vocabulary

Allowed = Callable[[str, str], bool]

SHAPES = "https://w3id.org/newskg/shapes#"
UNKNOWN_TERM = {
    "en": "The ontology has no such term.",
    "vi": "Bản thể học không có thuật ngữ này.",
}
UNDECLARED = {
    "en": "Neither the ontology nor the graph declares this property.",
    "vi": "Cả bản thể học lẫn đồ thị đều không khai báo thuộc tính này.",
}
DOMAIN = {
    "en": "The ontology does not allow this property on a thing of this kind: “{property}” is for {allowed}, this is {found}.",
    "vi": "Bản thể học không cho phép thuộc tính này ở loại thực thể này: “{property}” dành cho {allowed}, đây là {found}.",
}
RANGE = {
    "en": "The ontology does not allow this value for the property: “{property}” leads to {allowed}, this is {found}.",
    "vi": "Bản thể học không cho phép giá trị này cho thuộc tính: “{property}” dẫn tới {allowed}, đây là {found}.",
}
UNDESCRIBED = {
    "en": "The graph refers to something that it does not describe.",
    "vi": "Đồ thị nhắc tới thứ mà nó không mô tả.",
}
PUNNED = {
    "en": "A thing is described and declared as a class or a property as well.",
    "vi": "Một thực thể vừa được mô tả vừa được khai báo là lớp hoặc thuộc tính.",
}
DISJOINT = {
    "en": "Nothing is both: {one} and {other}.",
    "vi": "Không gì có thể vừa là {one} vừa là {other}.",
}
_LITERAL = {"en": "a literal", "vi": "giá trị"}
_THING = {"en": "a thing", "vi": "thực thể"}
_SCHEMA = frozenset({ns.owl_Class, ns.owl_ObjectProperty, ns.owl_DatatypeProperty, ns.owl_AnnotationProperty})
_BUILT_IN = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#")  # fmt: skip


def check(view: GraphView, quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Where `quads` of the graph contradict the ontology. An entity of several kinds is none here: shapes find those."""
    may_have, may_be = cache(view.vocabulary.may_have), cache(view.vocabulary.may_be)
    excludes, declares = cache(view.vocabulary.excludes), cache(lambda property_: _declares(view, property_))
    for quad in quads:
        property_ = local_name(quad.predicate)
        if property_ is not None:
            yield from _property(view, quad, property_, may_have, may_be)
        elif quad.predicate == ns.rdf_type:
            yield from _class(view, quad, excludes)
        elif not declares(quad.predicate) and view.is_described(quad.subject):
            yield _violation("unknown-term", UNDECLARED, quad)


def _class(view: GraphView, quad: ox.Quad, excludes: Allowed) -> Iterator[Finding]:
    vocabulary, name = view.vocabulary, local_name(quad.object)
    if quad.object in _SCHEMA and view.is_described(quad.subject):
        yield _violation("punned", PUNNED, quad)
    if name is None:
        return
    if name not in vocabulary.terms:
        yield _violation("unknown-term", UNKNOWN_TERM, quad, mending.term(view, name, ("class",)))
        return
    for other in sorted(view.own_classes(quad.subject)):
        both_entities = vocabulary.is_subclass(name, "Entity") and vocabulary.is_subclass(other, "Entity")
        if other < name and not both_entities and excludes(other, name):
            messages = {
                language: text.format(one=vocabulary.label(other, language), other=vocabulary.label(name, language))
                for language, text in DISJOINT.items()
            }
            yield _violation("disjoint", messages, quad)


def _property(view: GraphView, quad: ox.Quad, property_: str, may_have: Allowed, may_be: Allowed) -> Iterator[Finding]:
    vocabulary = view.vocabulary
    term = vocabulary.terms.get(property_)
    if term is not None and term.kind == "annotation property":
        return
    if term is None or term.kind not in ("object property", "data property"):
        mend = mending.term(view, property_, ("object property", "data property"))
        yield _violation("unknown-term", UNKNOWN_TERM, quad, mend)
        return
    if not _fits(view, quad.subject, property_, may_have):
        found = _named(vocabulary, view.own_classes(quad.subject))
        messages = _filled(DOMAIN, vocabulary, property_, _named(vocabulary, vocabulary.domain(property_)), found)
        yield _violation("domain", messages, quad, mending.turned(view, quad))
    allowed = _LITERAL if term.kind == "data property" else _named(vocabulary, vocabulary.range(property_))
    if (term.kind == "data property") != isinstance(quad.object, ox.Literal):
        found = _LITERAL if isinstance(quad.object, ox.Literal) else _THING
        yield _violation("range", _filled(RANGE, vocabulary, property_, allowed, found), quad)
    elif isinstance(quad.object, Node):
        if not view.own_classes(quad.object):
            yield _violation("undescribed", UNDESCRIBED, quad)
        elif not _fits(view, quad.object, property_, may_be):
            found = _named(vocabulary, view.own_classes(quad.object))
            messages = _filled(RANGE, vocabulary, property_, allowed, found)
            yield _violation("range", messages, quad, mending.turned(view, quad))


def _fits(view: GraphView, node: Node, property_: str, allowed: Allowed) -> bool:
    """Whether one of the classes of `node` is allowed; what has no class is not judged."""
    classes = view.own_classes(node)
    return not classes or any(allowed(name, property_) for name in classes)


def _declares(view: GraphView, property_: ox.NamedNode) -> bool:
    """Whether a property of another vocabulary is built in, or declared by the ontology or in the graph."""
    return (
        property_.value.startswith(_BUILT_IN)
        or any(triple.subject == property_ and triple.predicate == ns.rdf_type for triple in view.vocabulary.triples)
        or any(quad.object in _SCHEMA for quad in view.values(property_, ns.rdf_type))
    )


def _named(vocabulary: Vocabulary, classes: Iterable[str]) -> dict[str, str]:
    """The classes by their labels in both languages, or a thing of any class."""
    names = sorted(classes)
    return {
        language: ", ".join(vocabulary.label(name, language) for name in names) or _THING[language]
        for language in _THING
    }


def _filled(
    messages: Mapping[str, str],
    vocabulary: Vocabulary,
    property_: str,
    allowed: Mapping[str, str],
    found: Mapping[str, str],
) -> dict[str, str]:
    return {
        language: text.format(
            property=vocabulary.label(property_, language), allowed=allowed[language], found=found[language]
        )
        for language, text in messages.items()
    }


def _violation(shape: str, messages: Mapping[str, str], quad: ox.Quad, mend: Mend | None = None) -> Finding:
    value = getattr(quad.object, "value", str(quad.object))
    return Finding("violation", SHAPES + shape, quad.subject, messages, quad.predicate.value, value, mend=mend)
