"""Names on annotated news: the articles of `shared/seeds`, and the corpus in our own words that rules were not made on."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

Annotate = Callable[..., Doc]
Corpus = Callable[[Iterable[str]], list[dict[str, Any]]]
Name = tuple[int, int, str]
# The rules were written without looking at these.
UNSEEN = ["business", "disaster", "politics", "society", "wire"]
pytestmark = pytest.mark.shared


def flat(names: Iterable[Name]) -> list[Name]:
    """The longest of nested names, as the annotations keep them."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n[0] - n[1], n[0])):
        if not any(name[0] < k[1] and k[0] < name[1] for k in kept):
            kept.append(name)
    return kept


def f1(pairs: Iterable[tuple[Sequence[dict[str, Any]], Sequence[Name]]]) -> float:
    """Spans and types must be equal; credits count neither way."""
    right = wanted = given = 0
    for gold, found in pairs:
        credits_ = [m for m in gold if m.get("credit")]
        marks = {(m["start"], m["end"], m["type"]) for m in gold if not m.get("credit")}
        seen = {
            n
            for n in flat(found)
            if n[2] not in {"untyped", "group"} and not any(n[0] < c["end"] and c["start"] < n[1] for c in credits_)
        }
        right, wanted, given = right + len(marks & seen), wanted + len(marks), given + len(seen)
    return 2 * right / (wanted + given)


def names(doc: Any) -> list[Name]:
    return [(s.start_char, s.end_char, s.label_) for s in doc.spans["names"]]


def test_real_articles(shared: Path, annotate: Annotate) -> None:
    pairs = []
    for path in sorted((shared / "gold" / "seeds").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = unicodedata.normalize("NFC", (shared / "seeds" / gold["doc"]).read_text(encoding="utf-8"))
        types = {e["id"]: e["type"] for e in gold["entities"]}
        marks = [{**m, "type": m.get("type", types[m["entity"]])} for m in gold["mentions"]]
        body = len(" date 2025-08-23 ") if text.startswith(" date ") else 0
        pairs.append((marks, names(annotate(text, published=gold["published"], body_start=body))))
    assert f1(pairs) >= 0.97


def test_articles_that_the_rules_were_not_made_on(corpus: Corpus, annotate: Annotate) -> None:
    pairs = [(a["mentions"], names(annotate(a["text"], published=a["published"]))) for a in corpus(UNSEEN)]
    assert f1(pairs) >= 0.82
