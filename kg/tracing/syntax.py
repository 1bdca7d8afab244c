"""The parts of a SPARQL query that say what it matches: groups of triple patterns, paths, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.sparql import Token

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One property, such as `nk:attributedTo`; or a variable in its place."""

    term: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked from its object to its subject."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths one behind the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Paths of which any will do."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A path whose steps a solution does not show: `nk:belongsTo+`, `!nk:agent`.

    `step` is the property that is repeated, where it is only one.
    """

    tokens: Tokens
    step: str | None = None


Path = Step | Inverse | Sequence | Alternative | Closed


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """Subject and object are variables (`?x`) or constants as the query spells them."""

    subject: str
    path: Path
    object: str


@dataclass(frozen=True, slots=True)
class Nested:
    """A group within braces; `optional` ones may fail, and those of `graph` are matched in one graph."""

    group: Group
    optional: bool = False
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """Groups of which each adds its solutions."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Bind:
    """A value that the query computes."""

    expression: Tokens
    variable: str


@dataclass(frozen=True, slots=True)
class Values:
    """Values that the query itself gives."""

    tokens: Tokens
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition as it is spelled; `exists` is the group whose match it asks for, where it asks for no more."""

    tokens: Tokens
    exists: Group | None = None


@dataclass(frozen=True, slots=True)
class Minus:
    """A group that must not match, as it is spelled."""

    tokens: Tokens


Element = TriplePattern | Nested | Union | Bind | Values | Filter | Minus


@dataclass(frozen=True, slots=True)
class Group:
    """The elements between two braces, or the SELECT that stands there; `tokens` is the source, braces included."""

    elements: tuple[Element, ...]
    tokens: Tokens
    select: Select | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT or ASK.

    `projection` pairs a variable with the expression that computes it, if any; None stands for `*`. `keys` are what it
    groups by: a variable, an expression, or both. `head` is the source up to the projection, `rest` from behind it.
    """

    head: Tokens
    projection: tuple[tuple[str, Tokens], ...] | None
    dataset: Tokens
    where: Group
    keys: tuple[tuple[str | None, Tokens], ...]
    values: Values | None
    rest: Tokens
    aggregated: bool
    limited: bool

    @property
    def distinct(self) -> bool:
        """Whether equal rows are given once."""
        return any(token.text.upper() in ("DISTINCT", "REDUCED") for token in self.head)


def variables(tokens: Tokens) -> Iterator[str]:
    """The variables of a piece of a query, in their order, each as `?name`."""
    for token in tokens:
        if token.kind == "var":
            yield "?" + token.text[1:]
