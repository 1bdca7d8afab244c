"""Write records as JSON and read them back by their types: short, for what programs keep for themselves."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]


def encode(record: Any) -> bytes:
    """A record as JSON: a dataclass is the list of its fields' values."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":")).encode()


def parse(data: bytes) -> Any:
    """What `encode` wrote, before a `decoder` makes a record of it."""
    return json.loads(data)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Decimal):
        return str(value)
    return [_plain(getattr(value, name)) for name in _names(type(value))]  # type: ignore[arg-type]  # a class can be hashed


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def decoder(kind: Any) -> Decoder:
    """What makes a value of the type `kind` of what JSON gives."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(decoder(next(option for option in inner if option is not type(None))))
    if origin is tuple:
        return _tuple(inner)
    if origin is Literal or kind in (str, int, float, bool, Any):
        return _same
    if kind is Decimal:
        return Decimal
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(decoder(inner[1]))
    record = origin or kind
    if is_dataclass(record):
        return _record(record, dict(zip(getattr(record, "__parameters__", ()), inner, strict=False)))
    raise TypeError(f"records cannot hold {kind}")


def _same(value: Any) -> Any:
    return value


def _optional(inner: Decoder) -> Decoder:
    return lambda value: None if value is None else inner(value)


def _mapping(inner: Decoder) -> Decoder:
    if inner is _same:
        return _same
    return lambda value: {name: inner(item) for name, item in value.items()}


def _tuple(inner: tuple[Any, ...]) -> Decoder:
    if inner[-1] is Ellipsis:
        item = decoder(inner[0])
        return tuple if item is _same else lambda value: tuple(map(item, value))
    items = tuple(map(decoder, inner))
    if all(item is _same for item in items):
        return tuple
    return lambda value: tuple(read(item) for read, item in zip(items, value, strict=True))


def _record(record: Any, given: Mapping[Any, Any]) -> Decoder:
    hints = get_type_hints(record)
    kinds = (hints[name] for name in _names(record))
    readers = tuple(decoder(given.get(kind, kind) if isinstance(kind, TypeVar) else kind) for kind in kinds)
    return lambda value: record(*(read(item) for read, item in zip(readers, value, strict=True)))
