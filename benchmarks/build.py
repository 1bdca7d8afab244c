"""Measure how many articles a second are built, and what that costs beside running only spaCy's Vietnamese tokenizer.

`make bench`, or `python -m benchmarks.build --articles 160 --rounds 3 --jobs 2`. The articles are those of examples/,
again and again with other days and numbers. Tokenizer, extraction and build take turns in one run, so that a machine
that is busy for a while is so for all of them.
"""

from __future__ import annotations

import argparse
import gc
import platform
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import spacy

from kg import extractors, readers
from kg.building import build
from kg.model import Document

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
TOKENIZER = 'spacy.blank("vi")'
HEADER = re.compile(r"(?<=^ date )\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"(?<![\d.,/-])\d{2,3}(?![\d.,/-]*\d)")


def varied(folder: Path, *, count: int) -> list[Document]:
    """Write `count` articles and read them again: the examples with other days and numbers, so that none is another."""
    originals = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    for number in range(count):
        text = shifted(originals[number % len(originals)], by=number // len(originals))
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    documents = [item for item in readers.read([folder]) if isinstance(item, Document)]
    if len({document.id for document in documents}) != count:
        raise SystemExit("the examples are not varied enough: some texts are equal")
    return documents


def shifted(text: str, *, by: int) -> str:
    """The article `by` days later, with its small numbers larger by as much."""
    later = HEADER.sub(lambda day: (date.fromisoformat(day[0]) + timedelta(days=by)).isoformat(), text)
    return NUMBER.sub(lambda number: str(int(number[0]) + by), later)


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    gc.collect()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measured(count: int, rounds: int, jobs: int) -> dict[str, list[float]]:
    """Seconds for all articles, per round: tokens, extraction, whole build, and a build of one article."""
    with tempfile.TemporaryDirectory() as top:
        folder, output = Path(top) / "articles", Path(top) / "graph"
        folder.mkdir()
        documents = varied(folder, count=count)
        tokenizer, extract = spacy.blank("vi"), extractors.pipeline("vi")
        tokenizer(documents[0].text)  # loads its word lists
        steps: dict[str, Callable[[], object]] = {
            TOKENIZER: lambda: [tokenizer.make_doc(document.text) for document in documents],
            "extraction, in one process": lambda: [extract(document) for document in documents],
            "whole build": lambda: build([folder], output, jobs=jobs, keep_invalid=True),
            "whole build of one article": lambda: build([folder / "00000.txt"], output, jobs=jobs, keep_invalid=True),
        }
        taken: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(rounds):
            for name, step in steps.items():
                taken[name].append(seconds(step))
        return taken


def table(taken: dict[str, list[float]], *, count: int) -> Sequence[str]:
    """The medians as lines, each beside the tokenizer of the same round."""
    lines = [f"{'':28} {'seconds':>8} {'articles/s':>11} {'× tokenizer':>12}   {'lowest to highest':>18}"]
    for name, values in taken.items():
        ratios = [value / tokens for value, tokens in zip(values, taken[TOKENIZER], strict=True)]
        done = 1 if name.endswith("one article") else count
        middle = statistics.median(values)
        spread = f"{min(ratios):,.1f} to {max(ratios):,.1f}"
        lines.append(f"{name:28} {middle:8.2f} {done / middle:11.1f} {statistics.median(ratios):12.1f}   {spread:>18}")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    print(f"{given.articles} articles, {given.rounds} rounds, --jobs {given.jobs}, Python {platform.python_version()}")
    print("\n".join(table(measured(given.articles, given.rounds, given.jobs), count=given.articles)))


if __name__ == "__main__":
    main()
