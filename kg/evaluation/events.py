"""Score the events of the articles: the words that tell them, who takes part, when, how many, and who says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.alignment import Pair, majority, matched, untyped
from kg.evaluation.figures import Figure, Miss, by_class, counted
from kg.evaluation.gold import Article, Event, local
from kg.evaluation.readings import EVENT_CLASSES, EVENT_ROLES, MEASURED_EVENTS, fits
from kg.evaluation.records import Found, Records
from kg.evaluation.values import Number, Place, pairs, written

_TITLES = {
    "time": "time",
    "quantity": "number and its exactness",
    "attributed_to": "source",
    "modality": "modality",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it was found: all statements of one class that rest on one trigger.

    `numbers` are the statements about numbers on the same words: they have no trigger of their own.
    """

    type: str
    trigger: Place
    statements: tuple[Found, ...]
    numbers: tuple[Found, ...] = ()

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """Each role with each of its fillers, once."""
        return list(dict.fromkeys(pair for found in self.statements for pair in pairs(found.roles)))


def score(
    articles: Sequence[Article], records: Records, names: Mapping[str, Sequence[Pair]]
) -> tuple[list[Figure], list[Miss]]:
    """The figures of the events of the classes that the annotations have; nothing where no article has any."""
    annotated = [article for article in articles if article.events]
    classes = {event.type for article in annotated for event in article.events or ()}
    if not classes:
        return [], []
    count: Counter[str] = Counter()
    of_type: dict[str, Counter[str]] = {kind: Counter() for kind in ("right", "found", "gold")}
    misses: list[Miss] = []
    for article in (article for article in articles if article.events is not None):
        gold = article.events or ()
        told = [event for event in _told(records.statements.get(article.source, ())) if event.type in classes]
        same = matched(gold, told, _of_one_class)
        entities = _entities(article, records, names[article.source])
        of_type["gold"].update(event.type for event in gold)
        of_type["found"].update(event.type for event in told)
        of_type["right"].update(event.type for event, _ in same)
        count["untyped"] += len(matched(gold, told, _shared))
        count["arguments gold"] += sum(len(pairs(event.roles)) for event in gold)
        count["arguments found"] += sum(len(event.arguments) for event in told)
        for event in gold:
            count.update({f"{name} gold": asked for name, asked in _asked(event).items()})
        for event, answer in same:
            count["arguments"] += _arguments(event, answer, entities, roles=True)
            count["fillers"] += _arguments(event, answer, entities, roles=False)
            count.update(_answers(event, answer, entities))
        misses += _misses(article.source, gold, told, same, entities)
    return _figures(count, of_type), misses


def _figures(count: Mapping[str, int], of_type: Mapping[str, Counter[str]]) -> list[Figure]:
    found, gold = of_type["found"].total(), of_type["gold"].total()
    asked, offered = count["arguments gold"], count["arguments found"]
    counts = {
        name: (of_type["right"][name], of_type["found"][name], of_type["gold"][name])
        for name in {*of_type["found"], *of_type["gold"]}
    }
    return [
        counted("events", "events, trigger and class", of_type["right"].total(), found=found, gold=gold),
        counted("events.untyped", "  trigger, whatever class", count["untyped"], found=found, gold=gold),
        counted("events.arguments", "  roles and who fills them", count["arguments"], found=offered, gold=asked),
        counted("events.fillers", "  who takes part, in whatever role", count["fillers"], found=offered, gold=asked),
        *(
            counted(f"events.{name}", f"  {title}", count[name], gold=count[f"{name} gold"])
            for name, title in _TITLES.items()
        ),
        *by_class("events.class", counts),
    ]


def _told(statements: Sequence[Found]) -> Iterator[Told]:
    """The events that statements with a trigger tell, each once."""
    grouped: dict[tuple[str, Place], list[Found]] = defaultdict(list)
    for found in statements:
        if found.trigger:
            grouped[_class(found), found.trigger].append(found)
    numbers = [found for found in statements if found.number and not found.trigger]
    for (kind, trigger), members in grouped.items():
        near = (found for found in numbers if found.evidence and found.evidence.shared(trigger))
        yield Told(kind, trigger, tuple(members), tuple(near))


