"""Measure short stories told in two languages: python -m tests.pairs.stories [--even] [--misses] [STORY …].

The odd ones of `stories/stories.toml` are measured, those that may be read while rules are written; with `--even` the others,
whose misses nobody prints.
"""

from __future__ import annotations

import argparse
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from kg.model import Extraction, Resolution, Statement
from tests.pairs.measuring import build_pairs, tells
from tests.pairs.reading import LANGUAGES, Pair

STORIES = Path(__file__).with_name("stories") / "stories.toml"
_SHOWN = 100  # letters of a statement's words


@dataclass(slots=True)
class Found:
    """What was found of events: how many are told, read in whatever class, in their own, and with all who take part.

    `both` are told in both articles, `both_read` of them were read in both, `merged` are one event then; `wrong` are pairs of
    two different events of one class that are one.
    """

    told: int = 0
    read: int = 0
    classed: int = 0
    whole: int = 0
    both: int = 0
    both_read: int = 0
    merged: int = 0
    wrong: int = 0
    misses: list[str] = field(default_factory=list)


def load(*, even: bool, names: Sequence[str] = ()) -> list[Pair]:
    """The odd stories, or the even ones, as article pairs without annotated names; the words of a fact are its trigger."""
    stories = tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]
    chosen = [one for at, one in enumerate(stories, 1) if (at % 2 == 0) == even]
    return [_pair(one) for one in chosen if not names or any(name in one["name"] for name in names)]


def _pair(story: Mapping[str, Any]) -> Pair:
    name = story["name"].replace(" ", "-")
    texts = {code: f" date {story[f'{code}_date']} {story[code]}\n" for code in LANGUAGES}
    facts: dict[str, list[dict[str, Any]]] = {code: [] for code in LANGUAGES}
    same = []
    for number, event in enumerate(story["event"]):
        ids: dict[str, list[str]] = {code: [] for code in LANGUAGES}
        for code in LANGUAGES:
            for words in event[code]:
                start = texts[code].index(words)
                fact = {
                    "id": f"{name}-{code}-{number}-{len(ids[code])}",
                    "type": event["class"],
                    "evidence": {"start": start, "end": start + len(words), "text": words},
                    "who": []
                    if ids[code]
                    else event[f"{code}_who"],  # the first words have them all, later ones need not
                }
                facts[code].append(fact)
                ids[code].append(fact["id"])
        same += [[first, second] for first in ids["vi"] for second in ids["en"]]
    articles = {code: {"mentions": [], "facts": facts[code]} for code in LANGUAGES}
    return Pair(name, texts, articles, {"same_events": same, "disagreements": []})


def measure(pairs: Sequence[Pair]) -> Found:
    """Build one graph of all the stories, and compare its events with what they tell."""
    with tempfile.TemporaryDirectory() as place:
        extractions, resolution = build_pairs(pairs, Path(place))
    read = {extraction.document.source: extraction for extraction in extractions}
    found, events = Found(), _events(resolution)
    for pair in pairs:
        told: dict[str, set[str]] = {}
        for identity, (code, fact) in pair.facts().items():
            told[identity] = _fact(fact, read[pair.source(code)], events, found)
        _merged(pair, told, found)
    return found


def _events(resolution: Resolution) -> dict[str, str]:
    happened = {event.key for event in resolution.events}
    return {s: claim.subject for claim in resolution.claims if claim.subject in happened for s in claim.statements}


def _fact(fact: Mapping[str, Any], read: Extraction, events: Mapping[str, str], found: Found) -> set[str]:
    """Count what was read of a fact, and give the events that tell it."""
    there = [s for s in read.statements if s.id in events and _touches(fact, s.trigger or s.evidence)]
    right = [s for s in there if tells(fact, s)]
    missing = [who for who in fact["who"] if not any(_takes_part(who, s, read) for s in right)]
    found.told += 1
    found.read += bool(there)
    found.classed += bool(right)
    found.whole += bool(right) and not missing
    words = f"{fact['id']} {fact['type']} “{fact['evidence']['text']}”"
    if not right:
        others = "; ".join(f"{s.type} “{s.evidence.text[:_SHOWN]}”" for s in there)
        found.misses.append(f"unread: {words}: {others or 'nothing'}")
    elif missing:
        shown = "; ".join(_shown(s, read) for s in right)
        found.misses.append(f"without: {words}: {missing}: {shown}")
    return {events[s.id] for s in right}


def _touches(fact: Mapping[str, Any], words: Any) -> bool:
    return bool(words.start < fact["evidence"]["end"] and fact["evidence"]["start"] < words.end)


def _takes_part(who: str, statement: Statement, read: Extraction) -> bool:
    """Whether a name that stands among the words `who` is of one who fills a role."""
    start = read.document.text.index(who)
    chains = {chain for _, fillers in statement.roles for chain in fillers}
    near = (m for m in read.mentions if m.span.start < start + len(who) and start < m.span.end)
    return any(m.chain in chains for m in near)


def _shown(statement: Statement, read: Extraction) -> str:
    roles = ", ".join(f"{role}={'+'.join(fillers)}" for role, fillers in statement.roles)
    return f"{statement.type}({roles}) {statement.time.edtf if statement.time else '-'}"


def _merged(pair: Pair, told: Mapping[str, set[str]], found: Found) -> None:
    facts = pair.facts()
    same = {(a, b) for a, b in pair.expected["same_events"]}
    for first, second in _across(pair):
        one = bool(told[first] & told[second])
        words = " | ".join(f"{facts[i][1]['type']} “{facts[i][1]['evidence']['text']}”" for i in (first, second))
        if (first, second) in same:
            found.both += 1
            found.both_read += bool(told[first] and told[second])
            found.merged += one
            if not one:
                found.misses.append(f"two, but one: {pair.name}: {words}")
        elif one:
            found.wrong += 1
            found.misses.append(f"merged, but two: {pair.name}: {words}")


def _across(pair: Pair) -> Iterator[tuple[str, str]]:
    ids = {code: [fact["id"] for fact in pair.articles[code]["facts"]] for code in LANGUAGES}
    return ((first, second) for first in ids["vi"] for second in ids["en"])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure short stories told in two languages.")
    parser.add_argument(
        "stories", nargs="*", metavar="STORY", help="words of the names of stories; all if none is given"
    )
    parser.add_argument("--even", action="store_true", help="those kept aside, without misses")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    found = measure(load(even=options.even, names=options.stories))
    click.echo(f"read {found.read}/{found.told}, in their class {found.classed}, with all who take part {found.whole}")
    click.echo(f"told twice {found.both}, read twice {found.both_read}, merged {found.merged}, wrongly {found.wrong}")
    for miss in found.misses if options.misses and not options.even else ():
        click.echo(f"  {miss}")


if __name__ == "__main__":
    main()
