"""Write the two files of the spaCy package: meta.json, with the scores of the models' card if there is one, and config.cfg."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from thinc.api import Config

import kg
from kg import nlp
from kg.nlp.classifier import models

PACKAGE = Path(__file__).resolve().parents[1] / "vi_news_newskg"
CARD = models("vi") / "card.json"
FACTS: dict[str, Any] = {
    "lang": "vi",
    "name": "news_newskg",
    "version": kg.__version__,
    "description": "Vietnamese news: sentences, words, quotes, names linked to Wikidata, times, quantities, events",
    "author": "the newskg authors",
    "email": "",
    "url": "",
    "license": "Apache-2.0 AND CC-BY-4.0",
    "spacy_version": ">=3.8,<3.9",
    "requirements": [f"newskg=={kg.__version__}"],
    "sources": [
        {"name": "newskg annotated sentences and word lists", "author": "the newskg authors", "license": "CC-BY-4.0"},
        {"name": "Wikidata", "url": "https://www.wikidata.org", "license": "CC0-1.0"},
        {"name": "Natural Earth", "url": "https://www.naturalearthdata.com", "license": "public domain"},
        {"name": "Unicode CLDR", "url": "https://cldr.unicode.org", "license": "Unicode-3.0"},
        {"name": "Who's On First", "url": "https://whosonfirst.org", "license": "CC0-1.0 AND CC-BY-4.0"},
        {"name": "rigour", "url": "https://github.com/opensanctions/rigour", "license": "MIT"},
        {"name": "pyvi (words)", "url": "https://github.com/trungtv/pyvi", "license": "MIT"},
    ],
}


def meta(card: Path = CARD) -> str:
    """What spaCy says of the pipeline."""
    scores = performance(json.loads(card.read_text(encoding="utf-8"))) if card.is_file() else {}
    return json.dumps({**FACTS, "performance": scores}, ensure_ascii=False, indent=2) + "\n"


def performance(card: Any, name: str = "") -> dict[str, float]:
    """Each F1 of the card, however deep it lies, by the names of what it is in: `{"names": {"f1": 0.9}}` is names_f1."""
    if not isinstance(card, dict):
        return {}
    found: dict[str, float] = {}
    for key, value in card.items():
        full = f"{name}_{key}" if name else key
        if key.lower() == "f1" and isinstance(value, int | float):
            found[full.lower()] = round(value, 4)
        found |= performance(value, full)
    return found


def config() -> str:
    """The pipeline and its settings; spaCy wants every one spelled out, those of training apart."""
    pipeline = nlp.load(FACTS["lang"])
    pipeline.add_pipe("kg_ents")
    parts = {name: pipeline.config[name] for name in ("nlp", "components")}
    return Config(parts).to_str() + "\n"


if __name__ == "__main__":
    (PACKAGE / "meta.json").write_text(meta(), encoding="utf-8")
    (PACKAGE / "config.cfg").write_text(config(), encoding="utf-8")
