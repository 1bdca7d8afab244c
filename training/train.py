"""Train the models that ship: `make model`. Equal corpus, equal bytes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from kg import nlp as annotation
from kg.extractors.statements import unnamed
from kg.nlp import trigger_phrases
from kg.nlp.classifier import model, models, train
from kg.nlp.names import NameFinder
from training import corpus, examples
from training.articles import split

SPARSE = {
    ("vi", "roles"): 1.2,  # a quarter of the size, and no worse
    ("en", "roles"): 1.2,
    ("vi", "triggers"): 0.03,
    ("en", "triggers"): 0.03,
}
"""How strongly small weights of a model vanish, where not as usual."""
EVEN = {"triggers": 0.1}
"""How strongly large weights of a model are kept small, where not as usual."""


def run(language: str, folder: Path) -> None:
    """Train everything of a language, in the order in which one model's work is another's input."""
    chosen, _ = split(corpus.articles(folder))
    models(language).mkdir(exist_ok=True)
    raw = annotation.load(language, without=("kg_names", "kg_measures", "kg_triggers"))
    finder = NameFinder(language, revised=False)
    plain = list(examples.annotate(raw, chosen))
    _train(language, "names", list(examples.name_examples(finder, plain)))
    _train(language, "bounds", list(examples.bound_examples(finder, plain)))
    nlp = annotation.load(language, without=("kg_triggers",))
    annotated = list(examples.annotate(nlp, chosen))
    known = examples.known_phrases(language, annotated)
    lines = (
        f"{text}\t{trigger_phrases.NEVER if phrase.never else phrase.usual}\n" for text, phrase in sorted(known.items())
    )
    trigger_phrases.phrase_file(language).write_text("".join(lines), encoding="utf-8")
    _train(language, "triggers", list(examples.trigger_examples(language, annotated, known)))
    nouns = (f"{noun}\t{kind}\n" for noun, kind in examples.nouns(language, annotated).items())
    unnamed.noun_file(language).write_text("".join(nouns), encoding="utf-8")
    unnamed.load.cache_clear()
    _train(language, "roles", list(examples.role_examples(annotated)))


def _train(language: str, name: str, found: Sequence[examples.Example]) -> None:
    began = time.monotonic()
    path = model(language, name)
    train(found, path, l1=SPARSE.get((language, name), 0.1), l2=EVEN.get(name, 0.05))
    print(
        f"{language} {name}: {len(found):,} examples, {path.stat().st_size:,} bytes, {time.monotonic() - began:.0f} s"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=corpus.languages(), help="train this one only")
    parser.add_argument(
        "--corpus", type=Path, default=corpus.CORPUS, help="a folder with one of .news files by language"
    )
    given = parser.parse_args()
    for language in [given.language] if given.language else corpus.languages():
        run(language, given.corpus / language)


if __name__ == "__main__":
    main()
