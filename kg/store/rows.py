"""The rows of an answer as Python values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from kg import ns
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = Any
_XSD = ns.xsd_string.value.removesuffix("string")
_WHOLE = [
    *("integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
]
_READERS: dict[str, Callable[[str], Value]] = {
    **{_XSD + name: int for name in _WHOLE},
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in ("true", "1"),
    _XSD + "dateTime": dt.datetime.fromisoformat,
    _XSD + "date": dt.date.fromisoformat,
}


class Rows(Sequence[tuple[Value, ...]]):
    """The answer to a SELECT: a list of tuples of Python values, in the order of `variables`.

    IRIs and text are str, numbers int, Decimal or float, times datetime; what has no value is None. `terms` holds the
    same rows as RDF terms, with languages and types.
    """

    def __init__(self, variables: Sequence[str], terms: Sequence[tuple[Term | None, ...]]) -> None:
        self.variables = list(variables)
        self.terms = list(terms)

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> Rows:
        """All rows of an answer."""
        return cls([variable.value for variable in solutions.variables], [tuple(row) for row in solutions])

    @overload
    def __getitem__(self, index: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> tuple[Value, ...] | Rows:
        if isinstance(index, slice):
            return Rows(self.variables, self.terms[index])
        return tuple(value(term) for term in self.terms[index])

    def __len__(self) -> int:
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # a list of rows can be compared, not hashed

    def __repr__(self) -> str:
        return f"Rows({self.variables}, {list(self)})"

    def dicts(self) -> Iterator[dict[str, Value]]:
        """Each row as a dict from variable to value; a variable without a value is left out."""
        for row in self:
            yield {name: found for name, found in zip(self.variables, row, strict=True) if found is not None}

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame; a UsageError says how to get pandas where it is missing."""
        try:
            import pandas as pd  # noqa: PLC0415 - optional, and slow to import
        except ImportError as error:
            raise UsageError("pandas is not installed; run: pip install 'newskg[pandas]'") from error
        return pd.DataFrame.from_records(list(self), columns=self.variables)


def value(term: Term | None) -> Value:
    """A term as a Python value; a literal that its type does not allow stays text."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        try:
            return _READERS.get(term.datatype.value, str)(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)
