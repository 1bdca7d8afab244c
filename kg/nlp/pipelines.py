"""How a language is annotated, as its `pipeline.toml` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import lexicon

Head = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The components of a language in order, where its names have their head noun, and the models that correct names.

    `bars` says how far the trained models are believed.
    """

    components: tuple[str, ...]
    head: Head
    corrections: tuple[str, ...]
    bars: Mapping[str, float]


@cache
def load(language: str) -> Pipeline:
    """What a language declares, read once."""
    table = lexicon.table(language, "pipeline")
    return Pipeline(tuple(table["components"]), table["head"], tuple(table["corrections"]), table["bars"])
