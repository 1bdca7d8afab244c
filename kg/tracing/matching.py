"""Ask which triples each row of an answer rests on: the engine solves the rewritten query for one row after the other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import sparql
from kg.errors import UsageError
from kg.sparql import Token, spelled
from kg.store import Rows, querying
from kg.store.rows import Term
from kg.tracing import reading
from kg.tracing.rewriting import Note, Rewriting, Template, certain
from kg.tracing.syntax import Select, Tokens, variables

MAX_SOLUTIONS = 1_000
"""Solutions that are looked at behind one row."""
_MAX_STEPS = 10_000
_OWN = "why"
_Row = Mapping[str, Term | None]


@dataclass(frozen=True, slots=True)
class Match:
    """A row of an answer, with the triples that it rests on and what it rests on besides."""

    row: tuple[Term | None, ...]
    triples: tuple[ox.Triple, ...]
    notes: tuple[Note, ...]


class Matcher:
    """One query over one store, ready to be traced row by row; a QueryError says what cannot be.

    `variables` are those of the rows: of an ASK all that it names, as its first solution has them.
    """

    def __init__(self, store: ox.Store, query: sparql.Query) -> None:
        if query.kind not in ("SELECT", "ASK"):
            raise UsageError(f"only the rows of SELECT and the yes of ASK can be traced, not {query.kind}")
        self._store = store
        self._query = query
        querying.answer(store, query)  # the engine's words about a wrong query are better than ours
        self._prologue, self._select = reading.read(query.text)
        self._own = _unused(query.text)
        self._rewriting = Rewriting(self._own)
        self._body = self._rewriting.body(self._select)
        sparql.check(self._solving({}))
        self._constants = self._resolve()
        self._guards = {t.guard for t in self._rewriting.templates} | {n.guard for n in self._rewriting.notes}
        found = querying.answer(store, self._solving_query({}))
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a SELECT of ours
        self._visible = [f"?{variable.value}" for variable in found.variables]
        self.variables, self.rows = self._rows()

    def matches(self, limit: int) -> Iterator[Match]:
        """The first `limit` rows."""
        for row in self.rows[:limit]:
            yield self._match(dict(zip((f"?{name}" for name in self._all), row, strict=True)))

    def _rows(self) -> tuple[list[str], list[tuple[Term | None, ...]]]:
        """What the query answers; the keys that it groups by and does not show stand behind what it shows."""
        if self._query.kind == "ASK":
            self._all = [name[1:] for name in self._visible if not name[1:].startswith(self._own)]
            first = itertools.islice(self._solutions({}), 1)
            return self._all, [tuple(solution[name] for name in self._all) for solution in first]
        shown = [name for name, _ in self._select.projection or ()]
        hidden = [name for name, _ in self._select.keys if name and name not in shown]
        text = self._query.text
        if self._select.projection and hidden and not self._select.distinct:
            select = self._select
            text = spelled((*self._prologue, *select.head, *_projected(select)))
            text += f" {' '.join(hidden)} {spelled(select.rest)}"
        rows = querying.collect(querying.answer(self._store, sparql.Query(text, "SELECT", self._query.dataset)))
        assert isinstance(rows, Rows)  # noqa: S101 - it is a SELECT
        self._all = rows.variables
        return rows.variables[: len(shown) or None], rows.terms

    def _match(self, row: _Row) -> Match:
        """The triples behind one row, from all solutions that give it."""
        triples: dict[ox.Triple, None] = {}
        notes: dict[Note, None] = {}
        grounded: set[str] = set()
        checked = [name for name in row if name in self._visible and name not in self._rewriting.volatile]
        matching = (
            solution
            for solution in self._solutions(row)
            if self._query.kind == "ASK" or all(solution[name[1:]] == row[name] for name in checked)
        )
        for number, solution in enumerate(matching):
            if number == MAX_SOLUTIONS:
                notes[Note("more", str(MAX_SOLUTIONS))] = None
                break
            for template in self._rewriting.templates:
                if template.guard is None or solution[template.guard[1:]] is not None:
                    triples.update(dict.fromkeys(self._triples(template, solution, notes)))
                    grounded |= {template.subject, template.predicate, template.object}
            notes.update(
                (Note(note.code, note.text), None)
                for note in self._rewriting.notes
                if note.guard is None or solution[note.guard[1:]] is not None
            )
            if self._query.kind == "ASK":
                break
        notes.update((Note("given", name), None) for name in self._given(row, grounded))
        terms = tuple(row[f"?{name}"] for name in self.variables)
        return Match(terms, tuple(triples), tuple(notes))

    def _given(self, row: _Row, grounded: set[str]) -> Iterator[str]:
        """The variables of a row whose values come from the query itself."""
        sources = dict(self._rewriting.sources)
        if self._select.aggregated:
            sources |= {n: tuple(variables(e)) or (n,) for n, e in self._select.projection or () if e}
            grounded = grounded | {n for n, e in self._select.projection or () if e and not [*variables(e)]}

        def rests(name: str, seen: frozenset[str]) -> bool:
            if name in grounded:
                return True
            return name not in seen and any(rests(source, seen | {name}) for source in sources.get(name, ()))

        for name in (f"?{name}" for name in self.variables):
            if row[name] is not None and not rests(name, frozenset()):
                yield name

    def _triples(self, template: Template, solution: ox.QuerySolution, notes: dict[Note, None]) -> Iterator[ox.Triple]:
        subject, object_ = (self._value(term, solution) for term in (template.subject, template.object))
        if template.closed is None:
            predicate = self._value(template.predicate, solution)
            if isinstance(predicate, ox.NamedNode) and isinstance(subject, ox.NamedNode | ox.BlankNode) and object_:
                yield ox.Triple(subject, predicate, object_)
            return
        step = self._constants.get(template.closed.step or "")
        if subject == object_ and template.closed.tokens[-1].text in ("*", "?"):
            return  # no step need be taken
        walked = self._walk(subject, step, object_) if isinstance(step, ox.NamedNode) else None
        if walked is None:
            path = "".join(token.text for token in template.closed.tokens)
            notes[Note("path", f"{sparql.short(_plain(subject))} {path} {sparql.short(_plain(object_))}")] = None
        yield from walked or ()

    def _walk(self, start: Term | None, step: ox.NamedNode, end: Term | None) -> list[ox.Triple] | None:
        """The triples of a shortest way of one step or more from `start` to `end`; None where there is no way."""
        came: dict[Term, ox.Triple] = {}
        open_ = [start] if isinstance(start, ox.NamedNode | ox.BlankNode) else []
        for node in open_:
            after = {quad.object: quad.triple for quad in self._store.quads_for_pattern(node, step, None)}
            for reached in sorted(after.keys() - came.keys(), key=str):
                came[reached] = after[reached]
                if isinstance(reached, ox.NamedNode | ox.BlankNode):
                    open_.append(reached)
            if end in came or len(came) > _MAX_STEPS:
                break
        if end is None or end not in came:
            return None
        way = [came[end]]
        while way[-1].subject != start:
            way.append(came[way[-1].subject])
        return way[::-1]

    def _value(self, term: str, solution: ox.QuerySolution) -> Term | None:
        found: Term | None = solution[term[1:]] if term.startswith("?") else self._constants[term]
        return found

    def _solutions(self, row: _Row) -> Iterator[ox.QuerySolution]:
        """The solutions of the rewritten query that have the values of a row where that can be asked beforehand."""
        fixed = {
            name: term
            for name in dict.fromkeys(certain(self._select.where))
            if isinstance(term := row.get(name), ox.NamedNode | ox.Literal)
        }
        found = querying.answer(self._store, self._solving_query(fixed))
        with querying.explained():
            yield from found  # type: ignore[misc]  # a SELECT of ours

    def _solving_query(self, fixed: Mapping[str, Term]) -> sparql.Query:
        return sparql.Query(self._solving(fixed), "SELECT", self._query.dataset)

    def _solving(self, fixed: Mapping[str, Term]) -> str:
        """The rewritten query; what it is asked with beforehand was written by the engine, not by a person."""
        values = f"VALUES ({' '.join(fixed)}) {{ ({' '.join(map(str, fixed.values()))}) }}\n" if fixed else ""
        head = f"{spelled(self._prologue)}\nSELECT *\n{spelled(self._select.dataset)}\n"
        return f"{head}WHERE {{\n{values}{self._body}\n}}"

    def _resolve(self) -> dict[str, Term]:
        """The constants of the query as terms: only the engine knows its prefixes, base and escapes for certain."""
        named = {
            term: None
            for t in self._rewriting.templates
            for term in (t.subject, t.predicate, t.object, (t.closed and t.closed.step) or "")
            if term and not term.startswith("?")
        }
        text = "\n".join(f"BIND({term} AS ?c{number})" for number, term in enumerate(named))
        query = sparql.check(f"{spelled(self._prologue)}\nSELECT * WHERE {{\n{text}\n}}")
        rows = querying.collect(querying.answer(self._store, query))
        assert isinstance(rows, Rows)  # noqa: S101 - it is a SELECT
        values = dict(zip(rows.variables, rows.terms[0], strict=True))
        return {term: value for number, term in enumerate(named) if (value := values.get(f"c{number}")) is not None}


def _unused(text: str) -> str:
    """A beginning of names that no variable of the query has."""
    return next(name for number in itertools.count() if (name := f"{_OWN}{number}_") not in text)


def _projected(select: Select) -> Tokens:
    """The source of what is selected: between its head and its rest."""
    found: list[Token] = []
    for name, expression in select.projection or ():
        if not expression:
            found.append(Token("var", name))
        else:
            found += [Token("mark", "("), *expression, Token("word", "AS"), Token("var", name), Token("mark", ")")]
    return tuple(found)


def _plain(term: Term | None) -> str:
    return "" if term is None else term.value if hasattr(term, "value") else str(term)
