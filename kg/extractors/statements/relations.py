"""Read lasting relations off noun phrases: offices held, places within places, units within forces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence


@dataclass(frozen=True, slots=True)
class Relation:
    """A situation of class `term` between chains, and the tokens that say so."""

    term: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    sentence: Sentence
    start: int
    end: int
    position: str | None = None


def find(reading: Reading) -> Iterator[Relation]:
    """The relations of a document, in its order."""
    for sentence in reading.sentences:
        group: Reference | None = None
        for item in sentence.items:
            if item.reference and item.reference.type == "group" and item.reference.of_type == "organization":
                group = item.reference
            if item.reference:
                yield from _offices(sentence, item.reference, group)
        yield from _containment(reading, sentence)
        yield from _forces(reading, sentence)


def _offices(sentence: Sentence, reference: Reference, group: Reference | None) -> Iterator[Relation]:
    """The offices that titles before a name say, or the group that the person is named as one of."""
    if reference.type != "person" or reference.form != "name":
        return
    for title in reference.titles:
        if title.kind in {"honorific", "kinship", "occupation"}:
            continue
        of = reference.of or (group.of if group and _included(sentence, group, reference) else ())
        if not of:
            continue
        roles = [("heldBy", reference.chains), ("jurisdiction", of[:1])]
        if reference.at:
            roles.append(("accreditedTo", reference.at))
        start = group.start if group and not reference.of else reference.start
        yield Relation("PositionHeld", tuple(sorted(roles)), sentence, start, reference.end, title.words.lower())


def _included(sentence: Sentence, group: Reference, person: Reference) -> bool:
    """Whether the person is named as one of the group: "…, bao gồm X"."""
    between = [i for i in sentence.items if group.end <= i.start and i.end <= person.start]
    return any("including:words" in item.kinds for item in between)


def _containment(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    items = sentence.items
    for position, item in enumerate(items):
        inner = item.reference
        if inner is None or len(inner.chains) != 1 or not (inner.form == "name" or inner.type == "unit"):
            continue
        outer = _container(reading, items[position + 1 : position + 3], inner)
        if outer is None:
            continue
        first = ("location", inner.chains) if inner.type == "place" else ("unit", inner.chains)
        second = ("locatedIn", outer.chains[:1]) if inner.type == "place" else ("belongsTo", outer.chains[:1])
        term = "LocatedIn" if inner.type == "place" else "UnitBelongsTo"
        yield Relation(term, (first, second), sentence, inner.start, outer.end)


def _forces(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    """An armed force whose name names its state: "Hải quân Ấn Độ"."""
    forces = grammars.load(reading.document.language).forces
    for reference in sentence.references():
        named = reference.form == "name" and reference.type == "organization" and reference.inside
        if named and forces.at(reading.words, reference.start):
            roles = (("belongsTo", reference.inside[-1:]), ("unit", reference.chains))
            yield Relation("UnitBelongsTo", roles, sentence, reference.start, reference.end)


def _container(reading: Reading, following: tuple[Item, ...], inner: Reference) -> Reference | None:
    """What the words right behind a place or unit say that it is part of."""
    if len(following) < 2 or following[1].reference is None:  # noqa: PLR2004 - a joint and what follows it
        return None
    joint, outer = following[0], following[1].reference
    if outer.form != "name" or not outer.chains or outer.chains == inner.chains:
        return None
    comma = reading.words[joint.start] == ","
    if inner.type == "place" and outer.type == "place":
        return outer if "of" in joint.kinds or (comma and _with_class_word(reading, inner)) else None
    if inner.type == "unit" and outer.type in {"unit", "organization", "place"}:
        return outer if "of" in joint.kinds or (comma and outer.type == "unit") else None
    return None


def _with_class_word(reading: Reading, reference: Reference) -> bool:
    """Whether a lower-case class word ("quận") begins the reference: an address, not a list."""
    start = reading.offsets[reference.start][0]
    return reading.document.text[start : start + 1].islower()
