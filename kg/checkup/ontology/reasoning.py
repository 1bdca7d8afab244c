"""Ask a reasoner what the other checks cannot see: whether all of it can be true, and whether every class can have a member."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import pyoxigraph as ox

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.reading import WHOLE
from kg.checkup.ontology.relevance import relevant
from kg.checkup.ontology.view import DECLARED, RESERVED, Term, View

# What explains an inconsistency by itself, so that nobody need look for the reason.
_EXPLAINED = frozenset({"excluded", "range", "functional", "irreflexive", "asymmetric", "apart"})
# How many things are named as the reason; more are there only in a file that is wrong throughout.
_NAMED = 8
# How long one question may take: a graph of some ten articles takes so long, and is no better known afterwards.
_SECONDS = 60.0
_MEMBER = "urn:newskg:member:"
_Group = tuple[ox.NamedNode, tuple[ox.Triple, ...]]


def installed() -> bool:
    """Whether the reasoner is there (the extra `reasoner`)."""
    return find_spec("pyhermit") is not None


def check(view: View, found: Collection[Finding]) -> Iterator[Finding]:
    """Classes that can have no member, or else the things that cannot all be true, if nothing in `found` says why already.

    A TimeoutError says that the reasoner was not done in a minute.
    """
    from pyhermit import PyHermiTError  # noqa: PLC0415 - an extra, and a second to import
    from pyowl_core import PyOWLCoreError  # noqa: PLC0415 - same

    triples = relevant(view)
    try:
        sound = consistent(triples)
    except TimeoutError:
        raise
    except (PyHermiTError, PyOWLCoreError) as error:
        yield Finding(next(file.name for file in view.files if file.given), "–", "unmapped", (str(error),))
        return
    if not sound:
        if not any(finding.rule in _EXPLAINED for finding in found):
            yield from _inconsistent(view, triples)
        return
    known = {finding.term for finding in found if finding.rule == "unsatisfiable"}
    for class_ in unsatisfiable([t for t in triples if not _fact(view, t)]):
        triple = view.where(class_)
        if triple and view.name(class_) not in known:
            yield view.finding("empty", triple)


def _fact(view: View, triple: ox.Triple) -> bool:
    """Whether a triple is about an individual of the data: what classes can have for members does not hang on it."""
    return "individual" in view.kinds.get(triple.subject, ()) and not (
        isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(view.namespaces)
    )


def consistent(triples: Iterable[ox.Triple]) -> bool:
    """Whether all of the triples can be true at once; a TimeoutError if the reasoner is not done in a minute."""
    from pyhermit.exceptions import ReasoningAbortedError  # noqa: PLC0415 - an extra, and a second to import

    with _reasoner(triples) as reasoner:
        try:
            return bool(reasoner.is_consistent())
        except ReasoningAbortedError as error:
            raise TimeoutError(str(error)) from error


def unsatisfiable(triples: Collection[ox.Triple]) -> list[ox.NamedNode]:
    """The named classes that nothing can be in, sorted; the triples must be consistent.

    A class is satisfiable if a member can be added to it. All classes are tried at once, and halved where that fails: this
    takes the reasoner a fraction of a second, where asking it for each class takes minutes.
    """
    classes = {t.subject for t in triples if t.predicate == ns.rdf_type and t.object == ns.owl_Class}
    waiting = [sorted((node for node in classes if isinstance(node, ox.NamedNode)), key=str)]
    found: list[ox.NamedNode] = []
    while waiting:
        some = waiting.pop()
        members = [ox.Triple(ox.NamedNode(f"{_MEMBER}{n}"), ns.rdf_type, node) for n, node in enumerate(some)]
        if not members or consistent([*triples, *members]):
            continue
        if len(some) == 1:
            found += some
        else:
            waiting += [some[: len(some) // 2], some[len(some) // 2 :]]
    return sorted(found, key=str)


def _reasoner(triples: Iterable[ox.Triple]) -> Any:
    from pyhermit import Reasoner, ReasonerConfig  # noqa: PLC0415 - an extra, and a second to import
    from pyowl_core import ImportPolicy, LoadOptions, load_snapshot  # noqa: PLC0415 - same

    read = list(triples)
    # What files say of themselves is no axiom, and one header must do for all of them.
    headers = {t.subject for t in read if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology}
    said = {t for t in read if t.subject not in headers}
    said.add(ox.Triple(WHOLE, ns.rdf_type, ns.owl_Ontology))
    document = ox.serialize(sorted(said, key=str), format=ox.RdfFormat.RDF_XML) or b""
    snapshot = load_snapshot(document, options=LoadOptions(imports=ImportPolicy.RESOLVE_STRICT))
    return Reasoner(snapshot, config=ReasonerConfig(timeout=_SECONDS))


def _inconsistent(view: View, triples: Sequence[ox.Triple]) -> Iterator[Finding]:
    """The given things of which not all can be as described, as few as there need be."""
    kept, groups = _groups(view, triples)
    needed = _needed(groups, lambda some: consistent([*kept, *(t for _, them in some for t in them)]))
    if not needed:
        needed = groups
    names = [view.name(node) for node, _ in needed][:_NAMED]
    first = needed[0][1][0]
    yield Finding(view.given[first], names[0], "inconsistent", (", ".join(names),))


def _groups(view: View, triples: Sequence[ox.Triple]) -> tuple[list[ox.Triple], list[_Group]]:
    """What stays as it is, declarations among it, and what each named thing of the given files is said to be."""
    described: dict[ox.NamedNode, list[ox.Triple]] = {}
    nameless: dict[Term, list[ox.Triple]] = {}
    kept: list[ox.Triple] = []
    for triple in triples:
        if triple not in view.given or getattr(triple.object, "value", "") in DECLARED:
            kept.append(triple)
        elif isinstance(triple.subject, ox.BlankNode):
            nameless.setdefault(triple.subject, []).append(triple)
        elif isinstance(triple.subject, ox.NamedNode) and not triple.subject.value.startswith(RESERVED):
            described.setdefault(triple.subject, []).append(triple)
    for node in sorted(described, key=str):
        waiting = [t.object for t in described[node]]
        while waiting:
            below = nameless.pop(waiting.pop(), [])
            described[node] += below
            waiting += [t.object for t in below]
    kept += [triple for them in nameless.values() for triple in them]
    return kept, [(node, tuple(described[node])) for node in sorted(described, key=str)]


def _needed(groups: list[_Group], fine: Callable[[list[_Group]], bool]) -> list[_Group]:
    """A least selection of the groups that is not fine, by halving (Junker's QuickXplain); empty if nothing at all is fine."""

    def least(base: list[_Group], added: list[_Group], some: list[_Group]) -> list[_Group]:
        if added and not fine(base):
            return []
        if len(some) == 1:
            return some
        half = len(some) // 2
        first, second = some[:half], some[half:]
        right = least([*base, *first], first, second)
        left = least([*base, *right], right, first)
        return [*left, *right]

    return least([], groups, groups) if groups and fine([]) else []
