"""Decide of each candidate whether it is a name, and of which type, with the whole document in view."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.nlp.brackets import join_brackets
from kg.nlp.candidates import Candidate, Ground
from kg.nlp.context import Context
from kg.nlp.knowledge import Knowledge
from kg.spelling import fold, unmarked

ENOUGH = 0.8  # what must speak for a type
_BOLD = 2.5  # what must speak for a capital that may be there only because a sentence begins
_ECHO, _LOUDEST = 0.6, 3.0  # how much what is said at other places counts here
_SHARED = frozenset({"person", "place", "organization", "equipment"})
_SURE = 1.8
_GAP = 2


class Decider:
    """Weighs what speaks for each type, name by name, over all places of a document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge
        self._context = Context(knowledge)

    def decide(self, candidates: Sequence[Candidate]) -> None:
        """Set `type` of every candidate, "untyped" where nothing decides, and `dropped` where it is no name."""
        outer = [c for c in candidates if c.origin != "inner"]
        for candidate in outer:
            self._context.read(candidate)
        join_brackets(outer)
        self._part(outer)
        _employ(outer)
        _shorten(outer)
        people = _short_forms(outer)
        for candidate in outer:
            if candidate.timid and candidate.key in people and self._is_bearer(candidate):
                candidate.timid = False
        self._namesakes(outer, people)
        _remember(outer, people)
        for _ in range(2):
            self._neighbours(outer)
            _settle(outer)
        if self._known.people.last:
            _lend(outer)
        for candidate in outer:
            candidate.type = candidate.type or "untyped"

    def _is_bearer(self, candidate: Candidate) -> bool:
        """Whether a word that begins a sentence is the name of somebody named in full, as far as its form and the next word say.

        "Macron" is; "Hoa" may be an everyday word, but "Hoa bị bắt" is told of the woman.
        """
        line, end = candidate.line, candidate.end
        behind = line.words[end] if end < len(line) else ""
        return not self._known.people.native(candidate.texts[0]) or behind in self._known.words.get("acted", ())

    def _part(self, candidates: Sequence[Candidate]) -> None:
        """Cut a body's name off its holder's ("chủ tịch Codelco | Máximo Cruz") where it stands alone elsewhere."""
        alone = {c.key for c in candidates if c.title is None and c.end - c.start == 1}
        for candidate in candidates:
            full = candidate.origin == "run" and not candidate.type and candidate.end - candidate.start > _GAP
            titled = candidate.title is not None and candidate.votes["person"] > _GAP
            if full and titled and fold(candidate.texts[0]) in alone and not self._known.people.shape(candidate.texts):
                candidate.start += 1
                candidate.name_start = candidate.start

    def _namesakes(self, candidates: Sequence[Candidate], people: Mapping[str, Ground]) -> None:
        """Read "Thái" as the man named before, not as the country, where nothing speaks for a place."""
        for candidate in candidates:
            listed = (
                candidate.origin == "gazetteer" and candidate.type == "place" and candidate.end - candidate.start == 1
            )
            free = candidate.title is None and candidate.votes["place"] < 1
            people_ = self._known.people
            built = people_.native(candidate.texts[0]) or people_.lent.fullmatch(unmarked(candidate.key))
            if listed and free and candidate.key in people and built:
                candidate.type = "person"
                candidate.grounds.append(people[candidate.key])

    def _neighbours(self, candidates: Sequence[Candidate]) -> None:
        """Names in one list are of one type."""
        ordered = sorted((c for c in candidates if not c.dropped), key=lambda c: (c.line.index[c.start], -c.end))
        for first, second in pairwise(ordered):
            if first.line is not second.line:
                continue
            gap = first.line.words[first.end : second.start]
            if second.origin == "class":  # the class word was left outside
                gap = gap[:-1] or gap
            if not gap or len(gap) > _GAP or not self._known.words["joins"].issuperset(gap):
                continue
            if not first.type and second.type in _SHARED:
                first.vote(second.type, 1.0, "list", second.start, second.end)
            elif not second.type and first.type in _SHARED:
                second.vote(first.type, 1.0, "list", first.start, first.end)
            elif not second.type and first.type == "facility" and gap == (",",):
                second.vote("place", 1.2, "site", first.start, first.end)


