"""Say how far two annotations of the same `.news` articles agree.

    python -m training.agreement FIRST SECOND [--per-file] [--differences FILE]

FIRST and SECOND are `.news` files or folders of them; the articles that both hold are compared, and their plain text
must be equal. F1 treats FIRST as the reference; being symmetric it is the same the other way round. Every count is over
a one-to-one matching.

* mentions: exact span and type; exact span alone; overlapping span and type
* nominals: overlapping spans; times, quantities: overlapping spans with the same value
* triggers: overlapping spans, with the same class and whatever class
* roles: (event, role, filler) of events whose triggers match; fillers are entities aligned through overlapping mentions
* said: lines whose source is the same (aligned) entity
* entities: B-cubed over the spans (named or nominal) that both have
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from training import corpus
from training.articles import Article, Span
from training.matching import Pair, align, b_cubed, exact, fillers, match, shared

S = TypeVar("S", bound=Span)


@dataclass
class Count:
    """Items of either side, and those that have a partner."""

    both: int = 0
    first: int = 0
    second: int = 0

    def add(self, both: int, first: int, second: int) -> None:
        """Add the counts of one article."""
        self.both += both
        self.first += first
        self.second += second

    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where neither side has any."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else 1.0

    def __str__(self) -> str:
        return f"F1 {self.f1():.3f}   first {self.first:5d}   second {self.second:5d}   both {self.both:5d}"


@dataclass
class Comparison:
    """What was counted, the B-cubed terms, and a line for each thing that only one side says."""

    articles: int = 0
    counts: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    cubes: list[tuple[float, float]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def add(self, first: Article, second: Article) -> None:
        """Compare two annotations of one article."""
        self.articles += 1
        self._add_names(first, second)
        self._add_values(first, second)
        self._add_events(first, second)
        self._add_said(first, second)
        self.cubes.extend(b_cubed(first, second))

    def _add_names(self, first: Article, second: Article) -> None:
        ident, one, other = first["id"], first["mentions"], second["mentions"]
        typed = match(one, other, lambda x, y: exact(x, y) and x["type"] == y["type"])
        self._count("mentions, span and type", one, other, typed)
        self._tell(ident, "mentions, span and type", one, other, typed, lambda span: span["type"])
        self._count("mentions, span", one, other, match(one, other, exact))
        touching = match(one, other, lambda x, y: x["type"] == y["type"])
        self._count("mentions, overlap and type", one, other, touching)
        nominals = match(first["nominals"], second["nominals"], _anyhow)
        self._count("nominals, overlap", first["nominals"], second["nominals"], nominals)
        self._tell(
            ident,
            "nominals, overlap",
            first["nominals"],
            second["nominals"],
            nominals,
            lambda span: "+".join(span["entities"]),
        )

    def _add_values(self, first: Article, second: Article) -> None:
        for name, one, other in (
            ("times, value", first["times"], second["times"]),
            ("quantities, value", first["quantities"], second["quantities"]),
        ):
            pairs = match(one, other, lambda x, y: x["value"] == y["value"])
            self._count(name, one, other, pairs)
            self._tell(first["id"], name, one, other, pairs, lambda span: span["value"])

    def _add_events(self, first: Article, second: Article) -> None:
        ident, one, other = first["id"], first["triggers"], second["triggers"]
        self._count("triggers, overlap", one, other, match(one, other, _anyhow))
        pairs = match(one, other, lambda x, y: x["class"] == y["class"])
        self._count("triggers, overlap and class", one, other, pairs)
        self._tell(ident, "triggers, overlap and class", one, other, pairs, lambda span: span["class"])
        self._add_roles(first, second, pairs)

    def _add_roles(self, first: Article, second: Article, pairs: Iterable[Pair]) -> None:
        """Compare the roles of events, each by the first of its triggers that has a partner."""
        aligned = align(first, second)
        one, other = ({line["id"]: line for line in article["events"]} for article in (first, second))
        done: set[str] = set()
        for i, j in pairs:
            trigger, partner = first["triggers"][i], second["triggers"][j]
            left, right = one.get(trigger["event"]), other.get(partner["event"])
            if trigger["event"] in done or left is None or right is None:
                continue
            done.add(trigger["event"])
            x, y = fillers(left), fillers(right)
            both = shared(x, y, aligned)
            self.counts["roles of matched events"].add(both, len(x), len(y))
            if both < max(len(x), len(y)):
                self.differences.append(_line(first["id"], "roles", "both", trigger, f"{x} against {y}"))

    def _add_said(self, first: Article, second: Article) -> None:
        one, other = ([("source", line.get("source", "")) for line in a["said"]] for a in (first, second))
        self.counts["said, source"].add(shared(one, other, align(first, second)), len(one), len(other))

    def _count(self, name: str, first: Sequence[Span], second: Sequence[Span], pairs: Sequence[Pair]) -> None:
        self.counts[name].add(len(pairs), len(first), len(second))

    def _tell(
        self,
        ident: str,
        name: str,
        first: Sequence[S],
        second: Sequence[S],
        pairs: Sequence[Pair],
        note: Callable[[S], str],
    ) -> None:
        """Keep a line for each span without a partner."""
        sides = (("first", first, {i for i, _ in pairs}), ("second", second, {j for _, j in pairs}))
        for side, spans, paired in sides:
            alone = (span for n, span in enumerate(spans) if n not in paired)
            self.differences.extend(_line(ident, name, side, span, note(span)) for span in alone)

    def table(self) -> str:
        """The figures, one line each."""
        lines = [f"{self.articles} articles", *(f"{name:30s} {count}" for name, count in self.counts.items())]
        if self.cubes:
            precision, recall = (sum(cube[side] for cube in self.cubes) / len(self.cubes) for side in (0, 1))
            f1 = 2 * precision * recall / (precision + recall)
            shares = f"F1 {f1:.3f}   precision {precision:.3f}   recall {recall:.3f}"
            lines.append(f"{'entities, B-cubed':30s} {shares}   spans {len(self.cubes)}")
        return "\n".join(lines)


def _anyhow(_one: Span, _other: Span) -> bool:
    return True


def _line(ident: str, kind: str, side: str, span: Span, note: str) -> str:
    return f"{ident}\t{kind}\t{side}\t{span['start']}\t{span['text']}\t{note}"


def compare(idents: Iterable[str], first: Mapping[str, Article], second: Mapping[str, Article]) -> Comparison:
    """Compare the two annotations of some articles."""
    comparison = Comparison()
    for ident in idents:
        comparison.add(first[ident], second[ident])
    return comparison


def load(path: Path) -> dict[str, Article]:
    """The articles of a file or of every `.news` file of a folder, by id."""
    articles, problems = corpus.read([path])
    for problem in problems:
        print(f"warning: {problem}", file=sys.stderr)
    return {article["id"]: article for article in articles}


def by_file(idents: Iterable[str]) -> dict[str, list[str]]:
    """The ids by the name before their number, which is their file's."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for ident in idents:
        groups[ident.rpartition("-")[0]].append(ident)
    return dict(groups)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path, help="a .news file or a folder of them")
    parser.add_argument("second", type=Path)
    parser.add_argument("--per-file", action="store_true", help="also a table for each file (the id before its number)")
    parser.add_argument("--differences", type=Path, help="write what only one side says, one line each, to this file")
    given = parser.parse_args(arguments)
    first, second = load(given.first), load(given.second)
    common = [ident for ident in first if ident in second]
    differing = [ident for ident in common if first[ident]["text"] != second[ident]["text"]]
    if differing or not common:
        print("\n".join(f"{ident}: the texts differ" for ident in differing) or "no article in common", file=sys.stderr)
        return 2
    whole = compare(common, first, second)
    print(whole.table())
    if given.per_file:
        for name, idents in by_file(common).items():
            print(f"\n== {name}\n{compare(idents, first, second).table()}")
    if given.differences:
        given.differences.write_text("".join(f"{line}\n" for line in whole.differences), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
