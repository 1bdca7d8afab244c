"""Change a graph folder at the cost of what changes: only what an article touches is resolved, mapped and checked anew."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg import folder, log
from kg.building import overlaying
from kg.building.delta import renew
from kg.building.duplicates import Readings, Settled
from kg.building.evidence import check_resolution
from kg.building.relinking import link_judgements, relink
from kg.building.renewal import Delta
from kg.building.report import UNFIT, ChangeReport
from kg.building.run import Progress, user_judgements
from kg.editing import Edit
from kg.errors import InvalidError, UsageError
from kg.linking import Linker, Relinked, Shelf, packs
from kg.model import Document, Extraction, Resolution
from kg.readers import Rejected
from kg.resolving import Changed, Resolver
from kg.resolving.stages import Changes, touched
from kg.sqlite_tables import SqliteTables
from kg.store.patching import Patch, patching
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Given:
    """What comes into a graph: extractions, a way to their bytes by hash, and what was set aside now and `before`, edits."""

    extractions: Sequence[Extraction] = ()
    raws: Callable[[Iterable[str]], Iterable[bytes]] = lambda _hashes: ()
    set_aside: tuple[Rejected, ...] = ()
    before: tuple[Rejected, ...] = ()
    edits: tuple[Edit, ...] = ()


class _Broken(Exception):
    """Articles by which the graph would break a shape, by document id."""

    def __init__(self, culprits: Mapping[str, Rejected]) -> None:
        super().__init__()
        self.culprits = culprits


def change(graph: Path, output: Path, given: Given, names: Sequence[str], progress: Progress) -> ChangeReport:
    """Make `output` of `graph`, with what is `given` and without the articles called `names`.

    Articles that would break a shape are set aside, as in a build, and the rest is tried again.
    """
    culprits: dict[str, Rejected] = {}
    while True:
        try:
            with patching(graph, output) as patch, SqliteTables(patch.path / folder.MEMORY) as tables:
                return _Attempt(patch, tables, given, names, culprits, progress).done()
        except _Broken as broken:
            culprits.update(broken.culprits)


class _Attempt:
    """One change of a copy of a graph folder, without the articles `culprits`."""

    def __init__(
        self,
        patch: Patch,
        tables: SqliteTables,
        given: Given,
        names: Sequence[str],
        culprits: Mapping[str, Rejected],
        progress: Progress,
    ) -> None:
        self._patch, self._tables, self._given, self._names = patch, tables, given, names
        self._culprits, self._progress = culprits, progress
        self._records = patch.path / folder.RECORDS
        self._readings = Readings(tables, lambda name, identity: log.extraction(self._records, name, identity))
        self._texts: dict[str, Extraction] = {}

    def done(self) -> ChangeReport:
        """Make the change; a _Broken says which articles cannot be in the graph."""
        progress = self._progress
        culprits = (document for identity in self._culprits for document in self._readings.of_text(identity))
        leaving = [*self._called(), *culprits]
        coming = [one for one in self._given.extractions if one.document.id not in self._culprits]
        settled = self._readings.update(coming, leaving)
        self._texts.update({extraction.document.id: extraction for extraction in settled.added})
        progress("resolving", len(settled.added))
        _, lines = user_judgements(None, self._patch.path)
        resolver = Resolver(self._tables, lines)
        changed = resolver.update(settled.added, settled.removed)
        self._reread(changed)
        linker = Linker(self._tables, Shelf.open(packs.kept(self._patch.path)), link_judgements(self._patch.path))
        relinked = relink(linker, resolver, changed, self._extraction)
        edits = overlaying.merged([overlaying.edits_of(self._patch.path), self._given.edits])
        lifted = overlaying.lift(self._patch.store, self._patch.path)
        delta = renew(self._patch.store, resolver, changed, self._extraction, (linker, relinked))
        progress("validating", len(settled.added))
        self._validate(delta, resolver.vocabulary)
        laid = overlaying.lay(self._patch.store, edits, resolver.vocabulary)
        overlaying.put(self._patch.path, laid, resolver.vocabulary)
        delta = overlaying.combined(lifted, delta, laid.delta)
        self._patch.note(delta.added, delta.gone)
        self._tables.commit()
        progress("storing", len(settled.added))
        set_aside = {*self._given.set_aside, *self._culprits.values()}
        wanted = {raw for identity in _texts(settled, coming, leaving) for raw in self._readings.raws(identity)}
        manifest = self._patch.finish(
            lines=self._lines(changed, resolver, relinked),
            dropped=_dropped(changed, settled.removed, relinked),
            articles=self._given.raws(sorted({e.document.raw_sha256 for e in coming} & wanted)),
            unused={document.raw_sha256 for document in leaving} - wanted,
            quarantine=self._quarantined({*set_aside, *self._given.before}),
        )
        return ChangeReport(
            added=tuple(sorted(e.document.source for e in settled.added)),
            removed=tuple(sorted(e.document.source for e in settled.removed)),
            articles=len(manifest["articles"]),
            quads=manifest["quads"],
            came=len(delta.added),
            went=len(delta.gone),
            sha256=manifest["sha256"],
            set_aside=tuple(sorted(set_aside, key=lambda one: (one.source, one.reason, one.message))),
            duplicates=tuple(settled.duplicates),
            edits_in_conflict=overlaying.in_conflict(laid),
        )

    def _called(self) -> list[Document]:
        """The articles that shall leave; a UsageError for a name that none has, with the nearest ones."""
        found = []
        for name in self._names:
            documents = self._readings.named(name)
            if not documents:
                near = difflib.get_close_matches(name, _sources(self._patch.manifest))
                hint = f"; did you mean {' or '.join(near)}?" if near else ""
                raise UsageError(f"the graph has no article {name}{hint}")
            found += documents
        if found and not self._readings.are_more_than({document.id for document in found}):
            raise UsageError("no article would be left; remove the folder instead")
        return found

    def _extraction(self, identity: str) -> Extraction | None:
        """An article of the graph as it is now."""
        if identity not in self._texts and (name := self._readings.name(identity)):
            found = log.extraction(self._records, name, identity)
            assert found is not None  # noqa: S101 - the log and the readings are written together
            self._texts[identity] = found
        return self._texts.get(identity)

    def _reread(self, changed: Changed) -> None:
        """Re-read the words that claims did not rest on before."""
        claims = []
        for change in changed.claims.values():
            known = set(change.old.evidence) if change.old else set()
            if change.new and (fresh := tuple(e for e in change.new.evidence if e not in known)):
                claims.append(replace(change.new, evidence=fresh))
        documents = {document for claim in claims for document, _ in claim.evidence}
        read = {identity: found.document for identity in documents if (found := self._extraction(identity))}
        check_resolution(Resolution(claims=tuple(claims)), read)

    def _validate(self, delta: Delta, vocabulary: Vocabulary) -> None:
        """Raise _Broken where the change breaks a shape; an InvalidError where no article can be blamed for it."""
        from kg import validation  # noqa: PLC0415 - pySHACL takes half a second to import

        report = validation.validate_change(self._patch.store, delta.added, delta.gone, vocabulary=vocabulary)
        results = report.results
        found = [result for result in results if result.severity == "violation"]
        documents = {extraction.document.source: extraction.document for extraction in self._texts.values()}
        culprits = {}
        for result in found:
            document = documents.get(result.quote.source) if result.quote else None
            if document:
                reason = f"{result.messages['en']} ({result.focus})"
                culprits[document.id] = Rejected(document.source, UNFIT, reason, sha256=document.raw_sha256)
        if culprits:
            raise _Broken(culprits)
        if found:
            raise InvalidError(f"the graph would not conform: {found[0].messages['en']} ({found[0].focus})")

    def _lines(
        self, changed: Changed, resolver: Resolver, relinked: Mapping[str, Relinked]
    ) -> Iterator[dict[str, Any]]:
        """The lines of the log that are new or changed."""
        for document in sorted({*changed.documents, *changed.articles}):
            if found := self._extraction(document):
                yield from log.article_lines(found, resolver.denoted(found), resolver.unfit(document))
        for changes in _recorded(changed):
            yield from (log.line(change.new) for change in changes.values() if change.new)
        yield from (log.line(change.new.head) for change in changed.judgements.values() if change.new)
        yield from (log.line(change.new.head) for change in changed.standing.values() if change.new)
        yield from (log.line(one.new) for one in relinked.values() if one.new)
        for pair in {*touched(changed.pairs)}:
            if pair in resolver.pairs.table.under(f"claim:{pair.first}").values():
                yield log.pair_line(pair.verdict, (pair.first, pair.second))

    def _quarantined(self, set_aside: Iterable[Rejected]) -> list[dict[str, Any]]:
        """What was set aside before and now, each once; of a file that is retracted nothing is left."""
        lines = each_once((*folder.quarantine(self._patch.path), *map(asdict, set_aside)))
        return [line for line in lines if line["source"] not in self._names]


def each_once(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a log, those that are equal once."""
    return list({log.encode(line): line for line in lines}.values())