def _employ(candidates: Sequence[Candidate]) -> None:
    """Take a title off a name that is a body's at its other places: "the founder of | Siam Grain", "người sáng lập | Siam Grain".

    Where it is once said to be a person's without a title, the title stays.
    """
    places: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.title is None and not candidate.dropped:
            places[candidate.name.lower()].append(candidate)
    for candidate in candidates:
        others = places.get(candidate.name.lower(), ()) if candidate.title is not None else ()
        body = sum(2.0 if c.type == "organization" else c.votes["organization"] for c in others)
        if body >= _SURE and not any(c.type == "person" or c.votes["person"] for c in others):
            candidate.title = None
            candidate.votes["person"] = 0


def _shorten(candidates: Sequence[Candidate]) -> None:
    """Let a body named in full speak for its bare name: "Hoa Lúa" of "Tập đoàn Hoa Lúa", where nothing says otherwise."""
    full: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.head is not None and candidate.type == "organization" and candidate.name_start > candidate.start:
            full.setdefault(fold(candidate.line.text(candidate.name_start, candidate.end)), candidate)
    for candidate in candidates:
        other = full.get(candidate.key)
        free = candidate.title is None and candidate.votes["person"] < _SURE and not candidate.votes["place"]
        if other and free and not candidate.type:
            candidate.votes["person"] = 0
            candidate.votes["organization"] += _SURE  # type: ignore[assignment]  # not whole
            candidate.grounds.append(Ground("organization", "short form", other.line, other.start, other.end))


def _short_forms(candidates: Sequence[Candidate]) -> dict[str, Ground]:
    """Short forms of the people named in full, with where that is: the first word, the last, and the last two."""
    short: dict[str, Ground] = {}
    for candidate in candidates:
        words = candidate.key.split()
        sure = candidate.type == "person" or candidate.votes["person"] >= _SURE
        if len(words) > 1 and sure and not candidate.dropped:
            full = Ground("person", "short form", candidate.line, candidate.start, candidate.end)
            for form in (words[0], words[-1], *([" ".join(words[-2:])] if len(words) > _GAP else [])):
                short.setdefault(form, full)
    return short


def _lend(candidates: Sequence[Candidate]) -> None:
    """Type the short forms that stand alone without evidence: the last names of people, "Saring" of "Typhoon Saring"."""
    full: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.dropped or not candidate.type:
            continue
        if candidate.type == "person" and " " in candidate.key:
            full[candidate.key.split()[-1]] = candidate
        elif candidate.head is not None and candidate.head.leads and candidate.name_start > candidate.start:
            full[fold(candidate.line.text(candidate.name_start, candidate.end))] = candidate
    for candidate in candidates:
        other = full.get(candidate.key)
        if other is not None and not candidate.type:
            candidate.type, candidate.dropped = other.type, False
            candidate.grounds.append(Ground(other.type, "short form", other.line, other.start, other.end))


def _remember(candidates: Sequence[Candidate], people: Mapping[str, Ground]) -> None:
    """Let every place where a name stands speak for all others of the same words."""
    groups: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.name.lower()].append(candidate)
    for group in groups.values():
        heard: Counter[str] = Counter()
        said: list[Ground] = []
        for candidate in group:
            heard.update(candidate.votes)
            said += candidate.grounds
            if candidate.type:
                heard[candidate.type] += 1.0 if candidate.votes["person"] else 2.0  # type: ignore[assignment]  # not whole
        if full := people.get(group[0].key):
            heard["person"] += _BOLD  # type: ignore[assignment]  # not whole
            said.append(full)
        bold = any(not c.timid for c in group)
        for candidate in group:
            _listen(candidate, heard, said, bold=bold)


def _listen(candidate: Candidate, heard: Counter[str], said: list[Ground], *, bold: bool) -> None:
    if candidate.type and (candidate.origin == "class" or not candidate.timid):
        return
    own = Counter(candidate.votes)
    for kind, weight in heard.items():
        own[kind] += min(weight - candidate.votes[kind], _LOUDEST) * _ECHO  # type: ignore[assignment]  # not whole
    candidate.votes, candidate.said = own, said
    loud = candidate.origin != "gazetteer" and max(own.values(), default=0) >= _BOLD
    if candidate.timid and not bold and not loud:
        candidate.dropped = True


def _settle(candidates: Sequence[Candidate]) -> None:
    """Give the type that most speaks for, if that is enough."""
    for candidate in candidates:
        if candidate.type or candidate.dropped or not candidate.votes:
            continue
        kind, weight = max(candidate.votes.items(), key=lambda item: (item[1], item[0]))
        if weight >= ENOUGH:
            candidate.type = kind
