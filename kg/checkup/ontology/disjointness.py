"""Find, without a reasoner, classes that can have no member, and individuals in classes that exclude each other.

What lies above a class is followed through subclasses, equivalent classes and intersections; what an individual is in, through
the domains and ranges of its properties as well. Unions are seen where every way out is closed. A reasoner sees more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.view import OWL, RDF, RDFS, RESERVED, Term, View

_NOTHING = ox.NamedNode(f"{OWL}Nothing")
Pair = tuple[Term, Term]


def check(view: View) -> Iterator[Finding]:
    """Unsatisfiable classes, and individuals that cannot be all that they are said to be."""
    excluding = Excluding(view)
    for class_ in view.of_kind("class"):
        if (pair := excluding.within(class_)) and (triple := view.where(class_)):
            yield view.finding("unsatisfiable", triple, *pair)
    for individual in _individuals(view):
        if (pair := excluding.of(individual)) and (triple := view.where(individual) or _naming(view, individual)):
            yield view.finding("excluded", triple, *pair, about=individual)


def _individuals(view: View) -> list[ox.NamedNode]:
    """Every individual that a given file describes or names."""
    found = {node for t in view.given for node in (t.subject, t.object) if isinstance(node, ox.NamedNode)}
    return sorted((node for node in found if "individual" in view.kinds.get(node, ())), key=str)


def _naming(view: View, node: Term) -> ox.Triple | None:
    return min((t for t in view.naming(node) if t in view.given), key=str, default=None)


class Excluding:
    """Which classes exclude each other, and where two such meet."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._above: dict[Term, frozenset[Term]] = {}

    def within(self, class_: Term) -> Pair | None:
        """Two classes above `class_` that exclude each other, or itself and what makes it empty; None if there are none."""
        return self._clash({class_})

    def of(self, individual: ox.NamedNode) -> Pair | None:
        """Two classes that the individual is in and that exclude each other; None if there are none."""
        view = self._view
        classes: set[Term] = set(view.classes_of(individual))
        for triple in view.about(individual):
            for property_ in self._properties(triple.predicate):
                classes.update(view.objects(property_, f"{RDFS}domain"))
        for triple in view.naming(individual):
            if isinstance(triple.subject, ox.NamedNode):
                for property_ in self._properties(triple.predicate):
                    classes.update(view.objects(property_, f"{RDFS}range"))
        return self._clash(classes)

    def _properties(self, property_: ox.NamedNode) -> Iterable[Term]:
        """An object or data property and what lies above it; nothing for OWL's own and for annotations."""
        if property_.value.startswith(RESERVED) or not self._view.is_a(property_, "object property", "data property"):
            return ()
        return self._closure(property_, f"{RDFS}subPropertyOf")

    def _closure(self, node: Term, predicate: str) -> list[Term]:
        found, waiting = [node], [node]
        while waiting:
            more = [other for other in self._view.objects(waiting.pop(), predicate) if other not in found]
            found += more
            waiting += more
        return found

    def _clash(self, classes: Iterable[Term]) -> Pair | None:
        above = frozenset().union(*(self.above(class_) for class_ in classes))
        if _NOTHING in above:
            return next(iter(sorted(classes, key=str))), _NOTHING
        for members in self._disjoint:
            if len(met := above & members) > 1:
                first, second = sorted(met, key=str)[:2]
                return first, second
        # A union none of whose members can be true beside what is known already.
        for node in sorted((n for n in above if isinstance(n, ox.BlankNode)), key=str):
            options = self._options(node)
            if options and (pairs := [self._outside(option, above) for option in options]) and all(pairs):
                return pairs[0]
        return None

    def _outside(self, option: Term, above: frozenset[Term]) -> Pair | None:
        """A class above `option` and one of `above` that exclude each other."""
        over = self.above(option)
        for members in self._disjoint:
            for one in sorted(over & members, key=str):
                if others := sorted((above & members) - {one}, key=str):
                    return others[0], one
        return None

    def _options(self, node: Term) -> list[Term]:
        return [
            member
            for listed in self._view.objects(node, f"{OWL}unionOf")
            for member in self._view.list_of(listed) or ()
        ]

    def above(self, class_: Term) -> frozenset[Term]:
        """A class or expression and all that whatever is in it is in as well."""
        if class_ not in self._above:
            found: set[Term] = {class_}
            waiting = [class_]
            while waiting:
                more = self._directly_above(waiting.pop()) - found
                found |= more
                waiting += more
            self._above[class_] = frozenset(found)
        return self._above[class_]

    def _directly_above(self, class_: Term) -> set[Term]:
        view = self._view
        found: set[Term] = set()
        for predicate in (f"{RDFS}subClassOf", f"{OWL}equivalentClass"):
            found.update(view.objects(class_, predicate))
        found.update(t.subject for t in view.naming(class_) if t.predicate.value == f"{OWL}equivalentClass")
        for listed in view.objects(class_, f"{OWL}intersectionOf"):
            found.update(view.list_of(listed) or ())
        for property_ in view.objects(class_, f"{OWL}onProperty"):
            # Something that has the property at all is in its domain; one that may have none is not.
            if any(view.objects(class_, f"{OWL}{part}") for part in ("someValuesFrom", "hasValue")):
                for one in self._closure(property_, f"{RDFS}subPropertyOf"):
                    found.update(view.objects(one, f"{RDFS}domain"))
                if any(self._clash([f]) for f in view.objects(class_, f"{OWL}someValuesFrom") if view.is_a(f, "class")):
                    found.add(_NOTHING)
        return found

    @cached_property
    def _disjoint(self) -> list[frozenset[Term]]:
        view = self._view
        found = [
            frozenset(view.list_of(t.object) or ())
            for t in view.with_predicate(f"{OWL}members")
            if ns.owl_AllDisjointClasses in view.objects(t.subject, f"{RDF}type")
        ]
        for predicate in (f"{OWL}disjointWith", f"{OWL}complementOf"):
            found += [frozenset({t.subject, t.object}) for t in view.with_predicate(predicate)]
        found += [frozenset(view.list_of(t.object) or ()) for t in view.with_predicate(f"{OWL}disjointUnionOf")]
        return found
