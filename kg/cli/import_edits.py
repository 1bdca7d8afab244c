"""The command `kg import-edits`."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._terminal import existing_file, graph_argument, json_option, lang_option, print_json, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.building.editing import Comparison
    from kg.editing import Conflict, Edit, Wording

_ALL = "all"


@click.command(name="import-edits")
@graph_argument
@click.argument("file", required=False, type=existing_file)
@click.option(
    "--base",
    type=existing_file,
    help="FILE as it was exported, where GRAPH has changed since.",
)
@click.option("--by", metavar="WHO", help="Who made the edits; your user name if not given.")
@click.option("--why", metavar="TEXT", help="Why they were made.")
@click.option("--dry-run", is_flag=True, help="List the edits and change nothing.")
@click.option(
    "--yes", is_flag=True, help="Take the edits without asking; --json asks nothing, and takes none without this."
)
@click.option("--list", "listed", is_flag=True, help="List the edits that GRAPH has.")
@click.option("--conflicts", is_flag=True, help="List the edits that disagree with the articles, with what these say.")
@click.option(
    "--drop", multiple=True, metavar="KEY", help="Drop an edit, by its key in --list, or all; may be repeated."
)
@lang_option
@json_option
def command(
    *,
    graph: Path,
    file: Path | None,
    base: Path | None,
    by: str | None,
    why: str | None,
    dry_run: bool,
    yes: bool,
    listed: bool,
    conflicts: bool,
    drop: tuple[str, ...],
    lang: str,
    as_json: bool,
) -> int:
    """Take into GRAPH what a person changed in an export of it.

    FILE is what kg export --format owl wrote, edited in Protégé or another ontology editor, and saved as RDF/XML or Turtle.
    Renamed, retyped, merged and deleted things, added and changed facts, new individuals and classes are listed, and taken
    when you agree. They stay in GRAPH/overlay.ttl, with who, when and why, and are laid over the graph again by every kg
    build, add, retract and merge; two things that were made one become a line in GRAPH/judgements.tsv, an item in
    GRAPH/links.tsv. Other formats are refused: in Protégé choose File, Save as, RDF/XML Syntax.

    An edit stays in force when articles say otherwise later, and --conflicts lists it with what they say; one by which the
    graph would not conform, or whose thing is gone, is not in force. --drop takes edits out again; without any the graph is
    what it was.

    \b
    Examples:
      kg export out/demo --format owl -o demo.owl
      kg import-edits out/demo demo.owl --by "an editor" --why "checked by phone"
      kg import-edits out/demo --conflicts
      kg import-edits out/demo --drop all

    Exit codes: 0 good, 2 wrong call, or GRAPH is not what FILE was made from, 3 FILE cannot be read, 4 store error.
    """  # noqa: D301 - \b is click's mark for lines to keep
    if (file is not None) + listed + conflicts + bool(drop) != 1:
        raise click.UsageError("give one of FILE, --list, --conflicts and --drop")
    if file is None:
        return _kept(graph, drop, lang, conflicts=conflicts, as_json=as_json)
    from kg.building import editing  # noqa: PLC0415 - the help is shown without it
    from kg.editing import Author  # noqa: PLC0415

    if not dry_run and not why:
        raise click.UsageError("say with --why why the edits were made")
    when = datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    author = Author(_line(by or getpass.getuser()), when, _line(why or "?"))
    words = _words(lang)
    found = editing.compare(graph, file, author, base=base)
    if not as_json:
        _print(found, words)
    taken: tuple[Conflict, ...] = found.conflicts
    take = bool(found.edits) and not dry_run and (yes or (not as_json and click.confirm(_say(lang, "take"), err=True)))
    if take:
        taken = editing.take(graph, found.edits)
        if not as_json:
            _print_conflicts(taken, words)
    if as_json:
        print_json(
            {
                "edits": [_plain(edit, words) for edit in found.edits],
                "known": found.known,
                "not_taken": [{"kind": note.kind, "about": note.about} for note in found.notes],
                "conflicts": [_plain_conflict(one, words) for one in taken],
                "taken": take,
            }
        )
    else:
        click.echo(_say(lang, "taken" if take else "left").format(n=len(found.edits), known=found.known), err=True)
    return 0


def _kept(graph: Path, drop: tuple[str, ...], lang: str, *, conflicts: bool, as_json: bool) -> int:
    """List the edits of a graph, or those that disagree with it, or drop some."""
    from kg import folder  # noqa: PLC0415
    from kg.building import editing, overlaying  # noqa: PLC0415

    folder.manifest(graph)
    words = _words(lang)
    if conflicts:
        found = overlaying.conflicts_of(graph)
        if as_json:
            print_json([_plain_conflict(one, words) for one in found])
        else:
            _print_conflicts(found, words)
            click.echo(_say(lang, "conflicts").format(n=len(found)), err=True)
        return 0
    edits = editing.drop(graph, None if _ALL in drop else drop) if drop else overlaying.edits_of(graph)
    if as_json:
        print_json([_plain(edit, words) for edit in edits])
        return 0
    _print_edits(edits, words, authors=True)
    click.echo(_say(lang, "dropped" if drop else "listed").format(n=len(edits)), err=True)
    return 0


def _words(lang: str) -> Wording:
    from kg.editing import Wording  # noqa: PLC0415
    from kg.vocabulary import Vocabulary  # noqa: PLC0415

    return Wording("vi" if lang == "vi" else "en", Vocabulary.load())


def _say(lang: str, name: str) -> str:
    from kg.cli._claims import texts  # noqa: PLC0415

    return texts(lang, "import-edits")[name]


def _line(text: str) -> str:
    """A text as a file of lines with tabs between can hold it."""
    return " ".join(text.split())


def _print(found: Comparison, words: Wording) -> None:
    _print_edits(found.edits, words)
    for note in found.notes:
        click.echo(printable(f"! {words.note(note)}"))
    _print_conflicts(found.conflicts, words)


def _print_edits(edits: Iterable[Edit], words: Wording, *, authors: bool = False) -> None:
    for edit in edits:
        click.echo(printable(f"{edit.key}  {words.sentence(edit)}"))
        if authors:
            click.echo(printable(f"  {edit.author.by}, {edit.author.when}: {edit.author.why}"))


def _print_conflicts(conflicts: Iterable[Conflict], words: Wording) -> None:
    for one in conflicts:
        click.echo(printable(f"{one.edit.key}  {words.sentence(one.edit)}"))
        click.echo(printable(f"  {one.reason}: {words.conflict(one)}"))


def _plain(edit: Edit, words: Wording) -> dict[str, Any]:
    return {
        "key": edit.key,
        "kind": edit.kind,
        "about": list(edit.subjects),
        "sentence": words.sentence(edit),
        "withdraws": [str(triple) for triple in edit.withdraws],
        "states": [str(triple) for triple in edit.states],
        "by": edit.author.by,
        "when": edit.author.when,
        "why": edit.author.why,
    }


def _plain_conflict(one: Conflict, words: Wording) -> dict[str, Any]:
    return {
        "edit": _plain(one.edit, words),
        "reason": one.reason,
        "in_force": one.in_force,
        "words": list(one.words),
        "explanation": words.conflict(one),
    }
