"""The single-threaded process that opens a store once and forks workers which answer from it.

It hears messages in JSON, one a line, on the socket whose number it is given: `open` a store, `fork` a worker on the
socket that comes along, `kill` one, or `demote` one to the lowest priority. As their parent it alone knows that a
process id is still that of its worker.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import edits, lookup  # noqa: F401 - for the workers, which shall not each import it
from kg.server import confinement, tables, worker  # noqa: F401
from kg.server.reconciling import answers  # noqa: F401

_PACKET = 65_536
_LOWEST = 19
_LOWER = 5  # of a session: beside other programs of a busy machine the lowest would get nothing at all
_PACKET_SOCKETS = 64


class Zygote:
    """What the messages of one server led to: the open store, and the workers that live."""

    def __init__(self, control: socket.socket, bounds: worker.Bounds) -> None:
        self._control = control
        self._bounds = bounds
        self._store: ox.Store | None = None
        self._held: int | None = None
        self._workers: dict[int, int] = {}
        self._heard = b""
        self._sockets: list[int] = []

    def run(self) -> None:
        """Do what the messages say until the server closes its end; then end all workers."""
        waking, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            ready, _, _ = select.select([self._control.fileno(), waking], [], [])
            if waking in ready:
                os.read(waking, _PACKET)
                self._reap()
            if self._control.fileno() in ready and not self._hear():
                break
        for pid in self._workers.values():
            os.kill(pid, signal.SIGKILL)

    def _hear(self) -> bool:
        """Do what came; False where the server has gone."""
        try:
            data, sockets, _, _ = socket.recv_fds(self._control, _PACKET, _PACKET_SOCKETS)
        except ConnectionResetError:
            return False
        self._sockets += sockets
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            self._do(json.loads(line))
        return bool(data)

    def _do(self, message: dict[str, Any]) -> None:
        if message["do"] == "open":
            self._tell({"opened": message["opened"], "problem": self._open(message["path"])})
        elif message["do"] == "fork":
            self._fork(message, self._sockets.pop(0))
        elif (pid := self._workers.get(message["worker"])) is not None:
            if message["do"] == "kill":
                os.kill(pid, signal.SIGKILL)
            else:
                _demote(pid)

    def _open(self, path: str) -> str:
        """Open the store at `path` in the place of the one before; what is wrong with it, if anything."""
        try:
            held = edits.held(Path(path))
            self._store = ox.Store.read_only(path)
        except (OSError, RuntimeError) as error:
            return f"{error}; build the graph again" if os.path.exists(path) else "the graph is gone; build it again"  # noqa: PTH110
        if self._held is not None:
            os.close(self._held)
        self._held = held
        gc.collect()
        gc.freeze()
        return ""

    def _fork(self, message: dict[str, Any], connection: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._be_worker(message["nice"], connection)
        os.close(connection)
        self._workers[message["worker"]] = pid

    def _be_worker(self, nice: int, connection: int) -> None:
        """Be the new worker; never return."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()  # a group of its own, whose priority is that of all its threads
            self._control.close()
            os.nice(nice)
            worker.run(self._store, connection, self._bounds)
            code = 0
        except BaseException:  # noqa: BLE001 - nothing may go on as a second zygote
            traceback.print_exc()
        finally:
            os._exit(code)

    def _reap(self) -> None:
        by_pid = {pid: number for number, pid in self._workers.items()}
        while by_pid:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            del self._workers[by_pid.pop(pid)]

    def _tell(self, message: dict[str, Any]) -> None:
        self._control.sendall(json.dumps(message).encode() + b"\n")


def _demote(pid: int) -> None:
    """Give a worker the lowest priority among ours and, where Linux shares the processors out to sessions, its session too."""
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PGRP, pid, _LOWEST)
    with contextlib.suppress(OSError), open(f"/proc/{pid}/autogroup", "w", encoding="ascii") as group:  # noqa: PTH123
        group.write(str(_LOWER))


def main(control: str, bounds: str) -> None:
    """Serve one server."""
    confinement.die_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server finishes its answers first, and ends us then
    Zygote(socket.socket(fileno=int(control)), worker.Bounds(**json.loads(bounds))).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
