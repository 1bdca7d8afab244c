"""Measure the shipped models on the articles kept out of training, beside rules alone and models alone."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg import evaluation
from kg.building import build
from kg.building.stages import Stages
from kg.evaluation import Figure
from kg.nlp.classifier import model
from training import corpus, gold
from training.articles import Article, split
from training.variants import Extract, both, models_alone, rules_alone

VARIANTS: dict[str, Callable[[str], Extract]] = {
    "rules alone": rules_alone,
    "models alone": models_alone,
    "both": both,
}
SHOWN = ("mentions.exact", "mentions.overlapping", "mentions.untyped", "events", "events.arguments")
SEEN = frozenset({"crime", "diplomacy", "local", "military", "short", "world"})
"""The files on which the rules for names were tuned before anything was held out."""
CARD = model("vi", "names").with_name("card.json")


def figures(articles: Sequence[Article], pipeline: Callable[[str], Extract]) -> dict[str, Figure]:
    """The figures of a pipeline on articles, by key."""
    with tempfile.TemporaryDirectory() as top:
        annotated, graph = Path(top) / "articles", Path(top) / "graph"
        gold.write(articles, annotated)
        build([annotated], graph, keep_invalid=True, stages=Stages(pipeline=pipeline))
        found = evaluation.evaluate(evaluation.read_gold(annotated), evaluation.graph_records(graph))
    return {figure.key: figure for figure in found.figures}


def card(articles: Sequence[Article]) -> dict[str, Any]:
    """What the models' card says: the figures of the shipped pipeline on the articles held out."""
    measured = figures(articles, both)
    return {
        "measured_on": f"{len(articles)} articles of training/corpus that were kept out of training",
        "figures": {key: figure.plain() for key, figure in measured.items() if key in SHOWN},
    }


def table(articles: Sequence[Article]) -> list[str]:
    """F1 of every variant, as lines."""
    measured = {name: figures(articles, pipeline) for name, pipeline in VARIANTS.items()}
    lines = [f"{'F1 on ' + str(len(articles)) + ' articles':40}" + "".join(f"{name:>14}" for name in measured)]
    for key in SHOWN:
        title = measured["both"][key].title
        values = (found[key].f1 for found in measured.values())
        lines.append(f"{title:40}" + "".join(f"{value or 0:14.3f}" for value in values))
    return lines


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", action="store_true", help="only write the models' card beside them")
    _, kept = split(corpus.articles())
    if parser.parse_args().card:
        CARD.write_text(json.dumps(card(kept), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"wrote {CARD}")
        return
    print("\n".join(table(kept)))
    unseen = [article for article in kept if article["id"].rpartition("-")[0] not in SEEN]
    print("\nOf files that no rule was tuned on:")
    print("\n".join(table(unseen)))


if __name__ == "__main__":
    main()
