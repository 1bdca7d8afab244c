"""Keep up which chains of which documents denote one entity, as articles come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import naming
from kg.model import Entity, Extraction, Judgement, Span, Standing
from kg.resolving import blocks, components, entities, groups, judgements, reading, stories
from kg.resolving.blocks import Edge
from kg.resolving.chains import Part
from kg.resolving.judgements import Line
from kg.resolving.nodes import Node
from kg.resolving.reading import Owners
from kg.resolving.stages import Change, Changes, Stage, Sum, fold, regroup, touched
from kg.resolving.told import Told
from kg.tables import Tables

_LINE = "line "


@dataclass(frozen=True, slots=True)
class Thing:
    """Nodes that are one entity, with its record; `home` is the first of all nodes that judgements connect with them."""

    nodes: tuple[str, ...]
    home: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class Belonging:
    """A group of people and whose they are, by the keys of the two entities."""

    group: str
    owner: str


class Identities:
    """From chains to entities, as `entities.identify` joins them.

    Parts of documents add up to nodes; nodes that share a block are judged; nodes that judgements connect are parted into
    things. An entity is a thing that a document names, or a state for which its capital stands. Each table is written by one
    stage, and what it holds depends on the articles alone. `lines` are a user's judgements.
    """

    def __init__(self, tables: Tables, lines: Sequence[Line] = ()) -> None:
        self._lines = tuple(lines)
        self._languages: Stage[str] = Stage(tables.table("language", str), _no_keys)
        self._seats: Stage[tuple[Span, ...]] = Stage(tables.table("seat", tuple[Span, ...]), _no_keys)
        self._owners: Stage[Owners] = Stage(tables.table("owner", Owners), lambda one: [f"document:{one.document}"])
        self._parts: Stage[Part] = Stage(
            tables.table("part", Part), lambda part: [f"node:{part.node}", f"document:{part.document}"]
        )
        self._nodes: Stage[Sum[str]] = Stage(tables.table("node", Sum[str]), self._node_keys)
        self._judged: Stage[Edge] = Stage(tables.table("judged", Edge), lambda edge: [f"pair:{_pair(edge)}"])
        self._edges: Stage[Edge] = Stage(
            tables.table("edge", Edge), lambda edge: [f"node:{edge.first}", f"node:{edge.second}"]
        )
        self._homes: Stage[str] = Stage(tables.table("home", str), lambda home: [f"home:{home}"])
        self._dropped: Stage[Edge] = Stage(tables.table("dropped", Edge), _no_keys)
        self._things: Stage[Thing] = Stage(tables.table("thing", Thing), _thing_keys)
        self._opinions: Stage[Judgement] = Stage(tables.table("opinion", Judgement), _no_keys)
        self._records: Stage[Sum[Judgement]] = Stage(tables.table("judgement", Sum[Judgement]), _no_keys)
        self._owned: Stage[Belonging] = Stage(tables.table("owned", Belonging), _no_keys)
        self._belonging: Stage[Sum[Belonging]] = Stage(
            tables.table("belonging", Sum[Belonging]), lambda one: [f"group:{one.head.group}"]
        )
        self._lent: Stage[Sum[str]] = Stage(tables.table("lent", Sum[str]), _no_keys)
        self._entities: Stage[Entity] = Stage(tables.table("entity", Entity), _no_keys)
        self.table = self._entities.table

    def key(self, document: str, chain: str) -> str | None:
        """The key of the entity that a chain of a document denotes."""
        part = self._parts.table.get(reading.member(document, chain))
        thing = self._thing(part.node) if part else None
        return thing.entity.key if thing else None

    def get(self, key: str) -> Entity:
        """The entity of a key that some chain has, or that a capital may stand for; whose it is, is not in it."""
        found = self._things.table.under(f"key:{key}")
        return next(iter(found.values())).entity if found else entities.listed_entity(key)

    def spans(self, document: str, chain: str) -> tuple[Span, ...]:
        """Where a document names a seat of government."""
        return self._seats.table.get(reading.member(document, chain)) or ()

    def language(self, document: str) -> str:
        """The language of a document."""
        return self._languages.table.get(document) or ""

    def is_owned(self, document: str, chain: str) -> bool:
        """Whether the document says whose people the chain denotes."""
        return bool(self._owners.table.get(reading.member(document, chain)))

    def owners(self, document: str, chain: str) -> tuple[str, ...]:
        """The chains of those to whom the document says that the people of a chain belong."""
        found = self._owners.table.get(reading.member(document, chain))
        return found.names if found else ()

    def is_of_listed(self, document: str, chain: str) -> bool:
        """Whether the document says that the people whom the chain denotes are those of a thing that a gazetteer lists."""
        part = self._parts.table.get(reading.member(document, chain))
        return part is not None and groups.is_of_listed(part.node)

    def telling(self, document: str) -> tuple[tuple[str, int], ...]:
        """The keys of the things that a document names and few others do, with what each weighs (see `stories`)."""
        found: dict[str, int] = {}
        for part in self._parts.table.under(f"document:{document}").values():
            thing = self._thing(part.node)
            if thing and part.is_named and (weight := stories.weight(thing.entity, listed=_is_listed(thing))):
                found[thing.entity.key] = weight
        return tuple(sorted(found.items()))

    def members(self) -> dict[tuple[str, str], str]:
        """The key of the entity that each chain denotes, by document and chain."""
        found = ((part, self.key(part.document, part.chain)) for _, part in self._parts.table.items())
        return {(part.document, part.chain): key for part, key in found if key}

    def chains_of(self, key: str) -> set[tuple[str, str]]:
        """The chains that denote an entity, each with its document."""
        nodes = (node for thing in self._things.table.under(f"key:{key}").values() for node in thing.nodes)
        found = (part for node in nodes for part in self._parts.table.under(f"node:{node}").values())
        return {(part.document, part.chain) for part in found}

    def judgements(self) -> tuple[Judgement, ...]:
        """What was judged of names."""
        found = (summed.head for _, summed in self._records.table.items())
        return tuple(sorted(found, key=lambda one: (one.names, one.entities, one.verdict, one.by)))

    def idle(self) -> tuple[Line, ...]:
        """The lines of the user without effect: they speak of what no article names, or contradict other lines."""

        def works(number: int) -> bool:
            edges = self._judged.table.under(f"of:{_LINE}{number}").values()
            return bool(edges) and not any(self._dropped.table.get(_pair(edge)) for edge in edges)

        return tuple(sorted(line for number, line in enumerate(self._lines) if not works(number)))

    def update(
        self, added: Iterable[Extraction], removed: Iterable[Extraction]
    ) -> tuple[set[tuple[str, str]], Changes[Sum[Judgement]]]:
        """Take in documents and give up others.

        Returns the chains that denote another entity than before, or one that is otherwise, and the judgements that came or
        went. What the entities are in the end `settle` tells.
        """
        old, new = ({e.document.id: e for e in given} for given in (removed, added))
        read = {id(e): reading.parts(e) for e in (*old.values(), *new.values())}
        self._languages.apply(reading.renewed(old, new, reading.languages))
        self._seats.apply(reading.renewed(old, new, lambda e: reading.seats(e, read[id(e)].values())))
        owners = self._owners.apply(reading.renewed(old, new, reading.owners))
        parts = self._parts.apply(reading.renewed(old, new, lambda e: read[id(e)]))
        nodes = fold(parts, lambda part: ((node, node, features) for node, features in part.adds()), self._nodes)
        edges = self._judge(nodes)
        things, renewed = self._part({*nodes, *(n for e in touched(edges) for n in (e.first, e.second))})
        moved = {(part.document, part.chain) for part in touched(parts)}
        moved |= {(p.document, p.chain) for node in renewed for p in self._parts.table.under(f"node:{node}").values()}
        self._stale = {thing.entity.key for thing in touched(things)} | self._own(moved, owners)
        return moved, self._tell(edges, {*nodes, *(node for thing in touched(things) for node in thing.nodes)})

    def settle(self, told: Changes[Told], acting: Changes[tuple[Standing, ...]]) -> Changes[Entity]:
        """The entities that changed, once it is known which states are named by their capitals: in statements, or acting."""
        lent = {*fold(told, _lent, self._lent), *fold(acting, _stood_for, self._lent)}
        return self._entities.apply({key: self._entity(key) for key in {*self._stale, *lent}})

    def _entity(self, key: str) -> Entity | None:
        found = self._things.table.under(f"key:{key}")
        if not found and self._lent.table.get(key) is None:
            return None
        owners = {one.head.owner for one in self._belonging.table.under(f"group:{key}").values()}
        return replace(self.get(key), belongs_to=tuple(sorted(owners)))

    def _node_keys(self, node: Sum[str]) -> Iterator[str]:
        known = _node(node)
        yield from (f"block:{key}" for key in blocks.keys(known))
        if self._lines:
            yield from (f"called:{key}" for key in judgements.keys(known))

    def _thing(self, node: str) -> Thing | None:
        return next(iter(self._things.table.under(f"node:{node}").values()), None)

    def _judge(self, nodes: Changes[Sum[str]]) -> Changes[Edge]:
        """The edges that changed: what the blocks of the nodes say now, and what a user's lines say of them."""
        told = [change for change in nodes.values() if not _alike(change)]
        dirty = {
            key for change in told for node in (change.old, change.new) if node for key in blocks.keys(_node(node))
        }
        if self._lines:
            called = {key for node in touched(nodes) for key in judgements.keys(_node(node))}
            dirty |= {
                f"{_LINE}{number}"
                for number, line in enumerate(self._lines)
                if called & {judgements.key(line.first), judgements.key(line.second)}
            }
        judged = regroup(dirty, self._in_block, self._opinions_of, self._judged)
        pairs = {_pair(edge) for edge in touched(judged)}
        return self._edges.apply({pair: self._settled(pair) for pair in pairs})

    def _in_block(self, block: str) -> Mapping[str, Sum[str]]:
        if not block.startswith(_LINE):
            return self._nodes.table.under(f"block:{block}")
        line = self._lines[int(block.removeprefix(_LINE))]
        return {i: n for name in (line.first, line.second) for i, n in self._called(name).items()}

    def _called(self, name: str) -> dict[str, Sum[str]]:
        return self._nodes.table.under(f"called:{judgements.key(name)}")

    def _opinions_of(self, block: str, members: Sequence[tuple[str, Sum[str]]]) -> dict[str, Edge]:
        if block.startswith(_LINE):
            line = self._lines[int(block.removeprefix(_LINE))]
            first, second = ([_node(n) for n in self._called(name).values()] for name in (line.first, line.second))
            found = judgements.edges(line, first, second)
        else:
            found = blocks.judge(block, [_node(node) for _, node in members])
        return {f"{block}\t{_pair(edge)}": edge for edge in found}

    def _by_line(self, pair: str) -> int | None:
        """The last line of the user that judges a pair."""
        judged = self._judged.table.under(f"pair:{pair}")
        numbers = (int(i.partition("\t")[0].removeprefix(_LINE)) for i in judged if i.startswith(_LINE))
        return max(numbers, default=None)

    def _settled(self, pair: str) -> Edge | None:
        judged = self._judged.table.under(f"pair:{pair}")
        number = self._by_line(pair)
        if number is not None:
            return judged[f"{_LINE}{number}\t{pair}"]
        return blocks.settle(list(judged.values())) if judged else None

    def _part(self, doubtful: set[str]) -> tuple[Changes[Thing], set[str]]:
        """Part anew what hangs together with the `doubtful` nodes.

        Returns the things that changed, and the nodes whose entity is another one or otherwise than before.
        """
        sets = self._connected(doubtful)
        nodes = {node for members in sets for node in members} | doubtful
        before = {node: _gist(self._thing(node)) for node in nodes}
        homes = {home for node in nodes if (home := self._homes.table.get(node))}
        updates: dict[str, Thing | None] = {i: None for h in homes for i in self._things.table.under(f"home:{h}")}
        edges = {_pair(edge): edge for node in nodes for edge in self._edges.table.under(f"node:{node}").values()}
        refused: dict[str, Edge | None] = dict.fromkeys(edges)
        self._homes.apply({**dict.fromkeys(doubtful), **{n: members[0] for members in sets for n in members}})
        for members in sets:
            inside = set(members)
            inner = [edge for edge in edges.values() if edge.first in inside and edge.second in inside]
            things, dropped = components.split(members, sorted(inner, key=lambda e: (e.first, e.second)))
            refused.update({_pair(edge): edge for edge in dropped})
            for thing in things:
                known = [_node(summed) for node in thing if (summed := self._nodes.table.get(node))]
                if any(node.is_named for node in known):
                    updates[thing[0]] = Thing(thing, members[0], entities.entity(known, ()))
        self._dropped.apply(refused)
        changed = self._things.apply(updates)
        return changed, {node for node in nodes if _gist(self._thing(node)) != before[node]}

    def _connected(self, doubtful: Iterable[str]) -> list[tuple[str, ...]]:
        """The sets of nodes that are connected now, of all nodes that are or were connected with `doubtful` ones."""
        open_, reached = sorted(doubtful), set(doubtful)
        joined: dict[str, set[str]] = {}
        while open_:
            node = open_.pop()
            edges = self._edges.table.under(f"node:{node}").values()
            joined[node] = {n for e in edges if e.verdict == "same" for n in (e.first, e.second)} - {node}
            home = self._homes.table.get(node)
            mates = self._homes.table.under(f"home:{home}") if home else ()
            fresh = {*joined[node], *mates} - reached
            reached |= fresh
            open_ += sorted(fresh)
        return _sets({node: near for node, near in joined.items() if self._nodes.table.get(node)})

    def _own(self, moved: Iterable[tuple[str, str]], owners: Changes[Owners]) -> set[str]:
        """Whose the groups are now; returns the groups of which it changed."""
        documents = {document for document, _ in moved}
        members = {reading.member(*one) for one in moved} | {*owners}
        updates: dict[str, Belonging | None] = {}
        for member in members:
            change = owners.get(member)
            updates.update(
                {f"{member}\t{owner}": None for owner in (change.old.names if change and change.old else ())}
            )
        for document in documents:
            for member, names in self._owners_in(document).items():
                for owner in names:
                    updates[f"{member}\t{owner}"] = self._belongs(member, owner)
        changed = fold(self._owned.apply(updates), _belongs, self._belonging)
        return {summed.head.group for summed in touched(changed)}

    def _owners_in(self, document: str) -> dict[str, tuple[str, ...]]:
        return {member: one.names for member, one in self._owners.table.under(f"document:{document}").items()}

    def _belongs(self, member: str, owner: str) -> Belonging | None:
        document, _, chain = member.partition("\t")
        group, whole = self.key(document, chain), self.key(document, owner)
        return Belonging(group, whole) if group and whole and group != whole else None

    def _tell(self, edges: Changes[Edge], nodes: Iterable[str]) -> Changes[Sum[Judgement]]:
        """What is recorded of the edges that changed, and of those at nodes whose things did."""
        pairs = {*edges, *(pair for node in nodes for pair in self._edges.table.under(f"node:{node}"))}
        opinions = self._opinions.apply({pair: self._opinion(pair) for pair in pairs})
        changed = fold(opinions, lambda one: [(one.key, one, ())], self._records)
        return {
            k: one for k, one in changed.items() if one.old is None or one.new is None or one.old.head != one.new.head
        }

    def _opinion(self, pair: str) -> Judgement | None:
        edge = self._edges.table.get(pair)
        if edge is None:
            return None
        ends = (edge.first, edge.second)
        number = self._by_line(pair)
        return entities.judgement(
            edge,
            {node: _node(summed) for node in ends if (summed := self._nodes.table.get(node))},
            {node: thing.entity for node in ends if (thing := self._thing(node))},
            [edge] if self._dropped.table.get(pair) else [],
            {ends: self._lines[number]} if number is not None else {},
        )


