"""Decide which item an entity is, if any: weigh what was measured, and say how sure that is.

The items that an entity may be, and none of them, share the probability: an item's is exp(sum of its weighted features),
that of none is 1, over the sum of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import lexicon
from kg.linking import features
from kg.linking.candidates import Option, options
from kg.linking.shelf import Shelf
from kg.model import Entity, Link, Verdict
from kg.rdf.entities import WIKIDATA
from kg.vocabulary import Vocabulary

_ROUNDED = 4
_TOLD = 5
_SLIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Weights:
    """What the features count for; at or above `link` an item is linked, at or above `review` it is put to review.

    `unfound` is how sure it is that an entity has no item in the packs if none has one of its names.
    """

    of: Mapping[str, float]
    link: float
    review: float
    unfound: float


@cache
def weights() -> Weights:
    """The weights that were fitted; a KeyError for a feature without one."""
    table = lexicon.read_toml(Path(__file__).with_name("weights.toml"))
    bounds = table["bounds"]
    of = {name: float(table["weights"][name]) for name in features.NAMES}
    return Weights(of, bounds["link"], bounds["review"], bounds["unfound"])


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option with its features and its probability."""

    option: Option
    measured: Mapping[str, float]
    probability: float


def weigh(
    entity: Entity, counts: Mapping[str, int], shelf: Shelf, vocabulary: Vocabulary, given: Weights | None = None
) -> tuple[Weighed, ...]:
    """The items that an entity may be, the most probable first; equally probable ones by their numbers."""
    known = given or weights()
    found = options(entity, counts, shelf, vocabulary)
    measured = [features.measure(entity, option, found, counts, shelf) for option in found]
    sums = [sum(known.of[name] * value for name, value in sorted(one.items())) for one in measured]
    shares = softmax(sums)
    weighed = (Weighed(*one) for one in zip(found, measured, shares, strict=True))
    return tuple(sorted(weighed, key=lambda one: (-one.probability, one.option.item.number)))


def softmax(sums: Sequence[float]) -> list[float]:
    """The probability of each sum, when that of none of them is 0."""
    top = max((0.0, *sums))
    parts = [math.exp(one - top) for one in sums]
    total = math.fsum((*parts, math.exp(-top)))
    return [part / total for part in parts]


def decide(entity: Entity, counts: Mapping[str, int], shelf: Shelf, vocabulary: Vocabulary) -> Link:
    """What the rules say of an entity: an item, one to review, or none; with reasons."""
    known = weights()
    weighed = weigh(entity, counts, shelf, vocabulary, known)
    if not weighed:
        return Link(entity.key, "", known.unfound, ("no item of the packs has one of its names",), verdict="none")
    best, *others = weighed
    score = round(best.probability, _ROUNDED)
    verdict: Verdict = "link" if score >= known.link else "review" if score >= known.review else "none"
    read = shelf.read(best.option.item.qid)
    assert read is not None  # noqa: S101 - options are made of what the shelf holds
    second = others[0].option.item.qid if others else best.option.item.qid if verdict == "none" else None
    return Link(
        entity=entity.key,
        target="" if verdict == "none" else WIKIDATA + best.option.item.qid,
        score=round(1 - best.probability, _ROUNDED) if verdict == "none" else score,
        reasons=tuple(_reasons(best, known)),
        runner_up=WIKIDATA + (best.option.item.qid if verdict == "none" else second) if second else None,
        verdict=verdict,
        layer=read.layer,
        snapshot=read.snapshot,
    )


def _reasons(best: Weighed, known: Weights) -> list[str]:
    """What weighed most, for a reader to check."""
    option = best.option
    parts = sorted(
        ((known.of[name] * value, name) for name, value in best.measured.items() if name != "any"),
        key=lambda part: (-abs(part[0]), part[1]),
    )
    told = [f"{name} {share:+.2f}" for share, name in parts[:_TOLD] if abs(share) >= _SLIGHT]
    return [
        f"{option.item.qid} {option.item.label('en')!r}: its name {option.name!r}, {option.fit} for {option.sought!r}",
        *told,
    ]
