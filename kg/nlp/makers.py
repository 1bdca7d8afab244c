"""List what the rules for times may make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.edtf import Value
from kg.nlp import anchored, dating, festivals, month_parts, periods
from kg.nlp.situation import Fields, Situation

Maker = Callable[[Fields, Situation], Value | str | None]

MAKERS: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        dating.day, dating.day_of_month, dating.weekday, dating.days, dating.clock, dating.holiday,
        anchored.anchor_day, anchored.anchor_week, anchored.anchor_month, anchored.anchor_year, anchored.later,
        festivals.tet, festivals.new_year, festivals.lunar_day, month_parts.month_part, month_parts.edge_day,
        periods.month, periods.months, periods.relative_month, periods.year, periods.years, periods.quarter, periods.quarters,
        periods.half_year, periods.months_at_edge, periods.decade, periods.century, periods.season, periods.week,
        periods.ago, periods.ahead, periods.duration,
    )
}  # fmt: skip
