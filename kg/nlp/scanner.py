"""Read a sentence from left to right and note titles and what may be a name."""

from __future__ import annotations

import re

from kg.gazetteer import Entry
from kg.nlp.candidates import Candidate, Held
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import OPENING, Line
from kg.nlp.people import LIKELY, POSSIBLE
from kg.nlp.tails import Tails
from kg.spelling import fold

_CLOSING = frozenset("\"”»'’")
_ACRONYM = re.compile(r"[A-ZĐ][A-ZĐ&\-]{1,6}")
_CODE = re.compile(r"[A-ZĐ][A-Za-zĐ]{0,6}-\d+[A-Za-z0-9/\-]*|[A-ZĐ]{1,4}\d{1,4}[A-Z]{0,3}|\d{1,3}[A-Z]\d{0,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ]){0,3}")
ADDRESS = frozenset({"honorific", "kinship"})
OWN = frozenset({"honorific", "rank", "kinship"})


class Scanner:
    """Finds candidates and titles, one sentence at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge
        self._tails = Tails(knowledge)

    def scan(self, line: Line) -> tuple[list[Candidate], list[Held]]:
        """The candidates of a sentence, from left to right, nested ones behind their outer one; and its titles."""
        candidates: list[Candidate] = []
        titles: list[Held] = []
        held: Held | None = None
        stale: Held | None = None
        at = 0
        while at < len(line):
            title = self._title(line, at)
            found = self._named(line, at, held)
            if title and self._titles_here(line, title, found):
                titles.append(title)
                held, stale = title, None
                at = title.end
                continue
            if found:
                for candidate in found:
                    candidate.title = held
                if held is None and stale is not None:
                    self._after_words(line, stale, found[0])
                stale = None
                candidates.extend(found)
                at = found[0].end
                if found[0].type not in {"place", "organization", "unit", "facility"} and found[0].origin != "gazetteer":
                    held = None
                continue
            if held is not None and (line.capital[at] or line.words[at] not in self._known.words["fillers"]):
                stale, held = held, None
            at += 1
        return candidates, titles

    def _after_words(self, line: Line, title: Held, candidate: Candidate) -> None:
        """ "thợ săn hải cẩu Aqqaluk Petersen": one or two words between a title and its holder weaken it only."""
        gap = range(title.end, candidate.start)
        plain = all(not line.capital[i] and line.texts[i].isalpha() and line.words[i] not in self._known.openers for i in gap)
        if len(gap) < 3 and plain and candidate.origin == "run" and candidate.end - candidate.start > 1:  # noqa: PLR2004 - more words are a clause
            candidate.vote("person", 0.9)

    # ------------------------------------------------------------------------------------------------------ titles

    def _title(self, line: Line, at: int) -> Held | None:
        known = self._known
        position = at
        prefix = ""
        while (modifier := known.modifiers.at(line.words, position)) and modifier.end < len(line):
            if known.titles.at(line.words, modifier.end) is None and known.modifiers.at(line.words, modifier.end) is None:
                break
            prefix = modifier.value or prefix
            position = modifier.end
        match = known.titles.at(line.words, position)
        whole = known.titles.at(line.words, at)
        if whole and (match is None or whole.end >= match.end):
            match, prefix = whole, ""
        if match is None:
            return None
        title, end = match.value, match.end
        if title.kind in ADDRESS and line.capital[at] and not line.initial[at] and not line.shouted:
            return None
        inside = any(line.capital[position + 1 : match.end]) and not line.shouted
        last = match.end - 1
        if inside and line.capital[last] and last > position and self._known.heads.at(line.words, last) and not line.shouted:
            return None
        if inside and title.kind in {"occupation", "kinship", "honorific", "role"} and not line.words[position].isupper():
            return None
        if title.fields and end < len(line) and line.capital[end] and (field := known.fields.at(line.words, end)):
            end = field.end
        group = f"{prefix}-{title.group}" if prefix else title.group
        return Held(line, at, end, group, title.kind, title)

    def _titles_here(self, line: Line, title: Held, found: list[Candidate] | None) -> bool:
        """Whether the words are a title and not the beginning of a name or an everyday word."""
        if found and found[0].end > title.end and found[0].origin in {"gazetteer", "head"} and found[0].start == title.start:
            shape = self._known.people.shape(line.texts[title.end : found[0].end])
            return found[0].origin == "head" and shape >= POSSIBLE and not line.capital[title.start]
        following = title.end
        if title.kind in ADDRESS or (title.end - title.start == 1 and title.kind != "office"):
            while following < len(line) and line.words[following] in self._known.words["fillers"] and not line.capital[following]:
                following += 1
            return following < len(line) and (line.capital[following] or self._known.titles.at(line.words, following) is not None)
        return True

    # ------------------------------------------------------------------------------------------------------- names

    def _named(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        """The best reading of a name that begins at `at`, with the names inside it."""
        if held is not None and held.kind in OWN and held.end == at and line.capital[at] and not line.shouted:
            own = self._addressed(line, at, held)
            if own:
                return own
        listed = self._tails.gazetteer(line, at)
        headed = self._headed(line, at, held)
        if headed and (listed is None or headed[0].end > listed[0] or (headed[0].end == listed[0] and listed[1][0].weak)):
            return headed
        if listed:
            return self._listed(line, at, listed, held)
        if line.capital[at] and not line.shouted:
            return self._running(line, at, held)
        return None

    def _addressed(self, line: Line, at: int, held: Held) -> list[Candidate] | None:
        """The person behind a form of address or a rank; a country there is the rank's country."""
        listed = self._tails.gazetteer(line, at)
        if listed and held.kind != "honorific" and listed[1][0].subtype == "State":
            return None
        if listed and listed[1][0].type == "person":
            return None
        if self._tails.compound(line, at) > at and self._headed(line, at, held):
            return None
        return self._running(line, at, held)

    # ---- by head noun

    def _headed(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        for match in self._known.heads.prefixes(line.words, at):
            for head in match.value:
                found = self._head_name(line, at, match.end, head, held)
                if found:
                    return found
        return None

    def _head_name(self, line: Line, at: int, end: int, head: Head, held: Held | None) -> list[Candidate] | None:
        capital = line.capital[at]
        if head.capital and not capital:
            return None
        if capital and end - at == 1 and not line.shouted and self._tails.family(line, at):
            return None
        if end < len(line) and line.texts[end] == "." and end + 1 < len(line) and line.capital[end + 1] and end - at == 1:
            end += 1
        if not capital and self._bound(line, at, end):
            return None
        before = line.word(at - 1)
        if head.keep and not capital and (before in self._known.words["plurals"] or before[:1].isdigit()):
            return None
        if end < len(line) and not line.capital[end] and self._tails.within(line, end - 1):
            return None
        if head.tail == "place":
            return self._class_place(line, at, end, head, held)
        if head.quoted:
            return self._quoted(line, at, end, head)
        opening = end
        if not head.keep and end < len(line) and line.texts[end] in OPENING and line.texts[end] != "(":
            opening = end + 1
        titled = held is not None and held.kind not in ADDRESS
        tail = self._tails.follow(line, opening, head, titled=titled)
        if not tail.kinds:
            if not head.keep or not capital:
                return None
            if head.bare == "always" or (head.bare == "capital" and not line.initial[at]):
                return [Candidate(line, at, end, head.type, "head", head=head, name_start=end)]
            return None
        if not self._stands(line, at, end, head, tail_kinds=tail.kinds, capital=capital, states=bool(tail.places) and all(p.subtype == "State" for p in tail.places)):
            return None
        of = tail.places[0] if tail.only_places and tail.places else None
        start = at if head.keep else max(opening, tail.first)
        outer = Candidate(line, start, tail.end, head.type, "head", head=head, name_start=end, of=of)
        return [outer, *self._inner(line, tail.inner)]

    def _bound(self, line: Line, at: int, end: int) -> bool:
        """Whether the head is only the end of another word: "thông báo" is no newspaper."""
        if end - at > 1 or at == 0 or line.capital[at - 1]:
            return False
        return line.joined[at] or f"{line.words[at - 1]} {line.words[at]}" in self._known.words["bound"]

    def _stands(self, line: Line, at: int, end: int, head: Head, *, tail_kinds: list[str], capital: bool, states: bool) -> bool:
        kinds = set(tail_kinds)
        really = capital and not line.initial[at]
        if states and not capital and head.stateless and kinds <= {"place"}:
            return False
        if head.media and not capital and tail_kinds[0] == "body":
            return False
        if head.place == "drop" and kinds <= {"place", "class"}:
            return False
        if head.bodiless and kinds <= {"place", "class"} and not really:
            return False
        if not head.keep and head.type == "equipment" and kinds & {"place", "class", "body"}:
            return False
        if head.number == "must" and "number" not in kinds:
            return False
        if kinds <= {"closer"} and (not (really or line.texts[at].isupper()) or head.place == "drop"):
            return False
        if head.tail == "number" and kinds <= {"place", "class"} and not really:
            return False
        return True

    def _inner(self, line: Line, spans: list[tuple[int, int]]) -> list[Candidate]:
        found = []
        for start, end in spans:
            listed = self._tails.gazetteer(line, start)
            entries = listed[1] if listed and listed[0] == end else ()
            places = tuple(entry for entry in entries if entry.type == "place")
            found.append(Candidate(line, start, end, "place", "inner", entries=places, name_start=start))
        return found

    def _quoted(self, line: Line, at: int, end: int, head: Head) -> list[Candidate] | None:
        """ "phim “Đất rừng phương Nam”": what stands in quotation marks behind such a head."""
        if end + 1 < len(line) and line.texts[end] in OPENING and line.texts[end] != "(" and line.capital[end + 1]:
            for close in range(end + 2, min(len(line), end + 14)):
                if line.texts[close] in _CLOSING:
                    return [Candidate(line, end + 1, close, head.type, "quoted", head=head, name_start=end + 1)]
            return None
        if end < len(line) and line.capital[end] and head.type in {"award", "event", "document"}:
            tail = self._tails.follow(line, end, head, titled=False)
            words = tail.end - end
            if tail.kinds and tail.kinds[0] != "place" and (head.type != "document" or words > 1):
                return [Candidate(line, end, tail.end, head.type, "quoted", head=head, name_start=end)]
        return None

    def _class_place(self, line: Line, at: int, end: int, head: Head, held: Held | None) -> list[Candidate] | None:
        if end >= len(line):
            return None
        known = self._known
        short = known.sets["places:short"].at(line.words, at) is not None
        proper = line.capital[at] and not line.initial[at] and known.sets["places:dropped"].at(line.words, at) is None
        kept = head.keep or proper
        text = line.texts[end]
        if text.isdigit() and len(text) < 4:  # noqa: PLR2004 - streets and quarters have no more
            if (head.keep or short) and not (end + 1 < len(line) and line.words[end + 1] in known.words["units"]):
                return [Candidate(line, at, end + 1, "place", "class", head=head, name_start=end)]
            return None
        listed = self._tails.gazetteer(line, end)
        if listed and listed[1][0].type in {"place", "facility"}:
            stop, entries = listed[0], tuple(e for e in listed[1] if e.type == "place")
            if self._tails.run(line, end) > stop and (stop - end == 1 or entries and entries[0].weak):
                stop, entries = self._tails.run(line, end), ()
        elif line.capital[end] and text[0].isalpha() and self._tails.compound(line, end) == end:
            stop, entries = self._tails.place_run(line, end, titled=held is not None), ()
            people = known.people
            own = people.shape(line.texts[end:stop])
            if held and held.kind != "honorific" and not line.capital[at] and (own >= 1 or (own and line.words[end] in people.common)):
                return None
        else:
            return None
        if not entries and stop < len(line) and line.texts[stop].isdigit() and short and len(line.texts[stop]) < 3:  # noqa: PLR2004 - "Hải Giang 1"
            stop += 1
        if stop + 1 < len(line) and line.texts[stop] in "-–" and line.capital[stop + 1] and not entries and head.keep:
            stop = self._tails.run(line, stop + 1)
        single = stop - end == 1 and known.people.native(text) and short
        start = at if kept or single and not entries else end
        origin = "class"
        candidate = Candidate(line, start, stop, "place", origin, entries=entries, head=head, name_start=end, level=line.words[at])
        return [candidate]

    # ---- by gazetteer

    def _listed(self, line: Line, at: int, listed: tuple[int, tuple[Entry, ...]], held: Held | None) -> list[Candidate] | None:
        end, entries = listed
        entry = entries[0]
        if not line.capital[at] and entry.type == "place" and end - at == 1:
            return None
        run = self._tails.run(line, at) if line.capital[at] else end
        adjacent = held is not None
        if adjacent and held is not None and entry.type == "place" and held.kind in OWN and entry.subtype != "State" and line.capital[at]:
            return self._running(line, at, held)
        if adjacent and held is not None and held.kind == "honorific" and entry.type != "person" and line.capital[at]:
            return self._running(line, at, held)
        if run > end and line.capital[at]:
            whole = self._longer(line, at, end, run, entry, held)
            if whole:
                return whole
        candidate = Candidate(line, at, end, entry.type, "gazetteer", entries=entries, name_start=at)
        if entry.weak:
            candidate.type = ""
            candidate.vote(entry.type, 1.0)
            shape = self._known.people.shape(candidate.texts)
            if shape:
                candidate.vote("person", shape)
        if line.initial[at] and end - at == 1 and line.words[at] in self._known.words["ordinary"]:
            candidate.timid = not self._enumerated(line, end)
        if entry.acts:
            candidate.type = self._seat(line, at)
        if entry.type == "event" and end < len(line) and re.fullmatch(r"(19|20)\d\d|\d\d", line.texts[end]):
            candidate.end = end + 1
        if entry.type == "equipment" and end < len(line) and (_CODE.fullmatch(line.texts[end]) or line.texts[end].isdigit() and len(line.texts[end]) < 4):  # noqa: PLR2004 - a model's number
            candidate.end = end + 1
        return [candidate]

    def _enumerated(self, line: Line, end: int) -> bool:
        """Whether another country follows: "Anh, Pháp và Đức"."""
        if line.word(end) not in self._known.words["joins"] or end + 1 >= len(line):
            return False
        listed = self._tails.gazetteer(line, end + 1)
        return bool(listed) and listed[1][0].subtype == "State"  # type: ignore[index]

    def _seat(self, line: Line, at: int) -> str:
        """A seat of power is a facility after words such as "tại", else the body that acts."""
        inside = line.word(at - 1) in self._known.words["inside"]
        return "facility" if inside else "organization"

    def _longer(self, line: Line, at: int, end: int, run: int, entry: Entry, held: Held | None) -> list[Candidate] | None:
        """The whole run of capitals, where the gazetteer's name is only its beginning by chance."""
        people = self._known.people
        rest = line.texts[end:run]
        if self._tails.gazetteer(line, end):
            return None
        shape = people.shape(line.texts[at:run])
        if held is not None and entry.type in {"place", "organization"} and not (entry.weak and shape >= POSSIBLE):
            return None
        acronym = line.texts[at].isupper() and end - at == 1
        if not entry.weak and (acronym or all(people.native(w) for w in line.texts[at:end]) and end - at > 1) and not any(people.native(w) for w in rest):
            if not (len(rest) == 1 and fold(rest[-1]) in self._known.suffixes):
                return None
        if entry.type == "person":
            if all(people.native(word) for word in rest):
                return None
            return self._running(line, at, held)
        short = end - at == 1 and people.native(line.texts[at])
        if short and all(people.native(word) for word in rest):
            return self._running(line, at, held)
        if entry.subtype == "State" and not entry.weak:
            return None
        if people.shape(rest) >= POSSIBLE and not entry.weak:
            return None
        if entry.type == "equipment":
            return None
        return self._running(line, at, held)

    # ---- by capitals

    def _running(self, line: Line, at: int, held: Held | None) -> list[Candidate] | None:
        people = self._known.people
        if not line.texts[at][0].isalnum():
            return None
        if self._tails.compound(line, at) > at and (not held or self._tails.within(line, at, listed=True)):
            return None
        end = self._tails.run(line, at)
        if end <= at:
            return None
        start = at
        if held:
            start = self._past_head(line, at, end)
        if line.initial[at] and end - at > 1 and not held and self._opens(line, at, end):
            return None
        candidate = Candidate(line, start, end, name_start=start)
        words = candidate.texts
        if end - start == 1:
            text = words[0]
            if line.initial[start] and start == at and people.native(text) and not held:
                candidate.timid = True
            if self._known.stops.at(line.words, start) and (held is None or held.kind not in {"honorific", "kinship"}):
                return None
            if len(text) == 1 and not (held and _INITIALS.fullmatch(text)):
                return None
            if line.word(start - 1) in self._known.words["ordinals"]:
                return None
        self._form(candidate, words)
        split = self._split(line, start, end, held) if held else None
        if split:
            return split
        coded = any(_CODE.fullmatch(word) for word in words)
        if held is not None and not (coded and held.kind not in OWN):
            candidate.vote("person", 3.0 if held.kind in OWN else 2.5)
        return [candidate]

    def _split(self, line: Line, start: int, end: int, held: Held) -> list[Candidate] | None:
        """ "Chủ tịch BGMEA Faruque Hassan", "Tỉnh trưởng Basilan Jim Hataman": a name before the holder's own."""
        people = self._known.people
        if held.kind not in {"office", "role", "occupation"} or end - start < 3:  # noqa: PLR2004 - a body and a full name
            return None
        first = line.texts[start]
        cut = 0
        if first.isupper() and len(first) > 2 and first.isalpha() and not line.texts[start + 1].isupper():  # noqa: PLR2004 - shorter ones are initials
            cut = start + 1
        elif first not in people.given and not people.native(first):
            cut = next((i for i in range(start + 1, end - 1) if line.texts[i] in people.given and people.shape(line.texts[i:end]) >= LIKELY), 0)
        if not cut:
            return None
        before = Candidate(line, start, cut, name_start=start)
        before.vote("organization" if first.isupper() else "place" if held.title.group in self._known.leaders | {"governor", "mayor", "minister"} else "organization", 1.0)
        holder = Candidate(line, cut, end, name_start=cut)
        holder.vote("person", 2.5)
        return [holder, before]

    def _past_head(self, line: Line, at: int, end: int) -> int:
        """ "Chủ tịch Hội Phùng Thị Thơm": behind a capitalised head noun, where a person's full name follows."""
        for match in self._known.heads.prefixes(line.words, at):
            if match.end < end and self._known.people.shape(line.texts[match.end : end]) >= LIKELY:
                return match.end
        return at

    def _opens(self, line: Line, at: int, end: int) -> bool:
        """Whether the first capital of a sentence is an everyday word before the name."""
        people, word = self._known.people, line.words[at]
        rest = line.texts[at + 1 : end]
        if not people.native(line.texts[at]):
            return False
        listed = self._tails.gazetteer(line, at + 1)
        if listed and (not people.shape(line.texts[at:end]) or (listed[0] > at + 2 and word in self._known.openers and not listed[1][0].weak)):
            return True
        if word not in self._known.openers:
            return not any(people.native(text) for text in rest) and not people.family(word)
        return not people.family(word) or people.shape(rest) > POSSIBLE or not all(people.native(t) for t in rest)

    def _form(self, candidate: Candidate, words: tuple[str, ...]) -> None:
        shape = self._known.people.shape(words)
        if shape:
            candidate.vote("person", shape)
        if candidate.line.words[candidate.start] in self._known.words["ships"] and len(words) > 1:
            candidate.vote("equipment", 3.0)
        kind = self._known.suffixes.get(fold(words[-1]))
        if kind and len(words) > 1:
            candidate.vote(kind, 3.0)
        end = candidate.end
        foreign = not any(self._known.people.native(word) for word in words)
        if not shape and foreign and end < len(candidate.line) and _YEAR.fullmatch(candidate.line.texts[end]):
            candidate.vote("event", 1.5)
            candidate.end = end + 1
        if any(_CODE.fullmatch(word) for word in words):
            candidate.vote("equipment", 1.5)
        if len(words) == 1 and _ACRONYM.fullmatch(words[0]):
            candidate.vote("organization", 1.2)
        if _INITIALS.fullmatch(words[0]) and (len(words) == 2 and words[1] == "." or "." in words[0]):  # noqa: PLR2004 - "T."
            candidate.vote("person", 1.5)
