"""Settle what no article alone can know: that its text was read before, or that its name is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg import codec
from kg.model import Document, Extraction
from kg.resolving.stages import Stage
from kg.tables import MemoryTables, Tables

_TELLING = 8


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article with the same text as another, under whose name it is kept."""

    source: str
    kept: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that is in the graph: the name of its file, and the name that it goes by, where others have that name.

    `raw_sha256` is of the file's bytes.
    """

    source: str
    name: str
    raw_sha256: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What comes into the graph and what leaves it; an article that only changes its name does both."""

    added: list[Extraction]
    removed: list[Extraction]
    duplicates: list[Duplicate]


class Readings:
    """The articles of a graph: each text once, under the smallest of its names, and each name once.

    Two texts of one name, as JSON lines may have, are told apart by the beginning of their hash. Which of the files of one
    text is kept, and by what name, depends on the files alone. `read` gives a kept article by its name and its id.
    """

    def __init__(self, tables: Tables, read: Callable[[str, str], Extraction | None]) -> None:
        self._read = read
        self._kept: Stage[Kept] = Stage(
            tables.table("kept", Kept), lambda one: [f"source:{one.source}", f"source:{one.name}"]
        )
        self._others: Stage[Extraction] = Stage(
            tables.table("duplicate", Extraction),
            lambda one: [f"document:{one.document.id}", f"source:{one.document.source}"],
        )

    def named(self, name: str) -> list[Document]:
        """The articles that were read from a file of this name, or go by it."""
        kept = [
            self._of_file(identity, one).document for identity, one in self._kept.table.under(f"source:{name}").items()
        ]
        return [*kept, *(other.document for other in self._others.table.under(f"source:{name}").values())]

    def of_text(self, identity: str) -> list[Document]:
        """The articles that have the text `identity`, one for each file that it was read from."""
        kept = self._kept.table.get(identity)
        own = [self._of_file(identity, kept).document] if kept else []
        return [*own, *(other.document for other in self._others.table.under(f"document:{identity}").values())]

    def name(self, identity: str) -> str | None:
        """The name that the text `identity` goes by, if it is in the graph."""
        kept = self._kept.table.get(identity)
        return kept.name if kept else None

    def raws(self, identity: str) -> set[str]:
        """The hashes of the files that have the text `identity`."""
        kept = self._kept.table.get(identity)
        others = self._others.table.under(f"document:{identity}").values()
        return {*([kept.raw_sha256] if kept else []), *(other.document.raw_sha256 for other in others)}

    def are_more_than(self, texts: Collection[str]) -> bool:
        """Whether there is any text besides these."""
        return any(identity not in texts for identity, _ in self._kept.table.items())

    def files(self) -> Iterator[Extraction]:
        """What was found in each file, by its own name; those of one text one after the other."""
        for identity, kept in self._kept.table.items():
            yield self._of_file(identity, kept)
            yield from self._others.table.under(f"document:{identity}").values()

    def forget(self, texts: Iterable[str]) -> None:
        """Forget texts, by their ids, that did not come into the graph after all."""
        for identity in texts:
            self._kept.apply({identity: None})
            self._others.apply(dict.fromkeys(self._others.table.under(f"document:{identity}")))

    def update(self, added: Iterable[Extraction] = (), removed: Iterable[Document] = ()) -> Settled:
        """Take in articles, and give up those that were read from the files of `removed`."""
        before: dict[str, Extraction] = {}
        files: dict[str, dict[bytes, Extraction]] = {}
        again: list[Document] = []

        def known(identity: str) -> dict[bytes, Extraction]:
            if identity not in files:
                others = self._others.table.under(f"document:{identity}").values()
                kept = self._kept.table.get(identity)
                if kept:
                    before[identity] = self._found(identity, kept)
                own = [_renamed(before[identity], kept.source)] if kept else []
                files[identity] = {_precedence(one): one for one in (*own, *others)}
            return files[identity]

        for extraction in added:
            of_text = known(extraction.document.id)
            order = _precedence(extraction)
            if order in of_text:
                again.append(extraction.document)
                extraction = min(of_text[order], extraction, key=_content)  # noqa: PLW2901 - one file, read twice
            of_text[order] = extraction
        for document in removed:
            mine = known(document.id)
            for order in [order for order, one in mine.items() if one.document == document]:
                del mine[order]
        return self._settled(before, files, again)

    def _settled(
        self, before: dict[str, Extraction], files: dict[str, dict[bytes, Extraction]], again: Iterable[Document]
    ) -> Settled:
        chosen = {identity: mine[min(mine)] if mine else None for identity, mine in files.items()}
        names = {source for identity in files for source in self._sources(identity, chosen[identity])}
        for identity, mine in files.items():
            stale = dict.fromkeys(self._others.table.under(f"document:{identity}"))
            rest = {order.hex(): one for order, one in mine.items() if one is not chosen[identity]}
            self._others.apply({**stale, **rest})
        self._kept.apply(
            {i: Kept(one.document.source, "", one.document.raw_sha256) if one else None for i, one in chosen.items()}
        )
        added, removed = [], []
        for identity in {
            i for name in names for i, k in self._kept.table.under(f"source:{name}").items() if k.source == name
        }:
            one = self._kept.table.get(identity)
            assert one is not None  # noqa: S101 - it was found in this table
            bearers = [k for k in self._kept.table.under(f"source:{one.source}").values() if k.source == one.source]
            name = f"{one.source}#{identity[:_TELLING]}" if len(bearers) > 1 else one.source
            if identity not in files:
                before[identity] = self._found(identity, one)
                chosen[identity] = _renamed(before[identity], one.source)
            self._kept.apply({identity: replace(one, name=name)})
        for identity, found in chosen.items():
            kept = self._kept.table.get(identity)
            after = _renamed(found, kept.name) if found and kept else None
            if after != before.get(identity):
                added += [after] if after else []
                removed += [before[identity]] if identity in before else []
        duplicates = [
            Duplicate(one.document.source, kept.name)
            for identity, mine in files.items()
            for one in mine.values()
            if (kept := self._kept.table.get(identity)) and one is not chosen[identity]
        ]
        duplicates += [Duplicate(d.source, kept.name) for d in again if (kept := self._kept.table.get(d.id))]
        key = _by_name
        return Settled(
            sorted(added, key=key), sorted(removed, key=key), sorted(duplicates, key=lambda d: (d.source, d.kept))
        )

    def _sources(self, identity: str, chosen: Extraction | None) -> Sequence[str]:
        """The names that are given up or taken up where the files of one text change."""
        kept = self._kept.table.get(identity)
        return [*([kept.source] if kept else []), *([chosen.document.source] if chosen else [])]

    def _found(self, identity: str, kept: Kept) -> Extraction:
        found = self._read(kept.name, identity)
        assert found is not None  # noqa: S101 - the log and this table are written together
        return found

    def _of_file(self, identity: str, kept: Kept) -> Extraction:
        return _renamed(self._found(identity, kept), kept.source)


def settle(extractions: Iterable[Extraction], tables: Tables | None = None) -> tuple[list[Extraction], list[Duplicate]]:
    """Each text once and each name once, sorted by name, whatever the order was; `tables`, empty, will remember it."""
    settled = Readings(tables or MemoryTables(), lambda _name, _identity: None).update(extractions)
    return settled.added, settled.duplicates


def _by_name(extraction: Extraction) -> tuple[str, str]:
    return extraction.document.source, extraction.document.id


def _precedence(extraction: Extraction) -> bytes:
    """Of files with one text the one whose name comes first is kept; what else differs decides between equal names."""
    document = extraction.document
    fields = (document.published, document.outlet, document.title, document.url, document.raw_sha256)
    return codec.encode((document.source, *(field or "" for field in fields)))


def _content(extraction: Extraction) -> bytes:
    """What decides between two readings of one file, as two graphs that are merged may have them."""
    return codec.encode((extraction.mentions, extraction.statements))


def _renamed(extraction: Extraction, source: str) -> Extraction:
    document = extraction.document
    return extraction if document.source == source else replace(extraction, document=replace(document, source=source))
