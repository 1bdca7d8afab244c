"""The command `kg query`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kg.cli._terminal import graph_argument, interruptible, lang_option, print_table
from kg.cli._tracing import FORMATS, print_trace
from kg.errors import StoreError, UnreadableError

if TYPE_CHECKING:
    from kg.store.rows import Term


@click.command()
@graph_argument
@click.argument("text", required=False)
@click.option("--file", "-f", type=click.File(encoding="utf-8"), help="Read the query from a file; - is stdin.")
@click.option("--saved", metavar="NAME", help="Ask a saved question, such as one of queries/*.rq.")
@click.option(
    "--with",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value that the saved question leaves open; may be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "ttl", "nt", "rdf", "jsonld"]),
    help="Rows: table (default), json, csv, tsv, xml. Triples: ttl (default), nt, rdf, jsonld.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--why", is_flag=True, help="Print for each row the claims and the sentences that it rests on.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(min=1), help="With --why: how many rows.")
@click.option(
    "--allow-service",
    "services",
    multiple=True,
    metavar="URL",
    help="An endpoint that SERVICE may ask; may be given again. Without it no other server is asked.",
)
@lang_option
def command(
    graph: Path,
    text: str | None,
    file: TextIO | None,
    saved: str | None,
    values: tuple[str, ...],
    form: str | None,
    as_json: bool,  # noqa: FBT001 - see above
    why: bool,  # noqa: FBT001 - see above
    limit: int,
    services: tuple[str, ...],
    lang: str,
) -> None:
    """Ask GRAPH a SPARQL query, and print the answer.

    The prefixes nk:, owl:, prov:, rdf:, rdfs:, schema:, sem:, skos: and xsd: need no declaration. Without FROM, all
    named graphs are asked together.

    With --why each row of a SELECT, and the yes of an ASK, comes with what it rests on: the claims behind the triples
    that it matched, each with its words, article, offsets, who says it, when and how firmly; the words that name an
    entity where no claim of the row does; and what cannot be traced, such as values that the query itself gives. A
    grouped row rests on all rows of its group; of more than 1,000 matches behind one row the first 1,000 are looked
    at, and the row says so. Formats: table, json, csv (a line for each quote). JSON is {"variables": […], "rows":
    [{"row": {variable: value}, "claims": [{"claim", "label", "attributed_to": […], "relayed_by": […], "modality",
    "said", "evidence": [{"article", "start", "end", "quote", "sentence", "published"}]}], "mentions": [{"entity",
    "label", "places", "evidence": […]}], "articles": […], "untraced": […]}], "left_out": rows beyond --limit}.

    A saved question may leave values open, written VALUES ?name { "" } in it, which narrow its answer when given: --with
    where=Huế. Text is found anywhere in a name, whatever its case; the README lists what each question takes.

    With --allow-service URL the query may have SERVICE <URL> { … }, the address written as in the option: what stands
    between the braces is sent there. --why cannot look behind another server.

    Exit codes: 0 answered, also with no row; 2 the query is wrong; 3 an allowed endpoint does not answer; 4 the
    graph cannot be read.

    \b
    Examples:
      kg query out/demo 'SELECT ?name { ?x a nk:Person ; rdfs:label ?name }'
      kg query out/demo --file question.rq --format csv
      kg query out/demo --saved participants --with who="Lê Thu Hà" --with from=2024-10
      kg query out/demo --saved losses-by-source --why --lang vi
      kg query out/demo --file items.rq --allow-service https://query.wikidata.org/sparql
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import sparql, store  # noqa: PLC0415
    from kg.store import querying  # noqa: PLC0415

    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other")
    form = "json" if as_json else form
    if why and services:
        raise click.UsageError("--why cannot trace what another server says; leave out --allow-service")
    query = sparql.check(_text(text, file, saved, values), services=services)
    if why:
        print_trace(graph, query, form=_form_of_trace(form), limit=limit, language=lang)
        return
    allowed = querying.formats(query.kind)
    form = form or ("ttl" if allowed is querying.GRAPHS else "table")
    if form not in allowed and (form != "table" or allowed is querying.GRAPHS):
        fits = ", ".join([*(["table"] if allowed is querying.TABLES else []), *allowed])
        raise click.UsageError(f"--format {form} does not fit a {query.kind} query; choose one of {fits}")
    opened = store.read_only(graph)
    with interruptible(), _explained(services):
        found = querying.answer(opened, query)
        if form == "table":
            _print(querying.collect(found))
        else:
            sys.stdout.flush()
            querying.write(found, allowed[form], sys.stdout.buffer)
            if sys.stdout.isatty():
                click.echo()


@contextlib.contextmanager
def _explained(services: Sequence[str]) -> Iterator[None]:
    """The engine tells an endpoint that does not answer and a file that cannot be read in one way."""
    try:
        yield
    except StoreError as error:
        if not services or not isinstance(error.__cause__, OSError):
            raise
        raise UnreadableError(f"no answer from {' or '.join(services)}: {error.__cause__}") from error


def _form_of_trace(form: str | None) -> str:
    form = form or "table"
    if form not in FORMATS:
        raise click.UsageError(f"--format {form} does not fit --why; choose one of {', '.join(FORMATS)}")
    return form


def _text(text: str | None, file: TextIO | None, saved: str | None, values: Sequence[str]) -> str:
    from kg import questions  # noqa: PLC0415

    if sum(given is not None for given in (text, file, saved)) != 1:
        raise click.UsageError("give one query: as text, with --file or with --saved")
    if saved is not None:
        pairs = [value.partition("=") for value in values]
        if wrong := next((name for name, sign, _ in pairs if not sign), None):
            raise click.UsageError(f"--with takes NAME=VALUE, not {wrong!r}")
        return questions.find(saved).filled({name: value for name, _, value in pairs})
    if values:
        raise click.UsageError("--with gives values to a saved question; add --saved")
    return file.read() if file else text or ""


def _print(found: object) -> None:
    from kg.store import Rows  # noqa: PLC0415

    if isinstance(found, Rows):
        print_table(found.variables, (list(_cells(row)) for row in found.terms))
        click.echo(f"{len(found)} row{'' if len(found) == 1 else 's'}", err=True)
    else:
        click.echo("yes" if found else "no")


def _cells(row: tuple[Term | None, ...]) -> Iterator[str]:
    """Terms as a person reads them: IRIs of known vocabularies by prefix, literals without their types."""
    from kg.sparql import short  # noqa: PLC0415

    for term in row:
        yield "" if term is None else short(term.value) if hasattr(term, "value") else str(term)
