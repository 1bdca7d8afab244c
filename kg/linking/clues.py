"""Gather from one article what its words say of what the names in it mean.

Clues of an article are features that can be counted: what an entity's articles say of it is the sum of theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from kg import gazetteer
from kg.linking import wording
from kg.linking.shelf import Shelf
from kg.linking.wording import Wording
from kg.model import Document, Extraction, Mention
from kg.wikidata.item import Item

_Lands = Mapping[tuple[int, int], frozenset[str]]
"""The countries that the name at a place of the text tells of."""
_SENTENCE = ".!?\n"
_NEXT = re.compile(r" (?:& )?([A-ZĐ]\w+)")
_LAST = re.compile(r"(?<=[\w,] )([A-ZĐ][\w-]*\w) $")
_FAR, _NEAR = 40, 220
_LANDS = frozenset({"State", "GeopoliticalEntity"})
_SAME = frozenset({"exact", "folded", "unmarked"})


def gather(extraction: Extraction, shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """For each chain of an article that has a name, its clues."""
    document = extraction.document
    names = [m for m in extraction.mentions if m.form == "name" and not m.credit]
    known = wording.of(document.language)
    lands = {(m.span.start, m.span.end): _lands(m, document.language, shelf) for m in names}
    topics = known.about(document.text) if known else ()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for place, mention in enumerate(names):
        clues = found[mention.chain]
        clues.append(f"name {document.language} {mention.span.text}")
        clues.append(f"type {mention.type}")
        clues += _of_reasons(mention, known)
        if known:
            kind = known.kind(document.text, mention.span.start, mention.span.end)
            clues += [f"kind {kind}"] if kind else []
            clues += ["embedded"] if _is_embedded(names, place, document.text, known) else []
            near = mention.span.start - _NEAR, mention.span.end + _NEAR
            clues += ["located"] if known.is_located(document.text, mention.span.start) else []
            clues += ["private"] if mention.type == "person" and _is_private(mention, document.text, known) else []
            clues += (f"scene {one}" for one in known.scene(document.text, max(0, near[0]), near[1]))
            clues += _attached(names, place, document, known, lands, shelf)
            clues += _along(names, place, document, known, shelf)
    for mention in names:
        own = {m.span.text for m in names if m.chain == mention.chain}
        others = [m for m in names if m.chain != mention.chain and m.span.text not in own]
        found[mention.chain] += _countries(mention, others, document, lands, shelf)
    every = [f"topic {topic}" for topic in topics]
    every += [f"year {document.published[:4]}"] if document.published else []
    for said in found.values():
        said.extend(every)
    return {chain: tuple(clues) for chain, clues in found.items()}


def _of_reasons(mention: Mention, known: Wording | None) -> Iterator[str]:
    """What stands beside a name, as the reader of the article noted it: titles, ages, that its type is a guess."""
    for reason in mention.reasons:
        code, _, words = reason.partition(": ")
        if code in {"title", "apposition"} and known and (title := known.title(words)):
            yield "office" if title in wording.OFFICE else "private" if title in wording.PRIVATE else "titled"
        elif code == "age":
            yield "private"
            yield from (f"age {number}" for number in words.split() if number.isdigit())
        elif code == "model" and "untyped" in words:
            yield "untyped"


def _is_private(mention: Mention, text: str, known: Wording) -> bool:
    return known.is_private(text, mention.span.start, mention.span.end)


def _is_embedded(names: Sequence[Mention], place: int, text: str, known: Wording) -> bool:
    """Whether a capitalized word that is no other name, and no title, stands directly beside a name."""
    span = names[place].span
    after, before = _NEXT.match(text, span.end), _LAST.search(text[: span.start])
    starts, ends = {other.span.start for other in names}, {other.span.end for other in names}
    people = {other.span.start for other in names if other.type == "person" and not known.juxtaposed}
    follows = after is not None and after.start(1) not in starts - people and known.title(after[1]) is None
    precedes = before is not None and before.end(1) not in ends and known.title(before[1]) is None
    told = known.kind(text, span.start, span.end) is not None
    return not told and (follows or (precedes and names[place].type == "place"))


def _attached(
    names: Sequence[Mention], place: int, document: Document, known: Wording, lands: _Lands, shelf: Shelf
) -> Iterator[str]:
    """The countries of the places in which the words say that something lies."""
    text, span = document.text, names[place].span
    starts = {other.span.start for other in names}
    for other in names:
        if other.chain == names[place].chain or not (found := lands[other.span.start, other.span.end]):
            continue
        between = text[span.end : other.span.start]
        after = 0 < other.span.start - span.end < _FAR and known.attached_after.fullmatch(between)
        of_body = known.juxtaposed and between == " " and names[place].type == "organization"
        before = 0 < span.start - other.span.end < _FAR and known.attached_before.fullmatch(
            text[other.span.end : span.start]
        )
        if (after and not _goes_on(text, other.span.end, starts, known)) or of_body or before:
            yield f"attached {'|'.join(sorted(found | _reach(other, document.language, shelf)))}"
            if regions := _regions(other, document.language, shelf):
                yield f"inside {'|'.join(regions)}"


def _along(names: Sequence[Mention], place: int, document: Document, known: Wording, shelf: Shelf) -> Iterator[str]:
    """The items of the names before and behind which an enumeration joins to a name."""
    for one, other, beside in (
        *((names[place - 1], names[place], names[place - 1]) for _ in names[:place][:1]),
        *((names[place], later, later) for later in names[place + 1 : place + 2]),
    ):
        between = document.text[one.span.end : other.span.start]
        if between in known.enumeration and (item := _only(beside, document.language, shelf)):
            yield f"along {item.qid}"


def _goes_on(text: str, end: int, starts: Container[int], known: Wording) -> bool:
    """Whether a name that ends there is one of an enumeration: another comes behind the mark."""
    marks = [mark for mark in known.enumeration if text.startswith(mark, end)]
    return any(not mark.startswith(",") or end + len(mark) in starts for mark in marks)


def _regions(mention: Mention, language: str, shelf: Shelf) -> tuple[str, ...]:
    """The regions that a name may stand for; none if it may be the name of a town or of a state too."""
    if mention.type != "place":
        return ()
    known = shelf.item(mention.kb) if mention.kb else None
    found = [one.item for one in shelf.candidates(mention.span.text, language, "Place") if one.fit in _SAME]
    every = {one.qid: one for one in (*found, *([known] if known else ()))}
    if any("State" in one.classes for one in every.values()):
        return ()
    return tuple(sorted(one.qid for one in every.values() if "Region" in one.classes and "district" not in one.kinds))


def _countries(
    mention: Mention, others: Iterable[Mention], document: Document, lands: _Lands, shelf: Shelf
) -> Iterator[str]:
    """The countries of what the article names beside, apart for those of the same sentence; and the places there."""
    text, language = document.text, document.language
    start = max(text.rfind(mark, 0, mention.span.start) for mark in _SENTENCE)
    ends = [place for mark in _SENTENCE if (place := text.find(mark, mention.span.end)) >= 0]
    end = min(ends, default=len(text))
    near: set[str] = set()
    far: set[str] = set()
    for other in others:
        inside = start < other.span.start < end
        (near if inside else far).update(lands[other.span.start, other.span.end])
        close = abs(other.span.start - mention.span.start) < _NEAR
        if (inside or close) and (item := _only(other, language, shelf)):
            yield f"beside {item.qid}"
    yield from (f"near {qid}" for qid in sorted(near))
    yield from (f"far {qid}" for qid in sorted(far))


def _lands(mention: Mention, language: str, shelf: Shelf) -> frozenset[str]:
    """The countries that a name tells of: the country it names, or that in which what it may mean lies."""
    if mention.kb and (item := shelf.item(mention.kb)):
        return _countries_of(item)
    if mention.kb and (entry := gazetteer.find(mention.kb)):
        return frozenset({entry.country}) if entry.country[:1] == "Q" else frozenset()
    if mention.type == "person" and len(mention.span.text.split()) < 2:  # noqa: PLR2004 - a family name tells nobody
        return frozenset()
    classes = {"place": "Place", "person": "Person", "organization": "Organization"}.get(mention.type)
    if classes is None:
        return frozenset()
    found = shelf.candidates(mention.span.text, language, classes)
    exact = [one.item for one in found if one.fit in {"exact", "folded"}]
    lands = [_countries_of(item) for item in exact]
    return frozenset.union(*lands) if lands and (mention.type == "place" or len(set(lands)) == 1) else frozenset()


def _only(mention: Mention, language: str, shelf: Shelf) -> Item | None:
    """The place that a name stands for, if it can be but one."""
    if mention.type != "place":
        return None
    if mention.kb:
        return shelf.item(mention.kb)
    found = shelf.candidates(mention.span.text, language, "Place")
    exact = [one.item for one in found if one.fit in {"exact", "folded"}]
    return exact[0] if len(exact) == 1 else None


def _countries_of(item: Item) -> frozenset[str]:
    own = {item.qid} if _LANDS.intersection(item.classes) else set()
    return frozenset(own if "State" in item.classes else own.union(item.countries))


def _reach(mention: Mention, language: str, shelf: Shelf) -> frozenset[str]:
    """The countries of all places that a name may stand for: "Athens, Georgia" is not in the state of Georgia's name."""
    if mention.type != "place":
        return frozenset()
    found = shelf.candidates(mention.span.text, language, "Place")
    wide = [
        one.item
        for one in found
        if one.fit in {"exact", "folded"} and not {"City", "Site"}.intersection(one.item.classes)
    ]
    return frozenset().union(*map(_countries_of, wide))
