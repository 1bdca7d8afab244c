"""Check that what was found rests on words, and that these stand where it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import UnreadableError
from kg.evaluation.figures import Figure, Miss, counted
from kg.evaluation.gold import Article
from kg.evaluation.records import Records
from kg.evaluation.values import Place


def read_texts(folder: Path, sources: Iterable[str]) -> dict[str, str]:
    """The texts of the articles, as they lie in `folder`; in files that are cut into words, `_` stands for a space."""
    texts = {}
    for source in sources:
        path = folder / source
        if not path.is_file():
            raise UnreadableError(f"{path}: there is no such article; --texts is the folder of the articles as read")
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnreadableError(f"{path}: this is not UTF-8 ({error}); words cannot be read again in it") from error
        texts[source] = unicodedata.normalize("NFC", text)
    return texts


def score(articles: Sequence[Article], records: Records, texts: Mapping[str, str]) -> list[Figure]:
    """The figures of the evidence; words are read again in the articles of which `texts` has the text."""
    statements = [statement for found in records.statements.values() for statement in found]
    resting = sum(statement.evidence is not None for statement in statements)
    figures = [counted("evidence", "statements with evidence", resting, found=len(statements))]
    if texts:
        found = [(texts[source], place) for source, place in _found(records) if source in texts]
        gold = [(texts[source], place) for source, place in _annotated(articles) if source in texts]
        there, meant = sum(_stands(*item) for item in found), sum(_stands(*item) for item in gold)
        figures.append(counted("evidence.words", "  words that stand where it says", there, found=len(found)))
        figures.append(counted("evidence.gold", "  annotated words that do", meant, gold=len(gold)))
    return figures


def misplaced(articles: Sequence[Article], texts: Mapping[str, str]) -> list[Miss]:
    """The annotations whose words stand elsewhere: their offsets want mending."""
    return [
        Miss(source, "annotation misplaced", f"{place.start}-{place.end}", place.words)
        for source, place in _annotated(articles)
        if source in texts and not _stands(texts[source], place)
    ]


def _stands(text: str, place: Place) -> bool:
    there = text[place.start : place.end]
    return place.words in (there, there.replace("_", " "))


def _found(records: Records) -> Iterator[tuple[str, Place]]:
    for source, mentions in records.mentions.items():
        yield from ((source, mention.place) for mention in mentions)
    for source, statements in records.statements.items():
        yield from ((source, statement.evidence) for statement in statements if statement.evidence)


def _annotated(articles: Sequence[Article]) -> Iterator[tuple[str, Place]]:
    for article in articles:
        places = [mention.place for mention in (*article.mentions, *article.references)]
        places += [fact.evidence for fact in article.facts] + [event.trigger for event in article.events or ()]
        yield from ((article.source, place) for place in places if place.words)
