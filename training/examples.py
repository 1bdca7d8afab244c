"""Turn annotated articles into examples for the classifiers: which phrases tell events, and who plays which part."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg import nlp as annotation
from kg.extractors.statements import references, role_features, roles, unnamed
from kg.extractors.statements.clauses import clause_of
from kg.extractors.statements.reading import Reference
from kg.model import Document
from kg.nlp import bounding, pipelines, revising, trigger_features, trigger_phrases
from kg.nlp.classifier import NONE
from kg.nlp.names import NameFinder
from kg.nlp.phrases import PhraseTable, fold
from kg.nlp.surroundings import Surroundings
from kg.nlp.texts import texts
from training import scheme
from training.articles import Article, entities

Example = tuple[list[str], str]
_SILENT, _OFTEN = 0.97, 8  # a phrase that tells nothing at nearly all of so many places is no candidate
_LONGEST_NOUN = 4  # tokens of a description
_TWICE, _MOSTLY = 2, 0.5  # how often a noun must refer, and at what share of its places
_NAMED_TYPES = {"person": "group", "unit": "group", "organization": "body", "treaty": "document"}
_PART_TYPES = dict.fromkeys(("victim", "defendant", "person", "attacker", "commemorated", "winner", "unit"), "group")
_PART_TYPES |= dict.fromkeys(("artifact", "instrument"), "untyped")
_PART_TYPES |= dict.fromkeys(("place", "site", "origin", "destination"), "facility")
_PART_TYPES |= dict.fromkeys(("adjudicator", "organization"), "body")
_USUAL = 0.8  # the share of a phrase's places at which it tells one class, for the phrase to stand for a topic


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article of the corpus with what the pipeline finds in it."""

    article: Article
    doc: Doc

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that cover the code points `start` to `end`."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        assert span is not None, "the corpus annotates words of its text"  # noqa: S101 - for the type checker
        return span.start, span.end


def annotate(nlp: Language, articles: Iterable[Article]) -> Iterator[Annotated]:
    """The articles as the pipeline sees them."""
    for article in articles:
        document = Document(
            source=f"{article['id']}.txt",
            text=article["text"],
            language=str(nlp.lang),
            published=article["published"],
        )
        yield Annotated(article, annotation.annotate(nlp, document))


@cache
def _mapping() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "mapping.toml").read_text(encoding="utf-8"))


def term(name: str) -> str:
    """The ontology's class for an event class of the corpus; empty where there is none."""
    classes: dict[str, str] = _mapping()["classes"]
    return classes.get(name, name)


def role(event_class: str, name: str) -> str:
    """The ontology's property for a role of the corpus; empty where there is none."""
    special: dict[str, dict[str, str]] = _mapping()["special"]
    general: dict[str, str] = _mapping()["roles"]
    return special.get(event_class, {}).get(name, general.get(name, ""))


# --- names ----------------------------------------------------------------------------------------------------------


def name_examples(finder: NameFinder, corpus: Iterable[Annotated]) -> Iterator[Example]:
    """One example for each place that the rules think may hold a name, with the type that the corpus gives it."""
    shape = finder.shape
    for annotated in corpus:
        candidates, _ = finder.judge(annotated.doc)
        gold = [(*annotated.tokens(m["start"], m["end"]), m["type"]) for m in annotated.article["mentions"]]
        for namesakes in revising.groups(candidates):
            for candidate in namesakes:
                start, end = candidate.line.index[candidate.start], candidate.line.index[candidate.end - 1] + 1
                touching = sorted((abs(s - start) + abs(e - end), k) for s, e, k in gold if s < end and start < e)
                label = touching[0][1] if touching else NONE
                yield revising.features(candidate, namesakes, shape), label


