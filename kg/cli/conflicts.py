"""The command `kg conflicts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, printable, quoted

if TYPE_CHECKING:
    from kg.lookup import Conflict, Number, Side


@click.command()
@graph_argument
@click.option(
    "--type", "types", metavar="TYPE,…", help="Only these types: value, date, status, attribution, stale, scope."
)
@lang_option
@json_option
def command(graph: Path, types: str | None, lang: str, as_json: bool) -> int:  # noqa: FBT001 - click passes options by name
    """List the claims in GRAPH that contradict each other, with the words, sources and dates of all sides.

    \b
    value        numbers that answer one question exclude each other
    date         one occasion is dated differently
    status       opened and only begun; arrested and released; said and denied
    attribution  later articles name another source, or none
    stale        "has not commented" beside a confirmation
    scope        one number is told of the part and of the whole

    Each judgement rests on rules that can be wrong; what is listed is to be looked at. A day behind ~ is inferred.

    \b
    Examples:
      kg conflicts out/demo
      kg conflicts out/demo --type value,status --json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from kg import lookup, store  # noqa: PLC0415

    wanted = tuple(name.strip() for name in types.split(",")) if types else lookup.TYPES
    unknown = sorted(set(wanted) - set(lookup.TYPES))
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(lookup.TYPES)}", param_hint="--type")
    found = lookup.conflicts(lookup.Reader(store.read_only(graph), language=lang), wanted)
    if as_json:
        print_json([_plain(conflict) for conflict in found])
        return 0
    for conflict in found:
        _print(conflict)
    click.echo(f"{len(found)} contradiction{'' if len(found) == 1 else 's'}", err=True)
    return 0


def _plain(conflict: Conflict) -> dict[str, Any]:
    return {
        "type": conflict.type,
        "about": conflict.about.label,
        "sides": [_plain_side(side) for side in conflict.sides],
        "explanation": conflict.explanation,
        "inherited": conflict.inherited,
        "contradiction": conflict.node.iri,
    }


def _plain_side(side: Side) -> dict[str, Any]:
    return {
        "claim": side.claim.iri,
        "quotes": side.quotes,
        "articles": side.articles,
        "attributed_to": list(side.attributed_to),
        "said": side.said,
        "quantity": _plain_number(side.quantity) if side.quantity else None,
        "published": list(side.published),
    }


def _plain_number(number: Number) -> dict[str, Any]:
    def plain(value: Any) -> int | float | None:
        return None if value is None else int(value) if value == int(value) else float(value)

    return {
        "stated": plain(number.stated),
        "exactness": number.exactness,
        "lower": plain(number.lower),
        "upper": plain(number.upper),
        "unit": number.unit,
    }


def _print(conflict: Conflict) -> None:
    click.echo(printable(f"{conflict.type}: {conflict.about.label}"))
    click.echo(f"  {printable(conflict.explanation)}")
    for side in conflict.sides:
        click.echo(f"\n  {printable(side.claim.label)}")
        details = (
            ("claim", side.claim.iri),
            ("says", ", ".join(side.attributed_to)),
            ("said", side.said or ""),
            ("published", ", ".join(side.published)),
        )
        for name, text in details:
            if text:
                click.echo(f"    {name}: {printable(text)}")
        for evidence in side.evidence:
            click.echo(f"  {quoted(evidence)}")
    click.echo()
