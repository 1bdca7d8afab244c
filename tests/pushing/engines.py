"""Other people's servers, each run in a folder of its own on a free port of this machine."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import sparql
from kg.pushing import Login, Remote

_STARTS = 60.0
_VIRTUOSO = """
[Database]
DatabaseFile = {place}/v.db
ErrorLogFile = {place}/v.log
LockFile = {place}/v.lck
TransactionFile = {place}/v.trx
xa_persistent_file = {place}/v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {place}/t.db
TransactionFile = {place}/t.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {place}
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {place}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """A running server: where it takes queries, what a graph is pushed to, and how it loads a folder of N-Quads."""

    name: str
    queries: str
    remote: Callable[[], Remote]
    load: Callable[[Path], None]

    def ask(self, query: str) -> list[tuple[str, ...]]:
        """The rows of an answer as text, sorted; true or false for ASK."""
        declared = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in sparql.PREFIXES.items())
        data = urllib.parse.urlencode({"query": declared + query}).encode()
        request = urllib.request.Request(  # noqa: S310 - an address of this machine
            self.queries, data, {"Accept": "application/sparql-results+json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
            found = json.load(answer)
        if "boolean" in found:
            return [(str(found["boolean"]).lower(),)]
        names = found["head"]["vars"]
        if names == ["__ASK_RETVAL"]:  # how Virtuoso 7 says yes, and with no row no
            return [("true" if found["results"]["bindings"] else "false",)]
        return sorted(
            tuple(binding.get(name, {}).get("value", "") for name in names) for binding in found["results"]["bindings"]
        )


@contextlib.contextmanager
def oxigraph(place: Path) -> Iterator[Engine]:
    """The Oxigraph server, whose default graph is the union of all."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.is_file():
        pytest.skip("no Oxigraph server beside Python: pip install oxigraph")
    (port,) = free_ports(1)
    address = f"127.0.0.1:{port}"
    call = [program, "serve", "--location", place / "store", "--bind", address, "--union-default-graph"]

    def load(parts: Path) -> None:
        """Its loader wants a store that is not served: what it loads there is what the server gets then."""
        other = str(place / "loaded")
        files = list(map(str, sorted(parts.iterdir())))
        subprocess.run([program, "load", "--location", other, "--file", *files], check=True, capture_output=True)
        dumped = place / "loaded.nq"
        subprocess.run([program, "dump", "--location", other, "--file", dumped], check=True, capture_output=True)
        request = urllib.request.Request(
            f"http://{address}/store", dumped.read_bytes(), {"Content-Type": "application/n-quads"}, method="PUT"
        )
        urllib.request.urlopen(request, timeout=60).close()  # noqa: S310 - see above

    with _running(list(map(str, call)), place, port):
        yield Engine("oxigraph", f"http://{address}/query", lambda: Remote(f"http://{address}/store"), load)


@contextlib.contextmanager
def virtuoso(place: Path, *, buffers: int = 10_000) -> Iterator[Engine]:
    """Virtuoso Open Source, whose default graph is the union of all; it wants a digest of whoever writes.

    It keeps `buffers` pages of 8 kB in memory.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("no virtuoso-t on the path: apt-get install virtuoso-opensource-7-bin")
    sql, http = free_ports(2)
    (place / "v.ini").write_text(
        _VIRTUOSO.format(place=place, sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4), encoding="utf-8"
    )
    address = f"http://127.0.0.1:{http}"

    def load(parts: Path) -> None:
        """Its loader reads from folders that its settings allow."""
        shutil.copytree(parts, place / "parts")
        told = f"ld_dir('{place}/parts', '*.nq', 'urn:unused'); rdf_loader_run(); checkpoint;"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={told}"],  # noqa: S607 - beside virtuoso-t
            check=True,
            capture_output=True,
        )

    with _running([program, "-f", "-c", str(place / "v.ini")], place, http):
        yield Engine(
            "virtuoso",
            f"{address}/sparql",
            lambda: Remote(f"{address}/sparql-graph-crud-auth", "virtuoso", Login("dba", "dba")),
            load,
        )


ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextlib.contextmanager
def _running(call: list[str], place: Path, port: int) -> Iterator[None]:
    with (place / "output.txt").open("wb") as output:
        process = subprocess.Popen(call, cwd=place, stdout=output, stderr=output)
        try:
            _await(process, place, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: subprocess.Popen[bytes], place: Path, port: int) -> None:
    ends = time.monotonic() + _STARTS
    while process.poll() is None and time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start: {(place / 'output.txt').read_text(errors='replace')[-2000:]}")
