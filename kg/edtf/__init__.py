"""Times as EDTF: check them, bound them, compare them."""

from kg.edtf.relations import compatible, more_precise
from kg.edtf.values import OPEN, Interval, Moment, Value, bounds, is_valid, parse, to_time

__all__ = [
    "OPEN",
    "Interval",
    "Moment",
    "Value",
    "bounds",
    "compatible",
    "is_valid",
    "more_precise",
    "parse",
    "to_time",
]