def bound_examples(finder: NameFinder, corpus: Iterable[Annotated]) -> Iterator[Example]:
    """One example for each way in which the ends of a name could be moved: whether the corpus has it so."""
    for annotated in corpus:
        candidates, _ = finder.judge(annotated.doc)
        gold = {annotated.tokens(m["start"], m["end"]) for m in annotated.article["mentions"]}
        for move, seen in bounding.judged(candidates, finder.nouns):
            index = move.line.index
            found = (index[move.start], index[move.end - 1] + 1) in gold
            own = (index[move.candidate.start], index[move.candidate.end - 1] + 1) in gold
            yield seen, bounding.YES if found and not own else NONE


# --- triggers -------------------------------------------------------------------------------------------------------


def marked(annotated: Annotated) -> list[tuple[int, int, str]]:
    """The triggers that the article marks, as tokens with the ontology's class."""
    found = ((*annotated.tokens(t["start"], t["end"]), term(t["class"])) for t in annotated.article["triggers"])
    return [trigger for trigger in found if trigger[2]]


def phrases(corpus: Iterable[Annotated]) -> set[str]:
    """The phrases that the corpus marks as triggers, folded."""
    found = set()
    for annotated in corpus:
        tokens = Surroundings.of(annotated.doc).stems
        found |= {" ".join(tokens[start:end]) for start, end, _ in marked(annotated)}
    return {phrase for phrase in found if any(c.isalpha() for c in phrase)}


def known_phrases(language: str, corpus: Sequence[Annotated]) -> dict[str, trigger_phrases.Phrase]:
    """The phrases listed by hand and those of the corpus, each with the class that it nearly always tells."""
    listed = trigger_phrases.listed(language)
    marked_ones = phrases(corpus)
    known = {
        text: replace(listed.get(text, trigger_phrases.Phrase()), never=text not in marked_ones and listed[text].never)
        for text in sorted({*listed, *marked_ones})
    }
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    table = trigger_phrases.table_of(known)
    for annotated in corpus:
        for candidate, label in labelled(annotated, table):
            told[candidate.text][label] += 1
    usual = {
        text: max(sorted(counts), key=counts.__getitem__)
        for text, counts in told.items()
        if max(counts.values()) >= _USUAL * counts.total()
    }
    silent = {
        text for text, counts in told.items() if counts.total() >= _OFTEN and counts[NONE] >= _SILENT * counts.total()
    }
    return {
        text: replace(
            phrase, usual="" if usual.get(text) == NONE else usual.get(text, ""), never=phrase.never or text in silent
        )
        for text, phrase in known.items()
    }


def labelled(annotated: Annotated, table: Any) -> Iterator[tuple[trigger_phrases.Candidate, str]]:
    """The candidates of an article with what they tell; those that only touch a much longer trigger are left out."""
    gold = marked(annotated)
    for candidate in trigger_phrases.candidates(Surroundings.of(annotated.doc), table):
        exact = next((k for s, e, k in gold if (s, e) == (candidate.start, candidate.end)), None)
        touching = [(e - s, k) for s, e, k in gold if s < candidate.end and candidate.start < e]
        if exact or not touching:
            yield candidate, exact or NONE
        elif touching[0][0] <= 2 * (candidate.end - candidate.start) + 1:
            yield candidate, touching[0][1]


def trigger_examples(
    language: str, corpus: Iterable[Annotated], known: Mapping[str, trigger_phrases.Phrase]
) -> Iterator[Example]:
    """One example for each phrase of the corpus that may tell an event."""
    table, hints = trigger_phrases.table_of(known), trigger_features.hints(language)
    for annotated in corpus:
        around = Surroundings.of(annotated.doc)
        about = trigger_phrases.topics(list(trigger_phrases.candidates(around, table)))
        for candidate, label in labelled(annotated, table):
            yield trigger_features.features(around, candidate, about, hints), label


# --- nouns ----------------------------------------------------------------------------------------------------------


