"""The writer is killed by its process id, again and again, while graphs are added: what was acknowledged is whole."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import checkup, edits, folder
from tests.serving import Answer, Served, serving

TRIPLES = 40
FEW, MANY = 6, 50


def article(number: int) -> str:
    """A graph of some size, so that half of one would be noticed."""
    return "".join(f"<x:a{number}> <x:p{n}> '{number} {n}' .\n" for n in range(TRIPLES))


def killed(http: Served, rounds: int, seed: int) -> tuple[set[int], int]:
    """Add graphs from two clients while the writer is killed `rounds` times; those acknowledged, and how many were sent."""
    acknowledged = {999_999}
    ending = threading.Event()
    numbers = iter(range(10**6))
    taking = threading.Lock()

    def add() -> None:
        while not ending.is_set():
            with taking:
                number = next(numbers)
            answer = http.put(f"x:g{number}", article(number))
            assert answer.status in (201, 204, 503), answer.text
            if answer.status != 503:
                acknowledged.add(number)

    assert http.put("x:g999999", article(999_999)).status == 201  # it runs
    clients = [threading.Thread(target=add) for _ in range(2)]
    for client in clients:
        client.start()
    chance = random.Random(seed)  # noqa: S311 - a test
    for _ in range(rounds):
        before = len(acknowledged)
        time.sleep(chance.uniform(0, 0.2))
        with contextlib.suppress(ProcessLookupError):
            os.kill(writer(http), signal.SIGKILL)
        until = time.monotonic() + 20
        while len(acknowledged) <= before and time.monotonic() < until:
            time.sleep(0.01)
        assert len(acknowledged) > before, "it does not go on"
    ending.set()
    for client in clients:
        client.join()
    return acknowledged, next(numbers)


def writer(http: Served) -> int:
    """The process id of the writer; it may take a moment until there is one."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for pid in children(http.process.pid):
            with contextlib.suppress(OSError):
                if b"kg.server.writer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return pid
        time.sleep(0.01)
    raise AssertionError("there is no writer")


def children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from (int(child) for child in (task / "children").read_text(encoding="ascii").split())


def sizes(http: Served) -> dict[int, int]:
    """How many triples each graph has."""
    answer: Answer = http.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "text/csv")
    rows = (line.split(",") for line in answer.text.split()[1:])
    return {int(graph.removeprefix("x:g")): int(count) for graph, count in rows}


@pytest.mark.parametrize("rounds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_what_was_acknowledged_is_whole_and_nothing_is_there_in_part(tmp_path: Path, rounds: int) -> None:
    graph = tmp_path / "graph"
    with serving(graph) as http:
        acknowledged, sent = killed(http, rounds, seed=rounds)
        found = sizes(http)
    assert acknowledged <= found.keys() <= {*range(sent), 999_999}
    assert set(found.values()) == {TRIPLES}
    print(f"{rounds} rounds, {len(acknowledged)} acknowledged of {sent}, {len(found)} found")  # noqa: T201 - a figure
    with serving(graph) as http:  # and after the whole server has gone
        assert sizes(http) == found
        os.kill(http.process.pid, signal.SIGKILL)
    with serving(graph) as http:
        assert sizes(http) == found
        assert http.put("x:g0", article(0)).status in (201, 204)
    assert all(check.sound for check in checkup.verify(graph))


def test_a_flipped_byte_is_noticed_in_each_file_of_a_snapshot(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    with serving(graph) as http:
        assert http.put("x:g", article(1)).status == 201
    snapshot = edits.published(graph)
    assert snapshot is not None
    assert edits.verify(snapshot) > 3
    for file in sorted((snapshot / edits.STORE).iterdir()):
        content = file.read_bytes()
        if not content:
            continue
        file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        check = {check.name: check for check in checkup.verify(graph)}["edits over HTTP"]
        assert not check.sound
        assert file.name in check.found
        file.write_bytes(content)
    assert all(check.sound for check in checkup.verify(graph))
    log = next((snapshot / edits.STORE).glob("*.log"))
    log.write_bytes(log.read_bytes() + b"more")
    with pytest.raises(Exception, match="damaged"):
        folder.read_only(graph)
