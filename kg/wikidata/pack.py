"""Read a pack of Wikidata items: look items up by name, language and class, or by id."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.wikidata import keys, schema
from kg.wikidata.errors import PackError
from kg.wikidata.item import QID, Item, decode
from kg.wikidata.keys import FITS, Fit

BUNDLED = Path(__file__).parent / "bundled" / "wd.kgp"
"""The pack that ships with the program."""

_CLASSES = 62
_MOST = 2**24
_FEW = 30
_LOOKED_AT = 256
_MANY = 5000
_MADE_AGAIN = "make it again with kg wikidata pack"


@dataclass(frozen=True, slots=True)
class About:
    """What a pack says of itself.

    `snapshot` is the day at which the items were as they are here, `languages` and `classes` what it was made for,
    `sources` whence the rows are, `attribution` what has to be said with them, `content` the SHA-256 of all items.
    """

    snapshot: str
    languages: tuple[str, ...]
    classes: tuple[str, ...]
    sources: tuple[str, ...]
    license: str
    attribution: str
    items: int
    content: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a name may mean: `name`, in `language`, is the item's name that fits the sought one, `fit` how well."""

    item: Item
    name: str
    language: str
    fit: Fit


class Pack:
    """A pack in a file, read only; many may have it open, each for one thread.

    Made by `open`, closed by `close` or at the end of a `with`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, about: About) -> None:
        self.path = path
        self.about = about
        self._connection = connection
        self._bits = {name: 1 << place for place, name in enumerate(about.classes)}

    @classmethod
    def open(cls, path: Path | str) -> Pack:
        """The pack in the file `path`; a PackError if there is none, if it is damaged, or of a newer format."""
        path = Path(path)
        _check_header(path)
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST)
            connection.execute("PRAGMA trusted_schema = OFF")
            return cls(path, connection, _about(connection))
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            connection.close()
            raise _damaged(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self.about.items

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def item(self, qid: str) -> Item | None:
        """The item with the id `qid`, such as "Q18808"; None if the pack lacks it."""
        if not QID.fullmatch(qid):
            return None
        for number, body in self._rows("SELECT id, body FROM item WHERE id = ?", (int(qid[1:]),)):
            return self._decoded(number, body)
        return None

    def items(self) -> Iterator[Item]:
        """All items, by number."""
        for number, body in self._rows("SELECT id, body FROM item ORDER BY id", ()):
            yield self._decoded(number, body)

    def of_class(self, name: str, *, limit: int = _MANY) -> list[Item]:
        """The items of a class of the ontology, those with most sitelinks first, then by number; at most `limit`."""
        question = "SELECT id, body FROM item WHERE classes & ? ORDER BY sitelinks DESC, id LIMIT ?"
        return [self._decoded(*row) for row in self._rows(question, (self._bits.get(name, 0), limit))]

    def ids(self) -> list[str]:
        """The ids of all items, by number."""
        return [f"Q{number}" for (number,) in self._rows("SELECT id FROM item ORDER BY id", ())]

    def candidates(
        self, name: str, language: str, classes: Iterable[str] | None = None, *, limit: int = _FEW
    ) -> tuple[Candidate, ...]:
        """What `name`, as an article in `language` writes it, may mean; the best fit first, then by sitelinks and id.

        Other spellings of people's names, and the family name first or last, are looked at where no item bears the name
        itself. `classes` are local names of classes of the ontology: "Place" finds cities too. Items that belong to none
        of them are left out, but not those whose class nobody told; with None no item is. At most `limit` candidates
        are returned. No candidate means that the pack lacks the name, not that there is no such item.
        """
        mask = -1 if classes is None else sum(self._bits.get(one, 0) for one in set(classes))
        for sought in (keys.of_mention(name), keys.of_person(name, language)):
            found = [candidate for item in self._under(sought, mask) if (candidate := _best(item, name, language))]
            if found:
                return tuple(sorted(found, key=_order)[:limit])
        return ()

    def _under(self, sought: Iterable[str], mask: int) -> Iterator[Item]:
        """The items under keys, those of which most is written first, and not all of the many that share a key."""
        hashes = [keys.hashed(key) for key in dict.fromkeys(sought)]
        question = (
            "SELECT id, body FROM item "  # noqa: S608 - only marks are put in
            f"WHERE id IN (SELECT item FROM key WHERE hash IN ({', '.join('?' * len(hashes))})) "
            f"AND (classes & ? OR classes = 0) ORDER BY sitelinks DESC, id LIMIT {_LOOKED_AT}"
        )
        for number, body in self._rows(question, (*hashes, mask)):
            yield self._decoded(number, body)

    def verify(self) -> None:
        """Read the whole file; a PackError if any of it is not as it was written."""
        digest = hashlib.sha256()
        count = 0
        for number, body in self._rows("SELECT id, body FROM item ORDER BY id", ()):
            self._decoded(number, body)
            digest.update(b"%d %b\n" % (number, body))
            count += 1
        [[state], *_] = self._rows("PRAGMA integrity_check", ())
        if state != "ok" or digest.hexdigest() != self.about.content or count != self.about.items:
            raise _damaged(self.path, state if state != "ok" else "its items are not those that were written")

    def _rows(self, question: str, values: tuple[int, ...]) -> Iterator[Any]:
        try:
            yield from self._connection.execute(question, values)
        except (sqlite3.Error, OverflowError) as error:
            raise _damaged(self.path, error) from error

    def _decoded(self, number: int, body: bytes) -> Item:
        try:
            if not isinstance(body, bytes):
                raise ValueError("no item")  # noqa: TRY004, TRY301 - the file is wrong, not our call
            return decode(number, body)
        except (ValueError, TypeError, RecursionError) as error:
            raise _damaged(self.path, error) from error


def _best(item: Item, name: str, language: str) -> Candidate | None:
    """The item with the one of its names that fits best; None where only the keys were alike."""
    person = "Person" in item.classes
    found = [
        Candidate(item, own, of, how)
        for of, own in item.names
        if (how := keys.fit(name, own, language=language, of=of, person=person))
    ]
    return min(found, key=lambda one: (FITS.index(one.fit), one.language != language), default=None)


def _order(candidate: Candidate) -> tuple[int, int, int]:
    return (FITS.index(candidate.fit), -(candidate.item.sitelinks or 0), candidate.item.number)


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(schema.HEADER)
            size = file.seek(0, 2)
    except OSError as error:
        raise PackError(f"{path}: there is no such pack ({error.strerror}); {_MADE_AGAIN}") from error

    def number(at: int) -> int:
        return int.from_bytes(header[at : at + 4])

    if not header.startswith(schema.MAGIC) or len(header) < schema.HEADER:
        raise PackError(f"{path} is no pack; {_MADE_AGAIN}")
    if number(schema.APPLICATION_AT) != schema.APPLICATION:
        raise PackError(f"{path} is a database, but no pack; {_MADE_AGAIN}")
    if number(schema.VERSION_AT) != schema.FORMAT:
        raise PackError(
            f"{path} has format {number(schema.VERSION_AT)}, this version of kg reads format {schema.FORMAT}; "
            f"{'get a newer kg' if number(schema.VERSION_AT) > schema.FORMAT else _MADE_AGAIN}"
        )
    if number(schema.PAGES_AT) * schema.PAGE != size:
        raise _damaged(path, f"it has {size} bytes and not {number(schema.PAGES_AT) * schema.PAGE}")


def _about(connection: sqlite3.Connection) -> About:
    # Whoever made the file might have put other things behind our names: nothing but our tables is read.
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type != 'index' OR sql IS NOT NULL")
    if dict(made) != schema.TABLES:
        raise ValueError("its tables are not those of a pack")
    said = {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM meta")}
    lists: dict[str, Any] = {name: tuple(said.pop(name)) for name in ("languages", "classes", "sources")}
    number = said.pop("items")
    sound = all(isinstance(one, str) for value in (said.values(), *lists.values()) for one in value)
    if not sound or not isinstance(number, int) or len(lists["classes"]) > _CLASSES:
        raise ValueError("what it says of itself is no label of a pack")
    return About(items=number, **lists, **said)


def _damaged(path: Path, why: object) -> PackError:
    return PackError(f"{path} is damaged ({why}); {_MADE_AGAIN}")
