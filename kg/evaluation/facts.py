"""Score the facts of the articles: whether a statement tells each, and what it tells of it.

Annotated facts are those that a reader would miss most; they do not claim to be all, so there is recall only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.evaluation.figures import Figure, Miss, counted
from kg.evaluation.gold import Article, Fact
from kg.evaluation.readings import FACT_CLASSES, FACT_ROLES, fits
from kg.evaluation.records import Found, Records
from kg.evaluation.values import pairs, written

_TITLES = {
    "arguments": "arguments",
    "time": "time",
    "claim_time": "time of saying",
    "quantity": "number and its exactness",
    "attributed_to": "source",
    "modality": "modality",
}


def score(
    articles: Sequence[Article], records: Records, entities: Mapping[str, str]
) -> tuple[list[Figure], list[Miss]]:
    """The figures of the facts, `entities` being the annotated entity that each found one stands for."""
    facts = [(article.source, fact) for article in articles for fact in article.facts]
    if not facts:
        return [], []
    gold: Counter[str] = Counter()
    right: Counter[str] = Counter()
    misses = []
    for source, fact in facts:
        statement = _best(fact, records.statements.get(source, ()), entities)
        gold.update(_asked(fact))
        if statement is None:
            misses.append(Miss(source, "fact missed", f"{fact.id} {fact.type}", fact.evidence.words))
            continue
        right["found"] += 1
        answers = _answers(fact, statement, entities, records.labels)
        right.update(answers)
        misses += _wrong(source, fact, statement, answers, entities)
    statements = sum(len(records.statements.get(article.source, ())) for article in articles)
    found = Figure(
        "facts", "facts told by a statement", right["found"], statements, len(facts), None, right["found"] / len(facts)
    )
    return [
        found,
        *(counted(f"facts.{name}", f"  {title}", right[name], gold=gold[name]) for name, title in _TITLES.items()),
    ], misses


def _best(fact: Fact, statements: Sequence[Found], entities: Mapping[str, str]) -> Found | None:
    """The statement on the same words that tells most of the fact; None where none tells it."""
    near = [found for found in statements if found.evidence and found.evidence.shared(fact.evidence)]
    if fact.number and fact.type == "QuantityClaim":
        near = [found for found in near if _stated(found) is not None]
    telling = [found for found in near if _tells(fact, found)]
    return max(telling, key=lambda found: (_filled(fact, found, entities), _same_number(fact, found)), default=None)


def _tells(fact: Fact, found: Found) -> bool:
    same = fact.number is not None and _stated(found) == fact.number.stated
    return same or fits(fact.type, found.type, FACT_CLASSES)


def _same_number(fact: Fact, found: Found) -> bool:
    return _stated(found) == (fact.number.stated if fact.number else None)


def _stated(found: Found) -> float | None:
    return found.number.stated if found.number else None


def _filled(fact: Fact, found: Found, entities: Mapping[str, str]) -> int:
    """How many of the fact's arguments the statement has."""
    there = [(role, entities.get(filler)) for role, filler in pairs(found.roles)]
    return sum(
        any(entity == filler and fits(role, other, FACT_ROLES) for other, entity in there)
        for role, filler in pairs(fact.roles)
    )


def _asked(fact: Fact) -> dict[str, int]:
    return {
        "arguments": len(pairs(fact.roles)),
        "time": bool(fact.times),
        "claim_time": bool(fact.said),
        "quantity": fact.number is not None,
        "attributed_to": bool(fact.sources),
        "modality": fact.modality is not None,
    }


def _answers(fact: Fact, found: Found, entities: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, int]:
    """What the statement tells as the fact does."""
    return {
        "arguments": _filled(fact, found, entities),
        "time": found.time in fact.times,
        "claim_time": found.said in fact.said,
        "quantity": bool(
            fact.number
            and found.number
            and (fact.number.stated, fact.number.exactness) == (found.number.stated, found.number.exactness)
        ),
        "attributed_to": bool(fact.sources)
        and all(any(_is_source(wanted, got, entities, labels) for got in found.sources) for wanted in fact.sources),
        "modality": fact.modality is not None and found.modality == fact.modality,
    }


def _is_source(wanted: str, got: str, entities: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    if wanted.startswith("~"):
        return any(word.lower() in labels.get(got, got) for word in wanted[1:].split("|"))
    return entities.get(got) == wanted


def _wrong(
    source: str, fact: Fact, found: Found, answers: Mapping[str, int], entities: Mapping[str, str]
) -> list[Miss]:
    got = [(role, entities.get(filler, filler)) for role, filler in pairs(found.roles)]
    sources = [entities.get(name, name) for name in found.sources]
    told = {
        "arguments": (written(pairs(fact.roles)), written(got)),
        "time": (" or ".join(fact.times), found.time),
        "claim_time": (" or ".join(fact.said), found.said),
        "quantity": (fact.number, found.number),
        "attributed_to": (", ".join(fact.sources), ", ".join(sources)),
        "modality": (fact.modality, found.modality),
    }
    return [
        Miss(
            source,
            f"fact's {_TITLES[name]}",
            f"{fact.id} {fact.type}",
            f"want {told[name][0]}, got {told[name][1] or 'none'}",
        )
        for name, asked in _asked(fact).items()
        if answers[name] < asked
    ]
