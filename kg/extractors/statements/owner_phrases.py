"""Read a noun phrase whose owners and adjectives stand before its noun, up to where its name may follow."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractors.statements.phrase_text import BODIES, PLACES, Name, Text
from kg.extractors.statements.reading import Title

SOURCE = "source"
"""The category of people nouns for sources, of which every article has many."""
TOLD = frozenset({"assertions", "assertions:remarks", "press:works", "claims:nouns", "accounts:nouns", "speaks:that"})
"""Nouns for what is said."""
_MOVED = frozenset({"civilian", "family", "suspect", "rescuer"})  # people whom others take from a place
_VERBAL = frozenset({"be", "have", "modal", "relatives"})
_NOUNS = 4  # tokens before the name of a body that say what it is


@dataclass(slots=True)
class Phrase:
    """A noun phrase as it grows: whom its head belongs to, its titles and people nouns, where they begin and where it ends."""

    start: int
    end: int
    head: int = -1
    owners: list[Name] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    category: str = ""
    stands_for: bool = False
    definite: bool = False
    plural: bool = False
    joined: bool = False
    fallen: bool = False
    pronoun: bool = False
    pointing: bool = False

    def __bool__(self) -> bool:
        return bool(self.titles or self.nouns or self.stands_for)


def read_phrase(text: Text, position: int) -> Phrase:
    """Determiners, owners and adjectives from `position` on, then the titles or nouns that they belong to."""
    start = behind_determiners(text, position)
    phrase = Phrase(position, start, definite=start > position)
    phrase.pronoun = position > 0 and "owning" in text.kinds(position - 1)[1]
    phrase.pointing = any("definite" in text.kinds(p)[1] for p in range(position, start))
    phrase.plural = any("plural_determiners" in text.kinds(p)[1] for p in range(position, start))
    single = any("single" in text.kinds(p)[1] for p in range(position, start))
    phrase.head = _before_head(text, phrase, start)
    _head(text, phrase, phrase.head)
    phrase.plural = phrase.plural and not single
    return phrase


def behind_determiners(text: Text, position: int) -> int:
    """The position behind all determiners, also where a longer phrase begins with them: "the" of "the agency"."""
    while position < len(text.words) and position not in text.names and position not in text.titles:
        matches = text.grammar.function.prefixes(text.words, position)
        found = next((match for match in matches if "determiners" in match.value), None)
        if found is None or text.grammar.nouns.at(text.words, position) is not None:  # "the accused"
            break
        position = found.end
    return position


def _before_head(text: Text, phrase: Phrase, position: int) -> int:
    """Where the head may begin, behind owners ("Chilean", "Biobio's") and adjectives."""
    while position < len(text.words):
        name = text.names.get(position)
        end, kinds = text.kinds(position)
        if name and name.type in PLACES | BODIES:
            if phrase.owners and not _continues_owners(text, position):
                break
            phrase.owners.append(name)
            position = behind_possessive(text, name.end)
        elif (
            name
            or position in text.titles
            or text.grammar.nouns.at(text.words, position)
            or ("stands_for_country" in kinds and not _goes_on(text, end))
        ):
            break
        elif "modifier" in kinds or text.grammar.fallen.at(text.words, position):
            phrase.fallen = phrase.fallen or "modifier" not in kinds
            position = end
        elif phrase.owners and kinds & {"conjunctions", "place_words"} and _owner_follows(text, end):
            if "conjunctions" in kinds and not phrase.owners[-1].adjective and end not in text.names:
                break  # "in Vienna and officials"
            position = end
        else:
            break
    return position


def _goes_on(text: Text, position: int) -> bool:
    """Whether a head or another adjective follows: "the government official", not "the government said"."""
    noun = text.grammar.nouns.at(text.words, position) is not None
    return noun or position in text.titles or "modifier" in text.kinds(position)[1]


def _continues_owners(text: Text, position: int) -> bool:
    """Whether an owner right before another one belongs with it: "Chilean and Peruvian", "Chile's Biobio"."""
    _, kinds = text.kinds(position - 1)
    return bool(kinds & {"conjunctions", "possessive"})


def _owner_follows(text: Text, position: int) -> bool:
    name = text.names.get(position)
    if name is not None:
        return name.type in PLACES
    _, kinds = text.kinds(position)
    return "possessive" in kinds or position in text.titles or text.grammar.nouns.at(text.words, position) is not None


def behind_possessive(text: Text, position: int) -> int:
    """The position behind "'s", where it stands at `position`; else that position."""
    end, kinds = text.kinds(position) if position < len(text.words) else (position, frozenset[str]())
    return end if "possessive" in kinds else position


def _head(text: Text, phrase: Phrase, position: int) -> None:
    many = False
    while position < len(text.words) and position not in text.names:
        title = text.titles.get(position)
        noun = text.grammar.nouns.at(text.words, position)
        end, kinds = text.kinds(position)
        if title and (noun is None or title.end >= noun.end):
            if phrase.nouns and not phrase.titles:
                break
            phrase.titles.append(title)
            position = title.end
            if noun and noun.end == title.end:
                phrase.nouns.append(noun.value.canonical)
                phrase.category = noun.value.category
        elif noun and phrase.nouns and many and "speaks:that" in kinds:
            break  # "Officials suspect"
        elif noun:
            many = noun.value.plural
            if phrase.nouns and "conjunctions" not in text.kinds(position - 1)[1]:
                phrase.nouns.pop()  # "police officers" are officers
            phrase.nouns.append(noun.value.canonical)
            phrase.category = noun.value.category
            phrase.plural = phrase.plural or noun.value.plural
            position = noun.end
        elif "stands_for_country" in kinds and not phrase:
            phrase.stands_for = True
            position = end
        elif phrase.nouns and "conjunctions" in kinds and text.grammar.nouns.at(text.words, end):
            phrase.joined = True
            position = end
        else:
            break
        phrase.end = position


def owner_behind(text: Text, phrase: Phrase) -> None:
    """The place or body behind "of" or "from": "the governor of the Biobio region", "an official with the agency X"."""
    after = text.skip(phrase.end, "belonging")
    at = text.skip(phrase.end, "at_place")
    if at > after and (body := text.names.get(text.skip(at, "determiners"))) and body.type in BODIES:
        after = at  # "an economist at the bank X"
    if after == phrase.end:
        return
    after = _past_nouns(text, after)
    out_of = "away" in text.kinds(phrase.end)[1]
    after = text.skip(after, "determiners", "modifier", "place_words")
    name = text.names.get(after)
    if name is None or name.type not in PLACES | BODIES:
        return
    if out_of and phrase.category in _MOVED and not text.kinds(name.end)[1] & _VERBAL:
        return  # "evacuated residents from Hualien": from where, not whose
    following = behind_possessive(text, name.end)
    inner = text.names.get(text.skip(following, "modifier"))
    if following > name.end:
        if inner is None or inner.type not in PLACES | BODIES:
            return  # "an ally of Russia's president"
        name = inner
    phrase.owners.append(name)
    phrase.end = text.skip(name.end, "place_words")
    if name.adjective:
        phrase.end = _behind_nouns(text, name.end) or phrase.end  # "an officer of the Moldovan border police"


def _behind_nouns(text: Text, position: int) -> int:
    """Behind the last noun for people or bodies from `position` on, adjectives between; 0 without one."""
    end = 0
    while position < len(text.words):
        noun = text.grammar.nouns.at(text.words, position)
        after, kinds = text.kinds(position)
        if noun:
            end = position = noun.end
        elif kinds & {"modifier", "place_words"}:
            position = after
        else:
            break
    return end


def _past_nouns(text: Text, position: int) -> int:
    """Behind the nouns that say what a body is, where its name follows: "of the property developer X"."""
    for end in range(position, min(position + _NOUNS, len(text.words))):
        name = text.names.get(end)
        if name is not None:
            return end if name.type == "organization" else position
        if end in text.titles or not text.words[end].isalpha() or text.kinds(end)[1] - {"modifier"}:
            break
    return position


def national_press(text: Text, phrase: Phrase) -> bool:
    """Whether a word for media ends a phrase that has an owner and no name: "the Angolan press"; it then ends there."""
    end, kinds = text.kinds(phrase.head)
    named = phrase.head in text.names or end in text.names or (end < len(text.words) and text.words[end].isdecimal())
    if not phrase.owners or "press:words" not in kinds or named or not ends_there(text, end):
        return False
    phrase.end, phrase.category, phrase.nouns = end, SOURCE, ["sources"]
    return True


def ends_there(text: Text, position: int) -> bool:
    """Whether a noun phrase ends at `position`, and no further noun follows: "the Ukrainian military operation"."""
    if position >= len(text.words) or not text.words[position].isalpha():
        return True
    verb = position + 1 < len(text.words) and "opens_content" in text.kinds(position + 1)[1]  # "figures show that"
    return verb or bool(text.kinds(position)[1] - {"modifier", "demands"} - TOLD)
