"""Print how well names in context are linked: `python -m tests.linking [--dev] [--misses] [--fit]`.

Without --dev it scores the names that nobody looks at, and prints figures only.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import click

from kg.linking import deciding
from kg.linking.shelf import Shelf
from kg.vocabulary import Vocabulary
from tests.linking import fitting, measuring
from tests.linking.measuring import Judged

_UNSEEN = {"mentions", "aside"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the names for tuning")
    parser.add_argument("--tuning", action="store_true", help="more names for tuning")
    parser.add_argument("--ambiguous", action="store_true", help="names for tuning that are hard to tell")
    parser.add_argument("--aside", action="store_true", help="as hard names that nothing is fitted to; figures only")
    parser.add_argument("--misses", action="store_true", help="print what is wrong, of the names for tuning only")
    parser.add_argument("--fit", action="store_true", help="print weights fitted to the names for tuning")
    parser.add_argument("--pack", type=Path, action="append", default=[], help="another pack of items")
    options = parser.parse_args()
    shelf, vocabulary = Shelf.open(options.pack), Vocabulary.load()
    name = next((name for name in ("tuning", "ambiguous", "aside") if getattr(options, name)), "")
    rows = measuring.marked(name) if name else measuring.rows(name := "mentions-dev" if options.dev else "mentions")
    if options.fit:
        _fit(shelf, vocabulary)
        return 0
    for complete, title in ((True, "names given where none is read"), (False, "as read")):
        judged = measuring.judge(measuring.read(rows, shelf, complete=complete), shelf, vocabulary)
        click.echo(f"# {name}, {title}")
        _print(judged)
        if options.misses and name not in _UNSEEN and complete:
            _misses(judged)
    return 0


def _print(judged: list[Judged]) -> None:
    kinds: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        row = one.row
        kinds["all"].append(one)
        kinds["of these not absent from the tables"].extend([one] if row.get("nil") != "absent" else [])
        kinds[f"  {row['type']}"].append(one)
        kinds[f"  {row['language']}"].append(one)
        kinds[f"  {'easy' if row['easy'] else 'ambiguous'}"].append(one)
        kinds[f"  {row['nil'] + ' NIL' if 'nil' in row else 'with an item'}"].append(one)
    for title, ones in sorted(kinds.items(), key=lambda kind: (kind[0].startswith(" "), kind[0])):
        click.echo(f"accuracy  {title:38} {measuring.accuracy(ones):.3f}  of {len(ones)}")
    linked = [one for one in judged if one.answer != measuring.NIL]
    click.echo(
        f"precision of links {measuring.accuracy(linked):.3f} of {len(linked)}; not read {sum(o.link is None for o in judged)}"
    )
    click.echo(f"expected calibration error {measuring.calibration_error(judged):.3f}")
    for mean, right, n in measuring.bins(judged):
        click.echo(f"  sure {mean:.2f}  right {right:.2f}  of {n}")


def _misses(judged: list[Judged]) -> None:
    for one in judged:
        if not one.right:
            row, link = one.row, one.link
            click.echo(f"{row['id']} {row['text'][: row['start']]}[{row['mention']}]{row['text'][row['end'] :]}")
            click.echo(f"    want {row['qid']}, got {one.answer}; {link}")


def _fit(shelf: Shelf, vocabulary: Vocabulary) -> None:
    rows = [*measuring.rows("mentions-dev"), *measuring.marked("tuning"), *measuring.marked("ambiguous")]
    found = [
        (one.row.get("theme", ""), one.row["qid"], measuring.weighed(one, shelf, vocabulary))
        for one in measuring.read(rows, shelf, complete=True)
    ]
    without = [answer for _, answer, options in found if not options]
    known = deciding.weights()
    unfound = (sum(answer == measuring.NIL for answer in without) + 1) / (len(without) + 2)
    fitted = fitting.fit(found)
    click.echo("# What the features of linking count for; python -m tests.linking --fit > kg/linking/weights.toml")
    click.echo(
        f"# On themes that were left out: accuracy {fitted.accuracy:.3f}, calibration error {fitted.error:.3f}, "
        f"at the temperature {fitted.temperature:.2f}."
    )
    click.echo(f"\n[bounds]\nlink = {known.link}\nreview = {known.review}\nunfound = {unfound:.3f}\n\n[weights]")
    for name, weight in fitted.weights.items():
        click.echo(f'"{name}" = {weight}')


if __name__ == "__main__":
    sys.exit(main())
