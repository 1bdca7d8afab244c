"""The command `kg timeline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._claims import claim_json, print_claim, texts
from kg.cli._finding import find, print_instead
from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, printable

if TYPE_CHECKING:
    from kg.lookup import Entry, Quotes, Timeline, Window


@click.command()
@graph_argument
@click.option("--entity", metavar="NAME", help="Only what this person, body or thing takes part in; a name or an IRI.")
@click.option(
    "--place", metavar="NAME", help="Only what happens at this place or in what lies in it; a name or an IRI."
)
@click.option("--from", "start", metavar="EDTF", help="Only what may be as late as this: 2024, 2024-08, 2025-08-12.")
@click.option("--to", "end", metavar="EDTF", help="Only what may be as early as this.")
@lang_option
@json_option
def command(
    graph: Path,
    entity: str | None,
    place: str | None,
    start: str | None,
    end: str | None,
    lang: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
) -> int:
    """Lay out in time what GRAPH tells, with who says it and the words.

    Events and situations stand by when they happened, the earliest possible second first; what began before all known
    time stands at the head, what has no known year last, in a section of its own. Below each stand the claims that tell
    it, with when they were said and published. What is only planned, conditional or denied is marked. Numbers stand
    below the question that they answer, at the time of the event that they are about; where that has none, at the time
    when the first of them was said or else published, and this is told; they stay together if any lies in the window.

    Times are compared by their bounds: 2024-08 reaches from the first to the last second of that August, 2024-10~
    somewhat beyond October, 2024-10/.. has no end. --from leaves out what ends before it, --to what begins after it;
    what overlaps stays, an open end reaches as far as need be, and what has no known year is left out and counted. A
    place holds what lies in it at whatever depth, as articles say and as our gazetteers know.

    JSON: {"entries": [{"iri", "label", "kind", "family": "event|situation|question", "time": EDTF or null, "earliest",
    "latest", "time_of": "happened|said|published", "marks": ["planned|conditional|denied"], "settled": whether another
    claim says that it was so, "claims": [as in kg query --why, with "number"]}], "undated": […], "left_out": number}.

    Exit codes: 0 done, also where several things have the name, which are listed; 1 nothing has the name; 2 the call
    is wrong; 4 the graph cannot be read.

    \b
    Examples:
      kg timeline out/demo --place 'Đà Nẵng' --from 2024-08
      kg timeline out/demo --entity 'tran van luu' --from 2025-08-12 --to 2025-08-31 --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import lookup, store  # noqa: PLC0415

    window = _window(start, end)
    reader = lookup.Reader(store.read_only(graph), language=lang)
    iris: dict[str, str | None] = {"entity": None, "place": None}
    for option, name in (("entity", entity), ("place", place)):
        if name is not None:
            card, hits = find(reader, name)
            if card is None:
                return print_instead(reader, name, hits, as_json=as_json)
            iris[option] = card.node.iri
    quotes = lookup.Quotes(graph, reader)
    found = lookup.timeline(reader, quotes, entity=iris["entity"], place=iris["place"], window=window)
    if as_json:
        print_json(_json(found, quotes))
    else:
        _print(found, quotes, texts(lang, "timeline"))
    return 0


def _window(start: str | None, end: str | None) -> Window | None:
    from kg import lookup  # noqa: PLC0415

    if start is None and end is None:
        return None
    try:
        return lookup.Window.of(start, end)
    except ValueError as error:
        raise click.UsageError(f"--from and --to take times such as 2024, 2024-08 and 2025-08-12: {error}") from error


def _json(found: Timeline, quotes: Quotes) -> dict[str, Any]:
    return {
        "entries": [_entry_json(entry, quotes) for entry in found.dated],
        "undated": [_entry_json(entry, quotes) for entry in found.undated],
        "left_out": found.left_out,
    }


def _entry_json(entry: Entry, quotes: Quotes) -> dict[str, Any]:
    time = entry.time
    return {
        "iri": entry.node.iri,
        "label": entry.node.label,
        "kind": entry.node.kind,
        "family": entry.family,
        "time": time.edtf if time else None,
        "earliest": time.earliest if time else None,
        "latest": time.latest if time else None,
        "time_of": entry.time_of,
        "marks": list(entry.marks),
        "settled": entry.settled,
        "claims": [claim_json(reason, quotes) for reason in entry.claims],
    }


def _print(found: Timeline, quotes: Quotes, said: dict[str, str]) -> None:
    for entry in found.dated:
        _print_entry(entry, quotes, said)
    if found.undated:
        click.echo(f"{'' if not found.dated else chr(10)}{said['no_year']} ({len(found.undated)}):")
        for entry in found.undated:
            _print_entry(entry, quotes, said)
    if found.left_out:
        click.echo(said["left_out"].format(n=found.left_out), err=True)


def _print_entry(entry: Entry, quotes: Quotes, said: dict[str, str]) -> None:
    when = entry.time.edtf if entry.time else ""
    if when and entry.time_of != "happened":
        when = f"{said[entry.time_of]} {when}"
    marks = "".join(
        f" [{said[mark]}{' ' + said['partly'] if entry.settled or len(entry.marks) > 1 else ''}]"
        for mark in entry.marks
    )
    click.echo(printable(f"{when}  {entry.node.label}{marks}".strip()))
    for reason in entry.claims:
        print_claim(reason, quotes, said, indent="    ", named=entry.family == "question")
