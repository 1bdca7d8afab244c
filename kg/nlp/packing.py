"""Write the values in `doc.user_data` as msgpack and read them again, so that `Doc.to_bytes` and `DocBin` keep them.

srsly, which packs for spaCy, finds `encode` and `decode` by entry points, in a process that never imported us as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from kg.model import Document, Quantity, Time

Chain = Callable[[Any], Any] | None

_NAME, _VALUE = "newskg", "value"
_RECORDS = {kind.__name__: kind for kind in (Document, Quantity, Time)}


def encode(value: Any, chain: Chain = None) -> Any:
    """What msgpack can write of a value that it does not know; other packages' values go on to `chain`."""
    kind = type(value)
    if _RECORDS.get(kind.__name__) is kind:
        return _packed(value, {field.name: getattr(value, field.name) for field in fields(value)})
    if kind is Decimal:
        return _packed(value, str(value))
    if kind is frozenset:
        return _packed(value, sorted(value))
    return value if chain is None else chain(value)


def decode(packed: dict[Any, Any], chain: Chain = None) -> Any:
    """The value that `encode` wrote; other dicts go on to `chain`."""
    if packed.keys() != {_NAME, _VALUE}:
        return packed if chain is None else chain(packed)
    name, value = packed[_NAME], packed[_VALUE]
    if name == "Decimal":
        return Decimal(value)
    if name == "frozenset":
        # msgpack knows no tuples, and lists are no members of sets.
        return frozenset(tuple(member) if isinstance(member, list) else member for member in value)
    return _RECORDS[name](**value)


def _packed(value: object, content: object) -> dict[str, object]:
    return {_NAME: type(value).__name__, _VALUE: content}
