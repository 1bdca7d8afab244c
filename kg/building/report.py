"""What a build did, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.building.duplicates import Duplicate
from kg.building.proposals import Failure
from kg.readers import Rejected

UNFIT = "does-not-conform"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """How much went into the graph and what did not; `written` says whether there is a new graph at all.

    `violations` says in English what of the graph does not conform; `sha256` is of the graph's sorted N-Quads; `stopped`
    is true when the build was told to end at the first article that cannot be used, and did. `proposed` counts the
    mentions and statements that proposers added, `proposals_failed` names the articles for which they gave nothing.
    `idle_judgements` are pairs of names that were judged in vain; `edits_in_conflict` counts edits made by hand with which
    the articles, a shape or another edit disagrees.
    """

    articles: int = 0
    mentions: int = 0
    statements: int = 0
    entities: int = 0
    claims: int = 0
    quads: int = 0
    sha256: str = ""
    written: bool = False
    violations: tuple[str, ...] = ()
    set_aside: tuple[Rejected, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    stopped: bool = False
    proposed: int = 0
    proposals_failed: tuple[Failure, ...] = ()
    idle_judgements: tuple[tuple[str, str], ...] = ()
    edits_in_conflict: int = 0

    @property
    def conforms(self) -> bool:
        """Whether the graph has no violation."""
        return not self.violations

    @property
    def exit_code(self) -> int:
        """3: nothing could be read; 1: what was read does not conform; 5: articles were set aside; 0: all is well."""
        if not self.conforms or (not self.articles and any(item.reason == UNFIT for item in self.set_aside)):
            return 1
        if not self.articles and not self.stopped:
            return 3
        return 5 if self.set_aside else 0

    def plain(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {**asdict(self), "conforms": self.conforms, "exit_code": self.exit_code}


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a change did to a graph.

    `added` and `removed` are the names of articles that came and left, `articles` and `quads` how many there are now,
    `came` and `went` how many quads did. `sha256` is of the graph's quads.
    Articles in `set_aside` could not be used, or would break a shape. `edits_in_conflict` counts edits made by hand with
    which the articles, a shape or another edit disagrees.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    articles: int = 0
    quads: int = 0
    came: int = 0
    went: int = 0
    sha256: str = ""
    set_aside: tuple[Rejected, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    edits_in_conflict: int = 0

    @property
    def exit_code(self) -> int:
        """5: articles were set aside; 0: all is well."""
        return 5 if self.set_aside else 0

    def plain(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {**asdict(self), "exit_code": self.exit_code}
