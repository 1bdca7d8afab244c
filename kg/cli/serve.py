"""The command `kg serve`."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import settings
from kg.cli._terminal import existing_file
from kg.errors import UsageError
from kg.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette


def _limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each bound of the server."""
    for one in reversed(settings.of_server()):
        kind: click.ParamType[Any] = (
            click.IntRange(min=1) if settings.is_whole(one) else click.FloatRange(0, min_open=True)
        )
        name = f"--{one.name.replace('_', '-')}"
        also = ["--workers"] if one.name == "query_workers" else []
        about = f"{one.metadata['about'][0].upper()}{one.metadata['about'][1:]}. [default: {one.default:g}]"
        command = click.option(*also, name, one.name, type=kind, help=about)(command)
    return command


@click.command()
@click.argument("graph", type=click.Path(path_type=Path), required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=7878, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option(
    "--config",
    type=existing_file,
    help="A file with limits; kg.toml of this folder if there is one.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="A file with the token that allows to change the graph. Else the variable KG_TOKEN; without both it is read-only.",
)
@click.option("--create", is_flag=True, help="Begin with an empty graph where there is no folder GRAPH; needs a token.")
@click.option("--show-limits", is_flag=True, help="Print the limits that would hold, as a kg.toml, and end.")
@click.option("--quiet", "-q", is_flag=True, help="Log no requests, only what went wrong.")
@click.option("--log-queries", is_flag=True, help="Log the text of queries too; otherwise only a hash of it.")
@_limit_options
def command(
    graph: Path | None,
    host: str,
    port: int,
    config: Path | None,
    token_file: Path | None,
    *,
    create: bool,
    show_limits: bool,
    quiet: bool,
    log_queries: bool,
    **given: Any,
) -> None:
    """Answer SPARQL over HTTP, with a page for people.

    The endpoint is /sparql, the page is /. At /search?q= things are found by their names, and in SPARQL by
    ?thing nk:search "dong thap". At /reconcile OpenRefine and other clients of the W3C community group's reconciliation
    protocol 0.2 match tables with the entities of the graph. /healthz, /readyz and /metrics tell how the server is;
    requests are logged on standard error as JSON, one a line. Ctrl-C ends it.

    Who sends the token may change the graph: by SPARQL Update at /sparql, and graph by graph at /graph-store.

    Each limit is set by an option, else by a variable such as KG_QUERY_SECONDS, else in the table [limits] of kg.toml.
    """
    file = config or (Path(settings.FILE) if Path(settings.FILE).is_file() else None)
    bounds = Settings.read(os.environ, file=file, given=given)
    if show_limits:
        click.echo(_shown(bounds))
        return
    from kg.server import make_app  # noqa: PLC0415

    if graph is None:
        raise click.MissingParameter(param_hint="'GRAPH'", param_type="argument")
    token = _token(token_file)
    if create and not graph.exists():
        _create(graph, token)
    app = make_app(graph, bounds, token=token, log_queries=log_queries)
    rights = "writable with the token" if token else "read-only"
    _serve(app, bounds, _listen(host, port), f"{graph} is served, {rights}, at", host, requests=not quiet)


def _token(file: Path | None) -> str | None:
    """The token that allows to write; it is taken from the environment, so that no process of ours inherits it."""
    from kg.server import access  # noqa: PLC0415

    token = access.read_token(file, os.environ)
    os.environ.pop(access.VARIABLE, None)
    return token


def _create(graph: Path, token: str | None) -> None:
    from kg.store import write_graph  # noqa: PLC0415

    if token is None:
        raise UsageError("an empty graph is of no use without a token: give --token-file or set KG_TOKEN")
    write_graph(graph, quads=(), records=(), anew=True)


def _serve(app: Starlette, bounds: Settings, listening: socket.socket, what: str, host: str, *, requests: bool) -> None:
    import uvicorn  # noqa: PLC0415

    from kg.server import confinement  # noqa: PLC0415
    from kg.server.connections import Connections  # noqa: PLC0415
    from kg.server.observing import log_lines  # noqa: PLC0415

    app.state.connections = Connections(most=bounds.connections, seconds=bounds.request_seconds)
    log_lines(requests=requests)
    shown = f"[{host}]" if ":" in host else host
    confined = "workers have no sockets" if confinement.offered() else "this system cannot take sockets from workers"
    click.echo(
        f"{what} http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends); {confined}, SERVICE and LOAD are refused",
        err=True,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=app.state.connections.protocol(),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(bounds.stop_seconds) or 1,
            backlog=1024,
        )
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down in good order by then
        server.run(sockets=[listening])


def _shown(bounds: Settings) -> str:
    """The limits of the server as a kg.toml."""
    lines = [
        f"{one.name} = {getattr(bounds, one.name):{'' if settings.is_whole(one) else 'g'}}  # {one.metadata['about']}"
        for one in settings.of_server()
    ]
    return "\n".join([f"[{settings.TABLE}]", *lines])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"cannot listen at {host} port {port}: {error.strerror or error}") from error
    # asyncio does this only for sockets that say their protocol; without it an answer waits 40 ms for the client's word.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
