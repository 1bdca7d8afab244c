"""Part names into things: what judgements join, as far as nothing keeps it apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.resolving.blocks import Edge

BY_USER = 2.0
"""The score of what a user judges the same: above all that rules do."""


def connected(nodes: Iterable[str], edges: Iterable[Edge]) -> list[tuple[str, ...]]:
    """The sets of nodes that edges of the verdict `same` connect, each sorted, in the order of their first nodes."""
    sets = _Sets(nodes)
    for edge in edges:
        if edge.verdict == "same":
            sets.join(edge.first, edge.second)
    return sets.all()


def split(nodes: Sequence[str], edges: Iterable[Edge]) -> tuple[list[tuple[str, ...]], list[Edge]]:
    """The things that one connected set of nodes stands for, and the joining edges that were dropped to keep them apart.

    Input: the nodes of one set of `connected`, and all edges between them. Edges join from the surest down; one that would
    join what is apart is dropped. Two gazetteer keys are apart, unless a user joins them.
    """
    known = set(nodes)
    inner = [edge for edge in edges if edge.first in known and edge.second in known]
    joining = sorted((e for e in inner if e.verdict == "same"), key=lambda e: (-e.score, e.first, e.second, e.reason))
    by_user = _Sets(nodes)
    for edge in joining:
        if edge.score >= BY_USER:
            by_user.join(edge.first, edge.second)
    sets = _Sets(nodes)
    for first, second, score in _apart(nodes, inner):
        if score >= BY_USER or by_user.find(first) != by_user.find(second):
            sets.part(first, second)
    dropped = [edge for edge in joining if not sets.join(edge.first, edge.second)]
    return sets.all(), dropped


def _apart(nodes: Sequence[str], edges: Iterable[Edge]) -> Iterator[tuple[str, str, float]]:
    yield from ((edge.first, edge.second, edge.score) for edge in edges if edge.verdict == "apart")
    listed = sorted(node for node in nodes if node.startswith("kb|"))
    yield from ((one, other, 1.0) for one, other in combinations(listed, 2))


class _Sets:
    """Disjoint sets of nodes, some of which must stay apart."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._leader = {node: node for node in nodes}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)

    def find(self, node: str) -> str:
        """The node that stands for the set of `node`: its first."""
        while self._leader[node] != node:
            self._leader[node] = self._leader[self._leader[node]]
            node = self._leader[node]
        return node

    def part(self, one: str, other: str) -> None:
        """Keep two nodes apart that are not in one set."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def join(self, one: str, other: str) -> bool:
        """Join two sets; False if they must stay apart."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if second in self._apart[first]:
            return False
        self._leader[second] = first
        for enemy in self._apart.pop(second, set()):
            self._apart[enemy].discard(second)
            self._apart[enemy].add(first)
            self._apart[first].add(enemy)
        return True

    def all(self) -> list[tuple[str, ...]]:
        """The sets."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for node in sorted(self._leader):
            found[self.find(node)].append(node)
        return [tuple(members) for _, members in sorted(found.items())]
