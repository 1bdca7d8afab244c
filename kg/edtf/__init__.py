"""Times as EDTF: check them, bound them, compare them."""

from kg.edtf.relations import compatible, days_between, more_precise, spanning
from kg.edtf.values import OPEN, Interval, Moment, Value, bounds, is_valid, parse, to_time

__all__ = [
    "OPEN",
    "Interval",
    "Moment",
    "Value",
    "bounds",
    "compatible",
    "days_between",
    "is_valid",
    "more_precise",
    "parse",
    "spanning",
    "to_time",
]
