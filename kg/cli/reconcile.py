"""The command `kg reconcile`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from kg.cli._terminal import json_option, lang_option, printable

if TYPE_CHECKING:
    from kg.wikidata.online.asking import Asker

_LIMIT = click.IntRange(1, 50)
Row = dict[str, Any]


def _store() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "newskg" / "answers.sqlite"


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--file", "-f", type=click.File(encoding="utf-8"), help="Read names from a file, a line each; - is stdin."
)
@click.option("--service", metavar="URL", help="A reconciliation service of the W3C community group's protocol.")
@click.option("--api", metavar="URL", help="The API of a Wikibase, such as https://www.wikidata.org/w/api.php.")
@click.option("--contact", default="", envvar="KG_CONTACT", help="Who asks: a mail address or page. Or KG_CONTACT.")
@click.option("--type", "type_", default="", metavar="ID", help="Of which type, by the service's ids.")
@click.option("--language", default="vi", show_default=True, help="With --api: the language of the names.")
@click.option("--limit", default=5, show_default=True, type=_LIMIT, help="How many candidates for a name.")
@click.option(
    "--cache", default=_store, type=click.Path(path_type=Path, dir_okay=False), help="Where answers are kept 30 days."
)
@json_option
@lang_option
def command(
    names: Sequence[str],
    file: TextIO | None,
    service: str | None,
    api: str | None,
    contact: str,
    type_: str,
    language: str,
    limit: int,
    cache: Path,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    lang: str,
) -> int:
    """Ask a service elsewhere which of its items NAMES may mean; this is the network, and off unless asked for.

    One request is sent at a time, with who asks in the User-Agent. Every answer is kept, also that there is no candidate;
    after a break the same call asks only for what is missing. A service that is busy or broken is left alone as long as
    it asks for, by later calls too. Output is a line for each candidate: name, id, label, score, whether the service is
    sure, types, description; a name without candidates has one line. --json prints an object a line instead.

    Exit codes: 0 all names were asked; 2 the call is wrong; 3 the service does not answer, what it answered is printed.

    \b
    Examples:
      kg reconcile Kursk --service http://127.0.0.1:7878/reconcile --contact me@example.org
      kg reconcile -f names.txt --api https://www.wikidata.org/w/api.php --contact me@example.org
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.wikidata.online.asking import Asker  # noqa: PLC0415
    from kg.wikidata.online.cache import Cache  # noqa: PLC0415
    from kg.wikidata.online.errors import OnlineError  # noqa: PLC0415

    if (service is None) == (api is None):
        raise click.UsageError("give --service URL or --api URL")
    wanted = list(dict.fromkeys(name for line in (*names, *(file or ())) if (name := " ".join(line.split()))))
    try:
        with Cache(cache) as kept:
            asker = Asker(contact, kept)
            rows = (
                _of_service(asker, service, wanted, type_, limit)
                if service
                else _of_api(asker, api or "", wanted, language, limit)
            )
            for row in rows:
                _print(row, as_json=as_json)
    except OnlineError as error:
        click.echo(f"kg: {error.said(lang)}", err=True)
        return error.exit_code
    return 0


def _of_service(asker: Asker, url: str, names: Sequence[str], type_: str, limit: int) -> Iterator[Row]:
    from kg.wikidata.online.reconciliation import Query, Reconciliation  # noqa: PLC0415

    service = Reconciliation(asker, url)
    space = service.manifest().identifier_space
    for query, candidates in service.answers(Query(name, type_, limit=limit) for name in names):
        found = [
            {
                "id": one.id,
                "name": one.name,
                "score": one.score,
                "match": one.match,
                "types": [id_ for id_, _ in one.types],
                "description": one.description,
            }
            for one in candidates
        ]
        yield {"query": query.name, "identifier_space": space, "candidates": found}


def _of_api(asker: Asker, url: str, names: Sequence[str], language: str, limit: int) -> Iterator[Row]:
    from kg.wikidata.online.mediawiki import WikidataApi  # noqa: PLC0415

    api = WikidataApi(asker, url)
    for name in names:
        found = [
            {"id": one.qid, "name": one.label, "matched": one.matched, "description": one.description}
            for one in api.search(name, language, limit=limit)
        ]
        yield {"query": name, "candidates": found}


def _print(row: Row, *, as_json: bool) -> None:
    import json  # noqa: PLC0415

    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    for one in row["candidates"] or [{}]:
        score = f"{one['score']:g}" if "score" in one else ""
        sure = "match" if one.get("match") else ""
        cells = (row["query"], one.get("id", ""), one.get("name", ""), score, sure)
        more = (" ".join(one.get("types", ())), one.get("description", ""))
        click.echo("\t".join(printable(cell) for cell in (*cells, *more)))
