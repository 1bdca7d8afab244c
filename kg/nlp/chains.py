"""Join the names of one document that name one thing: short forms, abbreviations, spellings, gazetteer keys."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.gazetteer import Entry
from kg.nlp.candidates import Candidate
from kg.nlp.end_chains import join_ends
from kg.nlp.knowledge import Knowledge
from kg.nlp.person_chains import join_people
from kg.nlp.sets import Sets
from kg.spelling import fold, squash

_SUBSET_TYPES = frozenset({"facility", "treaty", "award", "event"})
_SUBSET_WORDS = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """What some candidates of a document name together: its representative name, gazetteer key and entry."""

    name: str
    key: str = ""
    subtype: str = ""
    media: bool = False


class Chainer:
    """Document-level coreference of names."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    def chain(self, candidates: Sequence[Candidate]) -> list[Chain]:
        """The chain of each candidate, in the same order."""
        keys = self._keys(candidates)
        sets = Sets(len(candidates))
        self._same(candidates, keys, sets)
        self._aliases(candidates, sets)
        join_people(candidates, self._known.people, sets)
        self._short_bodies(candidates, keys, sets)
        self._subsets(candidates, sets)
        if self._known.head == "last":
            join_ends(candidates, keys, sets)
        return self._named(candidates, keys, sets)

    # ------------------------------------------------------------------------------------------ gazetteer keys

    def _keys(self, candidates: Sequence[Candidate]) -> list[str]:
        entries = [self._entries(c) for c in candidates]
        levels = self._levels(candidates)
        home = {
            e.country or e.key for c, found in zip(candidates, entries, strict=True) for e in found[:1] if not e.weak
        }
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

    def _same(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: Sets) -> None:
        """The same key, or the same words and type; words that stand for two things here, only by their keys."""
        first: dict[tuple[str, str], int] = {}
        meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for candidate, key in zip(candidates, keys, strict=True):
            if key:
                meant["name " + candidate.type, _squashed(candidate)].add(key)
        for position, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
            name = ("name " + candidate.type, _squashed(candidate))
            names = [name] if len(meant[name]) <= 1 else []
            if key:
                names.append(("key", key))
            for name in names:
                if name in first:
                    sets.join(first[name], position)
                else:
                    first[name] = position

    def _aliases(self, candidates: Sequence[Candidate], sets: Sets) -> None:
        where = {id(c): position for position, c in enumerate(candidates)}
        for position, candidate in enumerate(candidates):
            full = candidate.alias_of
            if full is not None and id(full) in where and full.type == candidate.type:
                sets.join(where[id(full)], position)

    def _short_bodies(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: Sets) -> None:
        """Join "Hòa Phát" with "Tập đoàn Hòa Phát", and "Bộ Quốc phòng" with the longer name that begins so.

        What stands behind the head nouns of "Công an tỉnh Huế" and "Liên đoàn Lao động tỉnh Huế" is no name of either.
        """
        places = {(id(c.line), c.end) for c in candidates if c.type == "place"}
        contents: dict[tuple[str, str], int] = {}
        begun: dict[tuple[str, str], int] = {}
        for position, candidate in enumerate(candidates):
            if candidate.type not in {"organization", "unit", "facility"}:
                continue
            content = (candidate.type, squash(_content(candidate)))
            if content[1] and (id(candidate.line), candidate.end) not in places:
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

    def _subsets(self, candidates: Sequence[Candidate], sets: Sets) -> None:
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

    def _named(self, candidates: Sequence[Candidate], keys: Sequence[str], sets: Sets) -> list[Chain]:
        members: defaultdict[int, list[int]] = defaultdict(list)
        for position in range(len(candidates)):
            members[sets.find(position)].append(position)
        used: set[str] = set()
        chains: dict[int, Chain] = {}
        for leader, positions in members.items():
            key = next((keys[p] for p in positions if keys[p]), "")
            entry = self._known.gazetteer.by_key.get(key)
            name = self._best([candidates[p] for p in positions], entry)
            if name in used:
                name = next(n for n in _numbered(name, candidates[leader].type) if n not in used)
            used.add(name)
            heads = [c.head for c in (candidates[p] for p in positions) if c.head is not None and c.head.type == c.type]
            subtype = entry.subtype if entry else next((head.subtype for head in heads if head.subtype), "")
            media = subtype == "MediaOrganization"
            chains[leader] = Chain(name, key, subtype, media)
        return [chains[sets.find(position)] for position in range(len(candidates))]

    def _best(self, candidates: Sequence[Candidate], entry: Entry | None) -> str:
        """The fullest of the names, the commoner of two, the earlier of two; "Russian" only where nothing says Russia."""
        known = self._known.gazetteer
        counts = Counter(c.text for c in candidates)
        usual = known.names(entry)[0] if entry is not None else ""
        if usual in counts:
            return usual
        nouns = [text for text in counts if text not in known.adjectives] or list(counts)
        order = {text: position for position, text in reversed(list(enumerate(c.text for c in candidates)))}
        long = {text: len(text.replace("-", " ").split()) for text in counts}
        return max(nouns, key=lambda text: (not text.isupper(), long[text], counts[text], -order[text]))


def _numbered(name: str, kind: str) -> Iterable[str]:
    yield f"{name} ({kind})"
    number = 2
    while True:
        yield f"{name} ({kind} {number})"
        number += 1


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
