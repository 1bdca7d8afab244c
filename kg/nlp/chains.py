"""Join the names of one document that name one thing: short forms, abbreviations, spellings, gazetteer keys."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.gazetteer import Entry
from kg.nlp.candidates import Candidate
from kg.nlp.knowledge import Knowledge
from kg.spelling import bare, fold, squash

CLOSE = 0.8
_SUBSET_TYPES = frozenset({"facility", "treaty", "award", "event"})
_SUBSET_WORDS = 3
_NAMESAKES = 40  # full names that share a word; more is a list, and short forms mean nothing there


@dataclass(frozen=True, slots=True)
class Chain:
    """What some candidates of a document name together: its representative name, gazetteer key and entry."""

    name: str
    key: str = ""
    subtype: str = ""
    media: bool = False


class _Sets:
    """Disjoint sets of positions; the smaller position leads."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """The leader of the set that `item` is in."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first


class Chainer:
    """Document-level coreference of names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    def chain(self, candidates: Sequence[Candidate]) -> list[Chain]:
        """The chain of each candidate, in the same order."""
        keys = self._keys(candidates)
        sets = _Sets(len(candidates))
        self._same(candidates, keys, sets)
        self._aliases(candidates, sets)
        self._people(candidates, sets)
        self._short_bodies(candidates, keys, sets)
        self._subsets(candidates, sets)
        return self._named(candidates, keys, sets)

    # ------------------------------------------------------------------------------------------ gazetteer keys

    def _keys(self, candidates: Sequence[Candidate]) -> list[str]:
        entries = [self._entries(c) for c in candidates]
        levels = self._levels(candidates)
        home = {e.country or e.key for c, found in zip(candidates, entries, strict=True) for e in found[:1] if not e.weak}
        return [
            self._choose(found, levels.get(_name(c), 0), home) if found else self._role_key(c)
            for c, found in zip(candidates, entries, strict=True)
        ]

    def _entries(self, candidate: Candidate) -> list[Entry]:
        wanted = {candidate.type, "organization"} if candidate.type == "facility" else {candidate.type}
        return [e for e in candidate.entries if e.type in wanted or (e.acts and candidate.type == "facility")]

    def _levels(self, candidates: Sequence[Candidate]) -> Mapping[str, int]:
        """Whether a name's class words speak of a region (positive) or of a city (negative)."""
        levels: Counter[str] = Counter()
        for candidate in candidates:
            if candidate.level in self._known.words["regions"]:
                levels[_name(candidate)] += 1
            elif candidate.level in self._known.words["cities"]:
                levels[_name(candidate)] -= 1
        return levels

    def _choose(self, entries: Sequence[Entry], level: int, home: set[str]) -> str:
        fitting = [e for e in entries if not e.weak or e.country in home] or []
        if level > 0:
            fitting.sort(key=lambda e: e.level != "region")
        elif level < 0:
            fitting.sort(key=lambda e: e.level == "region")
        return fitting[0].key if fitting else ""

    def _role_key(self, candidate: Candidate) -> str:
        """One key for all names of a country's army, ministry or parliament."""
        head, of = candidate.head, candidate.of
        if head is None or not head.role or of is None or of.subtype != "State" or candidate.type != head.type:
            return ""
        entry = self._known.gazetteer.by_role.get((of.key, head.role))
        return entry.key if entry else f"{of.key}-{head.role}"

    # ------------------------------------------------------------------------------------------------- joining

    def _same(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: _Sets) -> None:
        """The same key, or the same words and type."""
        first: dict[tuple[str, str], int] = {}
        for position, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
            names = [("name " + candidate.type, _squashed(candidate))]
            if key:
                names.append(("key", key))
            for name in names:
                if name in first:
                    sets.join(first[name], position)
                else:
                    first[name] = position

    def _aliases(self, candidates: Sequence[Candidate], sets: _Sets) -> None:
        where = {id(c): position for position, c in enumerate(candidates)}
        for position, candidate in enumerate(candidates):
            full = candidate.alias_of
            if full is not None and id(full) in where and full.type == candidate.type:
                sets.join(where[id(full)], position)

    def _people(self, candidates: Sequence[Candidate], sets: _Sets) -> None:
        """A short form goes to the nearest full name before it, else to the first behind it."""
        full: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
        for position, candidate in enumerate(candidates):
            words = _words(candidate)
            if candidate.type == "person" and len(words) > 1:
                for word in dict.fromkeys(words):
                    if len(full[word]) < _NAMESAKES or candidate.key in full[word]:
                        full[word].setdefault(candidate.key, []).append(position)
        self._spellings(candidates, full, sets)
        for position, candidate in enumerate(candidates):
            words = _words(candidate)
            if candidate.type != "person" or not words or words[-1] not in full:
                continue
            longer = [
                places
                for places in full[words[-1]].values()
                if len(_words(candidates[places[0]])) > len(words) and self._short_of(words, candidates[places[0]])
            ]
            before = [places[cut - 1] for places in longer if (cut := bisect(places, position))]
            if longer:
                sets.join(max(before) if before else min(places[0] for places in longer), position)

    def _short_of(self, short: Sequence[str], full: Candidate) -> bool:
        words = _words(full)
        if words[-len(short) :] == list(short):
            return True
        native = self._known.people.native(full.texts[0])
        return words[: len(short)] == list(short) and (not native or full.texts[0] in self._known.people.korean)

    def _spellings(self, candidates: Sequence[Candidate], full: Mapping[str, dict[str, list[int]]], sets: _Sets) -> None:
        """ "Aleksandr" and "Alexandr" with one family name."""
        for names in full.values():
            distinct = [places[0] for places in names.values()]
            for index, one in enumerate(distinct):
                for other in distinct[index + 1 :]:
                    if self._close(candidates[one], candidates[other]):
                        sets.join(one, other)

    def _close(self, one: Candidate, other: Candidate) -> bool:
        first, second = one.key.split(), other.key.split()
        if len(first) != len(second) or len(first) < 2:  # noqa: PLR2004 - a full name has two words
            return False
        native = all(self._known.people.native(w) for w in (*first, *second))
        return not native and all(
            bare(a) == bare(b) or SequenceMatcher(None, bare(a), bare(b)).ratio() >= CLOSE for a, b in zip(first, second, strict=True)
        )

    def _short_bodies(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: _Sets) -> None:
        """ "Hòa Phát" behind "Tập đoàn Hòa Phát"; "Bộ Quốc phòng" behind the one longer name that begins so."""
        contents: dict[tuple[str, str], int] = {}
        begun: dict[tuple[str, str], int] = {}
        for position, candidate in enumerate(candidates):
            if candidate.type not in {"organization", "unit", "facility"}:
                continue
            content = (candidate.type, squash(_content(candidate)))
            if content[1]:
                if content in contents and not keys[position] and not keys[contents[content]]:
                    sets.join(contents[content], position)
                contents.setdefault(content, position)
            words = candidate.key.split()
            whole = (candidate.type, candidate.key)
            if not keys[position] and whole in begun and candidate.origin == "head":
                sets.join(begun[whole], position)
            if candidate.origin == "head" and candidate.head is not None:
                start = max(candidate.name_start - candidate.start, 1)
                for length in range(start, len(words)):
                    begun[candidate.type, " ".join(words[:length])] = position

    def _subsets(self, candidates: Sequence[Candidate], sets: _Sets) -> None:
        """A name whose own words all stand in a longer one of the same type."""
        by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for position, candidate in enumerate(candidates):
            if candidate.type in _SUBSET_TYPES:
                for word in dict.fromkeys(candidate.key.split()):
                    by_word[candidate.type, word].append(position)
        for position, candidate in enumerate(candidates):
            words = fold(_content(candidate)).split()
            if candidate.type not in _SUBSET_TYPES or len(words) < _SUBSET_WORDS:
                continue
            rarest = min((by_word[candidate.type, word] for word in words), key=len)
            for other in rarest[:50]:
                theirs = set(candidates[other].key.split())
                if set(words) <= theirs and not any(w[0].isdigit() for w in theirs.symmetric_difference(words)):
                    sets.join(position, other)

    # -------------------------------------------------------------------------------------------------- naming

    def _named(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: _Sets) -> list[Chain]:
        members: defaultdict[int, list[int]] = defaultdict(list)
        for position in range(len(candidates)):
            members[sets.find(position)].append(position)
        used: set[str] = set()
        chains: dict[int, Chain] = {}
        for leader, positions in members.items():
            key = next((keys[p] for p in positions if keys[p]), "")
            entry = self._known.gazetteer.by_key.get(key)
            name = _best([candidates[p] for p in positions], entry)
            if name in used:
                name = next(n for n in _numbered(name, candidates[leader].type) if n not in used)
            used.add(name)
            heads = [c.head for c in (candidates[p] for p in positions) if c.head is not None and c.head.type == c.type]
            subtype = entry.subtype if entry else next((head.subtype for head in heads if head.subtype), "")
            media = subtype == "MediaOrganization"
            chains[leader] = Chain(name, key, subtype, media)
        return [chains[sets.find(position)] for position in range(len(candidates))]


