"""Lay the edits over a graph, and take them off again: what they add stands in graphs of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import ns
from kg.editing import overlay
from kg.editing.following import replaced
from kg.editing.likeness import likeness, term
from kg.editing.locating import articles, articles_of, locate
from kg.editing.model import Conflict, Edit
from kg.rdf import iris
from kg.vocabulary import Vocabulary

_FALLS_WITH = (ns.asserts, ns.answers, ns.aboutEvent, ns.judges, ns.hasSide)
"""By these a thing says what it is about: it falls with that."""
_EDIT = iris.node("edit", "").value


@dataclass(slots=True)
class Effect:
    """What one edit does to a graph: quads that it adds, quads that it takes out, and what stands against it.

    An edit that is not in force does nothing.
    """

    edit: Edit
    added: list[ox.Quad] = field(default_factory=list)
    withdrawn: list[ox.Quad] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def in_force(self) -> bool:
        """Whether the edit is heard."""
        return all(conflict.in_force for conflict in self.conflicts)


def effects(store: ox.Store, edits: Iterable[Edit], vocabulary: Vocabulary) -> tuple[Effect, ...]:
    """What each edit does to `store`, a graph as its articles have it."""
    known = overlay.ordered(edits)
    brought = {iri for edit in known for iri in edit.introduces}
    single = {t.subject for t in vocabulary.triples if t.object == ns.owl_FunctionalProperty} | {
        ns.rdfs_label,
        ns.rdf_type,
    }
    return tuple(_Applying(store, edit, vocabulary, brought, single).effect for edit in known)


def apply(store: ox.Store, found: Iterable[Effect]) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Lay the effects that are in force over `store`; returns the quads that came and those that went, sorted."""
    active = [effect for effect in found if effect.in_force]
    came = sorted({quad for effect in active for quad in effect.added}, key=str)
    went = sorted({quad for effect in active for quad in effect.withdrawn}, key=str)
    for quad in went:
        store.remove(quad)
    store.extend(came)
    return came, went


def undo(store: ox.Store, withdrawn: Iterable[ox.Quad]) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """Take all edits off `store`, and put back what they took out of it; returns the quads that came and those that went."""
    went = [quad for graph in edited_graphs(store) for quad in store.quads_for_pattern(None, None, None, graph)]
    for quad in went:
        store.remove(quad)
    came = list(withdrawn)
    store.extend(came)
    return came, went


def edited_graphs(store: ox.Store) -> list[ox.NamedNode]:
    """The names of the graphs that hold what edits add."""
    return [name for name in store.named_graphs() if isinstance(name, ox.NamedNode) and name.value.startswith(_EDIT)]


