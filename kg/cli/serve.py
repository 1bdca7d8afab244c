"""The command `kg serve`."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

import click

from kg.cli._terminal import graph_argument
from kg.errors import UsageError


@click.command()
@graph_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=7878, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
def command(graph: Path, host: str, port: int) -> None:
    """Answer SPARQL over HTTP, with a page for people.

    The endpoint is /sparql, the page is /. At /reconcile OpenRefine and other clients of the W3C community group's
    reconciliation protocol 0.2 match tables with the entities of the graph. Nothing can be changed through it. Ctrl-C
    ends it. The variables KG_QUERY_SECONDS, KG_QUERY_WORKERS, KG_QUERY_QUEUE, KG_ANSWER_BYTES and KG_WORKER_BYTES set its bounds.
    """
    import uvicorn  # noqa: PLC0415

    from kg.server import make_app  # noqa: PLC0415
    from kg.settings import Settings  # noqa: PLC0415

    app = make_app(graph, Settings.read(os.environ))
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"{graph} is served at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends)", err=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down in good order by then
        server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"cannot listen at {host} port {port}: {error.strerror or error}") from error