def _numbered(name: str, kind: str) -> Iterable[str]:
    yield f"{name} ({kind})"
    number = 2
    while True:
        yield f"{name} ({kind} {number})"
        number += 1


def _words(candidate: Candidate) -> list[str]:
    """The words of a name as names of people are compared; hyphens and stops aside."""
    return [word for part in candidate.key.split() if (word := squash(part))]


def _name(candidate: Candidate) -> str:
    """The name without the class word before it."""
    start = candidate.name_start if candidate.origin == "class" else candidate.start
    return fold(candidate.line.text(start, candidate.end))


def _squashed(candidate: Candidate) -> str:
    return squash(_name(candidate)) if candidate.type == "place" else squash(candidate.text)


def _content(candidate: Candidate) -> str:
    """The name without its head noun."""
    if candidate.origin == "head" and candidate.start < candidate.name_start < candidate.end:
        return candidate.line.text(candidate.name_start, candidate.end)
    return candidate.text


def _best(candidates: Sequence[Candidate], entry: Entry | None) -> str:
    """The fullest of the names, the commoner of two, the earlier of two."""
    counts = Counter(c.text for c in candidates)
    if entry is not None and entry.name in counts:
        return entry.name
    order = {text: position for position, text in reversed(list(enumerate(c.text for c in candidates)))}
    long = {text: len(text.replace("-", " ").split()) for text in counts}
    return max(counts, key=lambda text: (not text.isupper(), long[text], counts[text], -order[text]))
