"""The lower-case words inside names: "Giáo dục và Đào tạo", "Cảnh sát hình sự", "Luật Biển"."""

from __future__ import annotations

from kg.nlp.knowledge import Head, Knowledge
from kg.nlp.lines import Line
from kg.nlp.runs import Runs
from kg.nlp.tail import Tail

DASHES = frozenset("-–&")
_LONGEST = 12


class InnerWords:
    """Takes words of a tail that have no capital."""

    def __init__(self, knowledge: Knowledge, runs: Runs) -> None:
        self._known = knowledge
        self._runs = runs

    def take(self, line: Line, at: int, head: Head, tail: Tail) -> int:
        """The position behind the words at `at`, or `at` where the name is over; they count only when more follows."""
        if head.tail == "number" and head.number == "must":
            return at
        if line.words[at] in self._known.words["joiners"]:
            return self._join(line, at, tail)
        final = self._known.sets["finals"].at(line.words, at)
        if final and self._may_end(line, at, head, tail):
            return tail.take("final", final.end)
        word = self._known.compounds.at(line.words, at)
        if word and word.end > at + 1:
            if (head.about and "about" in tail.kinds) or (head.type == "award" and "word" in tail.kinds):
                tail.end = word.end
            return word.end
        return self._link(line, at, head, tail)

    def _may_end(self, line: Line, at: int, head: Head, tail: Tail) -> bool:
        """Whether "hình sự" may close the name: behind capitalised words, with nothing but such words between."""
        if head.tail == "name" or not tail.kinds or tail.kinds[0] not in {"word", "body", "nested"}:
            return False
        between = set(line.words[tail.end : at])
        proper = line.capital[tail.first if tail.first >= 0 else at - 1]
        return (
            proper
            and tail.last in {"word", "about", "body", "nested", "final"}
            and between <= self._known.words["middles"]
        )

    def _link(self, line: Line, at: int, head: Head, tail: Tail) -> int:
        """Short words between the words of a name: "về", "các", "vì"."""
        match = self._known.sets["links"].at(line.words, at)
        inside = tail.last in {"word", "about", "final"} and head.tail != "name"
        opened = self._known.words["openings"].issuperset(line.words[tail.end : at])
        opens = not tail.kinds and opened and (at > tail.end or line.words[at] in self._known.words["openings"])
        about = head.about and bool(tail.kinds) and line.words[at] in self._known.words["about"]
        if match is None or not (inside or opens or about):
            return at
        if about:
            tail.kinds.append("about")
            if head.type == "treaty":
                return tail.take("about", self.matter(line, match.end))
        return match.end

    def matter(self, line: Line, at: int) -> int:
        """The end of what an agreement is about: to the next mark, or a word that goes on with the sentence."""
        end = at
        while end < min(len(line), at + _LONGEST) and line.texts[end][0].isalnum():
            if line.words[end] in self._known.words["matter_ends"] and not line.capital[end]:
                break
            end += 1
        return end

    def plain(self, line: Line, at: int) -> int:
        """The end of the lower-case words of several syllables at `at`: "Hiệp định | dẫn độ"."""
        while at < len(line) and not line.capital[at]:
            word = self._known.compounds.at(line.words, at)
            if word is None or word.end == at + 1:
                break
            at = word.end
        return at

    def _join(self, line: Line, at: int, tail: Tail) -> int:
        """A joiner between two words of a name: "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch"."""
        after = at + 1
        if after >= len(line) or not tail.kinds:
            return at
        if line.texts[at] in DASHES and tail.last == "place":
            return after if self._runs.listed(line, after) else at
        if tail.last not in {"word", "about", "final"} and not line.texts[at - 1].isupper():
            return at
        return after if self._joins(line, at, after, tail) else at

    def _joins(self, line: Line, at: int, after: int, tail: Tail) -> bool:
        word = self._runs.word(line, after) if line.capital[after] else after
        if line.texts[at] == ",":
            titled = self._known.titles.at(line.words, after) is not None
            return word > after and not titled and not self._known.words["and"].isdisjoint(line.words[word : word + 4])
        text = line.texts[after]
        if text.isupper() and len(text) > 1 and tail.kinds[0] == "word" and not self._runs.listed(line, after):
            return True
        if not line.capital[after]:
            return self._known.compounds.at(line.words, after) is not None and not line.capital[at - 1]
        heads = self._known.heads.prefixes(line.words, after)
        return word > after and (not heads or heads[0].end <= word)