def _no_keys(_record: object) -> Iterable[str]:
    return ()


def _thing_keys(thing: Thing) -> Iterator[str]:
    yield f"home:{thing.home}"
    yield f"key:{thing.entity.key}"
    yield from (f"node:{node}" for node in thing.nodes)


def _is_listed(thing: Thing) -> bool:
    return any(node.startswith("kb|") for node in thing.nodes)


def _pair(edge: Edge) -> str:
    return f"{edge.first}\t{edge.second}"


def _node(summed: Sum[str]) -> Node:
    return Node(summed.head, summed.counts)


def _alike(change: Change[Sum[str]]) -> bool:
    """Whether a node is judged as before: it was only told again."""
    old, new = change.old, change.new
    return old is not None and new is not None and blocks.gist(_node(old)) == blocks.gist(_node(new))


def _gist(thing: Thing | None) -> object:
    """What statements take from an entity: a change of anything else is none to them."""
    return thing and (thing.entity.key, thing.entity.type, thing.entity.subtype, thing.entity.label("vi"))


def _sets(joined: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The sets of nodes that hang together, each sorted, in the order of their first nodes."""
    found, seen = [], set()
    for node in sorted(joined):
        if node not in seen:
            members = [node]
            seen.add(node)
            for one in members:
                fresh = sorted((joined[one] & joined.keys()) - seen)
                seen.update(fresh)
                members += fresh
            found.append(tuple(sorted(members)))
    return found


def _belongs(one: Belonging) -> Iterator[tuple[str, Belonging, tuple[str, ...]]]:
    yield f"{one.group}\t{one.owner}", one, ()


@cache
def _states() -> frozenset[str]:
    """The states that a capital may stand for."""
    return frozenset(map(str, naming.table("capitals")["states"].values()))


def _stood_for(acting: Iterable[Standing]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield from ((one.entity, one.entity, ()) for one in acting)


def _lent(told: Told) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield from ((key, key, ()) for key in told.entities() if key in _states())
