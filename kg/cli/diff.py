"""The command `kg diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._claims import claim_json, print_claim, texts
from kg.cli._terminal import json_option, lang_option, print_json, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.comparing import Change, Contradiction, Difference, Regrouped
    from kg.lookup import Quotes, Reader, Reason
    from kg.model import Document

_DIFFERENT = 1


class _Side:
    """One of the two graphs, to look its claims and entities up by key."""

    def __init__(self, graph: Path, language: str) -> None:
        from kg import lookup, store  # noqa: PLC0415

        self.reader: Reader = lookup.Reader(store.read_only(graph), language=language)
        self.quotes: Quotes = lookup.Quotes(graph, self.reader)

    def claim(self, key: str) -> Reason:
        from kg import lookup  # noqa: PLC0415
        from kg.rdf import iris  # noqa: PLC0415

        return lookup.reasons(self.reader, iris.node("claim", key).value)[0]

    def claim_json(self, key: str | None) -> dict[str, Any] | None:
        return claim_json(self.claim(key), self.quotes) if key else None

    def entity_json(self, key: str) -> dict[str, str]:
        from kg.rdf import iris  # noqa: PLC0415

        node = self.reader.node(iris.node("entity", key))
        return {"iri": node.iri, "label": node.label}


@click.command()
@click.argument("before", metavar="GRAPH_A", type=click.Path(path_type=Path))
@click.argument("after", metavar="GRAPH_B", type=click.Path(path_type=Path))
@lang_option
@json_option
def command(before: Path, after: Path, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """Say what differs between two graphs: what is claimed anew, no longer, or otherwise.

    GRAPH_A is before, GRAPH_B after. Claims are new or withdrawn; one source gives another number for the same
    question; the same is told of another time, by another source, more or less firmly, in other words. Each comes with its words,
    article, source and dates on both sides. Then: articles added, removed and rewritten (another text of the same file
    name), contradictions that arose and that are no more, and things that were several and are one, or the other way
    round. A claim is the same whatever its IRI if it rests on the same words, or tells the same of the same things.
    Where a source gives a new number and its old claim is still there, the change says that it stands.

    Graphs with the same hash in their manifests are equal, and are not read.

    JSON: {"same": bool, "articles": {"added": [{"article", "published"}], "removed": […], "rewritten": [{"article",
    "before": published, "after": published}]}, "claims": [{"change": "new|withdrawn|number|date|attribution|firmness|wording",
    "changed": [all of these], "still_stands": bool, "before": claim or null, "after": claim or null}],
    "contradictions": {"new": [{"type", "sides": [claims]}], "resolved": […]}, "entities": {"joined": [{"before":
    [{"iri", "label"}], "after": […]}], "split": […]}, "unchanged": number of claims}. A claim is as in `kg query
    --why`: {"claim", "label", "attributed_to", "relayed_by", "modality", "said", "evidence": [{"article", "start",
    "end", "quote", "sentence", "published"}]}.

    Exit codes: 0 the graphs are equal; 1 they differ; 2 the call is wrong; 4 a graph cannot be read.

    \b
    Examples:
      kg diff out/yesterday out/today
      kg diff out/yesterday out/today --lang vi --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.comparing import compare  # noqa: PLC0415

    found = compare(before, after)
    if found.same and not as_json:
        return 0
    sides = (_Side(before, lang), _Side(after, lang)) if not found.same else ()
    if as_json:
        print_json(_json(found, *sides))
    else:
        _print(found, *sides, said=texts(lang, "diff"))
    return 0 if found.same else _DIFFERENT


