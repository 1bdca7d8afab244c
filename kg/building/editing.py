"""Take edits into a graph that a person made to an export of it, and drop them again."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg import editing, folder, lookup, ns, rdf
from kg.building import overlaying
from kg.building.changing import Users, require_current, resolve_anew
from kg.editing import Author, Conflict, Edit, Name, Note, locating, overlay
from kg.errors import UsageError
from kg.linking import judgements as links
from kg.rdf.entities import WIKIDATA
from kg.rdf.wording import LANGUAGES
from kg.resolving import judgements
from kg.store.patching import patching
from kg.vocabulary import NAMESPACE, Vocabulary

_NATIVE = ("merge", "link")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an edited file would change in a graph: new edits, how many of its edits the graph has, what is not taken.

    `conflicts` are those that can be seen beforehand; whether two things become one is seen when they are resolved.
    """

    edits: tuple[Edit, ...]
    known: int
    notes: tuple[Note, ...]
    conflicts: tuple[Conflict, ...]


def compare(graph: Path, file: Path, author: Author, *, base: Path | None = None) -> Comparison:
    """The edits that lead from an export of the folder `graph` to `file`, on the word of `author`; nothing is changed.

    What was exported is the graph as it is, or as it is without edits, if the file's version says so; else it must be given as
    `base`, the file as it was exported. A UsageError says so where it is neither.
    """
    vocabulary = Vocabulary.load()
    edited = editing.read(file, vocabulary)
    plain = _copied(graph)
    overlaying.lift(plain, graph)
    exported, store = _base(graph, plain, edited, base, vocabulary)
    found = editing.differences(exported, edited, vocabulary)
    present = overlaying.edits_of(graph)
    keys = {edit.key for edit in present}
    made = [_completed(store, e, author, edited.version) for e in found.edits if e.key not in keys]
    fresh, clashing = _parted(present, made)
    joined = overlay.joined(present, fresh)
    laid = overlaying.lay(plain, [edit for edit in joined if edit.kind not in _NATIVE], vocabulary)
    new = {edit.key for edit in fresh}
    conflicts = [conflict for conflict in laid.conflicts if conflict.edit.key in new]
    kept_apart = _kept_apart(graph, fresh)
    return Comparison(tuple(fresh), len(found.edits) - len(made), found.notes, (*clashing, *conflicts, *kept_apart))


def take(graph: Path, edits: Sequence[Edit]) -> tuple[Conflict, ...]:
    """Take edits into the folder `graph`; returns what stands against them there. Edits that it has change nothing."""
    present = overlaying.edits_of(graph)
    keys = {edit.key for edit in present}
    fresh = [edit for edit in edits if edit.key not in keys]
    if fresh:
        _change(graph, present, overlay.joined(present, fresh))
    taken = {edit.key for edit in fresh}
    return tuple(conflict for conflict in overlaying.conflicts_of(graph) if conflict.edit.key in taken)


def drop(graph: Path, keys: Collection[str] | None = None) -> tuple[Edit, ...]:
    """Drop the edits with these keys from the folder `graph`, or all of them; returns those that were dropped.

    A UsageError for a key that no edit has. Without any edit the graph is what its articles and judgements make it.
    """
    present = overlaying.edits_of(graph)
    known = {edit.key for edit in present}
    for key in sorted(set(keys or ()) - known):
        raise UsageError(f"{graph} has no edit {key}")
    going = [edit for edit in present if keys is None or edit.key in keys]
    if going:
        _change(graph, present, tuple(edit for edit in present if edit not in going))
    return tuple(going)


def _base(
    graph: Path, plain: ox.Store, edited: editing.Edited, base: Path | None, vocabulary: Vocabulary
) -> tuple[frozenset[ox.Triple], ox.Store]:
    """What was exported, and a store in which its words are found."""
    for store in _versions(graph, plain):
        data = rdf.owl_data(lookup.excerpt(graph, store, edited.limits) if edited.limits else store)
        if rdf.owl_version(data) == edited.version:
            return data, store
    if base is None:
        raise UsageError(
            f"the file was made from version {edited.version} of the graph, and {graph} has changed since, or is another graph; "
            "give the file as it was exported, with --base"
        )
    original = editing.read(base, vocabulary)
    if original.version != edited.version:
        raise UsageError(f"{base} is version {original.version}, but the file was made from version {edited.version}")
    if rdf.owl_version(original.triples) != original.version:
        raise UsageError(f"{base} is not as it was exported: its version is not that of what it holds")
    words = ox.Store()
    words.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in original.triples)
    return original.triples, words


def _versions(graph: Path, plain: ox.Store) -> Iterator[ox.Store]:
    """The graph as it may have been exported: as it is, without edits, and without what edits judge of names and items.

    The last takes as long as resolving all articles anew, and is made only where it is looked for.
    """
    yield folder.read_only(graph)
    yield plain
    native = [edit for edit in overlaying.edits_of(graph) if edit.kind in _NATIVE]
    if native:
        with tempfile.TemporaryDirectory() as room:
            before = Path(room) / "graph"
            names = _without(_content(graph, folder.JUDGEMENTS), map(_named, native))
            items = _without(_content(graph, folder.LINKS), map(_linked, native))
            resolve_anew([graph], before, users=Users(names, items))
            yield _copied(before)


def _copied(graph: Path) -> ox.Store:
    copy = ox.Store()
    copy.bulk_extend(folder.read_only(graph))
    return copy


