"""Check that the graph uses the ontology's terms as the ontology defines them: known names, fitting domains and ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg import ns
from kg.validation.graph import GraphView, Node, local_name
from kg.validation.results import Finding

Allowed = Callable[[str, str], bool]

SHAPES = "https://w3id.org/newskg/shapes#"
UNKNOWN_TERM = {
    "en": "The ontology has no such term.",
    "vi": "Bản thể học không có thuật ngữ này.",
}
DOMAIN = {
    "en": "The ontology does not allow this property on a thing of this kind.",
    "vi": "Bản thể học không cho phép thuộc tính này ở loại thực thể này.",
}
RANGE = {
    "en": "The ontology does not allow this value for the property.",
    "vi": "Bản thể học không cho phép giá trị này cho thuộc tính.",
}
UNDESCRIBED = {
    "en": "The graph refers to something that it does not describe.",
    "vi": "Đồ thị nhắc tới thứ mà nó không mô tả.",
}


def check(view: GraphView, quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Where `quads` of the graph contradict the ontology. A thing of several kinds is none here: shapes find those."""
    may_have, may_be = cache(view.vocabulary.may_have), cache(view.vocabulary.may_be)
    for quad in quads:
        property_ = local_name(quad.predicate)
        if property_ is not None:
            yield from _property(view, quad, property_, may_have, may_be)
        elif quad.predicate == ns.rdf_type:
            class_ = local_name(quad.object)
            if class_ is not None and class_ not in view.vocabulary.terms:
                yield _violation("unknown-term", UNKNOWN_TERM, quad)


def _property(view: GraphView, quad: ox.Quad, property_: str, may_have: Allowed, may_be: Allowed) -> Iterator[Finding]:
    term = view.vocabulary.terms.get(property_)
    if term is not None and term.kind == "annotation property":
        return
    if term is None or term.kind not in ("object property", "data property"):
        yield _violation("unknown-term", UNKNOWN_TERM, quad)
        return
    if not _fits(view, quad.subject, property_, may_have):
        yield _violation("domain", DOMAIN, quad)
    if (term.kind == "data property") != isinstance(quad.object, ox.Literal):
        yield _violation("range", RANGE, quad)
    elif isinstance(quad.object, Node):
        if not view.own_classes(quad.object):
            yield _violation("undescribed", UNDESCRIBED, quad)
        elif not _fits(view, quad.object, property_, may_be):
            yield _violation("range", RANGE, quad)


def _fits(view: GraphView, node: Node, property_: str, allowed: Allowed) -> bool:
    """Whether one of the classes of `node` is allowed; what has no class is not judged."""
    classes = view.own_classes(node)
    return not classes or any(allowed(name, property_) for name in classes)


def _violation(shape: str, messages: dict[str, str], quad: ox.Quad) -> Finding:
    value = getattr(quad.object, "value", str(quad.object))
    return Finding("violation", SHAPES + shape, quad.subject, messages, quad.predicate.value, value)
