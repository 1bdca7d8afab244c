"""Read a query that `kg.sparql` has checked into groups and triple patterns; expressions stay as they are spelled.

The engine gives no algebra to Python, and rdflib's loses the spelling that must be handed on to the engine.
"""

from __future__ import annotations

from kg import ns, sparql
from kg.tracing.cursor import Cursor
from kg.tracing.syntax import (
    Alternative,
    Bind,
    Closed,
    Element,
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

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_OPEN = {"{", "(", "[", "<<"}
_MODIFIERS = ("HAVING", "ORDER", "LIMIT", "OFFSET")
_VERBS = frozenset({"A", "^", "!", "("})


def read(query: str) -> tuple[Tokens, Select]:
    """The tokens of BASE and PREFIX, and the SELECT or ASK behind them; a QueryError names what cannot be read."""
    found = tuple(sparql.tokens(query))
    start = 0
    while start < len(found) and found[start].text.upper() in ("BASE", "PREFIX", "VERSION"):
        start += 3 if found[start].text.upper() == "PREFIX" else 2
    reader = _Reader(found, start)
    select = reader.select()
    if reader.position < len(found):
        raise reader.lost()
    return found[:start], select


class _Reader(Cursor):
    """Goes over the tokens of one query once, from left to right; nesting is bounded by `sparql.check`."""

    def __init__(self, tokens: Tokens, position: int) -> None:
        super().__init__(tokens, position)
        self._blank = 0

    def select(self) -> Select:
        start = self.position
        projection: tuple[tuple[str, Tokens], ...] | None = None
        if self.skip("SELECT"):
            while self.skip("DISTINCT", "REDUCED"):
                pass
            head = self.since(start)
            projection = None if self.skip("*") else self._projection()
        elif self.skip("ASK"):
            head = self.since(start)
        else:
            raise self.lost()
        rest = self.position
        while self.skip("FROM"):
            self.skip("NAMED")
            self.next()
        dataset = self.since(rest)
        self.skip("WHERE")
        where = self._group()
        keys = self._keys() if self.skip("GROUP") else ()
        tail = self.position
        while self.text() in _MODIFIERS or self._inside_modifiers():
            self.balanced() if self.text() in _OPEN else self.next()
        modifiers = self.since(tail)
        words = {token.text.upper() for token in modifiers if token.kind == "word"}
        values = self._values(self.position - 1) if self.skip("VALUES") else None
        computed = tuple(token for _, tokens in projection or () for token in tokens) + modifiers
        return Select(
            head=head,
            projection=projection,
            dataset=dataset,
            where=where,
            keys=keys,
            values=values,
            rest=self.since(rest),
            aggregated=bool(keys) or any(t.kind == "word" and t.text.upper() in _AGGREGATES for t in computed),
            limited=bool(words & {"LIMIT", "OFFSET"}),
        )

    def _projection(self) -> tuple[tuple[str, Tokens], ...]:
        found = []
        while self.kind() == "var" or self.text() == "(":
            if self.text() == "(":
                expression, name = self._named(self.balanced())
                found.append((name, expression))
            else:
                found.append((self.variable(), ()))
        if not found:
            raise self.lost()
        return tuple(found)

    def _keys(self) -> tuple[tuple[str | None, Tokens], ...]:
        if not self.skip("BY"):
            raise self.lost()
        found: list[tuple[str | None, Tokens]] = []
        while self.text() not in (*_MODIFIERS, "VALUES", "}", ""):
            if self.kind() == "var":
                found.append((self.variable(), ()))
                continue
            start = self.position
            if self.text() != "(":
                self.next()
            inner = self.balanced()
            if len(inner) > 3 and inner[-3].text.upper() == "AS":  # noqa: PLR2004 - `( expression AS ?name )`
                expression, name = self._named(inner)
                found.append((name, expression))
            else:
                found.append((None, self.since(start)))
        return tuple(found)

    def _inside_modifiers(self) -> bool:
        return self.text() not in ("}", "", "VALUES")

    def _named(self, bracketed: Tokens) -> tuple[Tokens, str]:
        """`( expression AS ?name )` taken apart."""
        inner = bracketed[1:-1]
        if len(inner) < 3 or inner[-2].text.upper() != "AS" or inner[-1].kind != "var":  # noqa: PLR2004 - as above
            raise self.lost()
        return inner[:-2], "?" + inner[-1].text[1:]

    def _group(self) -> Group:
        start = self.position
        if not self.skip("{"):
            raise self.lost()
        if self.text() == "SELECT":
            select = self.select()
            if not self.skip("}"):
                raise self.lost()
            return Group((), self.since(start), select)
        elements: list[Element] = []
        while not self.skip("}"):
            self._element(elements)
        return Group(tuple(elements), self.since(start))

    def _element(self, elements: list[Element]) -> None:
        start, word = self.position, self.text()
        if word == ".":
            self.next()
        elif word == "{":
            branches = [self._group()]
            while self.skip("UNION"):
                branches.append(self._group())
            elements.append(Union(tuple(branches)) if len(branches) > 1 else Nested(branches[0]))
        elif self.skip("OPTIONAL"):
            elements.append(Nested(self._group(), optional=True))
        elif self.skip("GRAPH"):
            name = self._term([])
            elements.append(Nested(self._group(), graph=name))
        elif self.skip("MINUS"):
            self.balanced()
            elements.append(Minus(self.since(start)))
        elif self.skip("BIND"):
            elements.append(Bind(*self._named(self.balanced())))
        elif self.skip("VALUES"):
            elements.append(self._values(start))
        elif self.skip("FILTER"):
            elements.append(self._filter(start))
        else:
            self._triples(elements)

    def _values(self, start: int) -> Values:
        names = tuple(variables(self.balanced())) if self.text() == "(" else (self.variable(),)
        self.balanced()
        return Values(self.since(start), names)

    def _filter(self, start: int) -> Filter:
        exists = None
        if self.skip("EXISTS"):
            exists = self._group()
        elif self.skip("NOT"):
            self.next()
            self.balanced()
        else:
            if self.text() != "(":
                self.next()
            self.balanced()
        return Filter(self.since(start), exists)

    def _triples(self, into: list[Element]) -> None:
        described = self.text() == "["
        subject = self._term(into)
        if not described or self.kind() in ("var", "iri", "name") or self.text() in _VERBS:
            self._properties(subject, into)

    def _properties(self, subject: str, into: list[Element]) -> None:
        while True:
            path: Path = Step(self.variable()) if self.kind() == "var" else self._path()
            into.append(TriplePattern(subject, path, self._term(into)))
            while self.skip(","):
                into.append(TriplePattern(subject, path, self._term(into)))
            if not self.skip(";"):
                break
            while self.skip(";"):
                pass
            if self.text() in (".", "]", "}"):
                break
        self.skip(".")

    def _term(self, into: list[Element]) -> str:
        """A variable or constant; what stands in square brackets goes `into` the group, under a variable of its own."""
        if self.skip("["):
            self._blank += 1
            node = f"?_:{self._blank}"
            if not self.skip("]"):
                self._properties(node, into)
                if not self.skip("]"):
                    raise self.lost()
            return node
        if self.kind() == "var":
            return self.variable()
        if self.kind() == "blank":
            return "?" + self.next().text
        return self._constant()

    def _constant(self) -> str:
        start, kind = self.position, self.kind()
        signed = self.skip("+", "-")
        if signed or kind == "num":
            if self.kind() != "num":
                raise self.lost()
        elif kind not in ("iri", "name", "text") and self.text() not in ("TRUE", "FALSE"):
            raise self.lost()
        self.next()
        if kind == "text" and (self.kind() == "tag" or self.skip("^^")):
            self.next()
        return "".join(token.text for token in self.since(start))

    def _path(self) -> Path:
        parts = [self._sequence()]
        while self.skip("|"):
            parts.append(self._sequence())
        return Alternative(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self) -> Path:
        parts = [self._link()]
        while self.skip("/"):
            parts.append(self._link())
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def _link(self) -> Path:
        if self.skip("^"):
            return Inverse(self._repeated())
        return self._repeated()

    def _repeated(self) -> Path:
        start = self.position
        path = self._primary()
        if self.skip("*", "+", "?"):
            return Closed(self.since(start), path.term if isinstance(path, Step) else None)
        return path

    def _primary(self) -> Path:
        start = self.position
        if self.text() == "(":
            self.next()
            path = self._path()
            if not self.skip(")"):
                raise self.lost()
            return path
        if self.skip("!"):
            if self.text() == "(":
                self.balanced()
            else:
                self.skip("^")
                self.next()
            return Closed(self.since(start))
        if self.kind() in ("iri", "name"):
            return Step(self.next().text)
        if self.kind() == "word" and self.tokens[self.position].text == "a":
            self.next()
            return Step(str(ns.rdf_type))
        raise self.lost()
