"""The client and `kg reconcile` against csv-reconcile, a reconciliation server that others wrote."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.wikidata.online.asking import Asker
from kg.wikidata.online.reconciliation import Query, Reconciliation
from tests.wikidata.online.conftest import CONTACT

pytest.importorskip("csv_reconcile", reason="csv-reconcile is not installed: `make test` installs it")

PLACES = {"B1": "Bến Mây", "B2": "Bến Nắng", "B3": "Hòn Gió", "B4": "Thị trấn Cầu Tre", "B5": "Cầu Tre"}
SERVER = """
import sys
from pathlib import Path
from csv_reconcile import create_app, doinit, initdb
folder, port = Path(sys.argv[1]), int(sys.argv[2])
app = create_app("", instance_path=str(folder), scorerOption="")
with app.app_context():
    initdb.init_db_with_context(str(folder / "places.tsv"), "id", "label")
app.run(port=port)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over our places, in a process of its own."""
    folder = tmp_path_factory.mktemp("csv")
    rows = ["id\tlabel", *(f"{id_}\t{label}" for id_, label in PLACES.items())]
    (folder / "places.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", SERVER, folder, str(port)], stdout=log, stderr=log)
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/reconcile"
    finally:
        process.terminate()
        process.wait(10)


def test_names_get_their_items(server: str, asker_at: Callable[..., Asker]) -> None:
    asker = asker_at(timeout=10.0)
    service = Reconciliation(asker, server)
    assert service.manifest().name == "CSV Reconcile"
    assert not service.manifest().of_wikidata
    names = [*PLACES.values(), "Qwxz"] * 3
    found = dict(service.answers(map(Query, names)))
    for id_, name in PLACES.items():
        best = found[Query(name)][0]
        assert (best.id, best.name, best.score) == (id_, name, 100)
    assert found[Query("Qwxz")] == ()
    asked = asker.sent
    assert dict(Reconciliation(asker_at(timeout=10.0), server).answers(map(Query, names))) == found
    assert asker.sent == asked


def test_the_command_asks_once_and_prints_all(server: str, tmp_path: Path) -> None:
    def reconcile(*more: str, contact: str = CONTACT) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", "reconcile", "--service", server, "--cache", str(tmp_path / "a.sqlite")]
        environment = {**os.environ, "KG_CONTACT": contact}
        return subprocess.run([*command, *more], env=environment, capture_output=True, text=True, check=False)

    refused = reconcile("Bến Mây", "--lang", "vi", contact="")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "hãy cho biết ai hỏi" in refused.stderr
    names = tmp_path / "names.txt"
    names.write_text("Bến Mây\n\nHòn Gió\nBến Mây\n", encoding="utf-8")
    lines = [json.loads(line) for line in reconcile("-f", str(names), "--json").stdout.splitlines()]
    assert [(line["query"], line["candidates"][0]["id"]) for line in lines] == [("Bến Mây", "B1"), ("Hòn Gió", "B3")]
    table = reconcile("Hòn Gió", "Qwxz")
    assert table.returncode == 0, table.stderr
    assert table.stdout.splitlines()[0].split("\t")[:4] == ["Hòn Gió", "B3", "Hòn Gió", "100"]
    assert table.stdout.splitlines()[-1].rstrip() == "Qwxz"
