"""The command `kg wikidata`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._claims import texts
from kg.cli._progress import shown
from kg.cli._terminal import json_option, lang_option, print_json, print_table, printable
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.wikidata.checking import Result
    from kg.wikidata.dump import Report
    from kg.wikidata.mending import Mended
    from kg.wikidata.pack import Candidate
    from kg.wikidata.writing import Written

_MEGA = 10**6
_FILE = click.Path(path_type=Path, dir_okay=False)
_pack_option = click.option("--pack", type=_FILE, help="A pack; without it the one that ships with kg.")


@click.group()
def command() -> None:
    """Make packs of Wikidata items for linking, look items up in them, and check them.

    A pack is one file. The one that ships with kg works without the network; larger ones are made from a dump of
    Wikidata, or from an endpoint that serves its RDF.
    """


def _listed(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


@command.command("pack")
@click.argument("dump", required=False, type=_FILE)
@click.option("-o", "--output", required=True, type=_FILE, help="The pack to write; it is written whole or not at all.")
@click.option(
    "--types", default="", callback=_listed, metavar="TYPE,…", help="person,place,… or classes of the ontology; all."
)
@click.option("--languages", default="vi,en", show_default=True, callback=_listed, metavar="CODE,…", help="Of names.")
@click.option("--snapshot", default="", metavar="DAY", help="Of which day the dump or the tables are: 2026-11-23.")
@click.option("--from-sparql", "endpoint", metavar="URL", help="Cut the items out of this endpoint instead.")
@click.option(
    "--contact", default="", envvar="KG_CONTACT", help="Who asks an endpoint: a mail address or page. Or KG_CONTACT."
)
@click.option("--page", default=200, show_default=True, type=click.IntRange(1, 2000), help="Items for one question.")
@click.option(
    "--from-tables",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Join lexicon.tsv and overlay.tsv of this folder, as for the pack that ships.",
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that read a dump.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@lang_option
@json_option
def _pack(
    dump: Path | None,
    output: Path,
    types: Sequence[str],
    languages: Sequence[str],
    snapshot: str,
    endpoint: str | None,
    contact: str,
    page: int,
    folder: Path | None,
    jobs: int,
    quiet: bool,  # noqa: FBT001 - click passes options by name
    lang: str,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Make a pack from DUMP, the JSON dump of Wikidata (.json.gz, .json.bz2, .json).

    The dump is read twice, for which classes lie below ours and for the items; memory does not grow with it. Take the
    .gz: .bz2 unpacks at a tenth of the speed. Lines that are no items are counted, and named for the first few.

    An endpoint is asked one question at a time, and left alone as long as it asks for; who asks stands in the
    User-Agent. Dates come less exact from it than from a dump.

    \b
    Examples:
      kg wikidata pack latest-all.json.gz -o wd.kgp --types person,place,organization --languages vi,en
      kg wikidata pack --from-sparql http://localhost:7001 --contact me@example.org -o wd.kgp --types State
    """  # noqa: D301 - \b is click's mark for lines to keep
    if sum(source is not None for source in (dump, endpoint, folder)) != 1:
        raise UsageError("give a DUMP, or --from-sparql URL, or --from-tables FOLDER, and one of them only")
    say = texts(lang, "wikidata")
    if folder is not None:
        from kg.wikidata import bundling  # noqa: PLC0415

        if not snapshot:
            raise UsageError("say by --snapshot on which day the tables were put together")
        written, mended = bundling.from_tables(folder, output, snapshot=snapshot)
        _print_written(output, written, say, as_json=as_json, mended=mended)
        return
    from kg.wikidata import making  # noqa: PLC0415

    if endpoint is not None:
        from kg.wikidata.endpoint import Endpoint  # noqa: PLC0415

        if snapshot:
            raise UsageError("an endpoint answers as of today: --snapshot is for dumps and tables")
        with shown(quiet=quiet, unit="items") as progress:
            written = making.from_endpoint(
                Endpoint(endpoint, contact), output, types=types, languages=languages, page=page, progress=progress
            )
        _print_written(output, written, say, as_json=as_json)
    elif dump is not None:
        with shown(quiet=quiet, unit="MB") as progress:
            written, report = making.from_dump(
                dump,
                output,
                types=types,
                languages=languages,
                snapshot=snapshot,
                jobs=jobs,
                progress=lambda stage, done, of: progress(f"{stage} ({of // _MEGA:,} MB)", done // _MEGA),
            )
        _print_written(output, written, say, as_json=as_json, report=report)


def _print_written(
    output: Path,
    written: Written,
    say: dict[str, str],
    *,
    as_json: bool,
    report: Report | None = None,
    mended: Mended | None = None,
) -> None:
    if as_json:
        found: dict[str, Any] = {"pack": str(output), **asdict(written)}
        if report:
            found["dump"] = asdict(report)
        if mended:
            found |= {"mended": dict(sorted(mended.counts.items())), "left_out": mended.left_out}
        print_json(found)
        return
    if mended:
        print_table([say["mended"], say["times"]], [(name, str(n)) for name, n in sorted(mended.counts.items())])
        for qid, why in mended.left_out.items():
            click.echo(f"{say['left_out']} {qid}: {printable(why)}")
    if report:
        click.echo(say["read"].format(items=f"{report.items:,}", lines=f"{report.lines:,}"))
        if report.broken or report.too_long:
            click.echo(say["broken"].format(n=f"{report.broken:,}", long=f"{report.too_long:,}"), err=True)
            for example in report.examples:
                click.echo(f"  {printable(example)}", err=True)
    if written.again:
        click.echo(say["again"].format(n=f"{written.again:,}"), err=True)
    click.echo(say["written"].format(n=f"{written.items:,}", mb=f"{written.bytes / _MEGA:,.1f}", path=output))


@command.command("find")
@click.argument("name")
@_pack_option
@click.option("--language", default="vi", show_default=True, help="Of the article in which the name stands.")
@click.option(
    "--types", default="", callback=_listed, metavar="TYPE,…", help="person,place,… or classes of the ontology."
)
@lang_option
@json_option
def _find(
    name: str,
    pack: Path | None,
    language: str,
    types: Sequence[str],
    lang: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
) -> int:
    """Look up what NAME may mean, or the item with the id NAME.

    The best fit comes first: the name letter by letter; but for case and hyphens; but for marks; initials; another way
    to write it. Among equals the one of which more is written comes first.

    Exit codes: 0 found, 1 the pack lacks the name, 2 the call is wrong, 3 the pack cannot be used.
    """
    from kg.wikidata import classes  # noqa: PLC0415
    from kg.wikidata.item import QID  # noqa: PLC0415
    from kg.wikidata.pack import BUNDLED, Candidate, Pack  # noqa: PLC0415

    with Pack.open(pack or BUNDLED) as opened:
        found: tuple[Candidate, ...]
        if QID.fullmatch(name):
            item = opened.item(name)
            found = (Candidate(item, name, "", "exact"),) if item else ()
        else:
            found = opened.candidates(name, language, classes.named(types) if types else None)
        snapshot = opened.about.snapshot
    if as_json:
        print_json({"snapshot": snapshot, "candidates": [asdict(one) for one in found]})
    elif found:
        _print_found(found, texts(lang, "wikidata"), lang)
    else:
        click.echo(texts(lang, "wikidata")["nothing"].format(name=printable(name), day=snapshot), err=True)
    return 0 if found else 1


def _print_found(found: Sequence[Candidate], say: dict[str, str], lang: str) -> None:
    rows = [
        (
            *(one.item.qid, one.item.label(lang), ", ".join(one.item.classes), one.name, say[f"fit_{one.fit}"]),
            *(dict(one.item.descriptions).get(lang) or next((text for _, text in one.item.descriptions), ""),),
            ", ".join(one.item.sources),
        )
        for one in found
    ]
    print_table([say[head] for head in ("item", "label", "class", "name", "fit", "description", "sources")], rows)


@command.command("check")
@click.argument("pack", required=False, type=_FILE)
@click.option("--rows", default=200, show_default=True, type=click.IntRange(min=1), help="How many rows to draw.")
@click.option("--seed", default=0, show_default=True, help="Which rows are drawn; the same seed draws the same.")
@click.option("--against", multiple=True, type=_FILE, help="Another pack to compare with; may be given again.")
@lang_option
@json_option
def _check(
    pack: Path | None,
    rows: int,
    seed: int,
    against: Sequence[Path],
    lang: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
) -> int:
    """Draw rows of PACK and list where the sources of a row contradict each other; without PACK, of the one that ships.

    Names, classes, countries and positions are compared with our gazetteers, with the packs of --against, with what
    lies around a place, and among the parts of a row, which several sources gave. The file is read whole first.

    Exit codes: 0 no disagreement, 1 some, 2 the call is wrong, 3 the pack cannot be used.
    """
    from contextlib import ExitStack  # noqa: PLC0415

    from kg.wikidata import checking  # noqa: PLC0415
    from kg.wikidata.pack import BUNDLED, Pack  # noqa: PLC0415

    with ExitStack() as stack:
        opened = stack.enter_context(Pack.open(pack or BUNDLED))
        opened.verify()
        others = [stack.enter_context(Pack.open(path)) for path in against]
        result = checking.check(opened, others, rows=rows, seed=seed, language=lang)
    if as_json:
        print_json(asdict(result))
    else:
        _print_check(result, texts(lang, "wikidata"), seed)
    return 1 if result.disagreements else 0


def _print_check(result: Result, say: dict[str, str], seed: int) -> None:
    if result.disagreements:
        heads = [say[head] for head in ("item", "label", "about", "here", "there", "by")]
        rows = [
            (one.qid, one.label, say[f"field_{one.field}"], one.here, one.there, one.by) for one in result.disagreements
        ]
        print_table(heads, rows)
        click.echo()
    click.echo(say["drawn"].format(n=f"{result.rows:,}", of=f"{result.of:,}", seed=seed))
    several = sum(count for sources, count in result.sources.items() if sources > 1)
    click.echo(say["several"].format(n=several))
    for by, count in sorted(result.compared.items()):
        click.echo(say["compared"].format(n=count, by=printable(by)))
    if not result.placed:
        click.echo(say["unplaced"])
    click.echo(say["differ"].format(n=len(result.disagreements), rows=len({one.qid for one in result.disagreements})))
