"""Read lasting relations off noun phrases: offices held, places within places, units within forces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.nlp.phrases import PhraseTable

_CLOSING = frozenset({",", ".", "—", "–", "-", ")", ";"})


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
        yield from _owned(sentence)
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
        lies = inner.type in {"place", "facility"}
        first = ("location", inner.chains) if lies else ("unit", inner.chains)
        second = ("locatedIn", outer.chains[:1]) if lies else ("belongsTo", outer.chains[:1])
        term = "LocatedIn" if lies else "UnitBelongsTo"
        yield Relation(term, (first, second), sentence, inner.start, outer.end)


def _owned(sentence: Sentence) -> Iterator[Relation]:
    """A place behind the one that it lies in: "Chile's Biobio region"."""
    items = sentence.items
    for position, item in enumerate(items):
        outer = item.reference
        if outer and outer.owning and outer.chains:
            yield from _offices_of(sentence, outer, items[position + 1 : position + 2])
        if outer is None or not (outer.owning and outer.type == "place" and outer.form == "name"):
            continue
        behind = [i for i in items[position + 1 : position + 4] if not i.kinds & {"place_words", "modifier"}]
        inner = behind[0].reference if behind else None
        if inner and inner.type == "place" and inner.form == "name" and inner.chains != outer.chains:
            roles = (("locatedIn", outer.chains[:1]), ("location", inner.chains))
            yield Relation("LocatedIn", roles, sentence, outer.start, inner.end)


def _forces(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    """An armed force whose name names its state: "Hải quân Ấn Độ"."""
    forces = grammars.load(reading.document.language).forces
    for reference in sentence.references():
        named = reference.form == "name" and reference.type == "organization" and reference.inside
        if named and _is_force(reading, reference, forces):
            roles = (("belongsTo", reference.inside[-1:]), ("unit", reference.chains))
            yield Relation("UnitBelongsTo", roles, sentence, reference.start, reference.end)


def _offices_of(sentence: Sentence, owner: Reference, following: Sequence[Item]) -> Iterator[Relation]:
    """The office of a person named behind a body that only a pronoun stands for: "its commander, Colonel A"."""
    person = following[0].reference if following else None
    if owner.form != "pronoun" or owner.type not in {"organization", "unit", "place"} or person is None:
        return
    if person.type != "person" or person.form != "name" or person.of:
        return
    titles = [t for t in person.titles if t.kind not in {"honorific", "kinship", "occupation", "rank"}]
    if titles:
        roles = (("heldBy", person.chains), ("jurisdiction", owner.chains[:1]))
        yield Relation("PositionHeld", roles, sentence, owner.start, person.end, titles[0].words.lower())


def _is_force(reading: Reading, reference: Reference, forces: PhraseTable[bool]) -> bool:
    """Whether the name begins with the words of an armed force, or ends in them where owners stand first."""
    words = reading.words
    if not _inflected(reading):
        return forces.at(words, reference.start) is not None
    found = (forces.at(words, start) for start in range(reference.start, reference.end))
    return any(match is not None and match.end == reference.end for match in found)


def _container(reading: Reading, following: tuple[Item, ...], inner: Reference) -> Reference | None:
    """What the words right behind a place or unit say that it is part of."""
    if len(following) < 2 or following[1].reference is None:  # noqa: PLR2004 - a joint and what follows it
        return None
    joint, outer = following[0], following[1].reference
    if outer.form != "name" or not outer.chains or outer.chains == inner.chains:
        return None
    comma = reading.words[joint.start] == ","
    if inner.type == "facility" and outer.type == "place" and "at_place" in joint.kinds and _inflected(reading):
        return outer
    if inner.type == "place" and outer.type == "place":
        return outer if "of" in joint.kinds or (comma and _address(reading, inner, following)) else None
    if inner.type == "unit" and outer.type in {"unit", "organization", "place"}:
        return outer if "of" in joint.kinds or (comma and outer.type == "unit") else None
    return None


def _inflected(reading: Reading) -> bool:
    return grammars.load(reading.document.language).inflection is not None


def _address(reading: Reading, reference: Reference, following: tuple[Item, ...]) -> bool:
    """Whether a place, a comma and a place are an address, not a list.

    A lower-case class word ("quận") begins one; where owners stand first, it is one alone between commas: "Paris, France,".
    """
    start = reading.offsets[reference.start][0]
    if not _inflected(reading):
        return reading.document.text[start : start + 1].islower()
    before = reading.words[reference.start - 1] if reference.start else ""
    closing = following[1].end
    after = reading.words[closing] if closing < len(reading.words) else "."
    return before != "," and after in _CLOSING
