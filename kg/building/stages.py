"""The stages that a build joins, each loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kg.building.worker import Extract, Pipeline
from kg.errors import UsageError
from kg.model import Extraction, Resolution

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from kg import linking
    from kg.resolving.judgements import Line
    from kg.tables import Tables


def pipeline(language: str) -> Extract:
    """The extractor of a language; made in the worker, as spaCy is needed nowhere else."""
    from kg import extractors  # noqa: PLC0415 - spaCy takes two seconds to import

    return extractors.pipeline(language)


def resolve(
    extractions: Sequence[Extraction],
    tables: Tables | None = None,
    *,
    lines: Sequence[Line] = (),
    links: Sequence[linking.Line] = (),
    packs: Sequence[Path] = (),
) -> Resolution:
    """What all articles together say, with links from their entities to items elsewhere.

    `tables`, empty, will hold what must be remembered for more articles; `lines` and `links` are a user's judgements of
    names and of items, `packs` are packs of items beside the bundled one.
    """
    from kg import linking, resolving  # noqa: PLC0415 - not needed by the workers

    resolution = resolving.resolve(extractions, lines, tables)
    shelf = linking.Shelf.open(packs)
    return replace(resolution, links=linking.link(extractions, resolution.entities, tables, lines=links, shelf=shelf))


def quads(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[ox.Quad]:
    """The graph: one named graph for each article, and one for what they are about."""
    from kg import rdf  # noqa: PLC0415 - not needed by the workers

    return rdf.quads(extractions, resolution)


@dataclass(frozen=True, slots=True)
class Violation:
    """What of the graph does not conform, in English; `source` is the article that it rests on, empty if none is known.

    `start` and `end` are where the words that it rests on stand there.
    """

    message: str
    source: str = ""
    start: int = 0
    end: int = 0


def violations(graph: ox.Store) -> Iterator[Violation]:
    """What of the graph does not conform: the constraint's message, the node, and the words it rests on."""
    from kg import validation  # noqa: PLC0415 - pySHACL takes half a second to import

    for result in validation.validate_store(graph).results:
        if result.severity == "violation":
            quote = result.quote
            words = f", {quote.source}, characters {quote.start} to {quote.end}: {quote.text!r}" if quote else ""
            message = f"{result.messages['en']} ({result.focus}{words})"
            yield Violation(message, quote.source, quote.start, quote.end) if quote else Violation(message)


@dataclass(frozen=True, slots=True)
class Stages:
    """Functions to put in the place of ours: another extractor, another resolver.

    A resolver is given tables to fill, so that articles can be added to the graph; one that leaves them empty makes a graph
    that must be built again.
    """

    pipeline: Pipeline = pipeline
    resolve: Callable[[Sequence[Extraction], Tables], Resolution] = resolve
    quads: Callable[[Iterable[Extraction], Resolution], Iterable[ox.Quad]] = quads
    violations: Callable[[ox.Store], Iterable[Violation]] = violations

    def judged(self, lines: Sequence[Line], links: Sequence[linking.Line] = (), packs: Sequence[Path] = ()) -> Stages:
        """These stages, resolving with a user's judgements and packs; a UsageError where another resolver was put in."""
        if not (lines or links or packs):
            return self
        if self.resolve is not resolve:
            raise UsageError("judgements and packs need the resolver that knows them")
        return replace(self, resolve=partial(resolve, lines=lines, links=links, packs=packs))
