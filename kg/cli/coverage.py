"""The command `kg coverage`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import graph_argument, json_option, print_json, print_table, printable

if TYPE_CHECKING:
    from kg.coverage import Article, Taken

_TITLES: Mapping[Taken, str] = {"statement": "a statement", "names": "only names", "nothing": "nothing"}


@click.command()
@graph_argument
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=0), help="How many sentences to print.")
@json_option
def command(graph: Path, limit: int, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """List the sentences of GRAPH's articles from which nothing was taken.

    These are the sentences that no statement rests on, with their offsets, article by article, and whether names were
    found in them. At the end stands how much is covered: of the sentences, and of their characters. Offsets count code
    points of the article's NFC text; JSON lists all sentences.
    """
    from kg.coverage import coverage  # noqa: PLC0415

    articles = list(coverage(graph))
    total = {
        "sentences": _summed(article.counts for article in articles),
        "characters": _summed(article.characters for article in articles),
    }
    if as_json:
        print_json({**total, "articles": [_plain(article) for article in articles]})
        return
    silent = _print_silent(articles, limit)
    print_table(["taken from it", "sentences", "share", "characters", "share"], _rows(total))
    if silent > limit:
        click.echo(f"more than --limit {limit}: {silent} sentences that no statement rests on", err=True)


def _print_silent(articles: Iterable[Article], limit: int) -> int:
    """Print the first sentences that nothing was taken from; their number, printed or not."""
    count = 0
    for article in articles:
        for position, sentence in enumerate(article.silent):
            count += 1
            if count > limit:
                continue
            if position == 0:
                click.echo(printable(article.source))
            where = f"{sentence.start}-{sentence.end}"
            click.echo(f"  {where} {_TITLES[sentence.taken]}: “{printable(sentence.words)}”")
    if count and limit:
        click.echo()
    return count


def _rows(total: Mapping[str, Mapping[Taken, int]]) -> list[tuple[str, ...]]:
    wholes = {what: sum(counts.values()) for what, counts in total.items()}
    rows = []
    for taken, title in _TITLES.items():
        cells = [title]
        for what, counts in total.items():
            cells += [f"{counts[taken]:,}", f"{counts[taken] / wholes[what]:.1%}" if wholes[what] else ""]
        rows.append(tuple(cells))
    return [*rows, ("all", *(cell for whole in wholes.values() for cell in (f"{whole:,}", "")))]


def _summed(counts: Iterable[Mapping[Taken, int]]) -> dict[Taken, int]:
    total: Counter[Taken] = Counter()
    for count in counts:
        total.update(count)
    return {taken: total[taken] for taken in _TITLES}


def _plain(article: Article) -> dict[str, Any]:
    return {
        "source": article.source,
        "sentences": _summed([article.counts]),
        "characters": _summed([article.characters]),
        "silent": [asdict(sentence) for sentence in article.silent],
    }
