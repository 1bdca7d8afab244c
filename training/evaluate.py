"""Measure the shipped models on the articles kept out of training, beside rules alone and models alone."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import evaluation
from kg.building import build
from kg.building.stages import Stages
from kg.evaluation import Figure
from kg.nlp.classifier import models
from training import corpus, gold
from training.articles import Article, split
from training.variants import Extract, both, models_alone, rules_alone

VARIANTS: dict[str, Callable[[str], Extract]] = {
    "rules alone": rules_alone,
    "models alone": models_alone,
    "both": both,
}
Found = tuple[Sequence[evaluation.Article], evaluation.Records]
"""Annotated articles, and what was found in them."""
SHOWN = ("mentions.exact", "mentions.overlapping", "mentions.untyped", "events", "events.arguments")
SEEN = {"vi": frozenset({"crime", "diplomacy", "local", "military", "short", "world"})}
"""The files on which the rules for names were tuned before anything was held out, by language."""


def card_of(language: str) -> Path:
    """Where the card of a language's models lies."""
    return models(language) / "card.json"


def found(articles: Sequence[Article], language: str, pipeline: Callable[[str], Extract]) -> Found:
    """The annotations of articles, and what a pipeline finds in them."""
    with tempfile.TemporaryDirectory() as top:
        annotated, graph = Path(top) / "articles", Path(top) / "graph"
        gold.write(articles, annotated, language)
        build(
            sorted(annotated.glob("*.txt")), graph, keep_invalid=True, fail_fast=True, stages=Stages(pipeline=pipeline)
        )
        return evaluation.read_gold(annotated), evaluation.graph_records(graph)


def scored(annotated: Sequence[evaluation.Article], records: evaluation.Records) -> dict[str, Figure]:
    """The figures by key."""
    return {figure.key: figure for figure in evaluation.evaluate(annotated, records).figures}


def figures(articles: Sequence[Article], language: str, pipeline: Callable[[str], Extract]) -> dict[str, Figure]:
    """The figures of a pipeline on articles of a language, by key."""
    return scored(*found(articles, language, pipeline))


def card(articles: Sequence[Article], language: str) -> dict[str, Any]:
    """What the models' card says: the figures of the shipped pipeline on the articles held out."""
    measured = figures(articles, language, both)
    return {
        "measured_on": f"{len(articles)} articles of training/corpus that were kept out of training",
        "figures": {key: figure.plain() for key, figure in measured.items() if key in SHOWN},
    }


def table(variants: Mapping[str, Found], *, leaving_out: Collection[str] = ()) -> list[str]:
    """F1 of every variant, as lines, without the articles of some files of the corpus."""
    measured = {}
    for name, (annotated, records) in variants.items():
        kept = [article for article in annotated if article.source.rpartition("-")[0] not in leaving_out]
        measured[name] = scored(kept, records)
    lines = [f"{f'F1 on {len(kept)} articles':40}" + "".join(f"{name:>14}" for name in measured)]
    for key in SHOWN:
        title = measured["both"][key].title
        values = (by_key[key].f1 for by_key in measured.values())
        lines.append(f"{title:40}" + "".join(f"{value or 0:14.3f}" for value in values))
    return lines


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", action="store_true", help="only write the models' card beside them")
    parser.add_argument("--language", choices=corpus.languages(), help="measure this one only")
    given = parser.parse_args()
    for language in [given.language] if given.language else corpus.languages():
        _, kept = split(corpus.articles(corpus.folder(language)))
        if given.card:
            text = json.dumps(card(kept, language), ensure_ascii=False, indent=2)
            card_of(language).write_text(f"{text}\n", encoding="utf-8")
            print(f"wrote {card_of(language)}")
        else:
            compare(language, kept)


def compare(language: str, articles: Sequence[Article]) -> None:
    """Print what rules, models and both find in articles of a language, and in those that no rule was tuned on."""
    variants = {name: found(articles, language, pipeline) for name, pipeline in VARIANTS.items()}
    print(f"{language}\n" + "\n".join(table(variants)))
    if language in SEEN:
        print("\nOf files that no rule was tuned on:")
        print("\n".join(table(variants, leaving_out=SEEN[language])))


if __name__ == "__main__":
    main()
