"""The command `kg eval`."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._terminal import json_option, print_json, print_table, printable
from kg.errors import UnreadableError

if TYPE_CHECKING:
    from kg.evaluation import Article, Evaluation, Figure, Records

_COLUMNS = ("figure", "precision", "recall", "F1", "right", "found", "annotated")


@click.command(name="eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("records", metavar="[GRAPH|RECORDS]", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--texts", metavar="DIR", type=click.Path(path_type=Path), help="The folder of the articles, to read words again."
)
@json_option
@click.option("--misses", is_flag=True, help="List what was missed, wrong or not annotated, one line each.")
def command(gold: Path, records: Path | None, texts: Path | None, *, as_json: bool, misses: bool) -> None:
    """Score a graph against annotations of your own.

    GOLD is a folder with a JSON file for each annotated article. GRAPH is a folder that `kg build` made, RECORDS what
    `kg export --format jsonl` wrote, - for standard input. Without either the annotated articles are built first, from
    the text files beside the annotations or in --texts.

    \b
    Examples:
      kg eval gold out/mine --misses
      kg export out/mine --format jsonl | kg eval gold - --texts articles

    Exit codes: 0 scored, 2 wrong call, 3 annotations or records cannot be read, 4 the folder is no graph.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import evaluation  # noqa: PLC0415

    articles = evaluation.read_gold(gold)
    found = _built(articles, texts or gold) if records is None else _read(records)
    result = evaluation.evaluate(articles, found, texts=texts)
    for source in result.absent:
        click.echo(f"not among what was built, so all of it counts as missed: {printable(source)}", err=True)
    if any(figure.key == "events" and figure.gold and not figure.found for figure in result.figures):
        click.echo("no statement names the words that tell an event (trigger): all events count as missed", err=True)
    if as_json:
        print_json(_plain(result, misses=misses))
        return
    click.echo(f"{result.articles} annotated articles\n")
    print_table(_COLUMNS, [_row(figure) for figure in result.figures])
    if misses:
        click.echo()
        for miss in result.misses:
            click.echo("\t".join(printable(part) for part in (miss.source, miss.what, miss.which, miss.words)))


def _read(records: Path) -> Records:
    from kg import evaluation  # noqa: PLC0415

    return evaluation.graph_records(records) if records.is_dir() else evaluation.read_records(records)


def _built(articles: tuple[Article, ...], texts: Path) -> Records:
    """The records of the annotated articles, built for this once."""
    from kg import building, evaluation  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="kg-eval-") as place:
        graph = Path(place) / "graph"
        dated = Path(place) / "dated.jsonl"
        paths = [texts / article.source for article in articles if not _written(article, texts, dated)]
        report = building.build([*paths, *([dated] if dated.exists() else [])], graph, keep_invalid=True)
        for item in report.set_aside:
            click.echo(printable(f"set aside ({item.reason}): {item.source}: {item.message}"), err=True)
        if not report.written:
            raise UnreadableError(f"none of the annotated articles could be read in {texts}")
        return evaluation.graph_records(graph)


def _written(article: Article, texts: Path, lines: Path) -> bool:
    """Whether the article went to `lines`, with the day of publication that only its annotation knows."""
    path = texts / article.source
    if article.published is None or path.suffix != ".txt":
        return False
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return False  # the build says what is wrong with it
    with lines.open("a", encoding="utf-8") as out:
        line = {"source": article.source, "text": text, "published": article.published}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return True


def _row(figure: Figure) -> tuple[str, ...]:
    shares = (figure.precision, figure.recall, figure.f1)
    counts = (figure.right, figure.found, figure.gold)
    return (
        figure.title,
        *("" if share is None else f"{share:.3f}" for share in shares),
        *("" if count is None else f"{count:,}" for count in counts),
    )


def _plain(result: Evaluation, *, misses: bool) -> dict[str, object]:
    plain = {
        "articles": result.articles,
        "absent": list(result.absent),
        "figures": {figure.key: figure.plain() for figure in result.figures},
    }
    return plain | ({"misses": [asdict(miss) for miss in result.misses]} if misses else {})
