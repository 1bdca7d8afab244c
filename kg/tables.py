"""Keep records by id, and find them again by keys: what the resolution remembers between one article and the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Table(Protocol[T]):
    """Records of one type. A record lies under as many keys as it is found by."""

    def get(self, identity: str) -> T | None:
        """The record called `identity`, or None."""
        ...

    def under(self, key: str) -> dict[str, T]:
        """The records that lie under `key`, by id, in the order of their ids."""
        ...

    def put(self, identity: str, record: T, keys: Iterable[str]) -> None:
        """Keep a record in the place of what had its id, under `keys` and no others."""
        ...

    def drop(self, identity: str) -> None:
        """Forget a record; nothing happens when there is none."""
        ...

    def items(self) -> Iterator[tuple[str, T]]:
        """All records with their ids, in the order of their ids."""
        ...


class MemoryTable(Generic[T]):
    """A Table in memory."""

    def __init__(self) -> None:
        self._records: dict[str, T] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._under: dict[str, str | set[str]] = {}  # most keys have one record only, for which a set would be large

    def get(self, identity: str) -> T | None:
        """See Table."""
        return self._records.get(identity)

    def under(self, key: str) -> dict[str, T]:
        """See Table."""
        found = self._under.get(key, ())
        if isinstance(found, str):
            return {found: self._records[found]}
        return {identity: self._records[identity] for identity in sorted(found)}

    def put(self, identity: str, record: T, keys: Iterable[str]) -> None:
        """See Table."""
        self.drop(identity)
        self._records[identity] = record
        self._keys[identity] = tuple(dict.fromkeys(keys))
        for key in self._keys[identity]:
            known = self._under.setdefault(key, identity)
            if isinstance(known, set):
                known.add(identity)
            elif known != identity:
                self._under[key] = {known, identity}

    def drop(self, identity: str) -> None:
        """See Table."""
        for key in self._keys.pop(identity, ()):
            known = self._under[key]
            if isinstance(known, set) and len(known) > 1:
                known.remove(identity)
            else:
                del self._under[key]
        self._records.pop(identity, None)

    def items(self) -> Iterator[tuple[str, T]]:
        """See Table."""
        yield from sorted(self._records.items(), key=lambda item: item[0])

    def keys_of(self, identity: str) -> tuple[str, ...]:
        """The keys that the record `identity` lies under."""
        return self._keys[identity]


class Tables(Protocol):
    """Where tables lie, each with its name and the type of its records."""

    def table(self, name: str, kind: Any) -> Table[Any]:
        """The table called `name`, of records of the type `kind`; empty at first."""
        ...


class MemoryTables:
    """Tables that are gone with the process; `made` are those that were asked for, by name, with their types."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[MemoryTable[Any], Any]] = {}

    def table(self, name: str, kind: Any) -> Table[Any]:
        """See Tables."""
        if name not in self.made:
            self.made[name] = (MemoryTable(), kind)
        return self.made[name][0]
