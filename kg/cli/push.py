"""The command `kg push`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import existing_file, graph_argument, json_option, print_json

if TYPE_CHECKING:
    from kg.pushing import Bearer, Login, Pushed


@click.command()
@graph_argument
@click.argument("url")
@click.option(
    "--graph-store",
    "form",
    type=click.Choice(["indirect", "virtuoso", "direct"]),
    default="indirect",
    show_default=True,
    help="How a graph is named: by ?graph=, by ?graph-uri=, or by its own IRI.",
)
@click.option("--token-file", type=existing_file, help="A file with a bearer token.")
@click.option(
    "--login-file", type=existing_file, help="A file with NAME:PASSWORD, for basic or digest, as the server asks."
)
@click.option(
    "--timeout",
    default=120.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds for one answer.",
)
@click.option(
    "--tries", default=5, show_default=True, type=click.IntRange(min=1), help="How often a request is made at most."
)
@click.option("--all", "everything", is_flag=True, help="Send what did not change as well.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and ask the server nothing.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(
    graph: Path,
    url: str,
    *,
    form: str,
    token_file: Path | None,
    login_file: Path | None,
    timeout: float,
    tries: int,
    everything: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Send GRAPH to the graph store of another server, and later only what changed.

    Every named graph is sent by a PUT of the SPARQL 1.1 Graph Store Protocol, which makes it the whole of that graph there, however
    often it is done. What was sent is written down beside GRAPH, in .NAME.pushed: the next push to the same URL sends
    what differs, deletes what GRAPH no longer has, and goes on where a break or a kill ended the last one. Other graphs of the
    server are never touched. A server that no longer has what it was sent gets everything again.

    In URL, {graph} stands for the IRI of a graph, where the server wants it elsewhere than in ?graph=. A server that
    is busy is asked again later, as late as it says. JSON: {"sent": [IRI], "deleted": [IRI], "unchanged", "triples",
    "bytes", "started_over"}.

    \b
    Examples:
      kg push out/demo http://localhost:7878/store
      kg push out/demo http://localhost:8890/sparql-graph-crud-auth --graph-store virtuoso --login-file dba.txt
      kg push out/demo https://example.org/repositories/news/rdf-graphs/service --token-file token.txt --dry-run

    Exit codes: 0 the server is up to date, 2 wrong call, 3 the server cannot be reached or refuses, 4 the graph cannot be
    read.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import pushing  # noqa: PLC0415 - the help is shown without it
    from kg.cli._progress import shown  # noqa: PLC0415

    if token_file and login_file:
        raise click.UsageError("--token-file and --login-file exclude each other")
    credentials: Bearer | Login | None = pushing.bearer(token_file) if token_file else None
    credentials = pushing.login(login_file) if login_file else credentials
    (known,) = (one for one in pushing.FORMS if one == form)
    remote = pushing.Remote(url, known, credentials, timeout, tries)
    if remote.exposes:
        click.echo(f"kg: {url} is not encrypted: whoever is between can read the credentials", err=True)
    with closing(remote), shown(quiet=quiet, unit="graphs") as progress:
        pushed = pushing.push(graph, remote, everything=everything, dry_run=dry_run, progress=progress)
    if not quiet:
        click.echo(_told(pushed, url, dry_run=dry_run), err=True)
    if as_json:
        print_json(asdict(pushed))


def _told(pushed: Pushed, url: str, *, dry_run: bool) -> str:
    again = "the server had lost what was sent before; " if pushed.started_over else ""
    return (
        f"{url}: {again}{len(pushed.sent):,} graphs {'would be sent' if dry_run else 'sent'} "
        f"({pushed.triples:,} triples, {pushed.bytes:,} bytes), {len(pushed.deleted):,} "
        f"{'would be deleted' if dry_run else 'deleted'}, {pushed.unchanged:,} unchanged"
    )