def nouns(language: str, corpus: Sequence[Annotated]) -> dict[str, str]:
    """The nouns that refer at most of their places in the corpus, with the type of what they mean.

    A noun of a language whose heads stand last is one word, else all words of the description.
    """
    last = pipelines.load(language).head == "last"
    _, pronouns = unnamed.uttering(language)
    marked_at: Counter[str] = Counter()
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for annotated in corpus:
        kinds = {m["entity"]: m["type"] for m in annotated.article["mentions"]}
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for event in annotated.article["events"]:
            for name, value in event.items():
                for entity in entities(value) if name in scheme.ENTITY_ROLES else ():
                    parts[entity].append(_PART_TYPES.get(name, ""))
        tokens = [fold(text) for text in texts(annotated.doc)]
        for nominal in annotated.article["nominals"]:
            start, end = annotated.tokens(nominal["start"], nominal["end"])
            noun = tokens[end - 1] if last else " ".join(tokens[start:end])
            if end - start <= _LONGEST_NOUN and noun not in pronouns and noun.replace(" ", "").isalpha():
                marked_at[noun] += 1
                for entity in nominal["entities"]:
                    named = kinds.get(entity, "")
                    votes[noun].update([_NAMED_TYPES.get(named, named)] * 2 + parts[entity])
    often = {noun for noun, n in marked_at.items() if n >= _TWICE}
    places = Counter(noun for annotated in corpus for noun in _places(annotated, often))
    return {
        noun: max(sorted(kinds for kinds in votes[noun] if kinds), key=votes[noun].__getitem__, default="group")
        for noun in sorted(often)
        if marked_at[noun] >= _MOSTLY * places[noun]
    }


def _places(annotated: Annotated, nouns: Collection[str]) -> Iterator[str]:
    """The nouns at each of their places in an article."""
    table = PhraseTable((noun, noun) for noun in nouns)
    yield from (match.value for match in table.find([fold(text) for text in texts(annotated.doc)]))


# --- roles ----------------------------------------------------------------------------------------------------------


def role_examples(corpus: Iterable[Annotated]) -> Iterator[Example]:
    """One example for each candidate that may take part in what a trigger tells that the corpus marks."""
    for annotated in corpus:
        reading = references.read(annotated.doc)
        offsets = reading.offsets
        told = {e["id"]: e for e in annotated.article["events"]}
        spots = sorted((*annotated.tokens(t["start"], t["end"]), t["event"]) for t in annotated.article["triggers"])
        for start, end, event in spots:
            name = term(told[event]["class"]) if event in told else ""
            sentence = next((s for s in reading.fuller if s.start <= start < s.end), None)
            if not name or sentence is None:
                continue
            filled = _filled(told[event])
            clause = clause_of(reading, sentence, start, min(end, sentence.end))
            others = [
                (s, term(told[e]["class"]))
                for s, _, e in spots
                if sentence.start <= s < sentence.end and s != start and e in told
            ]
            spot = role_features.Spot(name, clause, others)
            for reference, seen in roles.candidates(spot):
                meant = _entities(annotated.article, offsets, reference)
                yield seen, next((filled[e] for e in meant if e in filled), NONE)


def _filled(event: Mapping[str, str]) -> dict[str, str]:
    """Entity number to property, for one event line of the corpus."""
    found: dict[str, str] = {}
    for name, value in event.items():
        if property_ := role(event["class"], name):
            for entity in value.replace("+", ",").split(","):
                found.setdefault(entity, property_)
    return found


def _entities(article: Article, offsets: Sequence[tuple[int, int]], reference: Reference) -> list[str]:
    """The entities of the corpus that the words of a reference stand for, best covered first."""
    start, end = offsets[reference.start][0], offsets[reference.end - 1][1]
    spans = [(m["start"], m["end"], [m["entity"]]) for m in article["mentions"]]
    spans += [(n["start"], n["end"], n["entities"]) for n in article["nominals"]]
    touching = [(min(end, e) - max(start, s), -(e - s), es) for s, e, es in spans if s < end and start < e]
    return [entity for _, _, entities in sorted(touching, key=lambda t: t[:2], reverse=True) for entity in entities]