def _sources(manifest: Mapping[str, Any]) -> list[str]:
    return [str(article["source"]) for article in manifest["articles"]]


def _texts(settled: Settled, coming: Iterable[Extraction], leaving: Iterable[Document]) -> set[str]:
    changed = (e.document for e in (*settled.added, *settled.removed, *coming))
    return {document.id for document in (*changed, *leaving)}


def _recorded(changed: Changed) -> Iterator[Changes[Any]]:
    """The changes of records that have a line each."""
    yield from (changed.entities, changed.events, changed.questions, changed.claims)
    yield from (changed.forces, changed.copies, changed.contradictions, changed.dates, changed.years)


def _dropped(
    changed: Changed, removed: Iterable[Extraction], relinked: Mapping[str, Relinked]
) -> Iterator[dict[str, Any]]:
    """The lines of the log that go, among them those that come again, changed or not."""
    yield from (log.line(extraction.document) for extraction in removed)
    for changes in _recorded(changed):
        yield from (log.line(change.old) for change in changes.values() if change.old)
    yield from (log.line(change.old.head) for change in changed.judgements.values() if change.old)
    yield from (log.line(change.old.head) for change in changed.standing.values() if change.old)
    yield from (log.line(one.old) for one in relinked.values() if one.old)
    yield from (log.pair_line(pair.verdict, (pair.first, pair.second)) for pair in touched(changed.pairs))
