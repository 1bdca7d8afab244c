"""Write a query anew so that each of its solutions shows all that it matched: every step, every branch, no grouping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.sparql import Token, spelled
from kg.tracing.syntax import (
    Alternative,
    Bind,
    Closed,
    Filter,
    Group,
    Inverse,
    Minus,
    Nested,
    Path,
    Select,
    Sequence,
    Step,
    Tokens,
    TriplePattern,
    Union,
    Values,
    variables,
)

_VOLATILE = frozenset({"RAND", "UUID", "STRUUID", "BNODE", "NOW"})
NoteCode = Literal["absent", "within", "path", "given", "more", "ontology", "silent", "alone"]
"""Why something has no sentence: the command line has the words in texts.toml."""


@dataclass(frozen=True, slots=True)
class Template:
    """A triple pattern of the new query; it matched where `guard`, if any, has a value.

    `closed` is the path that a solution does not show, with the property that it repeats, if that is one.
    """

    subject: str
    predicate: str
    object: str
    guard: str | None = None
    closed: Closed | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a solution rests on besides triples."""

    code: NoteCode
    text: str
    guard: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in the query we are: other names for variables that are not seen outside, and the branch."""

    names: Mapping[str, str]
    guard: str | None = None


@dataclass(slots=True)
class Rewriting:
    """The pieces of the new query, gathered while it is written.

    `sources` maps a variable that is computed to those that it is computed from; `volatile` ones come out differently
    each time. `own` begins the names of all variables that the query does not know.
    """

    own: str
    templates: list[Template] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    volatile: set[str] = field(default_factory=set)
    _count: int = 0

    def body(self, select: Select) -> str:
        """The graph pattern of a SELECT, with what it computes for each solution; groups are left open."""
        return self._select(select, Scope({}))

    def _fresh(self) -> str:
        self._count += 1
        return f"?{self.own}{self._count}"

    def _select(self, select: Select, scope: Scope) -> str:
        parts = [self._group(select.where, scope)]
        if select.values:
            parts.append(self._spelled(select.values.tokens, scope))
        computed = [key for key in select.keys if key[0] and key[1]]
        if not select.aggregated:
            computed += [(name, expression) for name, expression in select.projection or () if expression]
        parts += [self._bind(Bind(expression, name), scope) for name, expression in computed if name]
        return "\n".join(parts)

    def _group(self, group: Group, scope: Scope) -> str:
        if group.select:
            return self._subselect(group.select, group.tokens, scope)
        parts, last = [], []
        for element in group.elements:
            parts.append(self._element(element, scope))
            if isinstance(element, Filter) and element.exists:
                last.append(self._existing(element.exists, group, scope))
        return "\n".join([*parts, *last])

    def _element(self, element: object, scope: Scope) -> str:
        match element:
            case TriplePattern():
                return self._path(
                    self._node(element.subject, scope), element.path, self._node(element.object, scope), scope
                )
            case Nested(group=group, optional=True):
                return f"OPTIONAL {self._branch(group, scope)}"
            case Nested(group=group, graph=graph):
                within = f"GRAPH {self._node(graph, scope)} " if graph else ""
                return f"{within}{{\n{self._group(group, scope)}\n}}"
            case Union(branches=branches):
                return "\nUNION\n".join(self._branch(branch, scope) for branch in branches)
            case Bind():
                return self._bind(element, scope)
            case Values():
                return self._spelled(element.tokens, scope)
            case Minus():
                self._note("absent", element.tokens, scope)
                return self._spelled(element.tokens, scope)
            case Filter():
                self._note_filter(element, scope)
                return self._spelled(element.tokens, scope)
            case _:
                raise TypeError(element)

    def _branch(self, group: Group, scope: Scope) -> str:
        """A group that may fail or be passed by, with a variable that has a value where it matched."""
        guard = self._fresh()
        return f"{{\n{self._group(group, replace(scope, guard=guard))}\nBIND(1 AS {guard})\n}}"

    def _bind(self, element: Bind, scope: Scope) -> str:
        name = self._node(element.variable, scope)
        self.sources[name] = tuple(self._node(v, scope) for v in variables(element.expression))
        if any(token.kind == "word" and token.text.upper() in _VOLATILE for token in element.expression):
            self.volatile.add(name)
        return f"BIND(\n{self._spelled(element.expression, scope)}\nAS {name})"

    def _note_filter(self, element: Filter, scope: Scope) -> None:
        words = [token.text.upper() for token in element.tokens if token.kind == "word"]
        if element.tokens[1].text.upper() == "NOT":
            self._note("absent", element.tokens, scope)
        elif not element.exists and "EXISTS" in words:
            self._note("within", element.tokens, scope)

    def _note(self, code: NoteCode, tokens: Tokens, scope: Scope) -> None:
        self.notes.append(Note(code, " ".join(token.text for token in tokens), scope.guard))

    def _existing(self, exists: Group, around: Group, scope: Scope) -> str:
        """The group of an EXISTS as an optional one: it matched, or all failed.

        Variables that are its own, or may have no value outside, have other names within, and only the same values
        where both have one: no value outside lets an EXISTS match anything, and must stay none.
        """
        outside = {
            v for one in around.elements if not isinstance(one, Filter) for v in variables(tuple(_tokens_of(one)))
        }
        sure = {
            v for one in around.elements if isinstance(one, TriplePattern) for v in variables(tuple(_tokens_of(one)))
        }
        inner = self._hiding(exists.tokens, sure, scope)
        guard = self._fresh()
        pairs = [
            (self._node(name, scope), self._node(name, inner))
            for name in dict.fromkeys(variables(exists.tokens))
            if name in outside - sure
        ]
        alike = [f"FILTER(!BOUND({a}) || !BOUND({b}) || SAMETERM({a}, {b}))" for a, b in pairs]
        matched = self._group(exists, replace(inner, guard=guard))
        return "\n".join(["OPTIONAL {", "{", matched, "}", *alike, f"BIND(1 AS {guard})", "}"])

    def _subselect(self, select: Select, tokens: Tokens, scope: Scope) -> str:
        """The pattern of a SELECT within braces; where that groups or cuts off, also the SELECT itself."""
        if select.projection is None:
            inner = scope
        else:
            inner = self._hiding(tokens, {name for name, _ in select.projection}, scope)
        parts = [f"{{\n{self._select(select, inner)}\n}}"]
        if select.aggregated or select.limited:
            parts.insert(0, self._spelled(tokens, inner))
            for name, expression in select.projection or ():
                if expression and select.aggregated:
                    self.sources[self._node(name, inner)] = tuple(self._node(v, inner) for v in variables(expression))
        return "\n".join(parts)

    def _hiding(self, tokens: Tokens, seen: set[str], scope: Scope) -> Scope:
        hidden = [name for name in dict.fromkeys(variables(tokens)) if name not in seen]
        return replace(scope, names={**scope.names, **{name: self._fresh() for name in hidden}})

    def _path(self, subject: str, path: Path, object_: str, scope: Scope) -> str:
        match path:
            case Step(term=term):
                return self._triple(subject, self._node(term, scope), object_, scope)
            case Inverse(path=inner):
                return self._path(object_, inner, subject, scope)
            case Sequence(parts=parts):
                nodes = [subject, *(self._fresh() for _ in parts[1:]), object_]
                ends = zip(nodes, parts, nodes[1:], strict=False)
                return "\n".join(self._path(start, part, end, scope) for start, part, end in ends)
            case Alternative(parts=parts):
                return self._alternative(subject, parts, object_, scope)
            case Closed(tokens=tokens):
                self.templates.append(Template(subject, "", object_, scope.guard, path))
                return f"{subject} {spelled(tokens)} {object_} ."

    def _alternative(self, subject: str, parts: tuple[Path, ...], object_: str, scope: Scope) -> str:
        """One variable for all properties where it can be so: a union of each would be slow."""
        forward = [part.term for part in parts if isinstance(part, Step)]
        if len(forward) == len(parts):
            property_ = self._fresh()
            given = " ".join(dict.fromkeys(forward))
            return f"VALUES {property_} {{ {given} }}\n{self._triple(subject, property_, object_, scope)}"
        branches = []
        for part in parts:
            guard = self._fresh()
            within = self._path(subject, part, object_, replace(scope, guard=guard))
            branches.append(f"{{\n{within}\nBIND(1 AS {guard})\n}}")
        return "\nUNION\n".join(branches)

    def _triple(self, subject: str, predicate: str, object_: str, scope: Scope) -> str:
        self.templates.append(Template(subject, predicate, object_, scope.guard))
        return f"{subject} {predicate} {object_} ."

    def _node(self, term: str, scope: Scope) -> str:
        """A variable under the name that it has here; blank nodes of a query are variables without a name."""
        if term.startswith("?_:"):
            return f"?{self.own}b{term[3:].encode().hex()}"
        return scope.names.get(term, term) if term.startswith("?") else term

    def _spelled(self, tokens: Tokens, scope: Scope) -> str:
        """Tokens as they stand, but for new names: variables as in `scope`, blank nodes others each time.

        A piece may be written twice, and the label of a blank node may stand in one group only.
        """
        self._count += 1

        def named(token: Token) -> Token:
            if token.kind == "var":
                return replace(token, text=scope.names.get("?" + token.text[1:], token.text))
            return replace(token, text=f"{token.text}_{self._count}") if token.kind == "blank" else token

        return spelled(map(named, tokens))


def _tokens_of(element: object) -> Iterator[Token]:
    """The tokens of an element, as far as they may hold variables."""
    match element:
        case TriplePattern(subject=subject, path=path, object=object_):
            terms = [subject, object_, *([path.term] if isinstance(path, Step) else [])]
            yield from (Token("var", term) for term in terms if term.startswith("?"))
        case Nested(group=group):
            yield from group.tokens
        case Union(branches=branches):
            for branch in branches:
                yield from branch.tokens
        case Bind(expression=expression, variable=variable):
            yield from (*expression, Token("var", variable))
        case Values(tokens=tokens):
            yield from tokens


def certain(group: Group) -> Iterator[str]:
    """The variables that every solution of a group binds before anything that may fail is looked at."""
    for element in group.elements:
        if not isinstance(element, TriplePattern):
            if isinstance(element, Values | Filter):
                continue
            return
        terms = [element.subject, element.object, *([element.path.term] if isinstance(element.path, Step) else [])]
        yield from (term for term in terms if term.startswith("?") and not term.startswith("?_:"))
