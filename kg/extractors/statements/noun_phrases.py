"""Build references from tokens: names, and descriptions with the titles, nouns and names that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.extractors.statements.descriptions import described
from kg.extractors.statements.phrase_text import BODIES, PLACES, Name, Text, places_inside
from kg.extractors.statements.reading import Reference, Title
from kg.model import MentionType

_APPOSITION = 8  # tokens of an office behind a comma, after its own name: "chỉ huy cứu hộ tại xã X,"
_OPENING = frozenset({"determiners", "place_words", "stands_for_country"})


@dataclass(slots=True)
class _Head:
    """The part of a description before its names, as it grows."""

    titles: list[Title] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    category: str = ""
    stands_for: bool = False
    plural: bool = False
    joined: bool = False

    def __bool__(self) -> bool:
        return bool(self.titles or self.nouns or self.stands_for)


def _head(text: Text, position: int) -> tuple[_Head, int]:
    """Titles, people nouns and their modifiers from `position` on, and where they end."""
    head = _Head()
    start = text.skip(position, "determiners")
    head.plural = start > position or (position - 1) in text.numbers
    position = start
    while position < len(text.words) and position not in text.names:
        title = text.titles.get(position)
        noun = text.grammar.nouns.at(text.words, position)
        end, kinds = text.kinds(position)
        if title and (noun is None or title.end >= noun.end):
            if head.nouns and not head.titles:
                break
            head.titles.append(title)
            position = title.end
            if noun and noun.end == title.end:  # "nghị sĩ" stands before a name and for a group
                head.nouns.append(noun.value.canonical)
                head.category = noun.value.category
        elif noun:
            head.nouns.append(noun.value.canonical)
            head.category = noun.value.category
            position = noun.end
        elif "stands_for_country" in kinds and not head:
            head.stands_for = True
            position = end
        elif _continues(text, head, end, kinds):
            head.joined = head.joined or "conjunctions" in kinds
            position = end
        else:
            break
    return head, position


def _continues(text: Text, head: _Head, end: int, kinds: frozenset[str]) -> bool:
    """Whether a word only widens the head: a modifier, or "và" before another people noun."""
    joins = bool(head.nouns) and "conjunctions" in kinds and text.grammar.nouns.at(text.words, end) is not None
    return bool(head) and ("modifier" in kinds or joins)


def _places(text: Text, position: int, *, plural: bool) -> tuple[list[Name], int]:
    """The place or body right at `position` (class words such as "vùng" skipped), and a second one after "và"."""
    found: list[Name] = []
    while True:
        after = text.skip(position, "place_words")
        name = text.names.get(after)
        if name is None or name.type not in PLACES | BODIES:
            return found, position if not found else found[-1].end
        found.append(name)
        joined = text.skip(name.end, "conjunctions")
        following = text.names.get(text.skip(joined, "place_words"))
        pair = following is not None and following.type in PLACES and following.end not in text.names
        if not plural or joined == name.end or not pair:
            return found, name.end
        position = joined


def _person(text: Text, position: int) -> tuple[Name, int] | None:
    """The person named at `position`, perhaps behind a comma and a title of address."""
    name = text.names.get(position)
    if name and name.type in {"person", "untyped"}:
        return name, position
    if position < len(text.words) and text.words[position] == ",":
        position += 1
        title = text.titles.get(position)
        if title and (name := text.names.get(title.end)) and name.type in {"person", "untyped"}:
            return name, title.end
        return None
    title = text.titles.get(position)
    if title and (name := text.names.get(title.end)) and name.type == "person":
        return name, title.end
    return None


def _owner(text: Text, position: int) -> tuple[Name | None, int]:
    """The name after "của" or "thuộc" at `position`."""
    after = text.skip(position, "of")
    if after == position:
        return None, position
    after = text.skip(after, "place_words")
    name = text.names.get(after)
    return (name, name.end) if name and name.type in PLACES | BODIES else (None, position)


def _host(text: Text, position: int) -> tuple[Name | None, int]:
    """The place after "tại" at `position`, where an ambassador is accredited, if a person's name follows it."""
    after = text.skip(position, "at_place")
    if after == position:
        return None, position
    name = text.names.get(text.skip(after, "place_words"))
    if name and name.type == "place" and _person(text, name.end):
        return name, name.end
    return None, position


