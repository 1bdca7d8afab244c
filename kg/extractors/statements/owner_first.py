"""Build references where owners and adjectives stand before the noun: "the Russian president", "Seoul's lawmakers"."""

from __future__ import annotations

from dataclasses import replace

from kg.extractors.statements.alone import standing_alone
from kg.extractors.statements.descriptions import described
from kg.extractors.statements.named_bodies import body_named
from kg.extractors.statements.owner_phrases import (
    SOURCE,
    TOLD,
    Phrase,
    behind_determiners,
    behind_possessive,
    ends_there,
    national_press,
    owner_behind,
    read_phrase,
)
from kg.extractors.statements.phrase_text import BODIES, PLACES, Name, Text, places_inside
from kg.extractors.statements.reading import Reference, Title
from kg.extractors.statements.speakers import may_speak, speaker, speaks, told
from kg.model import MentionType

_APPOSITION = 10  # tokens of an office behind a comma, after its own name
_RANK, _SOLDIER = "rank", "soldier"  # "the general" is a soldier; "the general strike" nobody
_BODY = "body"  # nouns for bodies that are not named: "Vietnam's trade ministry"
_ARTICLE = frozenset({"determiners"})
_CLOSING = frozenset({",", ".", ";", ":", ")"})  # what ends a name between commas
_COMPLEMENT = 5  # tokens of "of the delegation" between a title and a comma
_KIN = frozenset({"gender:male", "gender:female"})  # "his uncle said"
_OPENING = frozenset({"determiners", "modifier"})


def reference_at(text: Text, position: int) -> Reference | None:
    """The reference that begins at `position`: a description as far as it reaches, or a bare name."""
    end, kinds = text.kinds(position)
    if "owning" in kinds:
        return None
    if any(kind.startswith("pronouns:") for kind in kinds) and end - position > 1:
        goes_on = end in text.titles or text.grammar.nouns.at(text.words, end) is not None  # "the army chief"
        if not goes_on and not any(p in text.names for p in range(position, end + 1)):
            return None  # "the agency", which points back; but "the Agency for X" is a name
        kinds = _ARTICLE
    if alone := standing_alone(text, position):
        return alone
    if not _may_begin(text, position, kinds):
        return None
    phrase = read_phrase(text, position)
    found = _described(text, phrase) if phrase else None
    if found or (phrase and phrase.category != _BODY):
        return found
    if national_press(text, phrase):
        return _described(text, phrase)
    compound = replace(phrase, owners=[*phrase.owners], nouns=[], titles=[], category="")  # "court papers" are no court
    return _described(text, compound) if speaker(text, compound) else _bare_name(text, position)


def _bare_name(text: Text, position: int) -> Reference | None:
    """The name at `position`, perhaps behind determiners, with what stands right behind it."""
    start = behind_determiners(text, position)
    named = text.names.get(start)
    if named is None:
        return None
    reference = Reference(
        position, named.end, (named.chain,), named.type, media=named.media, inside=places_inside(named)
    )
    press = text.kinds(named.end)[0] if "press:words" in text.kinds(named.end)[1] else 0
    if press and named.type in {"person", "untyped", "organization"}:  # "Al Waha television"
        reference = replace(reference, end=press, type="organization", media=True)
    return _owning(text, _with_office(text, _with_class_word(text, reference)))


def _may_begin(text: Text, position: int, kinds: frozenset[str]) -> bool:
    if position in text.names or position in text.titles or kinds & _OPENING:
        return True
    if "stands_for_country" in kinds or text.grammar.nouns.at(text.words, position) is not None:
        return True
    cited = kinds <= TOLD and position > 0 and "sources" in text.kinds(position - 1)[1]  # "citing testimony"
    plain = kinds <= _KIN or "works:shown" in kinds
    return (plain or cited) and may_speak(text, position)


def _described(text: Text, phrase: Phrase) -> Reference | None:
    """The person named behind the head, or the group, country or office that the phrase describes."""
    if not phrase.owners:
        owner_behind(text, phrase)
    host, after = _host(text, phrase.end)
    owned = phrase.pronoun or (phrase.start > 0 and "possessive" in text.kinds(phrase.start - 1)[1])
    named = _person(text, after, apart=phrase.definite or owned or bool(phrase.owners))
    body = phrase.category == _BODY and named is not None and named.start == phrase.end  # "the journal Acta Marina"
    if named and not body and not phrase.stands_for and not phrase.plural and len(phrase.owners) <= 1:
        return _owning(text, _with_office(text, _titled(text, phrase, named, host)))
    if phrase.category == _BODY and (called := body_named(text, phrase)):
        return _owning(text, called)
    if phrase.stands_for:
        return _country(text, phrase)
    return _owning(text, _nominal(text, phrase)) if _whole(text, phrase, owned=owned) else None


