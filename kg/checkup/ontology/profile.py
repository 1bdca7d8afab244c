"""Check that the triples say something in OWL 2 DL: whole class expressions, axioms and lists, and OWL's own words as OWL has them."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.view import DECLARED, OWL, RDF, RDFS, RESERVED, XSD, View

# What a reasoner cannot be asked about: it reads something else than was meant, or nothing.
UNREASONABLE = frozenset(
    {"blank-class", "restriction", "list", "short-axiom", "reserved", "quoted-triple", "import", "datatype", "lexical"}
    | {"undeclared-class", "undeclared-property", "undeclared-datatype", "wrong-kind", "punning", "not-simple"}
    | {"literal-value", "node-value", "anonymous"}
)
DATATYPES = frozenset(
    {f"{RDF}{name}" for name in ("PlainLiteral", "XMLLiteral", "langString")}
    | {f"{RDFS}Literal", f"{OWL}real", f"{OWL}rational"}
    | {f"{XSD}{name}" for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")}
    | {f"{XSD}{name}" for name in ("boolean", "decimal", "double", "float", "hexBinary", "base64Binary", "anyURI")}
    | {f"{XSD}{name}" for name in ("dateTime", "dateTimeStamp", "integer", "long", "int", "short", "byte")}
    | {f"{XSD}{sign}Integer" for sign in ("nonNegative", "nonPositive", "positive", "negative")}
    | {f"{XSD}unsigned{size}" for size in ("Long", "Int", "Short", "Byte")}
)
FILLERS = ("someValuesFrom", "allValuesFrom", "hasValue", "hasSelf")
COUNTS = ("minCardinality", "maxCardinality", "cardinality")
QUALIFIED = ("minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality")
EXPRESSIONS = ("unionOf", "intersectionOf", "complementOf", "oneOf")
CHARACTERISTICS = (
    *("FunctionalProperty", "InverseFunctionalProperty", "TransitiveProperty", "SymmetricProperty"),
    *("AsymmetricProperty", "ReflexiveProperty", "IrreflexiveProperty"),
)
# Axioms that a nameless node stands for, and the list of those whom they are about.
AXIOMS = {"AllDisjointClasses": "members", "AllDisjointProperties": "members", "AllDifferent": "distinctMembers"}
_TYPES = {
    *DECLARED,
    *(f"{OWL}{name}" for name in (*CHARACTERISTICS, *AXIOMS, "Ontology", "Restriction", "Axiom", "Annotation")),
    *(f"{OWL}{name}" for name in ("NegativePropertyAssertion", "DataRange", "Thing", "Nothing")),
    f"{RDF}List",
}
_PREDICATES = {
    *(f"{RDF}{name}" for name in ("type", "first", "rest")),
    *(f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(f"{OWL}{name}" for name in (*FILLERS, *COUNTS, *QUALIFIED, *EXPRESSIONS)),
    *(f"{OWL}{name}" for name in ("onProperty", "onClass", "onDataRange", "onDatatype", "withRestrictions")),
    *(f"{OWL}{name}" for name in ("equivalentClass", "equivalentProperty", "disjointWith", "propertyDisjointWith")),
    *(f"{OWL}{name}" for name in ("inverseOf", "disjointUnionOf", "propertyChainAxiom", "hasKey", "members")),
    *(f"{OWL}{name}" for name in ("distinctMembers", "sameAs", "differentFrom", "imports", "versionIRI")),
    *(f"{OWL}{name}" for name in ("datatypeComplementOf", "sourceIndividual", "assertionProperty")),
    *(f"{OWL}{name}" for name in ("targetIndividual", "targetValue")),
    *(f"{OWL}{name}" for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")),
    *(f"{XSD}{name}" for name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
    *(f"{XSD}{name}" for name in ("pattern", "length", "minLength", "maxLength")),
    f"{RDF}langRange",
}


def check(view: View) -> Iterator[Finding]:
    """Whatever OWL 2 DL cannot read as it is meant."""
    for triple in view.given:
        if isinstance(triple.object, ox.Triple):
            yield view.finding("quoted-triple", triple)
        yield from _words(view, triple)
        if triple.predicate == ns.rdf_type and isinstance(triple.object, ox.NamedNode):
            yield from _typed(view, triple, triple.object.value)
        elif triple.predicate.value in _LISTED and view.list_of(triple.object) is None:
            yield view.finding("list", triple, triple.predicate)


_LISTED = {
    *(f"{OWL}{name}" for name in ("unionOf", "intersectionOf", "oneOf", "disjointUnionOf", "members")),
    *(f"{OWL}{name}" for name in ("distinctMembers", "propertyChainAxiom", "hasKey", "withRestrictions")),
}


def _words(view: View, triple: ox.Triple) -> Iterator[Finding]:
    """Words of OWL, RDF or RDFS that OWL 2 does not have in this place, or that are given another meaning."""
    predicate = triple.predicate
    strange = predicate.value.startswith(RESERVED) and predicate.value not in _PREDICATES
    if strange and not view.is_a(predicate, "annotation property"):
        yield view.finding("reserved", triple, predicate)
    if predicate == ns.rdf_type and isinstance(triple.object, ox.NamedNode):
        class_ = triple.object.value
        if class_.startswith(RESERVED) and class_ not in _TYPES:
            yield view.finding("reserved", triple, triple.object)
    if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(RESERVED):
        yield view.finding("reserved", triple, triple.subject)


def _typed(view: View, triple: ox.Triple, class_: str) -> Iterator[Finding]:
    """Expressions and axioms without a part that they need."""
    node, name = triple.subject, class_.removeprefix(OWL)
    if class_ == f"{OWL}Restriction":
        fillers = [f for f in (*FILLERS, *COUNTS, *QUALIFIED) if view.objects(node, f"{OWL}{f}")]
        if len(view.objects(node, f"{OWL}onProperty")) != 1 or len(fillers) != 1:
            yield view.finding("restriction", triple)
    elif name in AXIOMS:
        # The older of the two words for members of owl:AllDifferent is the other one.
        lists = [*view.objects(node, f"{OWL}members"), *view.objects(node, f"{OWL}distinctMembers")]
        members = (view.list_of(lists[0]) or []) if len(lists) == 1 else []
        if len(set(members)) < 2:  # noqa: PLR2004 - one thing alone is neither disjoint nor different
            yield view.finding("short-axiom", triple, triple.object)
    elif class_ == f"{OWL}Class" and isinstance(node, ox.BlankNode) and not _expresses(view, node):
        labels = sorted(getattr(label, "value", "") for label in view.objects(node, ns.rdfs_label.value))
        yield view.finding("blank-class", triple, labels[0] if labels else "[]")


def _expresses(view: View, node: ox.BlankNode) -> bool:
    return any(view.objects(node, f"{OWL}{part}") for part in EXPRESSIONS)
