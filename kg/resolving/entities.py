"""Join the names of all documents into entities, by judgements that can be read and overruled."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg import gazetteer
from kg.gazetteer import Entry
from kg.model import Entity, Extraction, Judgement
from kg.rdf.wording import LANGUAGES
from kg.resolving import blocks, chains, components, judgements, listed, nodes
from kg.resolving.blocks import Edge
from kg.resolving.chains import Part
from kg.resolving.judgements import Line
from kg.resolving.nodes import Node

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 48


@dataclass(frozen=True, slots=True)
class Identified:
    """The entities, sorted by key, what was judged on the way, and the lines of the user that had no effect.

    Those speak of what no article names, or contradict other lines.
    """

    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...] = ()
    idle: tuple[Line, ...] = ()


def resolve(extractions: Iterable[Extraction], lines: Sequence[Line] = ()) -> tuple[Entity, ...]:
    """The entities that the documents mention, sorted by key; `lines` are a user's judgements."""
    return identify([part for extraction in extractions for part in chains.parts(extraction)], lines).entities


def identify(parts: Sequence[Part], lines: Sequence[Line] = ()) -> Identified:
    """The entities behind the parts of all documents' chains.

    Names are compared without case, with a hyphen equal to a space, but with their diacritics: Hùng is not Hưng. What
    joins different names is judged in small blocks (see `blocks.keys`). What only a common name tells ("Bình", "Công an
    tỉnh", "các quan chức") is one thing only within its document.
    """
    known = nodes.total(parts)
    by_block: defaultdict[str, list[Node]] = defaultdict(list)
    for node in known.values():
        for key in blocks.keys(node):
            by_block[key].append(node)
    judged: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for block, members in sorted(by_block.items()):
        for edge in blocks.judge(block, members):
            judged[edge.first, edge.second].append(edge)
    edges = {pair: blocks.settle(found) for pair, found in sorted(judged.items())}
    told, idle = _of_user(lines, known)
    edges |= {(edge.first, edge.second): edge for edge, _ in told}
    members_of: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for part in parts:
        members_of[part.node].add((part.document, part.chain))

    found: dict[str, Entity] = {}
    dropped: list[Edge] = []
    for connected, inner in _with_edges(components.connected(known, edges.values()), edges.values()):
        things, refused = components.split(connected, inner)
        dropped += refused
        for thing in things:
            mentioned = sorted(member for key in thing for member in members_of[key])
            if mentioned:
                found.update(dict.fromkeys(thing, entity([known[key] for key in thing], mentioned)))
    by_line = {(edge.first, edge.second): line for edge, line in told}
    records = {record for edge in edges.values() if (record := judgement(edge, known, found, dropped, by_line))}
    entities = {e.key: e for e in found.values()}
    return Identified(
        tuple(entities[key] for key in sorted(entities)),
        tuple(sorted(records, key=lambda r: r.order)),
        tuple(sorted({*idle, *(by_line[e.first, e.second] for e in dropped if (e.first, e.second) in by_line)})),
    )


def _of_user(lines: Sequence[Line], known: Mapping[str, Node]) -> tuple[list[tuple[Edge, Line]], tuple[Line, ...]]:
    """The edges of a user's lines, and the lines that have none."""
    if not lines:
        return [], ()
    called: defaultdict[str, list[Node]] = defaultdict(list)
    for node in known.values():
        for key in judgements.keys(node):
            called[key].append(node)
    found = [
        (line, judgements.edges(line, called[judgements.key(line.first)], called[judgements.key(line.second)]))
        for line in lines
    ]
    return [(edge, line) for line, edges in found for edge in edges], tuple(line for line, edges in found if not edges)


def _with_edges(
    connected: Iterable[tuple[str, ...]], edges: Iterable[Edge]
) -> Iterator[tuple[tuple[str, ...], list[Edge]]]:
    """Each set of nodes with the edges that begin in it."""
    by_first: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_first[edge.first].append(edge)
    for members in connected:
        yield members, [edge for node in members for edge in by_first[node]]