def _described(text: Text, start: int, end: int, head: _Head, owners: Sequence[Name]) -> Reference:
    """What a description without a person's name refers to: a country, or people and offices."""
    of = tuple(owner.chain for owner in owners)
    if head.stands_for:
        kind: MentionType = "place" if owners and owners[0].type == "place" else "organization"
        return Reference(start, end, of, kind, "nominal", of=of)
    return described(
        text,
        start,
        end,
        titles=head.titles,
        nouns=head.nouns,
        category=head.category,
        plural=head.plural,
        joined=head.joined,
        owners=owners,
        dead=text.grammar.fallen.at(text.words, end) is not None,
    )


def reference_at(text: Text, position: int) -> Reference | None:
    """The reference that begins at `position`: a description as far as it reaches, or a bare name."""
    if not _may_begin(text, position):
        return None
    head, after = _head(text, position)
    if head:
        owners, end = _places(text, after, plural=head.plural or _all_leaders(head))
        if not owners:
            owner, end = _owner(text, after)
            owners = [owner] if owner else []
        host, end_host = _host(text, end)
        person = _person(text, end_host)
        if person and not head.stands_for and (head.titles or not head.nouns):
            name, _ = person
            titled = Reference(
                position,
                name.end,
                (name.chain,),
                "person",
                titles=tuple(head.titles),
                of=tuple(o.chain for o in owners),
                of_type=owners[0].type if owners else "",
                at=(host.chain,) if host else (),
            )
            return _with_office(text, titled)
        if not owners and head.stands_for:
            return None
        if not owners:
            owner, end = _owner(text, after)
        if not owners and not head.nouns and not head.plural and _addressed(head):
            return None
        return _described(text, position, end if owners else after, head, owners)
    named = text.names.get(position) or text.names.get(text.skip(position, "place_words"))
    if named is None:
        return None
    reference = Reference(
        position, named.end, (named.chain,), named.type, media=named.media, inside=places_inside(named)
    )
    return _with_apposition(text, reference)


def _may_begin(text: Text, position: int) -> bool:
    """Whether a name, a title, a people noun or a word before one of these stands at `position`."""
    if position in text.names or position in text.titles:
        return True
    _, kinds = text.kinds(position)
    return not kinds.isdisjoint(_OPENING) or text.grammar.nouns.at(text.words, position) is not None


def _all_leaders(head: _Head) -> bool:
    return bool(head.titles) and all(title.leader for title in head.titles)


def _addressed(head: _Head) -> bool:
    """Whether the head is only a form of address ("ông"): a pronoun when no name follows."""
    return all(title.kind in {"honorific", "kinship"} for title in head.titles)


def _with_apposition(text: Text, reference: Reference) -> Reference:
    """A person followed by ", Bộ trưởng Quốc phòng X," holds that office; a body by "(ABBR)" reaches over it."""
    words, end = text.words, reference.end
    if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")" and end + 1 in text.names:
        return replace(reference, end=end + 3)
    return _with_office(text, reference)


def _with_office(text: Text, person: Reference) -> Reference:
    """A person with the office behind a comma: "ông A, Bộ trưởng Quốc phòng B," reaches over both commas."""
    words, end = text.words, person.end
    if person.type != "person" or end + 1 >= len(words) or words[end] != ",":
        return person
    head, after = _head(text, end + 1)
    named = text.titles.get(end + 1) or (head.nouns and not head.plural)
    if not named or head.plural or (head.titles and _addressed(head)):
        return person
    owners, after_places = _places(text, after, plural=False)
    if not owners:
        owner, after_places = _owner(text, after)
        owners = [owner] if owner else []
    if _person(text, after_places):
        return person
    close = range(after_places, min(after_places + _APPOSITION, len(words)))
    closing = next((i for i in close if words[i] in {",", "."}), None)
    if closing is None:
        return person
    reached = replace(person, end=closing + 1 if words[closing] == "," else closing)
    if person.of or not owners or not head.titles:
        return reached
    return replace(reached, titles=tuple(head.titles), of=(owners[0].chain,), of_type=owners[0].type)
