"""Tell how firmly words said are put, by their first verb: as done, planned, only believed, or denied."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.extractors.statements.clause import MODALITIES
from kg.extractors.statements.reading import Item, Sentence
from kg.extractors.statements.verb_groups import AUXILIARIES, BETWEEN
from kg.model import Modality

_OPENING = 5  # items in which the words deny what follows: "it is simply untrue that"
_PLANNERS = frozenset({"person", "group", "organization", "unit", "place"})
_REACH = 14  # items up to the first verb


def stance(words: Sequence[str], sentence: Sentence, content: tuple[int, int]) -> Modality:
    """How firmly the content is put; a plain assertion where nothing says otherwise."""
    items = sentence.between(content[0], content[1])
    kinds = {kind for item in items for kind in item.kinds}
    if any("modality:denied" in i.kinds for i in items[:_OPENING]) or _denies_claims(items):
        return "denied"
    put = _of_first_verb(words, items[:_REACH])
    if put == "planned" and any("expected" in i.kinds for i in items[:_REACH]) and not _by_people(items):
        return "estimated"
    if put == "planned" and "unreal" in kinds and any("hypothetical" in i.kinds for i in items):
        return "conditional"
    if "modality:conditional" in kinds and (put == "planned" or "unreal" in kinds):
        return "conditional"
    supposed = bool(items) and "supposing" in items[0].kinds and items[0].kinds & {"be", "have", "modal"}
    if supposed and put == "asserted" and any("modal" in i.kinds for i in items[1:]):
        return "conditional"
    return "conditional" if any("modality:conditional" in i.kinds for i in items[:2]) else put


def _denies_claims(items: Sequence[Item]) -> bool:
    """Whether the words deny what others say: "reports that the king had died were nonsense"."""
    claim = next((n for n, i in enumerate(items[:_OPENING]) if "claims:nouns" in i.kinds), None)
    narrowed = items[claim + 1 : claim + 2 + _OPENING] if claim is not None else ()
    about = any(i.kinds & {"opens_content", "of"} for i in takewhile(lambda i: not i.kinds & AUXILIARIES, narrowed))
    return about and any(i.kinds & {"denials:predicates", "modality:denied"} for i in items)


def _by_people(items: Sequence[Item]) -> bool:
    """Whether somebody who can plan is the subject: the first reference before "expected"."""
    ahead = takewhile(lambda i: "expected" not in i.kinds, items)
    found = next((i.reference for i in ahead if i.reference and not i.reference.owning), None)
    return found is not None and found.type in _PLANNERS


def _of_first_verb(words: Sequence[str], items: Sequence[Item]) -> Modality:
    items = items[_opening(words, items) :]
    for position, item in enumerate(items):
        if position and item.kinds & {"boundaries", "saying"} and not _modal(item):
            break
        before = items[position - 1] if position else None  # "the plan"; ", planned for May,"
        named = before and (before.kinds & {"determiners", "possessive"} or _mark(words, before))
        if item.kinds & AUXILIARIES or (_modal(item) and not named):
            group = [*takewhile(lambda i: bool(i.kinds & (BETWEEN | {"adverbs"})), items[position:])]
            found = {kind for i in group if not _of_thing(i, items) for kind in i.kinds}
            if "have" in item.kinds:
                found -= {"modality:planned"}  # "had agreed to": that much has happened
                found -= _done(group)
            return next((m for m in MODALITIES if f"modality:{m}" in found), "asserted")
    return "asserted"


def _done(group: Sequence[Item]) -> set[str]:
    """The hedges that are what the subject has done itself: "nobody had thought to close it"; not "had been thought to"."""
    passive = any("be" in i.kinds for i in group)
    return set() if passive or any("adverbs" in i.kinds for i in group) else {"modality:reported"}


def _opening(words: Sequence[str], items: Sequence[Item]) -> int:
    """How many items only join the words to others: a quotation mark, "but", "and"."""
    return sum(1 for _ in takewhile(lambda i: i.kinds & {"contrasts", "conjunctions"} or _mark(words, i), items))


def _mark(words: Sequence[str], item: Item) -> bool:
    """Whether it is a comma or a quotation mark."""
    return item.kind == "word" and not words[item.start][0].isalnum()


def _of_thing(item: Item, items: Sequence[Item]) -> bool:
    """Whether no verb but a thing follows words that may announce one: "never agreed to this"."""
    following = next((i for i in items if i.start >= item.end), None)
    thing = following is not None and (following.reference is not None or bool(following.kinds & {"determiners"}))
    return thing and "infinitive" not in item.kinds and "modal" not in item.kinds


def _modal(item: Item) -> bool:
    return any(f"modality:{m}" in item.kinds for m in MODALITIES)
