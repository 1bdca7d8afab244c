"""Measure what adding one article to a graph costs, as the graph grows, beside what reading that article costs.

`make bench`, or `python -m benchmarks.change --sizes 500 1000 2000 5000 --articles 8`. The articles are the Vietnamese
ones of the training corpus, written again with other names, days and numbers. For each size a graph is built; then single articles are
added to it and taken out again. Adding, and building a graph of that article alone, take turns, each as a command of its own;
so do, in one process that is warm, adding and extraction alone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import shifted
from kg import extractors, folder, readers
from kg.building.increment import Given, change
from kg.model import Document
from training import corpus, multiply

SEED = 1
KG = [sys.executable, "-m", "kg"]
MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and peak memory in MiB of one command."""

    seconds: float
    memory: float


def articles(count: int) -> Iterator[str]:
    """Different articles: the corpus, and the corpus with other names, days and numbers, in a fixed random order."""
    problems: list[str] = []
    blocks = [
        block
        for path in corpus.files([corpus.folder(multiply.LANGUAGE)])
        for block in corpus.read_blocks(path, problems)
    ]
    names = multiply.pool(corpus.articles(corpus.folder(multiply.LANGUAGE)))
    seen: dict[str, None] = {}
    for variant in range(count):
        chance = random.Random(variant)  # noqa: S311 - it makes text, not secrets
        for block in blocks:
            renamed = block if variant == 0 else multiply.multiplied(block, names, chance)
            if renamed is not None:
                seen.setdefault(shifted(corpus.article_of(renamed)[0]["text"], by=(variant * 17) % 60))
        if len(seen) >= count:
            break
    found = list(seen)
    random.Random(SEED).shuffle(found)  # noqa: S311 - see above
    yield from found[:count]


def command(*arguments: str | Path) -> Cost:
    """Run a kg command; a CalledProcessError if it fails."""
    started = time.perf_counter()
    with subprocess.Popen([*KG, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None  # noqa: S101 - a pipe was asked for
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 5):
        raise subprocess.CalledProcessError(process.returncode, list(map(str, arguments)), stderr=said)
    return Cost(time.perf_counter() - started, used.ru_maxrss * 1024 / MEBI)


def size_of(path: Path) -> float:
    """What a file or a folder takes on disk, in MiB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / MEBI


def bytes_of(place: Path) -> Callable[[Iterable[str]], Iterable[bytes]]:
    """A way to the bytes of the files in a folder."""
    return lambda hashes: [file.read_bytes() for file in sorted(place.iterdir())] if list(hashes) else []


def silent(_stage: str, _done: int) -> None:
    """Tell nobody what is being done."""


def measured(place: Path, size: int, texts: Sequence[str], extra: Sequence[str]) -> str:
    """One row of the table."""
    source, graph = place / f"articles-{size}", place / f"graph-{size}"
    source.mkdir()
    for number, text in enumerate(texts[:size]):
        (source / f"{number:05}.txt").write_text(text, encoding="utf-8")
    built = command("build", source, "-o", graph)
    one = place / "one"
    adding, alone, inside, extracting = [], [], [], []
    extract = extractors.pipeline("vi")
    for number, text in enumerate(extra):
        shutil.rmtree(one, ignore_errors=True)
        one.mkdir()
        (one / f"more-{number}.txt").write_text(text, encoding="utf-8")
        adding.append(command("add", graph, one))
        alone.append(command("build", one, "-o", place / "alone"))
        command("retract", graph, f"more-{number}.txt")
        [document] = [item for item in readers.read([one]) if isinstance(item, Document)]
        extract(document)
        started = time.perf_counter()
        extraction = extract(document)
        extracting.append(time.perf_counter() - started)
        started = time.perf_counter()
        change(graph, graph, Given([extraction], bytes_of(one)), (), silent)
        inside.append(time.perf_counter() - started)
        change(graph, graph, Given(), [f"more-{number}.txt"], silent)
    quads = folder.manifest(graph)["quads"]
    add, build = (statistics.median(cost.seconds for cost in costs) for costs in (adding, alone))
    return (
        f"| {size:,} | {quads:,} | {built.seconds:.0f} s | {built.memory:.0f} MiB | {size_of(graph):.0f} MiB "
        f"| {add:.2f} s | {build:.2f} s | {add / build:.2f} | {max(cost.memory for cost in adding):.0f} MiB "
        f"| {1000 * statistics.median(inside):.0f} ms | {1000 * statistics.median(extracting):.0f} ms |"
    )


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description="Measure what adding one article to a graph costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 5000])
    parser.add_argument("--articles", type=int, default=8, help="how many are added, one by one")
    options = parser.parse_args()
    texts = list(articles(max(options.sizes) + options.articles))
    print(
        "| articles | quads | build | peak | folder | add one | build one alone | ratio | peak | add, warm | extract, warm |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as top:
        for size in options.sizes:
            print(measured(Path(top), size, texts, texts[max(options.sizes) :]), flush=True)


if __name__ == "__main__":
    main()
