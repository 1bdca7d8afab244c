"""Measure what validation costs: of one added article, and of the whole graph, beside pySHACL alone and another engine.

`make bench`, or `python -m benchmarks.validation --articles 220 --rounds 5`. A graph of the articles of `benchmarks.change`
is built and one more article added to it. Each round takes, one after the other: the check of that change, the check of the
whole graph in one process and in several, and pySHACL's own `validate` with the shapes in SHACL Core (its SPARQL takes more
than ten minutes at this size). Another engine, shacl-rust, takes part where the tests find it. All of them read the graph
from where it lies: the change from the folder's store, pySHACL from N-Triples.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from benchmarks.change import articles, command
from kg import folder, ns, resources, validation
from kg.validation import shapes
from kg.vocabulary import Vocabulary
from tests.validation import engines


def built(place: Path, count: int) -> tuple[Path, Path]:
    """A graph of some articles, and one with one more."""
    texts = list(articles(count + 1))
    source, before, after = place / "articles", place / "before", place / "after"
    source.mkdir()
    for number, text in enumerate(texts[:count]):
        (source / f"{number:05}.txt").write_text(text, encoding="utf-8")
    command("build", source, "-o", before)
    (source / "more.txt").write_text(texts[count], encoding="utf-8")
    command("build", source, "-o", after)
    return before, after


class Alone:
    """pySHACL by itself: the shapes in SHACL Core, the graph with the classes of the ontology."""

    def __init__(self, graph: Path, place: Path, vocabulary: Vocabulary) -> None:
        self.triples = {quad.triple for quad in folder.read_only(graph)}
        hierarchy = {t for t in vocabulary.triples if t.predicate in (ns.rdfs_subClassOf, ns.rdf_type)}
        self._file = place / "graph.nt"
        ox.serialize(self.triples | hierarchy, self._file, ox.RdfFormat.N_TRIPLES)
        self._core = rdflib.Graph()
        for triple in shapes.read(resources.shapes()):
            if triple[1] != SH.sparql:
                self._core.add(triple)

    def check(self) -> list[rdflib.term.Node]:
        """Read the graph and check it."""
        data = rdflib.Graph().parse(self._file, format="nt")
        _, report, _ = pyshacl.validate(data, shacl_graph=self._core, inplace=True)
        return list(report.subjects(SH.resultSeverity))


def change_of(before: Path, after: Path) -> tuple[ox.Store, list[ox.Quad], list[ox.Quad]]:
    """The later store, with the quads that came and those that went."""
    old, new = (set(folder.read_only(path)) for path in (before, after))
    return folder.read_only(after), sorted(new - old, key=str), sorted(old - new, key=str)


def row(name: str, seconds: Sequence[float], results: int) -> str:
    """A row of the table."""
    return f"| {name} | {statistics.median(seconds):.2f} s | {min(seconds):.2f} to {max(seconds):.2f} s | {results:,} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what validation costs.")
    parser.add_argument("--articles", type=int, default=220)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as top:
        place = Path(top)
        before, after = built(place, options.articles)
        store, came, went = change_of(before, after)
        vocabulary = Vocabulary.load()  # a change of a graph has it anyway
        alone = Alone(after, place, vocabulary)
        validation.validate_change(store, came, went)  # imports pySHACL
        work: dict[str, Callable[[], Collection[object]]] = {
            "one more article": lambda: validation.validate_change(store, came, went, vocabulary=vocabulary).results,
            "the whole graph, one process": lambda: validation.validate(after).results,
            f"the whole graph, {options.jobs} processes": lambda: validation.validate(after, jobs=options.jobs).results,
            "pySHACL alone, Core": alone.check,
        }
        if engines.python():
            work["shacl-rust, Core and SPARQL"] = lambda: engines.found(place, [alone.triples])[0]
        seconds: dict[str, list[float]] = {name: [] for name in work}
        results: dict[str, int] = {}
        for _ in range(options.rounds):
            for name, do in work.items():
                started = time.perf_counter()
                results[name] = len(do())
                seconds[name].append(time.perf_counter() - started)
        print(f"{len(folder.read_only(after)):,} quads; one more article: {len(came):,} came, {len(went):,} went\n")
        print("| what | median | range | results |")
        print("| --- | --- | --- | --- |")
        for name, taken in seconds.items():
            print(row(name, taken, results[name]))


if __name__ == "__main__":
    main()
