"""What an annotated article must not say: each check yields the problems it finds, in words for the annotator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from training import scheme
from training.articles import Article, Span, entities

_IDENT = re.compile(r"[\w-]+-\d+", re.ASCII)
_ENTITY = re.compile(r"\d+", re.ASCII)
_FILLER = re.compile(r"e?\d+", re.ASCII)  # an event may fill a role
_SHOWN = 40


def problems(article: Article) -> Iterator[str]:
    """Everything that is wrong with what the article says, markup aside."""
    yield from _heading(article)
    yield from _spans(article)
    yield from _values(article)
    yield from _names(article)
    yield from _triggers(article)
    known = {m["entity"] for m in article["mentions"]} | {e for n in article["nominals"] for e in n["entities"]}
    for line in article["events"]:
        yield from _event(article, line)
        yield from _fields(article, line, known)
    for line in article["said"]:
        yield from _said(article, line)
        yield from _fields(article, line, known)


def repeated(articles: Iterable[Article]) -> Iterator[str]:
    """Ids that more than one article has."""
    for ident, times in Counter(article["id"] for article in articles).items():
        if times > 1:
            yield f"id {ident} used {times} times"


def _heading(article: Article) -> Iterator[str]:
    if not _IDENT.fullmatch(article["id"]):
        yield f"id {article['id'][:_SHOWN]!r} should be a word, a hyphen and a number, such as crime-007"
    if article["genre"] not in scheme.GENRES:
        yield f"unknown genre {article['genre']!r}"
    if article["published"] is not None and not _is_day(article["published"]):
        yield f"published={article['published']} is no day; an undated article has published=none"
    if not article["text"].strip():
        yield "no text"


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _spans(article: Article) -> Iterator[str]:
    spans: tuple[Iterable[Span], ...] = (
        article["mentions"],
        article["nominals"],
        article["times"],
        article["durations"],
        article["quantities"],
        article["triggers"],
    )
    for kind in spans:
        for span in kind:
            if not span["text"] or span["text"] != span["text"].strip():
                yield f"empty or padded span {span['text'][:_SHOWN]!r}"


def _values(article: Article) -> Iterator[str]:
    for name, found, fits in (
        ("time", article["times"], scheme.is_time),
        ("duration", article["durations"], scheme.is_duration),
        ("quantity", article["quantities"], scheme.is_quantity),
    ):
        for span in found:
            if not fits(span["value"]):
                yield f"{name} {span['value']!r} is no such value ({span['text'][:_SHOWN]})"


def _names(article: Article) -> Iterator[str]:
    types: dict[str, str] = {}
    for mention in article["mentions"]:
        entity, kind, text = mention["entity"], mention["type"], mention["text"][:_SHOWN]
        if not _ENTITY.fullmatch(entity):
            yield f"entity number missing in {{{kind}:{entity}|{text}}}"
        elif types.setdefault(entity, kind) != kind:
            yield f"entity {entity} is {types[entity]} and {kind} ({text})"
    for nominal in article["nominals"]:
        if not all(_ENTITY.fullmatch(entity) for entity in nominal["entities"]):
            yield f"entity number missing in {{nom:{'+'.join(nominal['entities'])}|{nominal['text'][:_SHOWN]}}}"


def _triggers(article: Article) -> Iterator[str]:
    lines = Counter(line["id"] for line in article["events"])
    yield from (f"event {ident} has {times} lines" for ident, times in lines.items() if times > 1)
    classes: dict[str, str] = {}
    for trigger in article["triggers"]:
        event, name = trigger["event"], trigger["class"]
        if name not in scheme.EVENT_CLASSES:
            yield f"unknown event class {name!r}"
        if event not in lines and event not in classes:
            yield f"trigger {event} has no event line"
        if classes.setdefault(event, name) != name:
            yield f"event {event} is {classes[event]} and {name} in the text"


def _event(article: Article, line: Mapping[str, str]) -> Iterator[str]:
    ident, name = line["id"], line["class"]
    told = {trigger["class"] for trigger in article["triggers"] if trigger["event"] == ident}
    if not told:
        yield f"event {ident[:_SHOWN]} has no trigger in the text"
    elif name not in told:
        yield f"event {ident} is {', '.join(sorted(told))} in the text, {name} below"


def _said(article: Article, line: Mapping[str, str]) -> Iterator[str]:
    about = line.get("about", "")
    if about not in article["text"]:
        yield f'about="{about[:_SHOWN]}" does not stand in the article'
    if not line.get("source"):
        yield "said without source"


def _fields(article: Article, line: Mapping[str, str], known: set[str]) -> Iterator[str]:
    """What events and `said` have in common."""
    for name, value in line.items():
        if name not in {"id", "class", *scheme.ROLES, *scheme.QUALIFIERS}:
            yield f"unknown role {name!r}"
        elif name in scheme.POINTING:
            yield from _fillers(name, value, known)
    for name, fits in (
        ("time", scheme.is_time),
        ("quantity", scheme.is_quantity),
        ("modality", scheme.MODALITIES.__contains__),
        ("polarity", scheme.POLARITIES.__contains__),
    ):
        if name in line and not fits(line[name]):
            yield f"{name}={line[name]!r} is no such value"
    cue = line.get("cue", "")
    if cue.lower() not in article["text"].lower():
        yield f"cue {cue[:_SHOWN]!r} does not stand in the article"


def _fillers(name: str, value: str, known: set[str]) -> Iterator[str]:
    for entity in entities(value):
        if not _FILLER.fullmatch(entity):
            yield f"{name}={value[:_SHOWN]!r} should be entity numbers"
        elif _ENTITY.fullmatch(entity) and entity not in known:
            yield f"{name}={entity} is no entity of the article"