def _titled(text: Text, phrase: Phrase, named: Name, host: Name | None) -> Reference:
    """A person with the titles in front of the name, and with the comma behind it where one stands before it."""
    owner = phrase.owners[0] if phrase.owners else _owner_of_named(text, phrase, named) if phrase.titles else None
    end = max(named.end, phrase.end)
    closed = any(text.words[i] == "," for i in range(phrase.end, named.start)) and end < len(text.words)
    return Reference(
        phrase.start,
        end + 1 if closed and text.words[end] == "," else end,
        (named.chain,),
        "person",
        titles=tuple(phrase.titles),
        of=(owner.chain,) if owner else (),
        of_type=owner.type if owner else "",
        at=(host.chain,) if host else (),
    )


def _country(text: Text, phrase: Phrase) -> Reference | None:
    """Forces named only by their kind, as what they belong to: "Ukrainian forces"."""
    if not phrase.owners:
        return None
    of = tuple(owner.chain for owner in phrase.owners)
    kind: MentionType = "place" if phrase.owners[0].type == "place" else "organization"
    return _owning(text, Reference(phrase.start, phrase.end, of, kind, "nominal", of=of))


def _whole(text: Text, phrase: Phrase, *, owned: bool) -> bool:
    """Whether the words describe somebody: not "as president", "the general strike" or "a military operation"."""
    if phrase.titles and not phrase.nouns:
        address = all(title.kind in {"honorific", "kinship"} for title in phrase.titles)
        return bool(phrase.owners or phrase.definite or owned) and not address
    if phrase.category == _RANK:
        phrase.category = _SOLDIER
        return bool(phrase.definite or phrase.owners or owned) and ends_there(text, phrase.end)
    if phrase.category == _BODY:
        press = phrase.definite and "press:words" in text.kinds(phrase.end - 1)[1] and told(text, phrase.start)
        known = phrase.owners or phrase.pointing or phrase.plural or owned or press
        headed = phrase.start == 0 and text.words[phrase.end : phrase.end + 1] == (":",)  # "Ministry: no casualties"
        return bool(known or headed or (phrase.definite and speaks(text, phrase))) and ends_there(text, phrase.end)
    return True


def _owner_of_named(text: Text, phrase: Phrase, named: Name) -> Name | None:
    """The place or body behind the name: "Mayor Corazon Villaluna of Bato"."""
    after = text.skip(named.end, "of")
    owner = text.names.get(text.skip(after, "determiners", "place_words")) if after > named.end else None
    if owner is None or owner.type not in PLACES | BODIES:
        return None
    phrase.end = owner.end
    return owner


def _nominal(text: Text, phrase: Phrase) -> Reference:
    fallen = text.grammar.fallen.at(text.words, phrase.end)
    dead = phrase.fallen or fallen is not None
    built = described(
        text,
        phrase.start,
        phrase.end,
        titles=phrase.titles,
        nouns=phrase.nouns,
        category=phrase.category,
        plural=False,
        joined=phrase.joined,
        owners=phrase.owners,
        dead=dead,
    )
    if phrase.category == _BODY:
        return replace(built, type="organization", plural=False, pointer="") if phrase.owners else built
    counted = phrase.start - 1 in text.numbers
    if built.pointer != "group" or phrase.pointing or counted:
        return built
    others = phrase.definite or phrase.pronoun or phrase.category == SOURCE  # "an official", "his men", "two sources"
    return replace(built, pointer="" if others else "like")


def _heading(text: Text, person: Reference, position: int) -> Reference | None:
    """A person with the body that a clause says they head: "A, who heads the Albay Disaster Office"."""
    verb, kinds = text.kinds(position)
    if "relatives" not in kinds or "heading" not in text.kinds(verb)[1]:
        return None
    end, _ = text.kinds(verb)
    name = text.names.get(behind_determiners(text, end))
    if name is None or name.type not in PLACES | BODIES:
        return None
    words = text.words[verb]
    title = Title(verb, end, words, "office", words, leader=False)
    closing = name.end + 1 if name.end < len(text.words) and text.words[name.end] == "," else name.end
    return replace(person, end=closing, type="person", titles=(title,), of=(name.chain,), of_type=name.type)


