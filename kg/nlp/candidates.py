"""What may be a name in a sentence: a stretch of tokens with what speaks for each type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.gazetteer import Entry
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


@dataclass(slots=True, eq=False)
class Candidate:
    """Positions `start` to `end` of `line`, perhaps a name.

    `type` is set where the form alone decides; else `votes` collect what speaks for each type. `timid` marks a capital
    that may be there only because a sentence begins: such a candidate needs better evidence than its own form.
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

    def vote(self, kind: str, weight: float) -> None:
        """Let something speak for a type."""
        self.votes[kind] += weight  # type: ignore[assignment]  # weights are not whole
