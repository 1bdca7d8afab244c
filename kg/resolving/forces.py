"""See which described unit may be a named one: "một đơn vị công binh Triều Tiên" beside one named engineer regiment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Judgement, Span
from kg.resolving import meanings
from kg.resolving.told import Told

_PERHAPS = 0.5
_TIE = "UnitBelongsTo"


@dataclass(frozen=True, slots=True)
class Force:
    """A unit, named or described, as far as its words and the statements about it tell: of which arms, whose, where.

    `places` pair the key of a place where it acted with the words that say so, the first of its document.
    """

    entity: str
    name: str
    is_named: bool
    arms: tuple[str, ...]
    owners: tuple[str, ...]
    places: tuple[tuple[str, Span], ...]


def candidates(told: Sequence[Told], entities: Mapping[str, Entity]) -> tuple[Judgement, ...]:
    """The judgements, all unsure, that a described unit may be a named one; sorted. Nothing is joined by them."""
    about: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        for key in {key for keys in one.roles.values() for key in keys if entities[key].type in {"unit", "group"}}:
            about[key].append(one)
    by_block: defaultdict[str, list[Force]] = defaultdict(list)
    for key in sorted(about):
        if found := force(entities[key], about[key]):
            for block in keys_of(found):
                by_block[block].append(found)
    judged = (judgement for block, forces in sorted(by_block.items()) for judgement in judge(block, forces))
    return tuple({judgement.entities: judgement for judgement in judged}.values())


def force(entity: Entity, told: Iterable[Told]) -> Force | None:
    """What the statements about one unit tell together; None for what is no unit of an arm.

    Input: one entity, and all statements in which it has a role. "các công binh Triều Tiên" are soldiers, no unit.
    """
    labels = {*entity.labels, *entity.aliases}
    read = [meanings.parse(text, code) for code, text in sorted(labels)]
    arms = sorted({arm for meaning in read if meaning.among("units") for arm in meaning.among("arms")})
    if not arms:
        return None
    owners = set(entity.belongs_to)
    places: dict[str, Span] = {}
    for one in sorted(told, key=lambda t: (t.statement.document, t.statement.evidence, t.statement.id)):
        if one.statement.type == _TIE:
            owners.update(one.roles.get("belongsTo", ()))
        for place in sorted(one.places):
            places.setdefault(place, one.statement.evidence)
    return Force(
        entity.key,
        entity.label("vi"),
        entity.type == "unit",
        tuple(arms),
        tuple(sorted(owners - {entity.key})),
        tuple(sorted(places.items())),
    )


def keys_of(known: Force) -> Iterator[str]:
    """The blocks in which a force is judged: one for each arm, owner and place together."""
    for arm in known.arms:
        for owner in known.owners:
            for place, _ in known.places:
                yield f"force {arm} {owner} {place}"


def judge(block: str, forces: Sequence[Force]) -> Iterator[Judgement]:
    """Each described unit of a block beside its only named one; where several have names, nothing is said."""
    named = [known for known in forces if known.is_named]
    if len(named) != 1:
        return
    place = block.rpartition(" ")[2]
    for known in sorted(forces, key=lambda f: f.entity):
        if known is not named[0]:
            quotes = sorted(dict(one.places)[place].text for one in (known, named[0]))
            yield Judgement(
                names=(min(known.name, named[0].name), max(known.name, named[0].name)),
                entities=(min(known.entity, named[0].entity), max(known.entity, named[0].entity)),
                verdict="unsure",
                score=_PERHAPS,
                reasons=("one has no name; the same branch, owner and place", *dict.fromkeys(quotes)),
            )
