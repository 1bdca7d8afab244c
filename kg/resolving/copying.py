"""Keep up which passages stand in several articles, as articles come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.ledger import CopiedPassage, Copies, Passage
from kg.model import Extraction
from kg.resolving import copies
from kg.resolving.passages import Article, article_of, wording, words_of
from kg.resolving.stages import Changes, Stage, touched
from kg.tables import Table, Tables


@dataclass(frozen=True, slots=True)
class Edited:
    """Two wordings of which one is the other, lightly edited; the smaller hash first."""

    first: str
    second: str


class Copying:
    """From articles to the passages that they copy from each other.

    Sentences with the same words are one wording; wordings that share a band key are compared; wordings that light edits
    connect are one passage. A band key is a function of the words, an edit of two wordings: both last as long as these.
    """

    def __init__(self, tables: Tables, days: Stage[str]) -> None:
        self._days = days
        self.articles: Stage[Article] = Stage(
            tables.table("article", Article), lambda one: [f"wording:{sentence.wording}" for sentence in one.sentences]
        )
        self._wordings: Table[str] = tables.table("wording", str)
        self._edited: Stage[Edited] = Stage(
            tables.table("edited", Edited), lambda pair: [f"wording:{pair.first}", f"wording:{pair.second}"]
        )
        self.copied: Stage[CopiedPassage] = Stage(tables.table("copied", CopiedPassage), _keys)

    def update(
        self, added: Iterable[Extraction], removed: Iterable[Extraction], days: Iterable[str]
    ) -> tuple[Changes[Article], Changes[CopiedPassage]]:
        """Take in articles and give up others; `days` are the articles whose day is another one than before."""
        given: dict[str, Article | None] = {e.document.id: None for e in removed}
        given.update({e.document.id: article_of(e) for e in added})
        changed = self.articles.apply(given)
        texts = {s.wording: s.text for article in touched(changed) for s in article.sentences}
        edits = self._compare(texts)
        redated = (article for document in days if (article := self.articles.table.get(document)))
        doubtful = {
            *texts,
            *(sentence.wording for article in redated for sentence in article.sentences),
            *(end for pair in touched(edits) for end in (pair.first, pair.second)),
        }
        return changed, self._copy(doubtful)

    def of(self, document: str) -> Copies:
        """The copied passages of one article."""
        return Copies.of(self.copied.table.under(f"document:{document}").values(), document)

    def _compare(self, texts: Mapping[str, str]) -> Changes[Edited]:
        """Which wordings are edits of those that came; `texts` has a sentence of each that may have come or gone."""
        updates: dict[str, Edited | None] = {}
        fresh = []
        for key in sorted(texts):
            before, now = self._wordings.get(key), self.articles.table.under(f"wording:{key}")
            if now and before is None:
                fresh.append(key)
            elif before is not None and not now:
                self._wordings.drop(key)
                updates.update(dict.fromkeys(self._edited.table.under(f"wording:{key}")))
        for key in fresh:
            words = words_of(texts[key])
            bands = copies.band_keys(words)
            others = {other: text for band in bands for other, text in self._wordings.under(band).items()}
            for other, text in others.items():
                if copies.is_edited(words, tuple(text.split(" "))):
                    first, second = sorted((key, other))
                    updates[f"{first} {second}"] = Edited(first, second)
            self._wordings.put(key, " ".join(words), bands)
        return self._edited.apply(updates)

    def _copy(self, doubtful: Iterable[str]) -> Changes[CopiedPassage]:
        """The passages made of the `doubtful` wordings and of what edits connect with them.

        Where a wording or an edit went, those that it had connected are doubtful, so that each part of them is reached.
        """
        updates: dict[str, CopiedPassage | None] = {}
        seen: set[str] = set()
        for wording_ in sorted(doubtful):
            updates.update(dict.fromkeys(self.copied.table.under(f"wording:{wording_}")))
        found = {}
        for wording_ in sorted(doubtful):
            if wording_ not in seen:
                part = self._part(wording_)
                seen.update(part)
                passage = copies.copied(self._passages(part), self._days.table.get)
                if passage:
                    found[passage.key] = passage
        return self.copied.apply(updates | found)

    def _part(self, start: str) -> Sequence[str]:
        found = [start]
        seen = {start}
        for key in found:
            for pair in self._edited.table.under(f"wording:{key}").values():
                fresh = {pair.first, pair.second} - seen
                seen |= fresh
                found += sorted(fresh)
        return found

    def _passages(self, wordings: Iterable[str]) -> Iterator[Passage]:
        for key in wordings:
            for document, article in self.articles.table.under(f"wording:{key}").items():
                for sentence in article.sentences:
                    if sentence.wording == key:
                        yield Passage(document, sentence.start, sentence.start + len(sentence.text), sentence.text)


def moved(copied: Changes[CopiedPassage]) -> set[Passage]:
    """The sentences that are copies of other sentences than before.

    A passage that only wins or loses some has another key; but those which were its copies are so still.
    """
    before = {p: change.old.key for change in copied.values() if change.old for p in change.old.passages}
    after = {p: change.new.key for change in copied.values() if change.new for p in change.new.passages}
    both = before.keys() & after.keys()
    pairs = {(before[p], after[p]) for p in both}
    old, new = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    parted = {p for p in both if old[before[p]] > 1 or new[after[p]] > 1}
    return parted | (before.keys() ^ after.keys())


def _keys(copied: CopiedPassage) -> Iterator[str]:
    yield from (f"document:{passage.document}" for passage in copied.passages)
    yield from (f"wording:{wording(words_of(text))}" for text in {passage.text for passage in copied.passages})
