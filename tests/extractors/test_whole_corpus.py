"""Reading the articles of the training corpus: whatever they say, none is set aside."""

from __future__ import annotations

import pytest

from kg import extractors
from kg.model import Document
from training import corpus

EVERY = 3  # a third of the articles, of every file


@pytest.mark.parametrize("language", corpus.languages())
def test_reads_the_articles_of_the_corpus(language: str) -> None:
    extract = extractors.pipeline(language)
    for article in corpus.articles(corpus.folder(language))[::EVERY]:
        document = Document(
            source=f"{article['id']}.txt", text=article["text"], language=language, published=article["published"]
        )
        assert extract(document).mentions, article["id"]
