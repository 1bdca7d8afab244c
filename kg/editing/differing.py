"""Say what a person changed in an exported graph: the difference between the export and the edited file, edit by edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import pyoxigraph as ox

from kg import ns
from kg.editing.completing import Completing, is_built_in, is_term, tagged
from kg.editing.following import Followed, follow, nodes, replaced, says_merged, subjects
from kg.editing.likeness import Likeness, indexed, likeness
from kg.editing.model import Edit, Kind
from kg.editing.reading import Edited
from kg.rdf import iris
from kg.rdf.entities import WIKIDATA
from kg.vocabulary import NAMESPACE, Vocabulary

NoteKind = Literal["ontology", "evidence", "edit", "anonymous", "iri", "unlike", "namespace"]
_ENTITY = iris.node("entity", "").value
_ARTICLE = iris.node("article", "").value
_EDIT = iris.node("edit", "").value
_ABOUT_TERMS = frozenset({ns.rdfs_label, ns.skos_definition, ns.rdfs_subClassOf, ns.rdfs_domain, ns.rdfs_range})
_OF_WORDS = frozenset({ns.denotes, ns.standsFor})
_ITEMS = (frozenset({ns.skos_exactMatch, ns.skos_closeMatch}), frozenset({ns.skos_exactMatch}))
"""What says which item a thing is: where that was withdrawn, and where it was added."""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something in an edited file that is not taken, and what it is about.

    A change of the ontology's own terms, of what articles say, of an edit; what has no IRI; an IRI that was renamed; two
    things made one that are no entities; a term of somebody's own in the ontology's namespace.
    """

    kind: NoteKind
    about: str


@dataclass(frozen=True, slots=True)
class Differences:
    """The edits that lead from an export to an edited file, still without their author, and what is not taken of it."""

    edits: tuple[Edit, ...]
    notes: tuple[Note, ...]


def differences(base: Iterable[ox.Triple], edited: Edited, vocabulary: Vocabulary) -> Differences:
    """What was changed in the export `base` (`rdf.owl_data`) to make the file `edited`."""
    found = _Difference(base, edited, vocabulary)
    return Differences(
        tuple(sorted(found.edits(), key=lambda e: (e.kind, e.subjects, e.key))), tuple(sorted(found.notes))
    )


