"""The annotation pipeline, loaded once: it costs a second or two."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg import nlp
from kg.model import Document

Annotate = Callable[..., Doc]
Corpus = Callable[[Iterable[str]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def pipeline() -> Language:
    return nlp.load("vi")


@pytest.fixture(scope="session")
def annotate(pipeline: Language) -> Annotate:
    """Annotate a text; keyword arguments go to its Document."""

    def run(text: str, **known: Any) -> Doc:
        fields: dict[str, Any] = {"source": "bai.txt", "language": "vi", **known}
        return nlp.annotate(pipeline, Document(text=text, **fields))

    return run


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Corpus:
    """Read the articles of some parts of the annotated corpus, such as "wire"."""
    folder = shared / "data" / "corpus-vi"
    if not folder.is_dir():
        pytest.skip("no annotated corpus beside the checkout")
    specification = importlib.util.spec_from_file_location("corpus", folder / "corpus.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return lambda parts: [article for part in parts for article in module.read_articles(folder / f"{part}.news", [])]
