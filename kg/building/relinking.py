"""Bring the links of a graph up to date: when its articles change, or what a user judges of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg import folder, log
from kg.building import overlaying
from kg.building.delta import renew
from kg.linking import Line, Linker, Reading, Relinked, Shelf, packs
from kg.linking import judgements as judged
from kg.model import Extraction
from kg.resolving import Changed, Resolver, judgements
from kg.sqlite_tables import SqliteTables
from kg.store.patching import patching


def relink(
    linker: Linker, resolver: Resolver, changed: Changed, extraction: Callable[[str], Extraction | None]
) -> dict[str, Relinked]:
    """The links that changed with a resolution; `extraction` gives an article by its id, None when it is gone."""
    readings = {}
    for document in sorted({*changed.documents, *changed.articles}):
        found = extraction(document)
        readings[document] = Reading(found, resolver.denoted(found) if found else {})
    return linker.update(resolver.entities.table.get, changed.entities, readings)


def link_judgements(graph: Path) -> tuple[Line, ...]:
    """What a user judged of the items in the folder `graph`; nothing where no file says any."""
    path = graph / folder.LINKS
    return judged.read(path) if path.is_file() else ()


def judge(graph: Path, lines: Sequence[Line]) -> int:
    """Put a user's judgements of items in the place of those of the folder `graph`; returns how many links changed.

    A StoreError for a graph that cannot be changed. Nothing but links changes, and an earlier judgement that `lines` lack is
    undone.
    """
    before = link_judgements(graph)
    with patching(graph, graph) as patch, SqliteTables(patch.path / folder.MEMORY) as tables:
        path = patch.path / folder.JUDGEMENTS
        resolver = Resolver(tables, judgements.read(path) if path.is_file() else ())
        linker = Linker(tables, Shelf.open(packs.kept(patch.path)), lines)
        relinked = linker.update(resolver.entities.table.get, [*_spoken_of(resolver, (*before, *lines))], {})
        edits = overlaying.edits_of(patch.path)
        lifted = overlaying.lift(patch.store, patch.path)
        delta = renew(patch.store, resolver, Changed(), lambda _identity: None, (linker, relinked))
        laid = overlaying.lay(patch.store, edits, resolver.vocabulary)
        overlaying.put(patch.path, laid, resolver.vocabulary)
        delta = overlaying.combined(lifted, delta, laid.delta)
        patch.note(delta.added, delta.gone)
        tables.commit()
        (patch.path / folder.LINKS).write_text("".join(map(judged.written, lines)), encoding="utf-8")
        patch.finish(
            lines=[log.line(one.new) for one in relinked.values() if one.new],
            dropped=[log.line(one.old) for one in relinked.values() if one.old],
            articles=(),
            unused=(),
            quarantine=folder.quarantine(graph),
        )
    return len(relinked)


def _spoken_of(resolver: Resolver, lines: Sequence[Line]) -> Iterator[str]:
    known = judged.Lines(lines)
    yield from (key for key, entity in resolver.entities.table.items() if known.of(entity))
