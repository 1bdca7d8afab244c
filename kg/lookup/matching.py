"""Match a name from elsewhere with the entities of a graph, with a score that can be explained."""

from __future__ import annotations

import heapq
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ns, spelling
from kg.lookup.names import every_name, fold
from kg.lookup.reader import Reader
from kg.rdf import iris

LONGEST = 500
EXACT, SAME_LETTERS, WITHOUT_MARKS, OTHER_MARKS, LIKE = 100.0, 98.0, 92.0, 75.0, 70.0
_PART = 50.0
_LEAST = 30.0
_LOOKED_AT = 100
_CLEAR = 5.0
_ITEM = "/entity/"
LINKS = (ns.skos_exactMatch, ns.schema_sameAs)
"""By which properties a graph says what an entity is elsewhere."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that `asked` may mean: how like its nearest name `called` is, of 100, and whether nothing else comes near."""

    iri: str
    called: str
    likeness: float
    clear: bool = False


def likeness(asked: str, called: str) -> float:
    """How like two names are, of 100.

    100 letter by letter; 98 but for case, hyphens and where a tone mark is put; 92 if one of them is written without
    marks; 75 if their marks contradict each other (Hùng, Hưng), which never is a match; else up to 70 by the groups of
    three letters that they share, 50 at least where all words of one stand in the other.
    """
    asked, called = unicodedata.normalize("NFC", asked).strip(), unicodedata.normalize("NFC", called)
    if asked == called:
        return EXACT
    if spelling.squash(asked) == spelling.squash(called):
        return SAME_LETTERS
    one, other = fold(asked), fold(called)
    if one == other:
        bare = spelling.unmarked(asked) == asked or spelling.unmarked(called) == called
        return WITHOUT_MARKS if bare else OTHER_MARKS
    first, second = _grams(one), _grams(other)
    shared = LIKE * 2 * len(first & second) / (len(first) + len(second))
    words, others = set(one.split()), set(other.split())
    return max(shared, _PART) if words and others and (words <= others or others <= words) else shared


class Matcher:
    """All names of the entities of a store, ready to be matched."""

    def __init__(self, reader: Reader) -> None:
        self._names: list[tuple[str, str]] = []
        self._sizes: list[int] = []
        self._folded: defaultdict[str, list[int]] = defaultdict(list)
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        for iri, called in sorted(set(every_name(reader))):
            if iri == iris.narrator().value:
                continue
            number = len(self._names)
            folded = fold(called)
            grams = _grams(folded)
            self._names.append((iri, called))
            self._folded[folded].append(number)
            self._sizes.append(len(grams))
            for gram in grams:
                self._with[gram].append(number)
            self._ids[iri] = self._ids[iri.rpartition("/")[2]] = {iri}
        for link in LINKS:
            for quad in reader.store.quads_for_pattern(None, link, None):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                    for name in (quad.object.value, quad.object.value.rpartition(_ITEM)[2]):
                        self._ids[name].add(quad.subject.value)

    def matches(self, asked: str, allowed: Collection[str] | None = None) -> list[Match]:
        """The entities that `asked` may mean, a name or an identifier, the best first; `allowed`: only of these.

        The first is `clear` if its name is the same, or the same but for missing marks, and the next is not as good.
        """
        asked = asked.strip()
        if not asked or len(asked) > LONGEST:
            return []
        best: dict[str, tuple[float, str]] = dict.fromkeys(self._ids.get(asked, ()), (EXACT, asked))
        for number in self._near(fold(asked)):
            iri, called = self._names[number]
            like = likeness(asked, called)
            if like >= max(_LEAST, best.get(iri, (0.0, ""))[0] + 1e-9):
                best[iri] = (like, called)
        found = [Match(iri, called, like) for iri, (like, called) in best.items() if allowed is None or iri in allowed]
        found.sort(key=lambda match: (-match.likeness, match.called, match.iri))
        if not found or found[0].likeness < WITHOUT_MARKS:
            return found
        ahead = len(found) == 1 or found[0].likeness - found[1].likeness >= _CLEAR
        return [Match(found[0].iri, found[0].called, found[0].likeness, ahead), *found[1:]]

    def beginning(self, prefix: str) -> list[Match]:
        """The entities a name of which begins like `prefix`, or of which a word does, the shortest names first."""
        start = fold(prefix)
        identified = [Match(iri, prefix, EXACT) for iri in sorted(self._ids.get(prefix.strip(), ()))]
        found: dict[str, tuple[int, int, str]] = {}
        for iri, called in self._names if start else ():
            plain = fold(called)
            if plain.startswith(start) or f" {start}" in plain:
                rank = (not plain.startswith(start), len(plain), called)
                found[iri] = min(found.get(iri, rank), rank)
        known = {match.iri for match in identified}
        later = (Match(iri, rank[2], LIKE) for iri, rank in sorted(found.items(), key=lambda item: (item[1], item[0])))
        return [*identified, *(match for match in later if match.iri not in known)]

    def _near(self, folded: str) -> Iterator[int]:
        """The names that share most with `folded`, by number."""
        same = self._folded.get(folded, [])
        yield from same
        counted: Counter[int] = Counter()
        grams = _grams(folded)
        for gram in grams:
            counted.update(self._with.get(gram, ()))
        # Long names share much by being long: what counts is which part of both is shared.
        parts = ((counted[number] / (len(grams) + self._sizes[number]), -number) for number in counted)
        yield from (-number for _, number in heapq.nlargest(_LOOKED_AT, parts))


def _grams(folded: str) -> frozenset[str]:
    """The groups of three letters of a name, with its borders, so that short names have some."""
    padded = f"  {folded} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
