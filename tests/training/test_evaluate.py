"""Measuring the models: the card beside them, and the variants that they are compared with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from kg import nlp as annotation
from training import corpus, evaluate, examples, variants
from training.articles import Article, split

Parts = tuple[list[Article], list[Article]]
LANGUAGES = corpus.languages()


@pytest.fixture(scope="module")
def articles() -> dict[str, Parts]:
    return {language: split(corpus.articles(corpus.folder(language))) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_tells_of_the_articles_held_out(language: str, articles: dict[str, Parts]) -> None:
    card = json.loads(evaluate.card_of(language).read_text(encoding="utf-8"))
    assert card["measured_on"].startswith(f"{len(articles[language][1])} articles")
    assert set(card["figures"]) == set(evaluate.SHOWN)
    assert all(0 < figure["f1"] < 1 for figure in card["figures"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_find_less_than_the_whole(language: str, articles: dict[str, Parts]) -> None:
    few = articles[language][1][:12]
    rules = evaluate.figures(few, language, variants.rules_alone)
    both = evaluate.figures(few, language, variants.both)
    assert (rules["events"].found or 0) < (both["events"].found or 0)
    assert (both["mentions.untyped"].f1 or 0) > 0.9
    assert (both["events"].f1 or 0) > (rules["events"].f1 or 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_model_learns_names(language: str, articles: dict[str, Parts], tmp_path: Path) -> None:
    nlp: Language = annotation.load(language, without=("kg_names", "kg_measures", "kg_triggers"))
    annotated = list(examples.annotate(nlp, articles[language][0][:30]))
    variants.train_plain(annotated, tmp_path / "plain.crfsuite")
    tagger = variants.PlainNames(tmp_path / "plain.crfsuite")
    doc = tagger(annotated[0].doc)
    gold = {(m["start"], m["end"], m["type"]) for m in articles[language][0][0]["mentions"]}
    found = {(span.start_char, span.end_char, span.label_) for span in doc.spans["names"]}
    assert len(gold & found) > len(gold) / 2