def _class(found: Found) -> str:
    measure = found.number.measure if found.number and found.type == "QuantityClaim" else None
    return MEASURED_EVENTS.get(measure or "") or EVENT_CLASSES.get(found.type, found.type)


def _of_one_class(gold: Event, told: Told) -> int:
    return _shared(gold, told) if gold.type == told.type else 0


def _shared(gold: Event, told: Told) -> int:
    return gold.trigger.shared(told.trigger)


def _entities(article: Article, records: Records, names: Sequence[Pair]) -> Mapping[str, str]:
    """The local id of the annotated entity that each found one stands for, by its names and descriptions here.

    Groups have no names: an export has their descriptions among the names.
    """
    groups = [mention for mention in records.mentions.get(article.source, ()) if mention.type == "group"]
    described = matched(article.references, [*groups, *records.references.get(article.source, ())], untyped)
    return {found: local(gold) for found, gold in majority([*names, *described]).items()}


def _arguments(event: Event, told: Told, entities: Mapping[str, str], *, roles: bool) -> int:
    """How many annotated arguments are there; each found one answers one of them."""
    there = [(role, entities[filler]) for role, filler in told.arguments if filler in entities]

    def same(wanted: tuple[str, str], found: tuple[str, str]) -> int:
        return wanted[1] == found[1] and (not roles or fits(wanted[0], found[0], EVENT_ROLES))

    return len(matched(pairs(event.roles), there, same))


def _asked(event: Event) -> dict[str, int]:
    return {
        "time": event.time is not None,
        "quantity": event.number is not None,
        "attributed_to": bool(event.sources),
        "modality": event.modality is not None,
    }


def _answers(event: Event, told: Told, entities: Mapping[str, str]) -> dict[str, int]:
    """What one of the statements tells as the annotation does, those with the event's own number among them."""
    telling = [*told.statements, *(found for found in told.numbers if _same(event.number, found.number))]
    sources = {entities.get(source) for found in telling for source in found.sources}
    return {
        "time": event.time is not None and any(found.time == event.time for found in telling),
        "quantity": any(_same(event.number, found.number) for found in telling),
        "attributed_to": bool(event.sources) and set(event.sources) <= sources,
        "modality": event.modality is not None and any(found.modality == event.modality for found in telling),
    }


def _same(wanted: Number | None, found: Number | None) -> bool:
    if wanted is None or found is None:
        return False
    if wanted.stated is None:
        return (wanted.lower, wanted.upper) == (found.lower, found.upper)
    return (wanted.stated, wanted.exactness) == (found.stated, found.exactness)


def _misses(
    source: str,
    gold: Sequence[Event],
    told: Sequence[Told],
    same: Sequence[tuple[Event, Told]],
    entities: Mapping[str, str],
) -> Iterator[Miss]:
    met = {id(event) for pair in same for event in pair}
    for event in gold:
        if id(event) not in met:
            yield Miss(source, "event missed", f"{event.id} {event.type}", event.trigger.words)
    for answer in told:
        if id(answer) not in met:
            yield Miss(source, "event not annotated", answer.type, answer.trigger.words)
    for event, answer in same:
        wanted = pairs(event.roles)
        if _arguments(event, answer, entities, roles=True) < len(wanted):
            got = [(role, entities.get(filler, filler)) for role, filler in answer.arguments]
            yield Miss(
                source, "event's roles", f"{event.id} {event.type}", f"want {written(wanted)}, got {written(got)}"
            )
        right = _answers(event, answer, entities)
        for name, asked in _asked(event).items():
            if right[name] < asked:
                yield Miss(source, f"event's {_TITLES[name]}", f"{event.id} {event.type}", event.trigger.words)
