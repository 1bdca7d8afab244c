"""Say how a result can be mended, where there is one clear way to do it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.validation.graph import GraphView, Node, local_name
from kg.validation.results import Finding, Mend
from kg.validation.shapes import SHAPES
from kg.validation.words import Texts
from kg.vocabulary import NAMESPACE, Kind

_ALIKE = 0.8  # of two spellings; below that the nearest term is a guess


def term(view: GraphView, name: str, kinds: tuple[Kind, ...]) -> Mend | None:
    """For a term that the ontology does not have: the one that is spelled nearly so."""
    near = difflib.get_close_matches(name, view.vocabulary.names(*kinds), n=1, cutoff=_ALIKE)
    if not near:
        return None
    messages = {"en": f"write nk:{near[0]}", "vi": f"ghi nk:{near[0]}"}
    return Mend(messages, instead=(f"<{NAMESPACE}{name}>", f"<{NAMESPACE}{near[0]}>"))


def turned(view: GraphView, quad: ox.Quad) -> Mend | None:
    """For a property that does not fit its two ends: the other way round, if it fits so."""
    name, subject, value = local_name(quad.predicate), quad.subject, quad.object
    if name is None or not isinstance(value, Node):
        return None
    ahead, behind = view.own_classes(value), view.own_classes(subject)
    if not (ahead and behind and any(view.vocabulary.may_have(one, name) for one in ahead)):
        return None
    if not any(view.vocabulary.may_be(one, name) for one in behind):
        return None
    added = f"{value} {quad.predicate} {subject} ."
    return Mend(
        {"en": f"turn it round: {added}", "vi": f"đảo chiều: {added}"}, gone=(f"{quad.triple} .",), added=(added,)
    )


def datatype(value: ox.Literal, wanted: ox.NamedNode) -> Mend:
    """For a literal of another datatype that reads as one of the `wanted` datatype."""
    right = ox.Literal(value.value, datatype=wanted)
    return Mend({"en": f"write {right}", "vi": f"ghi {right}"}, instead=(str(value), str(right)))


def proposed(view: GraphView, finding: Finding, texts: Texts) -> Mend | None:
    """The mend of a finding: that which came with it, or what its shape allows to be told from the graph."""
    if finding.mend or not isinstance(finding.focus, ox.NamedNode | ox.BlankNode):
        return finding.mend
    name = finding.shape.removeprefix(SHAPES)
    if name in {"span-length", "span-words"}:
        return _offsets(view, finding.focus, texts)
    if name == "one-label-per-language":
        return _second_label(view, finding.focus, finding.value or "")
    if name == "inferred-beside-stated":
        return _without(view, finding.focus, ns.inferredTime)
    if name == "claim-against-itself" and finding.value == finding.focus.value:
        return _without(view, finding.focus, ns.competesWith, ns.corroborates)
    return None


def _offsets(view: GraphView, span: Node, texts: Texts) -> Mend | None:
    """Where the quoted words really stand, if they stand in the article once."""
    words, document = (_only(view, span, property_) for property_ in (ns.exact, ns.inDocument))
    text = texts.get(getattr(document, "value", ""))
    if text is None or not isinstance(words, ox.Literal) or text.count(words.value) != 1:
        return None
    start = text.index(words.value)
    right = {ns.start: start, ns.end: start + len(words.value)}
    gone = [f"{quad.triple} ." for property_ in right for quad in view.values(span, property_)]
    added = [f"{span} {property_} {ox.Literal(place)} ." for property_, place in right.items()]
    places = f"{start}-{start + len(words.value)}"
    messages = {
        "en": f"the words stand at characters {places}",
        "vi": f"lời trích nằm ở ký tự {places}",
    }
    return Mend(messages, gone=tuple(gone), added=tuple(added))


def _second_label(view: GraphView, node: Node, label: str) -> Mend | None:
    quads = [quad for quad in view.values(node, ns.rdfs_label) if getattr(quad.object, "value", None) == label]
    messages = {
        "en": f"make “{label}” an alternative label (skos:altLabel)",
        "vi": f"chuyển “{label}” thành nhãn phụ (skos:altLabel)",
    }
    added = sorted({f"{node} {ns.skos_altLabel} {quad.object} ." for quad in quads})
    return Mend(messages, gone=tuple(sorted({f"{quad.triple} ." for quad in quads})), added=tuple(added))


def _without(view: GraphView, node: Node, *properties: ox.NamedNode) -> Mend:
    gone = sorted({f"{quad.triple} ." for quad in _of(view, node, properties)})
    return Mend({"en": f"take away {' '.join(gone)}", "vi": f"bỏ {' '.join(gone)}"}, gone=tuple(gone))


def _of(view: GraphView, node: Node, properties: tuple[ox.NamedNode, ...]) -> Iterator[ox.Quad]:
    for property_ in properties:
        for quad in view.values(node, property_):
            if property_ == ns.inferredTime or quad.object == node:
                yield quad


def _only(view: GraphView, node: Node, property_: ox.NamedNode) -> object:
    """The one value of a property; None if there is none or several."""
    values = {quad.object for quad in view.values(node, property_)}
    return values.pop() if len(values) == 1 else None
