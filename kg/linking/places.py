"""Say how places lie to each other: how far, and whether one may be part of a region."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kg.linking.shelf import Shelf
from kg.wikidata.item import Item

_EARTH_KM, _NEAR_KM = 6371.0, 250.0
_SLACK, _SLACK_KM = 2.6, 100.0
"""A place may lie in a region whose middle is that many times as far as the nearest middle of a region, and so many km more:
regions are of all shapes, and the tables know only their middles."""


def distance(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """The kilometres between two points on a globe; endless from nowhere."""
    if one is None or other is None:
        return math.inf
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def closeness(one: Item, others: Iterable[Item]) -> float:
    """How near an item lies to the nearest of others, from 1 for the same place to 0."""
    return max((math.exp(-distance(one.coordinates, other.coordinates) / _NEAR_KM) for other in others), default=0.0)


def may_contain(region: Item, item: Item, shelf: Shelf) -> bool:
    """Whether an item may lie in a region, as far as the middles of all regions of that country tell."""
    if region.qid in item.located_in:
        return True
    if item.countries and not set(region.countries) & set(item.countries):
        return False
    if item.coordinates is None or region.coordinates is None:
        return True
    middles = (other.coordinates for other in shelf.regions(region.countries))
    nearest = min((distance(item.coordinates, middle) for middle in middles), default=math.inf)
    return distance(item.coordinates, region.coordinates) <= _SLACK * nearest + _SLACK_KM