def _host(text: Text, position: int) -> tuple[Name | None, int]:
    """The place behind "to", where an ambassador is accredited."""
    after = text.skip(position, "accredited")
    if after == position:
        return None, position
    name = text.names.get(text.skip(after, "determiners"))
    return (name, name.end) if name and name.type in PLACES | BODIES else (None, position)


def _person(text: Text, position: int, *, apart: bool) -> Name | None:
    """The person named at `position`; with `apart` also between commas: "the Chilean minister, Ana Rojas,"."""
    while title := text.titles.get(position):
        if title.kind not in {"honorific", "rank"}:
            return None
        position = title.end
    name = text.names.get(position)
    if name and name.type in {"person", "untyped"}:
        return name
    if apart:
        position = _behind_complement(text, position)
    if apart and position < len(text.words) and text.words[position] == ",":
        owner = text.names.get(position + 1)
        possessed = behind_possessive(text, owner.end) if owner and owner.type in PLACES | BODIES else 0
        if owner and possessed > owner.end:
            position = possessed - 1  # "the mediator, Qatar's Khalid al-Mansour,"
        while title := text.titles.get(position + 1):
            position = title.end - 1
        name = text.names.get(position + 1)
        closed = name is not None and (name.end >= len(text.words) or text.words[name.end] in _CLOSING)
        return name if name and closed and name.type in {"person", "untyped"} else None
    return None


def _behind_complement(text: Text, position: int) -> int:
    """The comma behind "of the delegation", where such words stand behind a title; else the position itself."""
    after = text.skip(position, "belonging", "at_place")
    if after == position:
        return position
    close = range(after, min(after + _COMPLEMENT, len(text.words)))
    comma = next((i for i in close if text.words[i] == ","), position)
    plain = all(
        (i not in text.names or text.names[i].type in PLACES)
        and not text.kinds(i)[1] & {"be", "have", "modal", "saying"}
        for i in range(after, comma)
    )
    return comma if plain else position


def _with_class_word(text: Text, reference: Reference) -> Reference:
    """A name with what stands right behind it: "Biobio region", "National Weather Agency (NWA)"."""
    words, end = text.words, reference.end
    if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")":
        return replace(reference, end=end + 3)
    return replace(reference, end=text.skip(end, "place_words")) if reference.type in PLACES else reference


def _with_office(text: Text, person: Reference) -> Reference:
    """A person with the office behind a comma: "A, the acting governor of B," reaches over both commas."""
    words, end = text.words, person.end
    if person.type not in {"person", "untyped"} or end + 1 >= len(words) or words[end] != ",":
        return person
    if heading := _heading(text, person, end + 1):
        return heading
    phrase = read_phrase(text, end + 1)
    if not (phrase.titles or phrase.nouns) or _person(text, phrase.end, apart=False):
        return person
    if not phrase.owners:
        owner_behind(text, phrase)
    close = range(phrase.end, min(phrase.end + _APPOSITION, len(words)))
    closing = next((i for i in close if words[i] in {",", "."} or "boundaries" in text.kinds(i)[1]), None)
    if closing is None or words[closing] not in {",", "."} or any(i in text.names for i in range(phrase.end, closing)):
        return person
    reached = replace(person, type="person", end=closing + 1 if words[closing] == "," else closing)
    if person.of or not phrase.owners or not phrase.titles:
        return reached
    owner = phrase.owners[0]
    return replace(reached, titles=tuple(phrase.titles), of=(owner.chain,), of_type=owner.type)


def _owning(text: Text, reference: Reference) -> Reference:
    """A reference with "'s" behind it owns what follows."""
    end = behind_possessive(text, reference.end)
    if end > reference.end:
        return replace(reference, end=end, owning=True)
    name = text.names.get(reference.end - 1) if reference.form == "name" else None
    name = name or text.names.get(reference.start)
    article = "indefinite" in text.kinds(reference.start)[1]
    adjective = reference.form == "name" and reference.type in PLACES and (article or (name and name.adjective))
    return replace(reference, owning=True) if adjective and _noun_follows(text, reference.end) else reference


def _noun_follows(text: Text, position: int) -> bool:
    """Whether a word stands at `position` that an adjective may belong to: "the Russian advance", "a Seoul court"."""
    if position >= len(text.words) or not text.words[position][:1].isalpha() or position in text.names:
        return False
    return (
        text.kinds(position)[1] <= {"modifier", "adverbs", "works:nouns", "occasions:nouns", "agreements:nouns"} | TOLD
    )
