"""Measure the saved questions over HTTP beside Virtuoso, on a graph that `kg build` made of generated news.

`python -m benchmarks.dashboard`, part of `make bench`; it needs `virtuoso-t` and `isql-vt` on the path. Both servers
answer the same question in turn, each time written a little differently, so that neither takes it from a cache; then
ours once more as it was, as a dashboard asks again and again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.change import articles
from benchmarks.endpoint import prepared, running
from kg import folder, sparql
from tests.pushing.engines import free_ports, virtuoso

ARTICLES = 2_200
"""About a million quads."""
QUESTIONS = (
    "awards",
    "contradictions",
    "events-by-place",
    "figures",
    "in-several-articles",
    "losses-by-source",
    "names",
    "sources",
    "timeline",
    "who-met-whom",
)
"""What a dashboard over a stream of news shows: who, where, when, how many, who says so, and who says otherwise."""
_BUFFERS = 170_000  # of 8 kB: what Virtuoso's settings advise for 2 GB
_PATIENCE = 5 * 60.0


def built(place: Path, count: int) -> Path:
    """A graph of `count` generated articles."""
    texts, graph = place / "texts", place / "graph"
    texts.mkdir()
    for number, text in enumerate(articles(count)):
        (texts / f"{number:05}.txt").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "kg", "build", texts, "-o", graph], check=True, stdout=subprocess.DEVNULL)
    return graph


def exported(graph: Path, place: Path) -> Path:
    """The graph as files for a bulk loader."""
    parts = place / "exported"
    call: list[str | Path] = [
        sys.executable,
        "-m",
        "kg",
        "export",
        graph,
        "--format",
        "nq",
        "--shards",
        "4",
        "-o",
        parts,
    ]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    return parts


def ask(address: str, query: str) -> int:
    """The number of rows of an answer that was read to its end."""
    data = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(address, data, {"Accept": "application/sparql-results+json"})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - see above
            return len(json.load(answer)["results"]["bindings"])
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{address}: {error.read().decode()[:300]}\n{query}") from error


@contextlib.contextmanager
def serving(graph: Path) -> Iterator[str]:
    """The address of our endpoint over `graph`."""
    (port,) = free_ports(1)
    call: list[str | Path] = [sys.executable, "-m", "kg", "serve", graph, "--port", str(port), "--quiet"]
    with running([*call, "--query-seconds", "120"], port):
        prepared(port)
        yield f"http://127.0.0.1:{port}/sparql"


def measured(ways: dict[str, Callable[[str], int]], query: str, *, rounds: int) -> dict[str, tuple[int, float]]:
    """Of each way the number of rows and the median of the seconds, asked in turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    rows = {}
    for number in range(rounds + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            rows[name] = way(f"{query}\n# {number}\n")
            if number:  # the first one warms up
                taken[name].append(time.perf_counter() - begun)
    return {name: (rows[name], statistics.median(values)) for name, values in taken.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--graph", type=Path, help="a graph folder to ask instead of building one")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", nargs="+", default=QUESTIONS, help="names of files in queries/, without .rq")
    given = parser.parse_args()
    declared = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in sparql.PREFIXES.items())
    with tempfile.TemporaryDirectory() as top, contextlib.ExitStack() as stack:
        place = Path(top)
        graph = given.graph or built(place, given.articles)
        print(f"{folder.manifest(graph)['quads']:,} quads, {os.cpu_count()} processors")
        ours = stack.enter_context(serving(graph))
        theirs = stack.enter_context(virtuoso(place, buffers=_BUFFERS))
        begun = time.perf_counter()
        theirs.load(exported(graph, place))
        print(f"loaded into Virtuoso in {time.perf_counter() - begun:.0f} s")
        ways = {"kg serve": lambda q: ask(ours, q), "Virtuoso": lambda q: ask(theirs.queries, q)}
        slower = 0
        for name in given.questions:
            query = declared + Path("queries", f"{name}.rq").read_text(encoding="utf-8")
            found = measured(ways, query, rounds=given.rounds)
            again = measured({"kept": lambda q: ask(ours, q.rsplit("\n# ", 1)[0])}, query, rounds=given.rounds)["kept"][
                1
            ]
            (mine, seconds), (other, seconds_there) = found["kg serve"], found["Virtuoso"]
            slower += seconds > seconds_there
            said = "" if mine == other else f", {other:,} there"
            print(
                f"  {name:22} {seconds * 1000:9.1f} ms  Virtuoso {seconds_there * 1000:9.1f} ms  "
                f"{seconds / seconds_there:6.2f}  asked again {again * 1000:6.1f} ms  {mine:,} rows{said}",
                flush=True,
            )
        print(f"as fast or faster: {len(given.questions) - slower} of {len(given.questions)}")


if __name__ == "__main__":
    main()
