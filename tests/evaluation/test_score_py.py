"""The figures are those of the scorer that comes with the annotated seeds, on what was found and on damaged records."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import evaluation
from kg.exporters import jsonl

pytestmark = pytest.mark.shared
Record = dict[str, Any]


@pytest.fixture(scope="module")
def seeds(seeds_graph: Path) -> list[Record]:
    return exported(seeds_graph)


@pytest.fixture(scope="module")
def unseen(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """The records of the annotated articles that nobody tuned to, which are cut into words."""
    place = tmp_path_factory.mktemp("unseen")
    for gold in (shared / "gold" / "bkee-dev").glob("*.json"):
        text = (shared / "eval" / "bkee-dev" / f"{gold.stem}.txt").read_text(encoding="utf-8")
        (place / f"{gold.stem}.txt").write_text(text.replace("_", " "), encoding="utf-8")
    kg.build([place], place / "graph")
    return exported(place / "graph")


def exported(graph: Path) -> list[Record]:
    out = io.BytesIO()
    jsonl.export(graph, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def damaged(records: Iterable[Record]) -> list[Record]:
    """The records with every kind of mistake here and there, so that no figure is 1."""
    damaged = []
    for number, record in enumerate(json.loads(json.dumps(list(records)))):
        kind = record["record"]
        if number % 9 == 0 and kind in ("mention", "statement"):
            continue
        if kind == "mention":
            record["start"] -= (number % 7 == 0) * min(2, record["start"])
            record["type"] = "facility" if number % 11 == 0 else record["type"]
            record["entity"] = None if number % 31 == 0 else "somebody" if number % 13 == 0 else record["entity"]
        elif kind == "entity" and number % 5 == 0:
            record["wikidata"] = "Q30" if record["wikidata"] is None or number % 2 else None
        elif kind == "statement":
            record["time"] = None if number % 2 else record["time"]
            record["claim_time"] = None if number % 3 else record["claim_time"]
            record["roles"] = {
                role: fillers[1:] if number % 4 == 0 else fillers for role, fillers in record["roles"].items()
            }
            record["attributed_to"] = record["attributed_to"] if number % 3 else []
            record["modality"] = "planned" if number % 5 == 0 else record["modality"]
            if record["quantity"] and number % 2:
                record["quantity"]["exactness"] = "more_than"
        damaged.append(record)
    return damaged


@pytest.mark.parametrize("harm", [list, damaged])
@pytest.mark.parametrize(
    ("fixture", "gold", "texts"), [("seeds", "seeds", "seeds"), ("unseen", "bkee-dev", "eval/bkee-dev")]
)
def test_figures_are_the_same(
    request: pytest.FixtureRequest, shared: Path, tmp_path: Path, fixture: str, gold: str, texts: str, harm: Any
) -> None:
    path = tmp_path / "records.jsonl"
    records = harm(request.getfixturevalue(fixture))
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    scorer = [sys.executable, str(shared / "gold" / "score.py"), str(shared / "gold" / gold), str(path), "--json"]
    done = subprocess.run([*scorer, "--texts", str(shared / texts)], capture_output=True, check=True, text=True)
    result = evaluation.evaluate(
        evaluation.read_gold(shared / "gold" / gold), evaluation.read_records(path), texts=shared / texts
    )
    assert comparable(result) == wanted(json.loads(done.stdout))


def wanted(theirs: Record) -> Record:
    """What score.py says, by our names."""
    levels = {"exact": "strict", "overlapping": "relaxed", "untyped": "untyped"}
    found = {f"mentions.{ours}": counts(theirs["mentions"][name]) for ours, name in levels.items()}
    found |= {f"mentions.type.{kind}": counts(of) for kind, of in theirs["mentions"]["by_type_relaxed"].items()}
    found["coreference"] = [theirs["coreference"][name] for name in ("p", "r", "f1", "mentions")]
    found["articles"] = theirs["articles"]
    if links := theirs.get("links"):
        false, nil = map(int, links["false_links_on_nil"].split("/"))
        found["links"] = [links["precision"], links["recall_of_found"], links["scored"]]
        found["links.nil"] = [nil - false, nil]
        found["forbidden"] = links["forbidden_links"]
    if facts := theirs.get("facts"):
        names = ("arguments", "time", "claim_time", "quantity", "attributed_to", "modality")
        found |= {f"facts.{name}": fraction(facts[name]) for name in names}
        found["facts"] = [*fraction(facts["facts_found"]), facts["statements_in_scored_articles"]]
    evidence = theirs["evidence"]
    found["evidence.words"] = [evidence["spans"] - evidence["wrong_offsets"], evidence["spans"]]
    found["without evidence"] = evidence["statements_without_evidence"]
    return found


def comparable(result: evaluation.Evaluation) -> Record:
    figures = {figure.key: figure.plain() for figure in result.figures}
    found: Record = {
        key: [figure[name] for name in ("precision", "recall", "f1", "right", "found", "gold")]
        for key, figure in figures.items()
        if key.startswith("mentions.")
    }
    found["coreference"] = [figures["coreference"][name] for name in ("precision", "recall", "f1", "gold")]
    found["articles"] = result.articles
    if "links" in figures:
        found["links"] = [figures["links"][name] for name in ("precision", "recall", "gold")]
        found["links.nil"] = [figures["links.nil"][name] for name in ("right", "gold")]
        alike = figures["links.look_alikes"]
        found["forbidden"] = int(alike["gold"] or 0) - int(alike["right"] or 0)
    if "facts" in figures:
        found |= {key: [figure["right"], figure["gold"]] for key, figure in figures.items() if key.startswith("facts.")}
        found["facts"] = [figures["facts"][name] for name in ("right", "gold", "found")]
    found["evidence.words"] = [figures["evidence.words"][name] for name in ("right", "found")]
    found["without evidence"] = int(figures["evidence"]["found"] or 0) - int(figures["evidence"]["right"] or 0)
    assert figures["evidence.gold"]["recall"] == 1
    return found


def counts(of: Record) -> list[float]:
    return [of[name] for name in ("p", "r", "f1", "tp", "system", "gold")]


def fraction(text: str) -> list[float]:
    return [int(part) for part in text.partition(" = ")[0].split("/")]
