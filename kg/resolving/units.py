"""Convert numbers of one kind to one unit, so that they can be compared: tonnes and kilograms, hours and minutes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from kg.model import Quantity


def base(unit: str | None) -> str | None:
    """The unit that numbers in `unit` are compared in: kilograms for tonnes; itself for one that stands alone."""
    return _table()[unit][0] if unit in _table() else unit


def converted(quantity: Quantity) -> Quantity:
    """The same quantity in the unit that its kind is compared in: 1.2 tonnes are 1,200 kilograms."""
    if quantity.unit not in _table():
        return quantity
    unit, size = _table()[quantity.unit]
    lower, upper = (None if bound is None else bound * size for bound in (quantity.lower, quantity.upper))
    return replace(quantity, stated=quantity.stated * size, lower=lower, upper=upper, unit=unit)


@cache
def _table() -> Mapping[str | None, tuple[str, Decimal]]:
    told = tomllib.loads((Path(__file__).parent / "units.toml").read_text(encoding="utf-8"))
    return {unit: (name, Decimal(size)) for name, units in told.items() for unit, size in units.items()}
