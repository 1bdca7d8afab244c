"""The annotation pipeline, loaded once: it costs a second or two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg import nlp
from kg.model import Document

Annotate = Callable[..., Doc]


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
