"""Read annotations: a folder with one JSON file for each article."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from kg.errors import UnreadableError, UsageError
from kg.evaluation.event_reading import read_events
from kg.evaluation.fields import AnnotationError, Field, parsed
from kg.evaluation.gold import Article, Entity, Fact, local
from kg.evaluation.values import Mention, Number
from kg.model import MentionType

TYPES = frozenset(get_args(MentionType)) - {"group", "untyped"}
_INFERRED = " when inferred"
_DESCRIBED = "~"


def read_gold(folder: Path) -> tuple[Article, ...]:
    """The annotated articles of `folder`, by file name; an AnnotationError names file and field of what is wrong."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder; give one with a JSON file for each annotated article")
    files: dict[str, Path] = {}
    articles = []
    for path in sorted(folder.glob("*.json")):
        article = _article(read_file(path))
        if article.source in files:
            raise AnnotationError(f"{path}: {files[article.source]} annotates {article.source} too; remove one of them")
        files[article.source] = path
        articles.append(article)
    if not articles:
        raise UnreadableError(f"{folder}: there are no annotations here; each article needs a file that ends in .json")
    return tuple(articles)


def read_file(path: Path) -> Field:
    """The JSON object in the file `path`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{path}: this is not UTF-8 ({error}); save it as UTF-8") from error
    return parsed(str(path), text)


def _article(field: Field) -> Article:
    entities = {entity.id: entity for entity in map(_entity, field["entities"])}
    references = tuple(mention for nominal in field["nominals"] for mention in _reference(nominal))
    described = {name.text() for nominal in field["nominals"] for name in nominal["entities"]}
    return Article(
        source=unicodedata.normalize("NFC", field["doc"].text()),
        entities=entities,
        mentions=tuple(_mention(mention, entities) for mention in field["mentions"]),
        references=references,
        facts=tuple(_fact(fact, entities) for fact in field["facts"]),
        events=read_events(field, {local(name) for name in entities} | described),
        published=field["published"].optional(),
    )


def _entity(field: Field) -> Entity:
    return Entity(
        field["id"].text(),
        _type(field["type"]),
        field["wikidata"].optional(),
        frozenset(field["must_not_link"].texts()),
    )


def _mention(field: Field, entities: Mapping[str, Entity]) -> Mention:
    entity = _known(field["entity"], entities)
    kind = _type(field["type"]) if field["type"] else entities[entity].type
    return Mention(field.place(), kind, entity, credit=bool(field["credit"]))


def _reference(field: Field) -> tuple[Mention, ...]:
    """A description or pronoun; nothing where it stands for several entities, as nobody could say for which."""
    place, entities = field.place(), field["entities"].texts()
    return (Mention(place, "untyped", entities[0]),) if len(entities) == 1 else ()


def _fact(field: Field, entities: Mapping[str, Entity]) -> Fact:
    for _, fillers in field["roles"].named():
        for filler in fillers:
            _known(filler, entities)
    for source in field["attributed_to"]:
        if not source.text().startswith(_DESCRIBED):
            _known(source, entities)
    return Fact(
        id=field["id"].text(),
        type=field["type"].text(),
        evidence=field["evidence"].place(),
        roles=field["roles"].roles(),
        times=_accepted(field["time"]),
        said=_accepted(field["claim_time"]),
        number=number(field["quantity"]) if field["quantity"] else None,
        sources=field["attributed_to"].texts(),
        modality=field["modality"].optional(),
    )


def number(field: Field) -> Number:
    """A quantity as records and facts write it."""
    return Number(
        stated=field["stated"].number(),
        exactness=field["exactness"].optional() or "exact",
        lower=field["lower"].number(),
        upper=field["upper"].number(),
        measure=field["measure"].optional(),
    )


def _accepted(field: Field) -> tuple[str, ...]:
    """Every time that counts as right: `A | B when inferred` names two."""
    return tuple(time.strip().removesuffix(_INFERRED) for time in (field.optional() or "").split("|") if time.strip())


def _known(field: Field, entities: Mapping[str, Entity]) -> str:
    if field.text() not in entities:
        field.wrong("the id of one of the file's entities")
    return field.text()


def _type(field: Field) -> str:
    if field.text() not in TYPES:
        field.wrong(f"one of {', '.join(sorted(TYPES))}")
    return field.text()
