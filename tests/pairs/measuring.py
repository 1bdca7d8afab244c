"""Measure what is made of article pairs: one story told in two languages, with disagreements planted.

python -m tests.pairs [PAIR …] [--folder DIR] [--annotated] [--json] [--misses]
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kg import cli, folder, log
from kg.building import Stages, build
from kg.evaluation.readings import FACT_CLASSES, fits
from kg.model import Extraction, Resolution, Statement
from tests.pairs.annotations import pipeline
from tests.pairs.reading import LANGUAGES, Pair

Stretch = tuple[int, int]
_NUMBER = "QuantityClaim"


@dataclass(slots=True)
class Figures:
    """What was found in some pairs. Ratios are 1 where there was nothing to find.

    Entities are scored over annotated names: `entities` where a name was found at all, `entities_all` with each name that
    was not found as a thing of its own. `recall` is over the listed events of which both sides were extracted,
    `recall_all` over all that are listed.
    """

    names: int = 0
    names_found: int = 0
    entities: float = 0.0
    entities_all: float = 0.0
    merged: int = 0
    merged_right: int = 0
    listed: int = 0
    listed_extracted: int = 0
    planted: int = 0
    planted_found: int = 0
    planted_as_another: int = 0
    articles: int = 0
    false_alarms: int = 0
    misses: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The figures with their ratios, without the misses."""
        counts = {name: value for name, value in asdict(self).items() if name != "misses"}
        return counts | {
            "precision": _ratio(self.merged_right, self.merged),
            "recall": _ratio(self.merged_right, self.listed_extracted),
            "recall_all": _ratio(self.merged_right, self.listed),
            "disagreements": _ratio(self.planted_found, self.planted),
            "alarms_per_article": self.false_alarms / self.articles if self.articles else 0.0,
        }


def measure(pairs: Sequence[Pair], *, annotated: bool = False) -> Figures:
    """Build one graph of all articles of the pairs, and compare it with what was annotated.

    `annotated` builds it of the annotated names and facts, as if all of them had been read (see `annotations`).
    """
    stages = Stages(pipeline=pipeline(pairs)) if annotated else None
    with tempfile.TemporaryDirectory() as place:
        extractions, resolution = build_pairs(pairs, Path(place), stages)
        conflicts = _conflicts(Path(place, "graph"))
    return compare(pairs, extractions, resolution, conflicts)


def extracted(pairs: Sequence[Pair]) -> tuple[Extraction, ...]:
    """What is read in the articles of the pairs."""
    with tempfile.TemporaryDirectory() as place:
        return tuple(build_pairs(pairs, Path(place))[0])


def build_pairs(
    pairs: Sequence[Pair], place: Path, stages: Stages | None = None
) -> tuple[Sequence[Extraction], Resolution]:
    """Build a graph of the articles of the pairs in a folder: what was read, and what was made of it."""
    articles, graph = place / "articles", place / "graph"
    articles.mkdir()
    for pair in pairs:
        for code in LANGUAGES:
            (articles / pair.source(code)).write_text(pair.texts[code], encoding="utf-8")
    build(articles, graph, keep_invalid=True, fail_fast=True, stages=stages)
    return log.load(graph / folder.RECORDS)


def _conflicts(graph: Path) -> list[dict[str, Any]]:
    ran = CliRunner().invoke(cli.main, ["conflicts", str(graph), "--json"])
    if ran.exit_code:
        raise SystemExit(f"kg conflicts: {ran.output}")
    return list(json.loads(ran.stdout))


def compare(
    pairs: Sequence[Pair],
    extractions: Sequence[Extraction],
    resolution: Resolution,
    conflicts: Sequence[Mapping[str, Any]],
) -> Figures:
    """The figures of a graph's records and of what `kg conflicts --json` printed of it."""
    read = {extraction.document.source: extraction for extraction in extractions}
    figures = Figures(articles=len(pairs) * len(LANGUAGES))
    _entities(pairs, read, resolution, figures)
    _events(pairs, read, resolution, figures)
    _disagreements(pairs, conflicts, figures)
    return figures


# -------------------------------------------------------------------------------------------------------------- entities


def _entities(pairs: Sequence[Pair], read: Mapping[str, Extraction], resolution: Resolution, figures: Figures) -> None:
    keys = {member: entity.key for entity in resolution.entities for member in entity.members}
    found: list[tuple[str, str]] = []  # what an annotated name is of, and the entity that the graph has there
    missed: list[tuple[str, str]] = []
    for pair in pairs:
        for code, gold in pair.articles.items():
            for name in gold["mentions"]:
                key = _entity_at(read.get(pair.source(code)), keys, (name["start"], name["end"]))
                if key:
                    found.append((name["entity"], key))
                else:
                    missed.append((name["entity"], f"missed {pair.name} {code} {name['start']}"))
    figures.names, figures.names_found = len(found) + len(missed), len(found)
    figures.entities, figures.entities_all = _b_cubed(found), _b_cubed(found + missed)
    figures.misses += _confused(found)


def _entity_at(extraction: Extraction | None, keys: Mapping[tuple[str, str], str], place: Stretch) -> str:
    """The entity of the name that shares most letters with `place`; empty if none shares any."""
    names = [m for m in extraction.mentions if m.form == "name"] if extraction else []
    near = [(_shared(place, (m.span.start, m.span.end)), -len(m.span.text), m) for m in names]
    best = max(near, key=lambda item: item[:2], default=None)
    return keys.get((best[2].document, best[2].chain), "") if best and best[0] else ""


