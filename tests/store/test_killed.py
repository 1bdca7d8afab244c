"""A writer that is killed at any moment has lost nothing that it acknowledged, and left nothing in part."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import checkup, folder
from kg.model import Document
from kg.rdf import iris
from kg.store import write_graph

pytestmark = pytest.mark.slow
ROUNDS = 5
QUADS = 40
LONGEST = 1.5
"""Seconds after which a writer is killed at the latest."""

WRITER = """
import sys
from pathlib import Path
from kg.store.patching import patching
from tests.store.test_killed import article, quads, record
graph, number = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    with patching(graph, graph) as patch:
        patch.store.extend(quads(number))
        patch.note(quads(number), [])
        patch.finish(lines=[record(number)], dropped=[], articles=[article(number)], unused=[], quarantine=[])
    print(number, flush=True)
    number += 1
"""


def article(number: int) -> bytes:
    return f"Bài số {number}.".encode()


def record(number: int) -> dict[str, object]:
    raw = hashlib.sha256(article(number)).hexdigest()
    document = Document(f"{number}.txt", article(number).decode(), raw_sha256=raw, language="vi")
    from kg import log  # noqa: PLC0415 - the writer imports this module as well

    return log.line(document)


def quads(number: int) -> list[ox.Quad]:
    graph = iris.article_graph(str(record(number)["id"]))
    node = ox.NamedNode(f"https://example.org/{number}")
    return [ox.Quad(node, ox.NamedNode("https://example.org/p"), ox.Literal(str(n)), graph) for n in range(QUADS)]


def rounds(graph: Path, count: int, *, seed: int = 1) -> int:
    """Kill a writer `count` times, look each time at what it left, and return how many articles were acknowledged."""
    chance = random.Random(seed)  # noqa: S311 - it chooses moments
    write_graph(graph, quads=quads(0), records=[record(0)], articles=[article(0)])
    acknowledged, written = 0, 1
    for _ in range(count):
        call = [sys.executable, "-c", WRITER, str(graph), str(written)]
        with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, LONGEST))
            writer.send_signal(signal.SIGKILL)
            told = [int(line) for line in writer.stdout if line.endswith("\n")]
        acknowledged += len(told)
        least = written + len(told)
        written = len(folder.manifest(graph)["articles"])
        assert written in (least, least + 1)  # one more: it was killed before it could say so
        assert set(folder.read_only(graph)) == {quad for number in range(written) for quad in quads(number)}
        assert [check for check in checkup.verify(graph) if not check.sound] == []
    return acknowledged


def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    assert rounds(tmp_path / "graph", ROUNDS) > 0
