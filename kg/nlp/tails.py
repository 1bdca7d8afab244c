"""Follow a name from its head noun to its end: "Bộ | Giáo dục và Đào tạo", "Công an | huyện Đông Anh"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.gazetteer import Entry
from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.people import LIKELY, POSSIBLE

LONGEST = 28
_NUMBER = re.compile(r"\d{1,5}(?:/\d{4})?[A-ZĐa-z]?\d*|\d{1,4}-\d{2}[A-Z]?|[IVX]{1,5}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_CODE = re.compile(r"[A-ZĐ]{1,5}[A-Za-zĐ]{0,5}-?\d+[A-Za-z0-9/\-]*|\d+[A-Z][A-Z0-9]*")
_INITIALS = re.compile(r"[A-ZĐ](?:\.[A-ZĐ]){0,3}")
_DASHES = frozenset("-–&")


@dataclass(slots=True)
class Tail:
    """How far a name reaches: `end` is the position behind its last part; `kinds` says what parts there were."""

    end: int
    first: int = -1
    kinds: list[str] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)

    @property
    def only_places(self) -> bool:
        """Whether nothing but places of the gazetteer follow the head."""
        return bool(self.kinds) and set(self.kinds) == {"place"}


class Tails:
    """The grammar of what follows a head noun."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge

    # ---------------------------------------------------------------------------------------------- building blocks

    def gazetteer(self, line: Line, at: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The longest gazetteer name at `at` whose capitals fit, and its entries."""
        for match in self._known.surfaces.prefixes(line.words, at):
            texts = line.texts[at : match.end]
            fitting = tuple(s.entry for s in match.value if s.fits(texts, shouted=line.shouted))
            if fitting and not (match.end - at == 1 and self.within(line, at, listed=fitting[0].subtype == "State")):
                return match.end, fitting
        return None

    def within(self, line: Line, at: int, *, listed: bool = False) -> bool:
        """Whether the syllable is the first of a longer word: "Anh hùng" is not England."""
        if at + 1 >= len(line) or line.capital[at + 1]:
            return False
        if not listed and line.joined[at + 1] and self._known.people.native(line.texts[at]):
            return True
        return any(m.end > at + 1 for m in self._known.compounds.prefixes(line.words, at))

    def compound(self, line: Line, at: int) -> int:
        """The end of a capitalised word of several syllables ("Giáo dục") at `at`, or `at` itself."""
        for match in self._known.compounds.prefixes(line.words, at):
            if match.end > at + 1 and not line.capital[at + 1]:
                return match.end
        if at + 1 < len(line) and line.joined[at + 1] and not line.capital[at + 1] and self._known.people.native(line.texts[at]):
            end = at + 1
            while end < len(line) and line.joined[end] and not line.capital[end]:
                end += 1
            return end
        return at

    def run(self, line: Line, at: int) -> int:
        """The end of the run of capitals at `at`: it stops where a title, a head or a word of several syllables begins."""
        end = at
        while end < len(line) and end - at < 8:  # noqa: PLR2004 - no name of a person has more words
            text = line.texts[end]
            if line.capital[end] and (text[0].isalnum()):
                if end > at and (self._other_begins(line, end) or line.words[end] in self._known.words["acronyms"]):
                    break
                end += 1
            elif text == "." and end > at and self._initial_dot(line, end):
                end += 1
            elif end > at and self._particle(line, end):
                end += 1
            elif end > at and (after := self._nickname(line, end)):
                end = after
            else:
                break
        return end

    def _initial_dot(self, line: Line, at: int) -> bool:
        """Whether the full stop belongs to initials ("V. Putin", "cô L. kể") or to "Jr."; no sentence ends with it."""
        before = line.texts[at - 1]
        glued = line.index[at] == line.index[at - 1] + 1 and not line.doc[line.index[at - 1]].whitespace_
        return at + 1 < len(line) and glued and (bool(_INITIALS.fullmatch(before)) or line.words[at - 1] in self._known.words["suffix_initials"])

    def _nickname(self, line: Line, at: int) -> int:
        """ "Ernesto 'Boy' Magsaysay": the position behind the closing mark, or 0."""
        if line.texts[at] not in "'‘’\"“":
            return 0
        for close in range(at + 2, min(at + 4, len(line) - 1)):
            if line.texts[close] in "'’\"”" and line.capital[close + 1] and line.capital[close - 1]:
                return close + 1
        return 0

    def _particle(self, line: Line, at: int) -> bool:
        people = self._known.people
        follows = at + 1 < len(line) and line.capital[at + 1] and line.texts[at + 1][0].isalpha()
        return line.words[at] in people.particles and follows and not people.native(line.texts[at - 1])

    def _other_begins(self, line: Line, at: int) -> bool:
        if line.shouted or at + 1 >= len(line) or line.capital[at + 1]:
            return False
        known = self._known
        if any(m.end > at + 1 for m in known.compounds.prefixes(line.words, at)):
            return True
        return any(m.end > at + 1 for m in known.titles.prefixes(line.words, at)) or any(
            m.end > at + 1 for m in known.heads.prefixes(line.words, at)
        )

    def family(self, line: Line, at: int) -> bool:
        """Whether a head noun is a family name here: "Hồ Quốc Anh", but "Hồ Hoàn Kiếm"."""
        people = self._known.people
        if not people.family(line.texts[at]) or at + 1 >= len(line) or not (line.capital[at] and line.capital[at + 1]):
            return False
        listed = self.gazetteer(line, at + 1)
        word = self.compound(line, at + 1) > at + 1
        return people.shape(line.texts[at : self.run(line, at)]) >= LIKELY and not (listed and listed[0] > at + 2) and not word

    # ---------------------------------------------------------------------------------------------------- the tail

    def follow(self, line: Line, at: int, head: Head, *, titled: bool, depth: int = 0) -> Tail:
        """What follows a head that ends at `at`; an empty tail where nothing does. `titled`: a title stands before."""
        tail = Tail(at)
        position = at
        limit = min(len(line), at + LONGEST)
        while position < limit:
            before = tail.end
            step = self._step(line, position, head, tail, titled=titled, depth=depth)
            if step <= position:
                break
            if tail.first < 0 and tail.end > before:
                tail.first = position
            position = step
        self._suffix(line, head, tail)
        return tail

    def _step(self, line: Line, at: int, head: Head, tail: Tail, *, titled: bool, depth: int) -> int:
        """Take one part at `at`; the position behind it, or `at` when the name is over."""
        pending = at > tail.end
        for part in (self._class_place, self._place, self._numbered):
            end = part(line, at, head, tail, pending=pending, titled=titled)
            if end > at:
                return end
        if depth < 3:  # noqa: PLR2004 - a department of an office of a ministry is as deep as it gets
            end = self._nested(line, at, head, tail, titled=titled, depth=depth)
            if end > at:
                return end
        if line.capital[at]:
            end = self.compound(line, at)
            if end > at:
                tail.kinds.append("word")
                tail.end = end
                return end
            return self._capitals(line, at, head, tail, titled=titled)
        return self._lower(line, at, head, tail)

    def _class_place(self, line: Line, at: int, head: Head, tail: Tail, *, pending: bool, titled: bool) -> int:
        """ "tỉnh Quảng Ninh", "quận 3", and at the very end "tỉnh" alone."""
        del pending
        match = self._known.inner.at(line.words, at)
        if match is None or (line.capital[at] and line.texts[at] != line.texts[at].upper() and at != tail.end):
            return at
        start = match.end
        if start < len(line) and line.texts[start] == "." and start + 1 < len(line):
            start += 1
        found = self.gazetteer(line, start) if start < len(line) else None
        if found and found[1][0].type == "place" and not (found[0] - start == 1 and self.run(line, start) > found[0]):
            end = found[0]
            tail.places.append(found[1][0])
        elif titled and head.tail == "body" and start < len(line) and self._known.people.shape(line.texts[start : self.run(line, start)]) >= LIKELY:
            tail.kinds.append("closer")
            tail.end = match.end
            return match.end
        elif start < len(line) and line.capital[start] and line.texts[start][0].isalpha() and self.compound(line, start) == start:
            end = self.place_run(line, start, titled=titled)
        elif start < len(line) and _NUMBER.fullmatch(line.texts[start]):
            end = start + 1
        else:
            if head.tail == "body" and self._known.sets["closers"].at(line.words, at) and not line.capital[at]:
                tail.kinds.append("closer")
                tail.end = match.end
                return match.end
            return at
        tail.inner.append((start, end))
        tail.kinds.append("class")
        tail.end = end
        return end

    def place_run(self, line: Line, at: int, *, titled: bool) -> int:
        """The end of an unknown place's name: capitals, cut where a person's full name begins behind it."""
        end = self.run(line, at)
        people = self._known.people
        native = people.native(line.texts[at])
        for cut in range(at + 1, end - 1):
            if native and people.shape(line.texts[cut:end]) >= LIKELY:
                return cut
            if titled and people.shape(line.texts[cut:end]) >= POSSIBLE and (not native or cut - at > 1 and line.words[cut] in people.common):
                return cut
        if titled and not native and end - at > 2:  # noqa: PLR2004 - a place of one word, and a person's two
            return at + 1
        return end

    def _place(self, line: Line, at: int, head: Head, tail: Tail, *, pending: bool, titled: bool) -> int:
        del titled
        found = self.gazetteer(line, at)
        if found is None:
            return at
        end, entries = found
        entry = entries[0]
        if entry.type == "person" or (entry.type not in {"place", "organization"} and head.type != entry.type):
            return at
        if entry.weak and end - at == 1 and self.run(line, at) > end:
            return at
        if "place" in tail.kinds and tail.end == at and not pending and entry.type == "place" and head.tail != "name":
            return at
        if entry.type == "organization" and not line.capital[at]:
            return at
        if self.run(line, at) > end and not entry.subtype == "State" and head.tail == "name":
            return at
        tail.kinds.append("place" if entry.type == "place" else "body")
        if entry.type == "place":
            tail.places.append(entry)
            tail.inner.append((at, end))
        tail.end = end
        return end

    def _numbered(self, line: Line, at: int, head: Head, tail: Tail, *, pending: bool, titled: bool) -> int:
        """ "số 3", "528", "K53": designations; only directly behind a part."""
        del titled
        text = line.texts[at]
        match = self._known.sets["numbers"].at(line.words, at)
        if match and match.end < len(line) and _NUMBER.fullmatch(line.texts[match.end]):
            wanted = head.tail == "number" or head.type in {"facility", "unit", "document", "event"} or head.number or line.capital[at - 1]
            if wanted or head.type == "organization":
                tail.kinds.append("number")
                tail.end = match.end + 1
                return tail.end
        if not (_NUMBER.fullmatch(text) or _CODE.fullmatch(text)):
            return at
        allowed = head.tail == "number" or head.number or head.type in {"facility", "unit", "equipment", "document"} or (
            head.type == "organization" and head.tail == "name" and bool(tail.kinds)
        ) or _CODE.fullmatch(text)
        if pending and not (head.tail == "number" or head.type == "facility"):
            return at
        if not allowed or (at + 1 < len(line) and line.words[at + 1] in {"%", "tuổi", "người", "năm", "ngày", "km", "m", "ha", "tỷ", "triệu", "nghìn"}):
            return at
        end = at + 1
        if end + 1 < len(line) and line.texts[end] == "/" and line.capital[end + 1]:
            end += 2
        tail.kinds.append("number")
        tail.end = end
        return end

    def _nested(self, line: Line, at: int, head: Head, tail: Tail, *, titled: bool, depth: int) -> int:
        """Another body inside the name: "Phòng Cảnh sát hình sự | Công an Hà Nội"."""
        if head.type not in {"organization", "unit", "facility"} or head.tail == "number" and head.number == "must":
            return at
        for match in self._known.heads.prefixes(line.words, at):
            for inner in match.value:
                if inner.type not in {"organization", "unit"} or not inner.keep or inner.place == "drop":
                    continue
                if match.end - at == 1 and self.family(line, at):
                    continue
                if not line.capital[at] and (inner.capital or inner.role not in {"army", "navy", "air-force", "police", "ground-force"}):
                    continue
                found = self.follow(line, match.end, inner, titled=titled, depth=depth + 1)
                if found.end > match.end or (inner.bare == "always"):
                    tail.kinds.append("body")
                    tail.inner += found.inner
                    tail.places += found.places
                    tail.end = max(found.end, match.end)
                    return tail.end
        return at

    def _capitals(self, line: Line, at: int, head: Head, tail: Tail, *, titled: bool) -> int:
        """A run of capitals: any name for heads that take one, for others nothing that looks like a person's."""
        if not line.texts[at][0].isalnum():
            return at
        end = self.run(line, at)
        if end == at:
            return at
        shape = self._known.people.shape(line.texts[at:end])
        solid = bool(tail.kinds)
        placed = bool(tail.kinds) and tail.kinds[-1] in {"place", "class", "closer"}
        if head.tail != "name" and placed:
            return at
        native = self._known.people.native(line.texts[at])
        if head.tail == "body" and solid and native and shape >= LIKELY:
            return at
        if titled:
            alone = bool(head.bare) and line.capital[at - 1]
            if not solid and (head.bare or head.role) and not native and end - at > 1:
                return at
            if shape >= (POSSIBLE if solid or alone else LIKELY) and (solid or head.tail != "name" or not line.capital[at - 1]):
                return at
            for cut in range(at + 1, end - 1):
                if self._known.people.shape(line.texts[cut:end]) >= LIKELY:
                    end = cut
                    break
        if placed and shape >= POSSIBLE:
            return at
        end = self._joined(line, end, head)
        tail.kinds.append("name")
        tail.end = end
        return end

    def _joined(self, line: Line, end: int, head: Head) -> int:
        """Across a dash between two names: "Lò Gò - Xa Mát"."""
        if head.type in {"facility", "treaty", "organization"} and end + 1 < len(line) and line.texts[end] in _DASHES:
            following = end + 1
            if line.capital[following] and not line.initial[following] and line.texts[following][0].isalpha() and head.type == "facility":
                return self.run(line, following)
        return end

    def _lower(self, line: Line, at: int, head: Head, tail: Tail) -> int:
        """Lower-case words that a name may hold; they count only when something solid follows."""
        known = self._known
        if head.tail == "number" and head.number == "must":
            return at
        if line.texts[at] == "," or line.words[at] in {"và", "-", "–", "&"}:
            return self._link(line, at, tail)
        final = known.sets["finals"].at(line.words, at)
        proper = tail.kinds and tail.kinds[0] in {"word", "body"} and tail.kinds[-1] in {"word", "about", "body", "final"}
        pending = set(line.words[tail.end : at])
        middle = self._known.words["middles"]
        if final and proper and pending <= middle and head.tail != "name" and line.capital[tail.first if tail.first >= 0 else at - 1]:
            tail.kinds.append("final")
            tail.end = final.end
            return final.end
        compound = known.compounds.at(line.words, at)
        if compound and compound.end > at + 1:
            if head.about and "about" in tail.kinds:
                tail.end = compound.end
            return compound.end
        match = known.sets["links"].at(line.words, at)
        if match and tail.kinds and tail.kinds[-1] in {"word", "about", "final"} and head.tail != "name" or match and at == tail.end and not tail.kinds and line.words[at] in {"các", "phòng", "chống", "về"}:
            if head.about and line.words[at] == "về":
                tail.kinds.append("about")
            return match.end
        return at

    def _link(self, line: Line, at: int, tail: Tail) -> int:
        """ "và", "-" and "," between two words of a name: "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch"."""
        following = at + 1
        if following >= len(line) or not tail.kinds:
            return at
        if line.texts[at] in _DASHES and tail.kinds[-1] == "place":
            return following if self.gazetteer(line, following) else at
        if tail.kinds[-1] not in {"word", "about", "final"} and not line.texts[at - 1].isupper():
            return at
        if line.texts[at] == ",":
            end = self.compound(line, following) if line.capital[following] else following
            return following if end > following and "và" in line.words[end : end + 4] else at
        if line.texts[following].isupper() and len(line.texts[following]) > 1 and tail.kinds[0] == "word" and not self.gazetteer(line, following):
            return following
        if line.capital[following]:
            heads = self._known.heads.prefixes(line.words, following)
            word = self.compound(line, following)
            if heads and not (word > following and heads[0].end <= word):
                return at
            return following if word > following else at
        compound = self._known.compounds.at(line.words, following)
        return following if compound and line.capital[at - 1] is False else at

    def _suffix(self, line: Line, head: Head, tail: Tail) -> None:
        """Years, ordinals, ranks, and the place of an embassy, behind the parts."""
        sets = self._known.sets
        end = tail.end
        if head.ordinal and (match := sets["ordinals"].at(line.words, end)) and match.end < len(line):
            text = line.texts[match.end]
            if _NUMBER.fullmatch(text) or line.words[match.end] in {"nhất", "hai", "ba", "tư", "năm"}:
                tail.kinds.append("number")
                end = tail.end = match.end + 1
        if head.dated and end < len(line):
            year = sets["years"].at(line.words, end)
            start = year.end if year else end
            if start < len(line) and _YEAR.fullmatch(line.texts[start]) and tail.kinds and not year:
                end = tail.end = start + 1
        if head.ranked and (match := sets["ranks"].at(line.words, end)):
            tail.kinds.append("number")
            end = tail.end = match.end
        if head.at and end < len(line) and line.words[end] in {"tại", "ở"}:
            found = self.gazetteer(line, end + 1) if end + 1 < len(line) else None
            stop = found[0] if found and found[1][0].type == "place" else self.run(line, end + 1)
            if stop > end + 1 and tail.kinds or stop > end + 1 and head.bare:
                tail.inner.append((end + 1, stop))
                tail.kinds.append("place" if found else "class")
                tail.end = stop
        if tail.kinds and head.type in {"facility", "award"} and (match := sets["tails"].at(line.words, tail.end)):
            tail.end = match.end