class _Applying:
    """One edit, looked up in a graph: under the IRIs that its things have there now."""

    def __init__(
        self, store: ox.Store, edit: Edit, vocabulary: Vocabulary, brought: Collection[str], single: Collection[object]
    ) -> None:
        self._store, self._brought, self._single = store, brought, single
        self.effect = Effect(edit)
        self._graph = overlay.node(edit)
        names = self._located()
        self._subjects = [ox.NamedNode(names.get(iri, iri)) for iri in edit.subjects]
        self._withdraws = [*replaced(edit.withdraws, names)]
        self._states = [*replaced(edit.states, names)]
        if edit.kind == "merge":
            self._merge()
        elif edit.kind == "delete":
            self._delete()
        elif edit.kind != "link":
            self._change()
        self._describe(names, vocabulary)

    def _located(self) -> Mapping[str, str]:
        """The IRIs that differ from those of the edit."""
        names: dict[str, str] = {}
        gone: list[str] = []
        split: list[str] = []
        for thing in self.effect.edit.found:
            places = locate(self._store, thing)
            if not places and thing.iri not in self._brought:
                gone.append(thing.iri)
            elif len(places) > 1:
                split.extend(places)
            elif places:
                names[thing.iri] = places[0]
        takes_away = self.effect.edit.kind in ("delete", "remove fact")
        if gone and not takes_away:
            self._against("gone", gone, in_force=False)
        if split:
            self._against("split", split, in_force=False)
        return {old: new for old, new in names.items() if old != new}

    def _merge(self) -> None:
        if len(set(self._subjects)) > 1 and all(self._is_there(node) for node in self._subjects):
            self._against("apart", [self._called(node) for node in self._subjects], in_force=False)

    def _delete(self) -> None:
        """A thing goes with every fact about it, and with what is about nothing else: its claims, if it is an event."""
        going, fresh = set(self._subjects), set(self._subjects)
        while fresh:
            fresh = {node for gone in fresh for node in self._falling(gone)} - going
            going |= fresh
        quads = {quad for node in going for quad in self._touching(node)}
        self.effect.withdrawn += sorted(quads, key=str)
        told = frozenset[str]().union(*(articles_of(self._store, node) for node in self._subjects))
        self._new_evidence(told)

    def _change(self) -> None:
        edit = self.effect.edit
        for triple in self._withdraws:
            quads = self._same(triple)
            self.effect.withdrawn += quads
            if quads and not self._states:
                self._new_evidence(articles(self._store, triple))
        if edit.kind in ("rename", "retype", "change fact"):
            self._say_otherwise()
        for triple in self._states:
            if not self._same(triple):
                self.effect.added.append(ox.Quad(triple.subject, triple.predicate, triple.object, self._graph))

    def _say_otherwise(self) -> None:
        """Where the graph has another value by now than the edit rests on: the edit stays, what articles say is listed.

        Of names none is lost: the one that articles use stands beside the other.
        """
        stated = {_place(t): t for t in self._states}
        rested = {likeness(t) for t in (*self._withdraws, *self._states)}
        places = {_place(t) for t in self._withdraws}
        for subject, property_ in sorted({(t.subject, t.predicate) for t in self._withdraws}, key=str):
            lacking = [
                t for t in self._withdraws if (t.subject, t.predicate) == (subject, property_) and not self._same(t)
            ]
            if not lacking:
                continue
            for quad in self._about(subject, property_):
                place = _place(quad.triple)
                if place not in places or likeness(quad.triple) in rested or quad.object == ns.owl_NamedIndividual:
                    continue
                self._against("changed", [self._called(quad.object)], in_force=True)
                if place in stated and property_ in self._single:
                    self.effect.withdrawn.append(quad)
                if property_ == ns.rdfs_label:
                    self.effect.added.append(ox.Quad(subject, ns.skos_altLabel, quad.object, self._graph))

    def _describe(self, names: Mapping[str, str], vocabulary: Vocabulary) -> None:
        for triple in overlay.described(self.effect.edit, vocabulary):
            [now] = replaced([triple], names) if triple.predicate in (ns.edits, ns.introduces) else [triple]
            self.effect.added.append(ox.Quad(now.subject, now.predicate, now.object, self._graph))

    def _new_evidence(self, told: Collection[str]) -> None:
        fresh = sorted(set(told) - {*self.effect.edit.articles})
        sources = [self._source(article) for article in fresh]
        if sources:
            self._against("evidence", sources, in_force=True)

    def _against(self, reason: str, words: Iterable[str], *, in_force: bool) -> None:
        found = Conflict(self.effect.edit, reason, tuple(dict.fromkeys(words)), in_force)  # type: ignore[arg-type]
        if found not in self.effect.conflicts:
            self.effect.conflicts.append(found)

    def _falling(self, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for property_ in _FALLS_WITH:
            for quad in self._store.quads_for_pattern(None, property_, node, None):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject

    def _touching(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        yield from self._store.quads_for_pattern(node, None, None, None)
        yield from self._store.quads_for_pattern(None, None, node, None)

    def _same(self, triple: ox.Triple) -> list[ox.Quad]:
        """The quads that say what a triple says."""
        wanted = term(triple.object)
        return [quad for quad in self._about(triple.subject, triple.predicate) if term(quad.object) == wanted]

    def _about(self, subject: object, property_: ox.NamedNode) -> list[ox.Quad]:
        if not isinstance(subject, ox.NamedNode):
            return []
        return sorted(self._store.quads_for_pattern(subject, property_, None, None), key=str)

    def _is_there(self, node: ox.NamedNode) -> bool:
        return next(iter(self._store.quads_for_pattern(node, None, None, None)), None) is not None

    def _called(self, value: object) -> str:
        if isinstance(value, ox.Literal):
            return f"{value.value} ({value.language})" if value.language else value.value
        if not isinstance(value, ox.NamedNode):
            return str(value)
        labels = [q.object for q in self._about(value, ns.rdfs_label) if isinstance(q.object, ox.Literal)]
        return min((label.value for label in labels), default=value.value.replace("#", "/").rpartition("/")[2])

    def _source(self, article: str) -> str:
        quads = self._about(iris.node("article", article), ns.sourceName)
        return next((self._called(quad.object) for quad in quads), article)


def _place(triple: ox.Triple) -> tuple[object, object, object]:
    """What holds one value: a property of a thing, and for texts in a language that property in that language."""
    language = triple.object.language if isinstance(triple.object, ox.Literal) else None
    return (triple.subject, triple.predicate, language)
