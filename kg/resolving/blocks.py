"""Judge which names are one thing's, block by block: only names that share a key are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from kg.model import MentionType
from kg.naming import normal, people
from kg.naming.opinions import Opinion
from kg.resolving import meanings
from kg.resolving.nodes import Node
from kg.spelling import bare

LARGEST = 64
"""Nodes that are compared with each other; larger blocks are parted by the whole name, and left where that is not enough."""
_ORDER = ("same", "lacking", "unsure", "apart")
_SURE_ACRONYM = 4  # letters of initials that hardly two bodies share
_TIES, _NAME, _OWN = "ties ", "name ", "own "
_TOLD_BY_OTHERS = frozenset({"organization", "equipment", "facility", "person", "place"})
"""What a name that is only guessed to be something may be, if another document says so of it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What was judged of two nodes, their keys in order: the same thing, apart, or perhaps the same."""

    first: str
    second: str
    verdict: Literal["same", "apart", "unsure"]
    score: float
    reason: str


def keys(node: Node) -> tuple[str, ...]:
    """The blocks that a node is judged in, found from its key and counts alone.

    "name …" for its full names, where those of unknown type find their bearer; "ties …" for a name that documents use
    beside another; "own …" for the words that only it has, where what it is called besides, or was taken for, makes no
    difference; the rest for names that may be written so (see `people.keys`, `meanings.keys`).
    """
    if node.is_local:
        return ()
    found = [_NAME + normal(text) for _, text in node.names]
    if node.told("also"):
        found.append(_TIES + node.key)
    found += [_OWN + own for meaning in node.readings if (own := meanings.own(meaning))]
    if node.type == "person":
        found += [f"person {key}" for name in node.people for key in people.keys(name)]
    else:
        found += [key for meaning in node.meanings for key in meanings.keys(_family(node), meaning)]
    return tuple(dict.fromkeys(found))


def gist(node: Node) -> object:
    """What is judged of a node: two nodes of one key and gist have the same keys, and are judged the same."""
    return node.type, node.is_guessed, node.state, node.names, frozenset(node.told("also"))


def judge(block: str, nodes: Sequence[Node]) -> tuple[Edge, ...]:
    """What is judged of the nodes of one block, in no other light than these nodes: edges sorted, of each pair one at most.

    Input: all nodes that have `block` among their keys, in any order.
    """
    if block.startswith(_TIES):
        edges = [edge for node in nodes if _TIES + node.key == block for edge in _ties(node)]
    elif block.startswith(_NAME):
        edges = list(_untyped(nodes)) if len(nodes) <= LARGEST else []
    else:
        compare = own_opinion if block.startswith(_OWN) else opinion_of
        edges = [edge for group in _groups(nodes) for edge in _compared(group, compare)]
    return tuple(sorted(edges, key=lambda e: (e.first, e.second)))


def settle(edges: Sequence[Edge]) -> Edge:
    """One edge of all that different blocks judged of a pair: what keeps apart wins, then what joins, then the surest."""
    order = ("apart", "same", "unsure")
    return min(edges, key=lambda e: (order.index(e.verdict), -e.score, e.reason))


def _edge(one: Node, other: Node, verdict: Literal["same", "apart", "unsure"], score: float, reason: str) -> Edge:
    first, second = sorted((one.key, other.key))
    return Edge(first, second, verdict, score, reason)


def _groups(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """The block itself, or parts of a large one that agree in the whole name."""
    ordered = sorted(nodes, key=lambda n: n.key)
    if len(ordered) <= LARGEST:
        yield ordered
        return
    parts: defaultdict[str, list[Node]] = defaultdict(list)
    for node in ordered:
        parts[min((bare(text) for _, text in node.names), default="")].append(node)
    yield from (part for _, part in sorted(parts.items()) if len(part) <= LARGEST)


def _compared(nodes: Sequence[Node], compare: Callable[[Node, Node], Opinion | None]) -> Iterator[Edge]:
    """Every two nodes compared. One that lacks something is the same as the fuller ones if those may all be one."""
    found = {(a.key, b.key): opinion for a, b in combinations(nodes, 2) if (opinion := compare(a, b))}
    by_key = {node.key: node for node in nodes}
    fuller: defaultdict[str, list[str]] = defaultdict(list)
    for (a, b), opinion in found.items():
        if opinion.verdict == "lacking":
            poor, rich = (a, b) if opinion.fuller else (b, a)
            fuller[poor].append(rich)
    listed: defaultdict[str, list[str]] = defaultdict(list)
    for (a, b), opinion in found.items():
        if opinion.verdict == "same" and by_key[a].is_listed != by_key[b].is_listed:
            unlisted, known = (b, a) if by_key[a].is_listed else (a, b)
            listed[unlisted].append(known)
    alone = {poor: _may_be_one(rich, found) for poor, rich in fuller.items()}
    for (a, b), opinion in found.items():
        if opinion.verdict == "lacking":
            if alone[a if opinion.fuller else b]:
                yield _edge(by_key[a], by_key[b], "same", opinion.score, opinion.reason)
            else:
                yield _edge(by_key[a], by_key[b], "unsure", opinion.score / 2, f"{opinion.reason}; there are others")
        elif opinion.verdict == "same" and any(len(listed.get(key, ())) > 1 for key in (a, b)):
            yield _edge(by_key[a], by_key[b], "unsure", opinion.score / 2, "the gazetteer lists several by that name")
        else:
            yield _edge(by_key[a], by_key[b], opinion.verdict, opinion.score, opinion.reason)


def _may_be_one(rich: Sequence[str], found: dict[tuple[str, str], Opinion]) -> bool:
    opinions = [found.get((a, b)) or found.get((b, a)) for a, b in combinations(rich, 2)]
    return all(opinion is not None and opinion.verdict in {"same", "lacking"} for opinion in opinions)


def opinion_of(one: Node, other: Node) -> Opinion | None:
    """What the full names of two nodes of one type say; the gazetteer tells its own apart."""
    if _family(one) != _family(other) or (one.is_listed and other.is_listed):
        return None
    found: list[Opinion | None]
    if one.type == "person":
        found = [people.compare(a, b) for a in one.people for b in other.people]
    else:
        found = [meanings.compare(_family(one), a, b) for a in one.meanings for b in other.meanings]
    opinions = [opinion for opinion in found if opinion]
    if one.is_listed or other.is_listed:  # that one of many listed names differs says nothing
        opinions = [opinion for opinion in opinions if opinion.verdict != "apart"]
    return min(opinions, key=lambda o: (_ORDER.index(o.verdict), -o.score, o.reason), default=None)


def _family(node: Node) -> MentionType:
    """The type, but one for all papers: a declaration that is signed is an agreement here and a document there."""
    return "treaty" if node.type == "document" else node.type


def own_opinion(one: Node, other: Node) -> Opinion | None:
    """What two nodes say that have the same words of their own, where one says more of what it is, or surer.

    "Orvan Motors" and "Tập đoàn Orvan Motors"; "Brava Air", which looks like a person, and the airline of that name. Whom a
    document calls a person by more than the look of the name is no company.
    """
    if one.is_listed or other.is_listed:
        return None
    known = [of_own for a in one.readings for b in other.readings if (of_own := meanings.compare_own(a, b))]
    if one.type == other.type:
        lacking = [opinion for opinion in known if opinion.verdict == "lacking"]
        return lacking[0] if lacking and one.type == "organization" else None
    guessed = [node.is_guessed and node.type in {"person", "organization", "place"} for node in (one, other)]
    if not known or guessed[0] == guessed[1] or (other if guessed[0] else one).type not in _TOLD_BY_OTHERS:
        return None
    fuller = 1 if guessed[0] else 0
    return Opinion("lacking", 0.7, "another article says what bears the name", fuller=fuller)


def _untyped(nodes: Sequence[Node]) -> Iterator[Edge]:
    """A name of unknown type, and the only thing of known type that bears it."""
    typed = [node for node in nodes if node.type != "untyped"]
    if len(typed) == 1:
        for node in nodes:
            if node.type == "untyped":
                yield _edge(node, typed[0], "same", 0.7, "nothing else bears the name")


def _ties(node: Node) -> Iterator[Edge]:
    """What documents call by this name as well as by another."""
    claimed = [tie.partition(":") for tie in sorted(node.told("also"))]
    if is_initials(node):
        one_each = all(len(names) == 1 for names in _by_language(claimed).values())
        inside = any(node.name in key.partition("|")[2].split() for _, _, key in claimed)
        sure = (
            one_each
            and not inside
            and (len({language for language, _, _ in claimed}) == 1 or len(node.name) >= _SURE_ACRONYM)
        )
        for _, _, other in claimed:
            if sure:
                yield _edge(node, Node(other, {}), "same", 0.85, "an article gives the initials with the name")
            else:
                yield _edge(node, Node(other, {}), "unsure", 0.4, "the initials of more than one")
        return
    for _, _, other in claimed:
        if node.key.startswith("person|") and not people.resemble(node.name, other.partition("|")[2]):
            yield _edge(node, Node(other, {}), "unsure", 0.4, "an article uses both names, which are not alike")
        else:
            yield _edge(node, Node(other, {}), "same", 0.9, "an article uses both names")


def is_initials(node: Node) -> bool:
    """Whether the name of a body is one word that documents use beside a longer name: "VNA"."""
    return " " not in node.name and node.key.startswith(("organization|", "unit|"))


def _by_language(claimed: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    """The names that bear the same initials, by language; two that mean the same count once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, _, key in claimed:
        meaning = meanings.parse(key.partition("|")[2], language)
        if all(meanings.parse(known.partition("|")[2], language).words != meaning.words for known in found[language]):
            found[language].append(key)
    return found