def judgement(
    edge: Edge,
    known: Mapping[str, Node],
    found: Mapping[str, Entity],
    dropped: Sequence[Edge],
    by_line: Mapping[tuple[str, str], Line],
) -> Judgement | None:
    """The record of what was judged of two names; None of what keeps apart by rule, or of names that are equal."""
    line = by_line.get((edge.first, edge.second))
    one, other = known.get(edge.first), known.get(edge.second)
    if one is None or other is None or not (one.key in found and other.key in found):
        return None
    names = (min(shown := (_shown(one), _shown(other))), max(shown))
    entities = tuple(sorted({found[one.key].key, found[other.key].key}))
    if line and edge in dropped:
        return None
    if line:
        return Judgement(names, entities, line.verdict, 1.0, (line.note,) if line.note else (), line.by)
    if edge.verdict == "apart" or names[0] == names[1] or one.name == other.name:
        return None
    if edge in dropped:
        return Judgement(names, entities, "unsure", edge.score / 2, (edge.reason, "something else keeps them apart"))
    verdict: Literal["same", "unsure"] = "same" if len(entities) == 1 else "unsure"
    return Judgement(names, entities, verdict, edge.score, (edge.reason,))


def _shown(node: Node) -> str:
    """How a node's name is written."""
    return _best(node.counts) or (node.names[0][1] if node.names else node.name)


def entity(members: Sequence[Node], chains_of: Sequence[tuple[str, str]]) -> Entity:
    """The entity that nodes stand for together, mentioned by the chains `chains_of`.

    Its key follows from the nodes' keys and the name used most: a gazetteer key where there is one, else a slug and a hash
    of the first of its names of a known type.
    """
    counts = sum((Counter(node.counts) for node in members), Counter())
    whole = Node(_leader(members).key, counts)
    entry = gazetteer.find(whole.name) if whole.is_listed else None
    native = entry.name if entry else _best(counts) or whole.name
    labels = tuple((language, _label(language, whole, entry)) for language in LANGUAGES)
    named = {(pair[0], pair[2]) for pair in (name.partition(":") for name in whole.told("name"))}
    subtypes = whole.told("subtype")
    subtype = entry.subtype if entry else max(subtypes, key=lambda s: (subtypes[s], s), default="")
    return Entity(
        key=whole.name if whole.is_listed else f"{_slug(native)}-{judgements.digest(whole)}".lstrip("-"),
        type=entry.type if entry else whole.type,
        labels=labels,
        aliases=tuple(sorted((code, name) for code, name in named if name not in {*dict(labels).values(), native})),
        members=tuple(chains_of),
        subtype=subtype or None,
    )


def listed_entity(key: str) -> Entity:
    """The entity of what the gazetteer lists under `key`, mentioned nowhere by a name of its own."""
    return entity([Node(f"kb|{key}", {})], ())


def _leader(members: Sequence[Node]) -> Node:
    """The node that gives the entity its key: what is listed, else the first of known type that is no initials."""
    return min(members, key=lambda n: (not n.is_listed, n.kind == "untyped", blocks.is_initials(n), n.kind, n.name))


def _label(language: str, whole: Node, entry: Entry | None) -> str:
    """The name in a language: the gazetteer's, else the one most used in its articles, else the one most used in others."""
    known = listed.english_of(whole.name) if whole.is_listed and language == "en" else ""
    native = entry.name if entry and language != "en" else ""
    return (
        known
        or native
        or _best(whole.counts, language)
        or (entry.name if entry else "")
        or _best(whole.counts)
        or whole.name
    )


def _best(counts: Mapping[str, int], language: str = "") -> str:
    """The full name used most in a language, or in all; else any name, else a description; empty if there is none."""
    for feature in ("full", "name", "described", "written"):
        prefix = f"{feature}:{language}:" if language else f"{feature}:"
        found: Counter[str] = Counter()
        for name, n in counts.items():
            if name.startswith(prefix):
                found[name.removeprefix(prefix) if language else name.split(":", 2)[2]] += n
        if found:
            return max(found.items(), key=lambda item: (item[1], len(item[0]), item[0]))[0]
    return ""


def _slug(name: str) -> str:
    """A readable part of a key in ASCII letters; the hash behind it tells apart what it does not."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return _NO_LETTER.sub("-", letters)[:_LONGEST_SLUG].strip("-")
