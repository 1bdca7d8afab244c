"""The pipeline in parts, to see what each is worth: rules alone, models alone, and both as they ship."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg import extractors
from kg import nlp as annotation
from kg.extractors import mentions, statements
from kg.extractors.statements import rules
from kg.model import Document, Extraction
from kg.nlp import sentences
from kg.nlp.phrases import PhraseTable
from kg.nlp.texts import texts
from kg.spelling import fold
from training import corpus, examples
from training.articles import split

Extract = Callable[[Document], Extraction]
_OUTSIDE, _BEGIN, _INSIDE = "O", "B", "I"


def rules_alone(language: str) -> Extract:
    """Names by the rules, events by the frames; no trained model chooses anything."""
    nlp = annotation.load(language, without=("kg_triggers",), revised=False)
    return extractors.over(nlp, [mentions.make(nlp), statements.make(nlp)])


def models_alone(language: str) -> Extract:
    """Names by a plain sequence model over syllables, without lists and rules; events without frames."""
    nlp = annotation.load(language, without=("kg_names",))
    nlp.add_pipe("plain_names", before="kg_measures")
    found = rules.load(language)
    none = replace(found, frames=(), triggers=PhraseTable[tuple[rules.Use, ...]](()))
    return extractors.over(nlp, [mentions.make(nlp), statements.make(nlp, found=none)])


def both(language: str) -> Extract:
    """The pipeline as it ships."""
    return extractors.pipeline(language)


class PlainNames:
    """A spaCy component that fills `doc.spans["names"]` by a conditional random field over syllables."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        spans = []
        for start, features in _features(doc):
            labels = self._tagger.tag(features)
            spans += [
                Span(doc, start + first, start + last, label=kind, span_id=doc[start + first : start + last].text)
                for first, last, kind in _runs(labels)
            ]
        doc.spans["names"] = spans
        doc.spans["titles"] = []
        empty: dict[str, object] = {"leaders": frozenset(), "media": {}, "subtypes": {}, "credited": frozenset()}
        doc.user_data.update(empty, reasons=[() for _ in spans])
        return doc


def _features(doc: Doc) -> Iterator[tuple[int, list[list[str]]]]:
    found = texts(doc)
    words = [fold(text) for text in found]
    inside = {i for span in doc.spans.get("words", ()) for i in range(span.start + 1, span.end)}
    shapes = [_shape(text) for text in found]
    for start, end in sentences.parts(doc):

        def word(at: int, start: int = start, end: int = end) -> str:
            return words[at] if start <= at < end else "<>"

        def shape(at: int, start: int = start, end: int = end) -> str:
            return shapes[at] if start <= at < end else "<>"

        yield (
            start,
            [
                [
                    *(f"w{n}={word(at + n)}" for n in (-2, -1, 0, 1, 2)),
                    *(f"s{n}={shape(at + n)}" for n in (-1, 0, 1)),
                    f"b={word(at - 1)}|{word(at)}",
                    f"f={word(at)}|{word(at + 1)}",
                    f"ss={shape(at - 1)}{shape(at)}{shape(at + 1)}{shape(at + 2)}",
                    f"in={at in inside}",
                    f"opens={at == start}",
                ]
                for at in range(start, end)
            ],
        )


def _shape(text: str) -> str:
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[:1].isupper():
        return "Aa"
    return "9" if text[:1].isdigit() else "a" if text.isalpha() else text


def _runs(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    first = 0
    for at in range(1, len(labels) + 1):
        if at < len(labels) and labels[at] == f"{_INSIDE}-{labels[first][2:]}":
            continue
        if labels[first] != _OUTSIDE:
            yield first, at, labels[first][2:]
        first = at


@cache
def plain_model(language: str) -> Path:
    """The plain model, trained on first use in a folder of this process."""
    folder = Path(tempfile.mkdtemp(prefix="plain-names-"))
    nlp = annotation.load(language, without=("kg_names", "kg_measures", "kg_triggers"))
    learned, _ = split(corpus.articles(corpus.folder(language)))
    train_plain(examples.annotate(nlp, learned), folder / "plain.crfsuite")
    return folder / "plain.crfsuite"


def train_plain(annotated: Iterable[examples.Annotated], path: Path) -> None:
    """Train the plain model and write it to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in annotated:
        labels = [_OUTSIDE] * len(one.doc)
        for mention in sorted(one.article["mentions"], key=lambda m: m["end"] - m["start"]):
            start, end = one.tokens(mention["start"], mention["end"])
            kind = mention["type"]
            labels[start:end] = [f"{_BEGIN}-{kind}", *[f"{_INSIDE}-{kind}"] * (end - start - 1)]
        for start, features in _features(one.doc):
            trainer.append(features, labels[start : start + len(features)])
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 100})
    trainer.train(str(path))


@Language.factory("plain_names", assigns=["doc.spans"])
def make_plain_names(nlp: Language, name: str) -> PlainNames:
    """The component for the pipeline's language."""
    del name
    return PlainNames(plain_model(str(nlp.lang)))
