"""Train the models that ship: `make model`. Equal corpus, equal bytes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from kg import nlp as annotation
from kg.nlp import triggers
from kg.nlp.classifier import model, models, train
from kg.nlp.names import NameFinder
from training import corpus, examples
from training.articles import split

LANGUAGE = "vi"


def run(folder: Path = corpus.CORPUS) -> None:
    """Train everything, in the order in which one model's work is another's input."""
    chosen, _ = split(corpus.articles(folder))
    models(LANGUAGE).mkdir(exist_ok=True)
    raw = annotation.load(LANGUAGE, without=("kg_names", "kg_measures", "kg_triggers"))
    finder = NameFinder(LANGUAGE, revised=False)
    plain = list(examples.annotate(raw, chosen))
    _train("names", list(examples.name_examples(finder, plain)))
    _train("bounds", list(examples.bound_examples(finder, plain)))
    nlp = annotation.load(LANGUAGE, without=("kg_triggers",))
    annotated = list(examples.annotate(nlp, chosen))
    known = examples.known_phrases(LANGUAGE, annotated)
    lines = (f"{text}\t{triggers.NEVER if phrase.never else phrase.usual}\n" for text, phrase in sorted(known.items()))
    triggers.phrase_file(LANGUAGE).write_text("".join(lines), encoding="utf-8")
    _train("triggers", list(examples.trigger_examples(LANGUAGE, annotated, known)))
    _train("roles", list(examples.role_examples(annotated)), l1=0.8)  # a quarter of the size, and no worse


def _train(name: str, found: Sequence[examples.Example], *, l1: float = 0.1) -> None:
    began = time.monotonic()
    path = model(LANGUAGE, name)
    train(found, path, l1=l1)
    print(f"{name}: {len(found):,} examples, {path.stat().st_size:,} bytes, {time.monotonic() - began:.0f} s")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS, help="a folder of .news files")
    run(parser.parse_args().corpus)


if __name__ == "__main__":
    main()
