"""Measure how fast a document is taken by PUT to /graph-store, beside the engine's bulk loader alone.

`python -m benchmarks.loading`, part of `make bench`. The document is N-Triples, the news of `benchmarks.news` in one graph;
both take turns, each into a new store. The time of PUT ends when readers see the graph.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import click
import pyoxigraph as ox

from benchmarks.endpoint import HERE, running
from benchmarks.news import quads
from tests.pushing.engines import free_ports

_TOKEN = "only-for-this-measurement"  # noqa: S105 - of a server that ends with it
_GRAPH = "https://example.org/news"
_SECONDS = 600


def written(place: Path, articles: int) -> Path:
    """The document."""
    document = place / "news.nt"
    with document.open("wb") as out:
        ox.serialize((quad.triple for quad in quads(articles)), out, format=ox.RdfFormat.N_TRIPLES)
    return document


def alone(document: Path, place: Path) -> float:
    """Seconds that the engine takes in process."""
    begun = time.perf_counter()
    store = ox.Store(str(place))
    store.bulk_load(path=str(document), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(_GRAPH))
    store.flush()
    return time.perf_counter() - begun


def put(document: Path, place: Path) -> float:
    """Seconds until a server has answered that the graph is there."""
    (port,) = free_ports(1)
    size = document.stat().st_size
    bounds = ["--graph-bytes", str(2 * size), "--change-seconds", str(_SECONDS), "--upload-seconds", str(_SECONDS)]
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        place,
        "--create",
        "--port",
        str(port),
        "--quiet",
        *bounds,
    ]
    with running(command, port), document.open("rb") as body:
        connection = http.client.HTTPConnection(HERE, port, timeout=_SECONDS)
        head = {
            "Content-Type": "application/n-triples",
            "Content-Length": str(size),
            "Authorization": f"Bearer {_TOKEN}",
        }
        begun = time.perf_counter()
        connection.request("PUT", f"/graph-store?graph={_GRAPH}", body, head)
        answer = connection.getresponse()
        said = answer.read().decode()
        taken = time.perf_counter() - begun
        if answer.status != http.client.CREATED:
            raise SystemExit(f"PUT was answered with {answer.status}: {said}")
    return taken


def main() -> None:
    """Print what each round took, and the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ["KG_TOKEN"] = _TOKEN
    taken: dict[str, list[float]] = {"bulk_load alone": [], "PUT to /graph-store": []}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        document = written(place, options.articles)
        click.echo(f"{document.stat().st_size / 1e6:.0f} MB of N-Triples")
        for number in range(options.rounds):
            taken["bulk_load alone"].append(alone(document, place / f"alone-{number}"))
            taken["PUT to /graph-store"].append(put(document, place / f"put-{number}"))
            click.echo("  ".join(f"{name} {seconds[-1]:.2f} s" for name, seconds in taken.items()))
    first, second = (statistics.median(seconds) for seconds in taken.values())
    click.echo(f"PUT loads at {first / second:.2f} of the rate of bulk_load")


if __name__ == "__main__":
    main()
