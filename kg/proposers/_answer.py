"""Read the answer of a language model: data of a stranger, of which nothing is believed before it is checked."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn, TypeVar

from kg.model import Span
from kg.proposers import Proposals, ProposedMention, ProposedStatement, ProposerError
from kg.proposers._checking import Unfit, quoted
from kg.proposers._passages import occurrences
from kg.proposers._schema import LONGEST_EVIDENCE, MOST_MENTIONS, MOST_STATEMENTS

Kind = TypeVar("Kind")
_MENTION = {"words": str, "type": str, "occurrence": int}
_STATEMENT = {"class": str, "trigger": str, "roles": dict, "evidence": str, "modality": str, "attributed_to": list}


def read(content: str, passage: Span) -> Proposals:
    """The proposals about `passage`, each with its place in the article; a ProposerError if it is no answer at all."""
    try:
        answer = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ProposerError("nonsense", "the model's answer is no JSON") from error
    if not isinstance(answer, dict) or sorted(answer) != ["mentions", "statements"]:
        raise ProposerError("nonsense", "the model's answer is no object of mentions and statements")
    if not all(isinstance(part, list) for part in answer.values()):
        raise ProposerError("nonsense", "mentions and statements must be lists")
    rejected: list[str] = []
    mentions = _each(answer["mentions"], MOST_MENTIONS, lambda item: _mention(item, passage), rejected)
    statements = _each(answer["statements"], MOST_STATEMENTS, lambda item: _statement(item, passage), rejected)
    return Proposals(tuple(mentions), tuple(statements), tuple(rejected))


def _each(items: list[Any], most: int, make: Callable[[Any], Kind], rejected: list[str]) -> list[Kind]:
    kept: list[Kind] = []
    for item in islice(items, most):
        try:
            kept.append(make(item))
        except Unfit as why:
            rejected.append(str(why))
    if len(items) > most:
        rejected.append(f"{len(items):,} things of a kind about one passage, of which {most:,} were read")
    return kept


def _mention(item: Any, passage: Span) -> ProposedMention:
    _shape(item, _MENTION)
    words, occurrence = _plain(item["words"]), item["occurrence"]
    places = list(islice(_find(passage, words, passage), max(occurrence, 0)))
    if occurrence < 1 or len(places) < occurrence:
        raise Unfit(f"{quoted(words)}: it stands in the passage {len(places)} times, not {occurrence}")
    return ProposedMention(places[-1], item["type"])


def _statement(item: Any, passage: Span) -> ProposedStatement:
    _shape(item, _STATEMENT)
    sentence = _plain(item["evidence"])
    evidence = next(_find(passage, sentence, passage), None) if len(sentence) <= LONGEST_EVIDENCE else None
    if evidence is None:
        raise Unfit(f"{quoted(item['class'])}: its evidence does not stand in the passage: {quoted(sentence)}")
    trigger = next(_find(passage, _plain(item["trigger"]), evidence), None)
    if trigger is None:
        raise Unfit(f"{quoted(item['class'])}: {quoted(item['trigger'])} does not stand in its evidence")
    return ProposedStatement(
        item["class"],
        trigger,
        evidence,
        tuple((role, _names(named)) for role, named in item["roles"].items()),
        _names(item["attributed_to"]),
        item["modality"],
    )


def _find(passage: Span, words: str, within: Span) -> Iterator[Span]:
    first, last = within.start - passage.start, within.end - passage.start
    for place in occurrences(passage.text, words.strip(), first, last):
        yield Span(passage.start + place.start, passage.start + place.end, place.text)


def _shape(item: Any, keys: Mapping[str, type]) -> None:
    """Whether `item` is an object of just these keys, with values of these types."""
    if not isinstance(item, dict) or item.keys() != keys.keys():
        raise Unfit(f"{quoted(item)}, which is no object of {', '.join(keys)}")
    for name, kind in keys.items():
        if type(item[name]) is not kind:
            raise Unfit(f"{quoted(item)}, of which {name} is no {kind.__name__}")


def _names(named: Any) -> tuple[str, ...]:
    if not isinstance(named, list) or not all(isinstance(words, str) for words in named):
        raise Unfit(f"{quoted(named)}, which is no list of words")
    return tuple(_plain(words) for words in named)


def _plain(words: str) -> str:
    """The words as articles are written: in NFC, without space around them."""
    return unicodedata.normalize("NFC", words).strip()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
