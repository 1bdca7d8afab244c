"""Read a query that `kg.sparql` has checked into groups and triple patterns; expressions stay as they are spelled.

The engine gives no algebra to Python, and rdflib's loses the spelling that must be handed on to the engine.
"""

from __future__ import annotations

from kg import ns, sparql
from kg.sparql import Token
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
_OPEN, _CLOSE = {"{", "(", "[", "<<"}, {"}", ")", "]", ">>"}
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


class _Reader:
    """Goes over the tokens of one query once, from left to right; nesting is bounded by `sparql.check`."""

    def __init__(self, tokens: Tokens, position: int) -> None:
        self._tokens = tokens
        self.position = position
        self._blank = 0

    def lost(self) -> sparql.QueryError:
        """What to raise where the grammar as known here does not go on."""
        near = " ".join(token.text for token in self._tokens[self.position : self.position + 4]) or "its end"
        return sparql.QueryError(f"the query cannot be traced: its part at {near!r} is not read here; write it simpler")

    def select(self) -> Select:
        start = self.position
        projection: tuple[tuple[str, Tokens], ...] | None = None
        if self._skip("SELECT"):
            while self._skip("DISTINCT", "REDUCED"):
                pass
            head = self._since(start)
            projection = None if self._skip("*") else self._projection()
        elif self._skip("ASK"):
            head = self._since(start)
        else:
            raise self.lost()
        rest = self.position
        while self._skip("FROM"):
            self._skip("NAMED")
            self._next()
        dataset = self._since(rest)
        self._skip("WHERE")
        where = self._group()
        keys = self._keys() if self._skip("GROUP") else ()
        tail = self.position
        while self._text() in _MODIFIERS or self._inside_modifiers():
            self._balanced() if self._text() in _OPEN else self._next()
        modifiers = self._since(tail)
        words = {token.text.upper() for token in modifiers if token.kind == "word"}
        values = self._values(self.position - 1) if self._skip("VALUES") else None
        computed = tuple(token for _, tokens in projection or () for token in tokens) + modifiers
        return Select(
            head=head,
            projection=projection,
            dataset=dataset,
            where=where,
            keys=keys,
            values=values,
            rest=self._since(rest),
            aggregated=bool(keys) or any(t.kind == "word" and t.text.upper() in _AGGREGATES for t in computed),
            limited=bool(words & {"LIMIT", "OFFSET"}),
        )

    def _projection(self) -> tuple[tuple[str, Tokens], ...]:
        found = []
        while self._kind() == "var" or self._text() == "(":
            if self._text() == "(":
                expression, name = self._named(self._balanced())
                found.append((name, expression))
            else:
                found.append((self._variable(), ()))
        if not found:
            raise self.lost()
        return tuple(found)

    def _keys(self) -> tuple[tuple[str | None, Tokens], ...]:
        if not self._skip("BY"):
            raise self.lost()
        found: list[tuple[str | None, Tokens]] = []
        while self._text() not in (*_MODIFIERS, "VALUES", "}", ""):
            if self._kind() == "var":
                found.append((self._variable(), ()))
                continue
            start = self.position
            if self._text() != "(":
                self._next()
            inner = self._balanced()
            if len(inner) > 3 and inner[-3].text.upper() == "AS":  # noqa: PLR2004 - `( expression AS ?name )`
                expression, name = self._named(inner)
                found.append((name, expression))
            else:
                found.append((None, self._since(start)))
        return tuple(found)

    def _inside_modifiers(self) -> bool:
        return self._text() not in ("}", "", "VALUES")

    def _named(self, bracketed: Tokens) -> tuple[Tokens, str]:
        """`( expression AS ?name )` taken apart."""
        inner = bracketed[1:-1]
        if len(inner) < 3 or inner[-2].text.upper() != "AS" or inner[-1].kind != "var":  # noqa: PLR2004 - as above
            raise self.lost()
        return inner[:-2], "?" + inner[-1].text[1:]

    def _group(self) -> Group:
        start = self.position
        if not self._skip("{"):
            raise self.lost()
        if self._text() == "SELECT":
            select = self.select()
            if not self._skip("}"):
                raise self.lost()
            return Group((), self._since(start), select)
        elements: list[Element] = []
        while not self._skip("}"):
            self._element(elements)
        return Group(tuple(elements), self._since(start))

    def _element(self, elements: list[Element]) -> None:
        start, word = self.position, self._text()
        if word == ".":
            self._next()
        elif word == "{":
            branches = [self._group()]
            while self._skip("UNION"):
                branches.append(self._group())
            elements.append(Union(tuple(branches)) if len(branches) > 1 else Nested(branches[0]))
        elif self._skip("OPTIONAL"):
            elements.append(Nested(self._group(), optional=True))
        elif self._skip("GRAPH"):
            name = self._term([])
            elements.append(Nested(self._group(), graph=name))
        elif self._skip("MINUS"):
            self._balanced()
            elements.append(Minus(self._since(start)))
        elif self._skip("BIND"):
            elements.append(Bind(*self._named(self._balanced())))
        elif self._skip("VALUES"):
            elements.append(self._values(start))
        elif self._skip("FILTER"):
            elements.append(self._filter(start))
        else:
            self._triples(elements)

    def _values(self, start: int) -> Values:
        names = tuple(variables(self._balanced())) if self._text() == "(" else (self._variable(),)
        self._balanced()
        return Values(self._since(start), names)

    def _filter(self, start: int) -> Filter:
        exists = None
        if self._skip("EXISTS"):
            exists = self._group()
        elif self._skip("NOT"):
            self._next()
            self._balanced()
        else:
            if self._text() != "(":
                self._next()
            self._balanced()
        return Filter(self._since(start), exists)

    def _triples(self, into: list[Element]) -> None:
        described = self._text() == "["
        subject = self._term(into)
        if not described or self._kind() in ("var", "iri", "name") or self._text() in _VERBS:
            self._properties(subject, into)

    def _properties(self, subject: str, into: list[Element]) -> None:
        while True:
            path: Path = Step(self._variable()) if self._kind() == "var" else self._path()
            into.append(TriplePattern(subject, path, self._term(into)))
            while self._skip(","):
                into.append(TriplePattern(subject, path, self._term(into)))
            if not self._skip(";"):
                break
            while self._skip(";"):
                pass
            if self._text() in (".", "]", "}"):
                break
        self._skip(".")

    def _term(self, into: list[Element]) -> str:
        """A variable or constant; what stands in square brackets goes `into` the group, under a variable of its own."""
        if self._skip("["):
            self._blank += 1
            node = f"?_:{self._blank}"
            if not self._skip("]"):
                self._properties(node, into)
                if not self._skip("]"):
                    raise self.lost()
            return node
        if self._kind() == "var":
            return self._variable()
        if self._kind() == "blank":
            return "?" + self._next().text
        return self._constant()

    def _constant(self) -> str:
        start, kind = self.position, self._kind()
        signed = self._skip("+", "-")
        if signed or kind == "num":
            if self._kind() != "num":
                raise self.lost()
        elif kind not in ("iri", "name", "text") and self._text() not in ("TRUE", "FALSE"):
            raise self.lost()
        self._next()
        if kind == "text" and (self._kind() == "tag" or self._skip("^^")):
            self._next()
        return "".join(token.text for token in self._since(start))

    def _path(self) -> Path:
        parts = [self._sequence()]
        while self._skip("|"):
            parts.append(self._sequence())
        return Alternative(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self) -> Path:
        parts = [self._link()]
        while self._skip("/"):
            parts.append(self._link())
        return Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def _link(self) -> Path:
        if self._skip("^"):
            return Inverse(self._repeated())
        return self._repeated()

    def _repeated(self) -> Path:
        start = self.position
        path = self._primary()
        if self._skip("*", "+", "?"):
            return Closed(self._since(start), path.term if isinstance(path, Step) else None)
        return path

    def _primary(self) -> Path:
        start = self.position
        if self._text() == "(":
            self._next()
            path = self._path()
            if not self._skip(")"):
                raise self.lost()
            return path
        if self._skip("!"):
            if self._text() == "(":
                self._balanced()
            else:
                self._skip("^")
                self._next()
            return Closed(self._since(start))
        if self._kind() in ("iri", "name"):
            return Step(self._next().text)
        if self._kind() == "word" and self._tokens[self.position].text == "a":
            self._next()
            return Step(str(ns.rdf_type))
        raise self.lost()

    def _balanced(self) -> Tokens:
        """The tokens from an opening bracket to its closing one."""
        start, depth = self.position, 0
        while True:
            token = self._next()
            if token.kind == "mark":
                depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth <= 0:
                break
        if self.position - start < 2:  # noqa: PLR2004 - no bracket stood there
            self.position = start
            raise self.lost()
        return self._since(start)

    def _variable(self) -> str:
        if self._kind() != "var":
            raise self.lost()
        return "?" + self._next().text[1:]

    def _next(self) -> Token:
        if self.position >= len(self._tokens):
            raise self.lost()
        self.position += 1
        return self._tokens[self.position - 1]

    def _skip(self, *texts: str) -> bool:
        if self._text() in texts and self._kind() in ("word", "mark"):
            self.position += 1
            return True
        return False

    def _text(self) -> str:
        """The next token, keywords in capitals; empty at the end."""
        if self.position >= len(self._tokens):
            return ""
        token = self._tokens[self.position]
        return token.text.upper() if token.kind == "word" else token.text

    def _kind(self) -> str:
        return self._tokens[self.position].kind if self.position < len(self._tokens) else ""

    def _since(self, start: int) -> Tokens:
        return self._tokens[start : self.position]
