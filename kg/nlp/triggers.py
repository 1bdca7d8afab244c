"""Find the words that tell events: phrases that may, and a trained choice of what they tell here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg import lexicon
from kg.nlp import pipelines, stems
from kg.nlp.classifier import NONE, Classifier, model, models
from kg.nlp.phrases import PhraseTable
from kg.nlp.surroundings import Surroundings
from kg.nlp.tokenizer import pieces
from kg.spelling import fold

NEVER = "!"
"""Marks a phrase in phrases.tsv that tells no event."""
_NAMED = frozenset({"person", "organization", "unit", "place", "facility", "time"})
_REACH = 15  # tokens in which the nearest name, time or number is looked for
_NEAR = 4  # tokens before the phrase in which small words count


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is known of a phrase: the classes it is listed under, and the one it nearly always tells, or none.

    A phrase with `never` tells no event, and hides shorter ones that it begins with: "gặp khó khăn".
    """

    classes: tuple[str, ...] = ()
    usual: str = ""
    never: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` to `end`, of the sentence from `first` to `last`, are a phrase that may tell an event.

    `text` are their stems, as the table has them, `forms` what the first of them may be where words change.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    phrase: Phrase
    forms: str = ""


@dataclass(frozen=True, slots=True)
class Small:
    """The small words that tell how a phrase is used, before it and behind it."""

    before: frozenset[str]
    behind: frozenset[str]


def listed(language: str) -> dict[str, Phrase]:
    """The phrases of `triggers.toml`, as stems."""
    table = lexicon.table(language, "triggers")
    found: dict[str, list[str]] = {}
    for name, entries in table["classes"].items():
        for entry in entries:
            found.setdefault(cut(entry, language), []).append(name)
    silent = {cut(entry, language): Phrase(never=True) for entry in table["never"]["phrases"]}
    return silent | {phrase: Phrase(tuple(sorted(set(names)))) for phrase, names in found.items()}


def cut(phrase: str, language: str) -> str:
    """The stems of a phrase, folded, parted by single spaces."""
    return stems.load(language).phrase(pieces(fold(phrase)))


def phrases(language: str) -> dict[str, Phrase]:
    """All phrases that may tell an event: those listed by hand, and those that training found in the corpus."""
    known = listed(language)
    for line in phrase_file(language).read_text(encoding="utf-8").splitlines():
        text, usual = line.split("\t")
        silent = usual == NEVER
        known[text] = replace(known.get(text, Phrase()), usual="" if silent else usual, never=silent)
    return known


def phrase_file(language: str) -> Path:
    """Where the phrases lie that training found."""
    return models(language) / "phrases.tsv"


def candidates(around: Surroundings, table: PhraseTable[tuple[str, Phrase]]) -> Iterator[Candidate]:
    """The phrases of the table, longest first, that begin in no name and no time."""
    for first, last in around.sentences:
        at = first
        tokens = around.stems[first:last]
        while at < last:
            match = None if around.kinds[at] in _NAMED else table.at(tokens, at - first)
            if match is None:
                at += 1
                continue
            text, phrase = match.value
            end = first + match.end
            if not phrase.never:
                yield Candidate(at, end, first, last, text, phrase, around.forms(at, end))
            at = end


def table_of(known: Mapping[str, Phrase]) -> PhraseTable[tuple[str, Phrase]]:
    """A table of phrases over folded tokens."""
    return PhraseTable((text, (text, phrase)) for text, phrase in known.items())


def topics(found: Sequence[Candidate]) -> Counter[str]:
    """How often phrases that nearly always tell one class stand in the document, by class."""
    return Counter(c.phrase.usual for c in found if c.phrase.usual)


def features(around: Surroundings, candidate: Candidate, about: Counter[str], small: Small) -> list[str]:
    """What the model sees of a candidate; `about` are the document's topics, `small` the words that matter anywhere near."""
    c = candidate
    phrase = c.text.replace(" ", "_")
    left = around.before(c.start, c.first, 2)
    right = around.after(c.end, c.last, 2)
    (kind_left, gap_left), (kind_right, gap_right) = (
        around.kind_before(c.start, c.first, _REACH),
        around.kind_after(c.end, c.last, _REACH),
    )
    kind_left_close = f"{kind_left}{int(gap_left == 0)}"
    kind_right_close = f"{kind_right}{int(gap_right == 0)}"
    inside = around.breaks_word(c.start, c.end)
    others = [topic for topic, n in about.items() if n > (topic == c.phrase.usual)]
    seen = [
        f"p={phrase}",
        f"p={phrase}|l={left[0]}",
        f"p={phrase}|r={right[0]}",
        f"p={phrase}|l2={left[1]}",
        f"p={phrase}|r2={right[1]}",
        f"p={phrase}|in={inside}",
        f"p={phrase}|w={around.words[c.start]}|{around.words[c.end - 1]}",
        f"p={phrase}|kl={kind_left_close}",
        f"p={phrase}|kr={kind_right_close}",
        f"l={left[0]}",
        f"r={right[0]}",
        f"l2={left[1]}",
        f"r2={right[1]}",
        f"w={around.words[c.start]}",
        f"we={around.words[c.end - 1]}",
        f"in={inside}",
        f"kl={kind_left}",
        f"kr={kind_right}",
        f"kk={kind_left}|{kind_right}",
        f"kl={kind_left_close}",
        f"kr={kind_right_close}",
        *(f"h={token}" for token in around.tokens[c.start : c.end]),
        *(f"t={topic}" for topic in others),
    ]
    near = small.before.intersection(around.tokens[max(c.first, c.start - _NEAR) : c.start])
    for word in sorted(near):
        seen += [f"b={word}", f"p={phrase}|b={word}"]
    classes = c.phrase.classes
    seen.append(f"ls={'|'.join(classes)}" if classes else "nols")
    for name in classes:
        seen += [
            f"ls={name}",
            f"ls={name}|l={left[0]}",
            f"ls={name}|r={right[0]}",
            f"ls={name}|kl={kind_left}",
            f"ls={name}|kr={kind_right}",
            *(f"ls={name}|t={topic}" for topic in others),
        ]
    return seen + _inflected(around, c, small, left[0], right[0]) if c.forms else seen


def _inflected(around: Surroundings, c: Candidate, small: Small, left: str, right: str) -> list[str]:
    """What the model sees besides where words change: the form, small words behind, and the nearest other words."""
    phrase = c.text.replace(" ", "_")
    near = sorted(small.behind.intersection(around.tokens[c.end : min(c.last, c.end + _NEAR)]))
    behind = around.content(range(c.end, min(c.last, c.end + _REACH)), small.behind)
    ahead = around.content(range(c.start - 1, max(c.first, c.start - _REACH) - 1, -1), small.before)
    seen = [feature for word in near for feature in (f"a={word}", f"p={phrase}|a={word}")]
    seen += [f"f={c.forms}", f"p={phrase}|f={c.forms}", f"f={c.forms}|l={left}", f"f={c.forms}|r={right}"]
    seen += [f"rc={behind}", f"lc={ahead}"]
    for name in c.phrase.classes:
        seen += [
            f"ls={name}|f={c.forms}",
            f"ls={name}|f={c.forms}|l={left}",
            f"ls={name}|f={c.forms}|r={right}",
            f"ls={name}|rc={behind}",
            f"ls={name}|lc={ahead}",
            f"ls={name}|n={len(c.phrase.classes)}",
        ]
    return seen


@cache
def small_words(language: str) -> Small:
    """The small words around a phrase that tell how it is used."""
    table = lexicon.table(language, "triggers")["small"]
    before, behind = (frozenset(map(fold, table.get(side, ()))) for side in ("words", "behind"))
    return Small(before, behind)


class TriggerFinder:
    """A spaCy component that fills `doc.spans["triggers"]`; a span's label is a class of events of the ontology.

    `doc.user_data["trigger_chances"]` holds the model's probability of each, in the same order.
    """

    def __init__(self, language: str) -> None:
        self._table = table_of(phrases(language))
        self._small = small_words(language)
        self._model = Classifier(model(language, "triggers"))
        self._bar = pipelines.load(language).bars["triggers"]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        around = Surroundings.of(doc)
        found = list(candidates(around, self._table))
        about = topics(found)
        spans, chances = [], []
        for candidate in found:
            label, chance = self._model.decide(features(around, candidate, about, self._small), bar=self._bar)
            if label != NONE:
                spans.append(Span(doc, candidate.start, candidate.end, label=label))
                chances.append(round(chance, 3))
        doc.spans["triggers"] = spans
        doc.user_data["trigger_chances"] = chances
        return doc


@Language.factory("kg_triggers", assigns=["doc.spans"])
def make_triggers(nlp: Language, name: str) -> TriggerFinder:
    """The component for the pipeline's language."""
    del name
    return TriggerFinder(str(nlp.lang))
