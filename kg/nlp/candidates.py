"""What may be a name in a sentence: a stretch of tokens with what speaks for each type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.gazetteer import Entry
from kg.model import ReasonCode
from kg.nlp.knowledge import Head, Title
from kg.nlp.lines import Line
from kg.spelling import fold


@dataclass(slots=True)
class Held:
    """A title at positions `start` to `end` of a line; `group` counts its modifiers in ("deputy-minister")."""

    line: Line
    start: int
    end: int
    group: str
    kind: str
    title: Title


class Ground(NamedTuple):
    """What speaks for the type `kind`: how, and the words from `start` to `end` of `line`, none where they are equal."""

    kind: str
    code: ReasonCode
    line: Line
    start: int = 0
    end: int = 0


@dataclass(slots=True, eq=False)
class Candidate:
    """Positions `start` to `end` of `line`, perhaps a name.

    `type` is set where the form alone decides; else `votes` collect what speaks for each type. `timid` marks a capital
    that may be there only because a sentence begins: such a candidate needs better evidence than its own form.

    `grounds` tell what the type and the votes rest on, `said` those of all places of the name if they were heard.
    `chosen` is how sure the trained choice was of another type than the one beside it, which the rules gave; `moved`
    where the name stood before its ends were moved.
    """

    line: Line
    start: int
    end: int
    type: str = ""
    origin: str = "run"
    votes: Counter[str] = field(default_factory=Counter)
    entries: tuple[Entry, ...] = ()
    head: Head | None = None
    name_start: int = 0
    of: Entry | None = None
    title: Held | None = None
    timid: bool = False
    dropped: bool = False
    alias_of: Candidate | None = None
    level: str = ""
    grounds: list[Ground] = field(default_factory=list)
    said: list[Ground] = field(default_factory=list)
    chosen: tuple[float, str] | None = None
    moved: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The words of the name."""
        return self.line.text(self.start, self.end)

    @property
    def key(self) -> str:
        """The folded words: equal for equal names."""
        return fold(self.text)

    @property
    def texts(self) -> tuple[str, ...]:
        """The tokens of the name."""
        return self.line.texts[self.start : self.end]

    @property
    def name(self) -> str:
        """The words without the class word before them: "Gia Lai" of "tỉnh Gia Lai"."""
        start = self.name_start if self.origin == "class" else self.start
        return self.line.text(start, self.end)

    def is_known(self, kind: str) -> bool:
        """Whether the gazetteer's first entry for the name is of that type."""
        return bool(self.entries) and self.entries[0].type == kind

    def vote(self, kind: str, weight: float, code: ReasonCode, start: int = 0, end: int = 0) -> None:
        """Let something speak for a type; the words that do stand from `start` to `end` of the line."""
        self.votes[kind] += weight  # type: ignore[assignment]  # weights are not whole
        self.grounds.append(Ground(kind, code, self.line, start, end))

    def note(self, kind: str, code: ReasonCode, start: int = 0, end: int = 0) -> None:
        """Remember why the type is `kind`."""
        self.grounds.append(Ground(kind, code, self.line, start, end))