def _b_cubed(pairs: Sequence[tuple[str, str]]) -> float:
    """The harmonic mean of precision and recall of each name's set."""
    both, gold, system = Counter(pairs), Counter(g for g, _ in pairs), Counter(s for _, s in pairs)
    if not pairs:
        return 0.0
    precision = sum(n * n / system[s] for (_, s), n in both.items()) / len(pairs)
    recall = sum(n * n / gold[g] for (g, _), n in both.items()) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _confused(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    by_gold, by_system = defaultdict(set), defaultdict(set)
    for gold, system in pairs:
        by_gold[gold].add(system)
        by_system[system].add(gold)
    yield from (f"split: {gold}: {sorted(found)}" for gold, found in sorted(by_gold.items()) if len(found) > 1)
    yield from (f"joined: {system}: {sorted(found)}" for system, found in sorted(by_system.items()) if len(found) > 1)


# ---------------------------------------------------------------------------------------------------------------- events


def _events(pairs: Sequence[Pair], read: Mapping[str, Extraction], resolution: Resolution, figures: Figures) -> None:
    happened = {event.key for event in resolution.events}
    event_of = {s: claim.subject for claim in resolution.claims if claim.subject in happened for s in claim.statements}
    told: dict[str, set[str]] = {}  # the events that tell each annotated fact, by its id
    for pair in pairs:
        for identity, (code, fact) in pair.facts().items():
            if fact["type"] == _NUMBER:  # it answers a question, and is no event
                continue
            extraction = read.get(pair.source(code))
            statements = extraction.statements if extraction else ()
            told[identity] = {event_of[s.id] for s in statements if s.id in event_of and tells(fact, s)}
    same = {(a, b) for pair in pairs for a, b in pair.expected["same_events"]}
    facts = {identity: (pair, *kept) for pair in pairs for identity, kept in pair.facts().items()}
    languages = {identity: code for identity, (_, code, _) in facts.items()}
    merged = {
        (a, b)
        for a in told
        for b in told
        if (languages[a], languages[b]) == LANGUAGES
        and told[a] & told[b]
        and fits(facts[a][2]["type"], facts[b][2]["type"], FACT_CLASSES)
    }
    figures.listed = len(same)
    figures.listed_extracted = sum(bool(told.get(a) and told.get(b)) for a, b in same)
    figures.merged, figures.merged_right = len(merged), len(merged & same)
    for kind, wrong in (("merged, but two", merged - same), ("two, but one", same - merged)):
        figures.misses += [f"{kind}: {_words(facts[a])} | {_words(facts[b])}" for a, b in sorted(wrong)]


def tells(fact: Mapping[str, Any], statement: Statement) -> bool:
    """Whether a statement tells an annotated fact: its words are among those of the fact, and its class fits."""
    evidence = fact["evidence"]
    words = (statement.evidence.start, statement.evidence.end)
    return bool(_shared((evidence["start"], evidence["end"]), words)) and fits(
        fact["type"], statement.type, FACT_CLASSES
    )


def _words(known: tuple[Pair, str, dict[str, Any]]) -> str:
    return f"{known[2]['id']} {known[2]['type']} “{known[2]['evidence']['text']}”"


# --------------------------------------------------------------------------------------------------------- disagreements


def _disagreements(pairs: Sequence[Pair], conflicts: Sequence[Mapping[str, Any]], figures: Figures) -> None:
    """A planted one is found where both its sides' words are quoted on two sides of one contradiction of its type."""
    alarms = set(range(len(conflicts)))
    for pair in pairs:
        for planted in pair.expected["disagreements"]:
            figures.planted += 1
            sides = [_place(pair, side) for side in planted["sides"][:2]]
            met = {at for at, conflict in enumerate(conflicts) if _meets(sides, conflict, pairs)}
            alarms -= met
            if any(conflicts[at]["type"] == planted["type"] for at in met):
                figures.planted_found += 1
            else:
                figures.planted_as_another += bool(met)
                others = sorted({conflicts[at]["type"] for at in met})
                figures.misses.append(f"{pair.name} {planted['type']}: {planted['about']}: {others or 'not found'}")
    figures.false_alarms = len(alarms)
    for at in sorted(alarms):
        quotes = " | ".join(f"“{'; '.join(side['quotes'])}”" for side in conflicts[at]["sides"])
        figures.misses.append(f"false alarm: {conflicts[at]['type']}: {quotes}")


def _place(pair: Pair, side: Mapping[str, str]) -> tuple[str, Stretch]:
    """The article of a planted side, and where its words stand."""
    code = side["article"].partition(".")[0]
    start = pair.texts[code].index(side["quote"])
    return pair.source(code), (start, start + len(side["quote"]))


def _meets(sides: Sequence[tuple[str, Stretch]], conflict: Mapping[str, Any], pairs: Sequence[Pair]) -> bool:
    """Whether two different sides of a contradiction quote the words of the two planted ones."""
    texts = {pair.source(code): pair.texts[code] for pair in pairs for code in LANGUAGES}
    first, second = ({at for at, side in enumerate(conflict["sides"]) if _quotes(side, s, texts)} for s in sides)
    return any(a != b for a in first for b in second)


def _quotes(side: Mapping[str, Any], planted: tuple[str, Stretch], texts: Mapping[str, str]) -> bool:
    source, place = planted
    if source not in side["articles"]:
        return False
    starts = ((texts[source].find(quote), quote) for quote in side["quotes"])
    return any(start >= 0 and _shared(place, (start, start + len(quote))) for start, quote in starts)


def _shared(a: Stretch, b: Stretch) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
