"""The Vietnamese news pipeline as a spaCy package: `spacy.load("vi_news_newskg")`, or `vi_news_newskg.load()`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_path

__all__ = ["__version__", "load", "path"]


def path() -> Path:
    """The folder of the pipeline, for `spacy.load`."""
    return Path(__file__).resolve().parent


def load(**overrides: Any) -> Language:
    """The pipeline; `overrides` are those of `spacy.load`, such as `exclude` and `config`."""
    return load_model_from_path(path(), **overrides)


__version__: str = get_model_meta(path())["version"]