class _Difference:
    def __init__(self, base: Iterable[ox.Triple], edited: Edited, vocabulary: Vocabulary) -> None:
        self.notes: set[Note] = set(_about_terms(edited, vocabulary))
        if edited.anonymous:
            self.notes.add(Note("anonymous", str(edited.anonymous)))
        own = set(base)
        before = indexed(_stripped(own))
        after = indexed(_stripped(_items(own, edited.triples)))
        self._follow(before, after)
        self._before = before
        self._known = subjects(before.values())
        self._gone = [before[key] for key in before.keys() - after.keys()]
        self._came = [after[key] for key in after.keys() - before.keys()]
        self._completing = Completing(vocabulary, edited.triples)
        self._vocabulary = vocabulary

    def _follow(self, before: dict[Likeness, ox.Triple], after: dict[Likeness, ox.Triple]) -> None:
        """Give things their own IRIs again, and make one of those that were made one, so that this is no difference."""
        gone = [before[key] for key in before.keys() - after.keys()]
        came = [after[key] for key in after.keys() - before.keys()]
        self._followed = (
            follow(gone, came, before.values(), after.values()) if gone or came else Followed({}, (), frozenset())
        )
        self.notes.update(Note("iri", ours) for ours in self._followed.renamed.values())
        if self._followed.renamed:
            _put(after, replaced(after.values(), self._followed.renamed))
        self.merged: list[tuple[str, str]] = []
        self._unlike: set[str] = set()
        present = nodes(after.values()) if self._followed.merged else frozenset()
        for first, second in self._followed.merged:
            if first.startswith(_ENTITY) and second.startswith(_ENTITY):
                self.merged.append((first, second))
            else:
                self.notes.add(Note("unlike", f"{first} {second}"))
                self._unlike |= {first, second} - present
        for triple in came:
            if says_merged(triple):
                after.pop(likeness(triple), None)
        for pair in self.merged:
            self._forget(pair, present, before, after)

    def _forget(
        self,
        pair: tuple[str, str],
        present: Collection[str],
        before: dict[Likeness, ox.Triple],
        after: dict[Likeness, ox.Triple],
    ) -> None:
        """What becomes of the facts of two things that are one is for the resolution to say: they are no difference.

        A label that took the place of another is one: of two names a person chose.
        """
        ends = {ox.NamedNode(iri) for iri in pair}
        vanished = {end for end in ends if end.value not in present}
        known = {*before}
        touching = [t for t in before.values() if t.subject in ends or t.object in ends]
        chosen = {
            (t.subject, _language(t)) for t in touching if t.predicate == ns.rdfs_label and likeness(t) not in after
        }
        for triple in touching:
            key, images = likeness(triple), [*_images(triple, ends)]
            keys = [likeness(image) for image in images]
            if key not in after and ({triple.subject, triple.object} & vanished or any(k in after for k in keys)):
                del before[key]
            for image, other in zip(images, keys, strict=True):
                if other not in known and not (
                    image.predicate == ns.rdfs_label and (image.subject, _language(image)) in chosen
                ):
                    after.pop(other, None)

    def edits(self) -> Iterator[Edit]:
        """The edits, each with what it withdraws and states."""
        for pair in self.merged:
            yield Edit("merge", (min(pair), max(pair)))
        lost = (self._followed.gone | self._unlike) - {iri for pair in self.merged for iri in pair}
        deleted: dict[str, list[ox.Triple]] = defaultdict(list)
        rest: list[ox.Triple] = []
        for triple in sorted(self._gone, key=str):
            ends = sorted(
                e.value for e in (triple.subject, triple.object) if isinstance(e, ox.NamedNode) and e.value in lost
            )
            (deleted[ends[0]] if ends else rest).append(triple)
        for iri, triples in deleted.items():
            if self._may_go(iri):
                yield Edit("delete", (iri,), withdraws=_sorted(triples))
        yield from self._changes(rest)

    def _may_go(self, iri: str) -> bool:
        """Whether a thing may be deleted: an article and its words go with `kg retract`, an edit by dropping it."""
        if iri.startswith(_EDIT):
            self.notes.add(Note("edit", iri))
        elif iri.startswith(_ARTICLE):
            self.notes.add(Note("evidence", iri))
        else:
            return True
        return False

    def _changes(self, gone: Iterable[ox.Triple]) -> Iterator[Edit]:
        went, came = _by_subject(gone), _by_subject(self._came)
        for node in sorted({*went, *came}, key=str):
            lost, fresh = went.get(node, []), came.get(node, [])
            if not self._may_change(node, [*lost, *fresh]):
                continue
            if node.value not in self._known:
                yield self._new(node, fresh)
                continue
            yield from self._changed(node, lost, self._completing.known(tagged_labels(lost, fresh)))

    def _new(self, node: ox.NamedNode, fresh: Collection[ox.Triple]) -> Edit:
        if is_term(fresh):
            return Edit("add class", (node.value,), states=_sorted(self._completing.term(node, fresh)))
        return Edit("add individual", (node.value,), states=_sorted(self._completing.individual(node, fresh)))

    def _changed(self, node: ox.NamedNode, lost: Iterable[ox.Triple], fresh: Collection[ox.Triple]) -> Iterator[Edit]:
        stated = {likeness(t) for t in fresh}
        withdrawn = [t for t in lost if likeness(t) not in stated]
        left = {likeness(t) for t in lost}
        added = [t for t in fresh if likeness(t) not in self._before and likeness(t) not in left]
        by_slot: dict[str, tuple[list[ox.Triple], list[ox.Triple]]] = defaultdict(lambda: ([], []))
        for side, triples in enumerate((withdrawn, added)):
            for triple in triples:
                by_slot[_slot(triple, _ITEMS[side])][side].append(triple)
        for slot in sorted(by_slot):
            gone, came = by_slot[slot]
            yield Edit(_kind(slot, gone, came), (node.value,), _sorted(gone), _sorted(came))

    def _may_change(self, node: ox.NamedNode, triples: Iterable[ox.Triple]) -> bool:
        if is_built_in(node):
            return False
        if node.value.startswith(_EDIT):
            self.notes.add(Note("edit", node.value))
            return False
        if node.value.startswith(_ARTICLE) and any(t.predicate not in _OF_WORDS for t in triples):
            self.notes.add(Note("evidence", node.value))
            return False
        if node.value.startswith(NAMESPACE):
            self.notes.add(Note("namespace", node.value))
            return False
        return True


