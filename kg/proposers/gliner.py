"""Names proposed by a GLiNER model in a folder of your own; nothing is ever downloaded."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.model import Extraction, Span
from kg.proposers import Proposals, Propose, ProposedMention, ProposerError, Specification
from kg.proposers._passages import passages
from kg.proposers._schema import MENTION_TYPES

TAKES_MODEL = False
_CONFIGURATION = "gliner_config.json"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
_THRESHOLD = 0.5
_WORDS = 300  # of a passage; a model cuts off what is longer than its own limit
_NOTHING = "nothing is downloaded"


def check(target: str, model: str) -> str:
    """The folder's own name; a UsageError if it holds no model, or the package is missing."""
    del model
    folder = Path(target).resolve()
    has_weights = any((folder / name).is_file() for name in _WEIGHTS)
    if not (folder / _CONFIGURATION).is_file() or not has_weights:
        raise UsageError(
            f"{target} is no folder with a GLiNER model: it must hold {_CONFIGURATION} and {' or '.join(_WEIGHTS)}. "
            f"Fetch a model yourself and name its folder; {_NOTHING}"
        )
    if find_spec("gliner") is None:
        raise UsageError(f"--propose gliner needs the package gliner: pip install gliner; {_NOTHING} by kg")
    return folder.name


def make(specification: Specification) -> Propose:
    """Load the model, on the CPU and from the folder alone."""
    for variable in _OFFLINE:  # read when huggingface_hub is imported, so they come first
        os.environ[variable] = "1"
    folder = str(Path(specification.target).resolve())
    try:
        library: Any = importlib.import_module("gliner")
        model = library.GLiNER.from_pretrained(folder, local_files_only=True, map_location="cpu")
        model.eval()
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise UsageError(
            f"{specification.target} cannot be loaded as a GLiNER model ({told}). The folder must hold weights, "
            f"configuration and tokenizer, as model.save_pretrained(folder) writes them; {_NOTHING}"
        ) from error
    limit = getattr(getattr(model, "config", None), "max_len", None)
    words = min(_WORDS, limit) if isinstance(limit, int) and limit > 0 else _WORDS

    def propose(extraction: Extraction) -> Proposals:
        found = (
            mention
            for passage in passages(extraction.document, words)
            for mention in _mentions(model, passage, extraction.document.text)
        )
        return Proposals(mentions=tuple(found))

    return propose


def _mentions(model: Any, passage: Span, text: str) -> Iterator[ProposedMention]:
    for item in model.predict_entities(passage.text, list(MENTION_TYPES), flat_ner=True, threshold=_THRESHOLD):
        try:
            start, end = passage.start + int(item["start"]), passage.start + int(item["end"])
            words, kind = str(item.get("text", text[start:end])), str(item["label"])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ProposerError("nonsense", "the model gives entities without start, end and label") from error
        yield ProposedMention(Span(start, end, words), kind)