def _completed(store: ox.Store, edit: Edit, author: Author, version: str) -> Edit:
    """An edit with its author, the articles that it rests on, and what its things are called and found by."""
    told: set[str] = set()
    if not edit.states:
        told.update(*(locating.articles(store, triple) for triple in edit.withdraws))
    if edit.kind == "delete":
        told.update(*(locating.articles_of(store, ox.NamedNode(iri)) for iri in edit.subjects))
    triples = () if edit.kind == "delete" else (*edit.withdraws, *edit.states)
    return replace(
        edit,
        author=author,
        version=version,
        articles=tuple(sorted(told)),
        found=locating.remembered(store, triples, edit.subjects),
        names=tuple(sorted(_names(store, edit))),
    )


def _names(store: ox.Store, edit: Edit) -> Iterator[Name]:
    ends = {
        end.value
        for t in (*edit.withdraws, *edit.states)
        for end in (t.subject, t.object)
        if isinstance(end, ox.NamedNode)
    }
    for iri in {*ends, *edit.subjects} if edit.kind != "delete" else edit.subjects:
        if not iri.startswith(NAMESPACE):
            for quad in store.quads_for_pattern(ox.NamedNode(iri), ns.rdfs_label, None, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language in LANGUAGES:
                    yield Name(iri, quad.object.language, quad.object.value)


def _parted(present: Iterable[Edit], made: Iterable[Edit]) -> tuple[list[Edit], list[Conflict]]:
    """The edits that can be taken, and those of which another edit says otherwise."""
    fresh, clashing = [], []
    for edit in made:
        others = [e for e in present if {*e.withdraws} & {*edit.withdraws} and e.kind != "delete"]
        if others:
            words = tuple(f"{e.author.by}, {e.author.when}: {e.author.why}" for e in others)
            clashing.append(Conflict(edit, "edit", words, in_force=False))
        else:
            fresh.append(edit)
    return fresh, clashing


def _kept_apart(graph: Path, edits: Iterable[Edit]) -> Iterator[Conflict]:
    """The merges of what somebody judged not to be the same."""
    content = _content(graph, folder.JUDGEMENTS)
    for edit in edits:
        if edit.kind == "merge" and _judged(content, [edit]) == content and _line(edit) not in _lines(content):
            yield Conflict(edit, "apart", (folder.JUDGEMENTS,), in_force=False)


def _change(graph: Path, present: Sequence[Edit], edits: Sequence[Edit]) -> None:
    """Put `edits` in the place of those that are present in the folder `graph`: in its judgements too, where they are such."""
    going = [edit for edit in present if edit not in edits]
    coming = [edit for edit in edits if edit not in present]
    if not any(edit.kind in _NATIVE for edit in (*coming, *going)):
        with patching(graph, graph) as patch:
            lifted = overlaying.lift(patch.store, patch.path)
            laid = overlaying.lay(patch.store, edits)
            overlaying.put(patch.path, laid)
            delta = overlaying.combined(lifted, laid.delta)
            patch.note(delta.added, delta.gone)
            patch.finish(lines=(), dropped=(), articles=(), unused=(), quarantine=folder.quarantine(graph))
        return
    require_current(graph)
    names = _judged(_without(_content(graph, folder.JUDGEMENTS), map(_named, going)), coming)
    items = _without(_content(graph, folder.LINKS), map(_linked, going))
    items += "".join(_linked(edit) for edit in coming).encode()
    resolve_anew([graph], graph, users=Users(names, items, tuple(edits)))


def _content(graph: Path, name: str) -> bytes:
    return (graph / name).read_bytes() if (graph / name).is_file() else b""


def _judged(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The file of judgements with a line for each merge, but where somebody judged otherwise: that stays."""
    for edit in edits:
        if edit.kind == "merge" and _line(edit) not in _lines(content):
            more = content + (b"" if not content or content.endswith(b"\n") else b"\n") + _named(edit).encode()
            try:
                judgements.parse(more.decode("utf-8-sig"), folder.JUDGEMENTS)
            except UsageError:
                continue
            content = more
    return content


def _lines(content: bytes) -> tuple[judgements.Line, ...]:
    return judgements.parse(content.decode("utf-8-sig"), folder.JUDGEMENTS)


def _line(edit: Edit) -> judgements.Line:
    first, second = edit.subjects
    note = f"{edit.author.when[:10]}: {edit.author.why}"
    return judgements.Line("same", first, second, edit.author.by, note)


def _named(edit: Edit) -> str:
    """The line of a merge in the file of judgements; empty for another edit."""
    if edit.kind != "merge":
        return ""
    line = _line(edit)
    return f"{line.verdict}\t{line.first}\t{line.second}\t{line.by}\t{line.note}\n"


def _linked(edit: Edit) -> str:
    """The line of an item in the file of links; empty for another edit."""
    if edit.kind != "link":
        return ""
    items = [t.object.value for t in edit.states if isinstance(t.object, ox.NamedNode)]
    item = items[0].removeprefix(WIKIDATA) if items else links.NIL
    return links.written(links.Line(edit.subjects[0], item, edit.author.by, edit.author.when[:10]))


def _without(content: bytes, lines: Iterable[str]) -> bytes:
    """The file without these lines."""
    going = {line for line in lines if line}
    return "".join(line for line in content.decode().splitlines(keepends=True) if line not in going).encode()
