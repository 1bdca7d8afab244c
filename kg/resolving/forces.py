"""See which described unit may be a named one: "một đơn vị công binh Na Uy" beside one named engineer regiment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Entity, Judgement, Span
from kg.resolving import meanings
from kg.resolving.stages import Changes, Stage, regroup, touched
from kg.resolving.told import Told
from kg.tables import Table, Tables

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


class Forces:
    """From units and what is told of them to the judgements, all unsure, that a described unit may be a named one.

    `judgements` holds them by the two keys. Nothing is joined by them.
    """

    def __init__(self, tables: Tables, told_about: Callable[[str], Iterable[Told]], entities: Table[Entity]) -> None:
        self._told_about, self._entities = told_about, entities
        self._forces: Stage[Force] = Stage(tables.table("force", Force), lambda one: [f"in:{b}" for b in keys_of(one)])
        self._judged: Stage[Judgement] = Stage(
            tables.table("force_judged", Judgement), lambda one: [f"pair:{_pair(one)}"]
        )
        self.judgements: Stage[Judgement] = Stage(tables.table("force_judgement", Judgement), lambda _one: ())

    def update(self, told: Changes[Told], entities: Changes[Entity]) -> Changes[Judgement]:
        """Take in statements and entities that came, went or changed."""
        units = {key for key, change in entities.items() if any(map(_is_force, (change.old, change.new)))}
        named = {key for one in touched(told) for keys in one.roles.values() for key in keys}
        units |= {key for key in named - units if _is_force(self._entities.get(key))}
        forces = self._forces.apply({key: self._force(key) for key in units})
        dirty = {block for one in touched(forces) for block in keys_of(one)}
        judged = regroup(dirty, lambda block: self._forces.table.under(f"in:{block}"), _judgements, self._judged)
        pairs = {_pair(one) for one in touched(judged)}
        return self.judgements.apply({pair: self._last(pair) for pair in pairs})

    def _force(self, key: str) -> Force | None:
        entity = self._entities.get(key)
        if entity is None or not _is_force(entity) or not _arms(entity):
            return None
        told = [one for one in self._told_about(key) if any(key in keys for keys in one.roles.values())]
        return force(entity, told) if told else None

    def _last(self, pair: str) -> Judgement | None:
        """What was judged of a pair; if in several blocks, in the last of them."""
        return next(reversed(self._judged.table.under(f"pair:{pair}").values()), None)


def _is_force(entity: Entity | None) -> bool:
    return entity is not None and entity.type in {"unit", "group"}


def _pair(judgement: Judgement) -> str:
    return " ".join(judgement.entities)


def _judgements(block: str, members: Sequence[tuple[str, Force]]) -> dict[str, Judgement]:
    return {f"{block}\t{_pair(one)}": one for one in judge(block, [force for _, force in members])}


def _arms(entity: Entity) -> list[str]:
    read = [meanings.parse(text, code) for code, text in sorted({*entity.labels, *entity.aliases})]
    return sorted({arm for meaning in read if meaning.among("units") for arm in meaning.among("arms")})


def force(entity: Entity, told: Iterable[Told]) -> Force | None:
    """What the statements about one unit tell together; None for what is no unit of an arm.

    Input: one entity, and all statements in which it has a role. "các công binh Na Uy" are soldiers, no unit.
    """
    arms = _arms(entity)
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