def tagged_labels(lost: Iterable[ox.Triple], fresh: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The new statements about one thing, each label with a language."""
    labels = [t for t in fresh if t.predicate == ns.rdfs_label]
    yield from (t for t in fresh if t.predicate != ns.rdfs_label)
    yield from tagged((t for t in lost if t.predicate == ns.rdfs_label), labels)


def _slot(triple: ox.Triple, items: Collection[ox.NamedNode]) -> str:
    if (
        triple.predicate in items
        and str(triple.subject).startswith(f"<{_ENTITY}")
        and str(triple.object).startswith(f"<{WIKIDATA}")
    ):
        return "link"
    return {ns.rdfs_label: "rename", ns.rdf_type: "retype"}.get(triple.predicate, triple.predicate.value)


def _language(triple: ox.Triple) -> str:
    return (triple.object.language or "").lower() if isinstance(triple.object, ox.Literal) else ""


def _kind(slot: str, gone: Collection[ox.Triple], came: Collection[ox.Triple]) -> Kind:
    if slot in ("link", "rename", "retype"):
        return slot  # type: ignore[return-value]  # one of the three
    return "change fact" if gone and came else "remove fact" if gone else "add fact"


def _stripped(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The statements without declarations of individuals, which tools add and leave out as they please.

    Nor with schema:sameAs, which repeats what skos:exactMatch says.
    """
    return (t for t in triples if t.object != ns.owl_NamedIndividual and t.predicate != ns.schema_sameAs)


def _items(base: Collection[ox.Triple], edited: Collection[ox.Triple]) -> Iterator[ox.Triple]:
    """The edited statements with the items that they have under both properties, or that are new under either."""
    known = {(t.subject, t.object) for t in base if t.predicate == ns.skos_exactMatch}
    exact = {(t.subject, t.object) for t in edited if t.predicate == ns.skos_exactMatch}
    same = {(t.subject, t.object) for t in edited if t.predicate == ns.schema_sameAs}
    kept = {pair for pair in exact | same if pair not in known or (pair in exact and pair in same)}
    for triple in edited:
        if triple.predicate not in (ns.skos_exactMatch, ns.schema_sameAs):
            yield triple
    for subject, value in kept:
        yield ox.Triple(subject, ns.skos_exactMatch, value)


def _about_terms(edited: Edited, vocabulary: Vocabulary) -> Iterator[Note]:
    """The ontology's own terms that the file describes otherwise; a file may leave the ontology out."""
    ours = {likeness(t): t for t in vocabulary.triples if _describes(t)}
    theirs = {likeness(t): t for t in edited.terms if _describes(t)}
    for key in ours.keys() ^ theirs.keys() if theirs else ():
        triple = ours.get(key) or theirs[key]
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(NAMESPACE):
            yield Note("ontology", triple.subject.value)


def _describes(triple: ox.Triple) -> bool:
    return triple.predicate in _ABOUT_TERMS and not isinstance(triple.object, ox.BlankNode)


def _images(triple: ox.Triple, ends: Collection[ox.NamedNode]) -> Iterator[ox.Triple]:
    """The statement with either of two things in the place of the other."""
    for end in ends:
        subject = end if triple.subject in ends else triple.subject
        value = end if triple.object in ends else triple.object
        yield ox.Triple(subject, triple.predicate, value)


def _by_subject(triples: Iterable[ox.Triple]) -> Mapping[ox.NamedNode, list[ox.Triple]]:
    named = sorted((t for t in triples if isinstance(t.subject, ox.NamedNode)), key=str)
    return {
        node: list(found) for node, found in groupby(named, key=lambda t: t.subject) if isinstance(node, ox.NamedNode)
    }


def _put(index: dict[Likeness, ox.Triple], triples: Iterable[ox.Triple]) -> None:
    found = indexed(list(triples))
    index.clear()
    index.update(found)


def _sorted(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    return tuple(sorted(set(triples), key=str))
