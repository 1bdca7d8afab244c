"""The command `kg link`."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import existing_file, graph_argument, json_option, lang_option, print_json, printable

if TYPE_CHECKING:
    from kg.linking import Line
    from kg.lookup.links import Decision

_KEYS = "ynqs"


@click.command()
@graph_argument
@click.option("--explain", metavar="NAME", help="Print the decision on what is called NAME, or has that IRI.")
@click.option("--review", is_flag=True, help="Go through what is doubtful and write what you judge.")
@click.option(
    "--judgements",
    type=existing_file,
    help="Put these judgements in the place of those of GRAPH.",
)
@click.option("--by", metavar="WHO", help="Who judges, for --review; your user name if not given.")
@click.option("--same-as", is_flag=True, help="Print the links as owl:sameAs, in N-Triples.")
@lang_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    *,
    graph: Path,
    explain: str | None,
    review: bool,
    judgements: Path | None,
    by: str | None,
    same_as: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Show which Wikidata items the entities of GRAPH are, and judge what is doubtful.

    Without an option all decisions are counted. Each has a score, reasons, the runner-up, and where and of which day the item
    was read. What you judge wins over the rules and survives rebuilds; it stays in GRAPH/links.tsv, a line each with tabs
    between: the entity's IRI or name, the item or NIL, who, when. Delete a line to undo it, and call kg link --judgements.

    --review asks of each doubtful entity: y it is the item, n it is none, an id such as Q3178 for another item, s to leave
    it, q to end. With --json it lists them and asks nothing. owl:sameAs makes one thing of two for every reasoner, so it is
    printed only when asked for and never stored.

    \b
    Examples:
      kg link out/demo --explain "Đồng Hới"
      kg link out/demo --review --by "an editor"

    Exit code: 1 when nothing is called NAME.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg.lookup import links  # noqa: PLC0415 - the help is shown without it

    if judgements is not None:
        from kg.linking import judgements as judged  # noqa: PLC0415

        click.echo(f"{_judge(graph, judged.read(judgements))} links changed", err=True)
        return
    if same_as:
        _print_same_as(links.decisions(graph, verdict="link"))
        return
    if review and not as_json:
        _review(graph, links.decisions(graph, verdict="review"), by or getpass.getuser(), lang)
        return
    found = links.decisions(graph, name=explain or "", verdict="review" if review else None)
    if as_json:
        print_json([_plain(one) for one in found])
    elif explain is not None:
        for one in found:
            _print(one, lang)
    else:
        _count(found)
    if explain is not None and not found:
        click.echo(f"nothing that articles name is called {printable(explain)}", err=True)
        context.exit(1)


def _plain(one: Decision) -> dict[str, Any]:
    link = one.link
    return {
        "entity": one.iri,
        "label": dict(one.entity.labels),
        "verdict": link.verdict,
        "item": link.target or None,
        "score": link.score,
        "reasons": list(link.reasons),
        "runner_up": link.runner_up,
        "layer": link.layer or None,
        "snapshot": link.snapshot or None,
        "by": link.by or None,
    }


def _print(one: Decision, lang: str) -> None:
    link = one.link
    click.echo(printable(f"{one.entity.label(lang)}: {link.verdict}"))
    details = (
        ("entity", one.iri),
        ("item", link.target),
        ("score", f"{link.score:.2f}"),
        ("runner-up", link.runner_up or ""),
        ("read in", f"{link.layer} of {link.snapshot}" if link.snapshot else link.layer),
        ("judged by", link.by),
    )
    for name, text in details:
        if text:
            click.echo(f"  {name}: {printable(text)}")
    for reason in link.reasons:
        click.echo(f"  because: {printable(reason)}")


def _count(found: list[Decision]) -> None:
    for verdict in ("link", "review", "none"):
        click.echo(f"{verdict:6} {sum(one.link.verdict == verdict for one in found)}")


def _print_same_as(found: list[Decision]) -> None:
    import pyoxigraph as ox  # noqa: PLC0415

    from kg.rdf import entities  # noqa: PLC0415

    triples = [entities.identical(one.link) for one in found]
    click.echo((ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode(), nl=False)


def _review(graph: Path, found: list[Decision], by: str, lang: str) -> None:
    from kg.building.relinking import link_judgements  # noqa: PLC0415
    from kg.linking.judgements import NIL, Line  # noqa: PLC0415
    from kg.wikidata.item import QID  # noqa: PLC0415

    today = datetime.now(UTC).date().isoformat()
    judged: list[Line] = []
    for number, one in enumerate(found, start=1):
        click.echo(f"\n{number} of {len(found)}")
        _print(one, lang)
        answer = ""
        while not (answer in set(_KEYS) or QID.fullmatch(answer)):
            answer = click.prompt("y, n, s, q or an item", default="s", show_default=False).strip()
        if answer == "q":
            break
        if answer != "s":
            item = {"y": one.link.target.rpartition("/")[2], "n": NIL}.get(answer, answer)
            judged.append(Line(one.iri, item, by, today))
    changed = _judge(graph, (*link_judgements(graph), *judged)) if judged else 0
    click.echo(f"{len(judged)} judged, {changed} links changed, {len(found) - len(judged)} left", err=True)


def _judge(graph: Path, lines: tuple[Line, ...]) -> int:
    from kg.building.relinking import judge  # noqa: PLC0415

    return judge(graph, lines)
