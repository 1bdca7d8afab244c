"""Write annotated articles for `kg eval`: the plain text and its gold JSON, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.articles import Article


def record(article: Article, language: str) -> dict[str, Any]:
    """The gold of one article in its language; entities have ids of their own across articles."""
    ident = article["id"]
    types = {mention["entity"]: mention["type"] for mention in article["mentions"]}
    return {
        "doc": f"{ident}.txt",
        "language": language,
        "published": article["published"],
        "genre": article["genre"],
        "entities": [{"id": f"{ident}#{entity}", "type": kind} for entity, kind in types.items()],
        "mentions": [{**mention, "entity": f"{ident}#{mention['entity']}"} for mention in article["mentions"]],
        "facts": None,
        "nominals": article["nominals"],
        "times": article["times"],
        "durations": article["durations"],
        "quantities": article["quantities"],
        "triggers": article["triggers"],
        "events": article["events"],
        "said": article["said"],
    }


def write(articles: Iterable[Article], folder: Path, language: str) -> None:
    """Write ID.txt and ID.json of each article of a language into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / f"{article['id']}.txt").write_text(article["text"] + "\n", encoding="utf-8")
        gold = json.dumps(record(article, language), ensure_ascii=False, indent=1)
        (folder / f"{article['id']}.json").write_text(gold + "\n", encoding="utf-8")
