"""The graph depends on the articles alone: not on their order, nor on PYTHONHASHSEED, nor on the number of processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import readers
from kg.readers import Rejected

WAYS = {
    "one process": ("0", "1", "files"),
    "other seed, two processes, backwards": ("12345", "2", "backwards"),
    "lines on standard input": ("7", "2", "lines"),
}


@pytest.fixture(scope="module")
def reference(demo_graph: Path) -> str:
    return hashed(demo_graph)


def hashed(graph: Path) -> str:
    sha256: str = json.loads((graph / "manifest.json").read_text(encoding="utf-8"))["sha256"]
    return sha256


def lines(articles: Path) -> bytes:
    """The articles as JSON lines, the last one first."""
    documents = [item for item in readers.read([articles]) if not isinstance(item, Rejected)]
    return b"\n".join(json.dumps({"text": d.text, "source": d.source}).encode() for d in reversed(documents))


@pytest.mark.parametrize(("seed", "jobs", "form"), WAYS.values(), ids=WAYS)
def test_same_articles_give_the_same_graph(
    reference: str, checkout: Path, tmp_path: Path, seed: str, jobs: str, form: str
) -> None:
    folder = checkout / "examples" / "articles"
    files = sorted((str(path) for path in folder.iterdir()), reverse=form == "backwards")
    command = [sys.executable, "-m", "kg", "build", "-q", "--jobs", jobs, "-o", str(tmp_path / "graph")]
    done = subprocess.run(
        [*command, *(("-",) if form == "lines" else files)],
        input=lines(folder) if form == "lines" else b"",
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert hashed(tmp_path / "graph") == reference


def test_records_are_the_same_too(demo_graph: Path, checkout: Path, tmp_path: Path) -> None:
    files = sorted((checkout / "examples" / "articles").iterdir(), reverse=True)
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        "-q",
        "--jobs",
        "2",
        "-o",
        str(tmp_path / "graph"),
        *map(str, files),
    ]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "99"}, check=True, timeout=300)
    for name in ("records.db", "quarantine.jsonl", "manifest.json"):
        assert (tmp_path / "graph" / name).read_bytes() == (demo_graph / name).read_bytes(), name