def _json(found: Difference, *sides: _Side) -> dict[str, Any]:
    old, new = sides or (None, None)

    def contradictions(which: Iterable[Contradiction], side: _Side | None) -> list[dict[str, Any]]:
        return [{"type": one.type, "sides": [side.claim_json(key) for key in one.sides]} for one in which if side]

    def regrouped(which: Iterable[Regrouped]) -> list[dict[str, Any]]:
        return [
            {
                "before": [old.entity_json(key) for key in one.before],
                "after": [new.entity_json(key) for key in one.after],
            }
            for one in which
            if old and new
        ]

    return {
        "same": found.same,
        "articles": {
            "added": [{"article": d.source, "published": d.published} for d in found.added],
            "removed": [{"article": d.source, "published": d.published} for d in found.removed],
            "rewritten": [
                {"article": b.source, "before": a.published, "after": b.published} for a, b in found.rewritten
            ],
        },
        "claims": [
            {
                "change": change.kind,
                "changed": list(change.changed),
                "still_stands": change.stands,
                "before": old.claim_json(change.before),
                "after": new.claim_json(change.after),
            }
            for change in found.changes
            if old and new
        ],
        "contradictions": {"new": contradictions(found.arisen, new), "resolved": contradictions(found.resolved, old)},
        "entities": {"joined": regrouped(found.joined), "split": regrouped(found.split)},
        "unchanged": found.unchanged,
    }


def _print(found: Difference, old: _Side, new: _Side, *, said: dict[str, str]) -> None:
    from kg.comparing import KINDS  # noqa: PLC0415

    for title, articles in (("added", found.added), ("removed", found.removed)):
        _print_articles(said[title], [(article, None) for article in articles], said)
    _print_articles(said["rewritten"], list(found.rewritten), said)
    for kind in KINDS:
        changes = [change for change in found.changes if change.kind == kind]
        _print_title(said[kind], len(changes))
        for change in changes:
            _print_change(change, old, new, said)
    for title, contradictions, side in (("arisen", found.arisen, new), ("resolved", found.resolved, old)):
        _print_title(said[title], len(contradictions))
        for one in contradictions:
            click.echo(f"  {said.get(one.type, one.type)}:")
            for key in one.sides:
                print_claim(side.claim(key), side.quotes, said, indent="    ")
    for title, groups in (("joined", found.joined), ("split", found.split)):
        _print_title(said[title], len(groups))
        for group in groups:
            names = (
                ", ".join(old.entity_json(k)["label"] for k in group.before),
                ", ".join(new.entity_json(k)["label"] for k in group.after),
            )
            click.echo(f"  {printable(' → '.join(names))}")
    click.echo(said["unchanged"].format(n=found.unchanged), err=True)
    if not any(
        (
            found.added,
            found.removed,
            found.rewritten,
            found.changes,
            found.arisen,
            found.resolved,
            found.joined,
            found.split,
        )
    ):
        click.echo(said["elsewhere"], err=True)


def _print_title(title: str, number: int) -> None:
    if number:
        click.echo(f"{title} ({number}):")


def _print_articles(title: str, articles: list[tuple[Document, Document | None]], said: dict[str, str]) -> None:
    _print_title(title, len(articles))
    for article, again in articles:
        days = " → ".join(d.published or said["undated"] for d in (article, again) if d)
        click.echo(f"  {printable(article.source)}, {said['published']} {days}")


def _print_change(change: Change, old: _Side, new: _Side, said: dict[str, str]) -> None:
    if change.before and change.after:
        more = [said[aspect] for aspect in change.changed[1:]]
        notes = [
            *([said["stands"]] if change.stands else []),
            *([f"{said['also']}: {', '.join(more)}"] if more else []),
        ]
        click.echo(f"  {said['before']}{' (' + '; '.join(notes) + ')' if notes else ''}:")
        print_claim(old.claim(change.before), old.quotes, said, indent="    ")
        click.echo(f"  {said['after']}:")
        print_claim(new.claim(change.after), new.quotes, said, indent="    ")
    elif change.before:
        print_claim(old.claim(change.before), old.quotes, said)
    elif change.after:
        print_claim(new.claim(change.after), new.quotes, said)
