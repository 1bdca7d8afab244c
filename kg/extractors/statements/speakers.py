"""Read a noun that no list has as somebody who speaks, where a verb that only speakers have stands beside it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile

from kg.extractors.statements.owner_phrases import Phrase, behind_determiners, owner_behind
from kg.extractors.statements.phrase_text import Text
from kg.nlp.inflection import Shapes

_HEAD = 4  # words of a head: "civil defence agency"
_TAIL = 14  # tokens between the head and its verb: "unsealed in Boston on Friday"
_ADDRESSEE = 6  # tokens of those spoken to
_QUOTED = 8  # tokens from "is quoted" to "in a report"
_SENTENCE = 30  # tokens of a sentence before "said"
_SOURCE = 7  # tokens of "according to a flash estimate"
_BEFORE = 4  # tokens of the longest phrase before a source: "with a reference to"
_ENDS = frozenset({".", ";", ":", "?", "!", "(", ")"})
_QUOTES = frozenset('"“”')
_FINITE = frozenset({"be", "have", "modal", "saying", "boundaries"})
_PLAIN = frozenset(
    {
        "modifier",
        "works:nouns",
        "works:shown",
        "works:screened",
        "place_words",
        "bodies:public",
        "stands_for_country",
        "claims:nouns",
        "occasions:nouns",
    }
    | {
        "press:words",
        "press:works",
        "assertions",
        "assertions:remarks",
        "accounts:nouns",
        "speaks:that",
        "gender:male",
        "gender:female",
    }
    | {"reckonings:nouns", "rumours", "modality:estimated"}
)
_OWNING = frozenset({"owning", "possessive", "sources"})
_HOLDING = frozenset({"prepositions", "of", "belonging", "at_place"})


def may_speak(text: Text, position: int) -> bool:
    """Whether a noun without determiner may begin at `position`: a plural, or one behind a number or an owner."""
    if any(word.endswith(_shapes(text).plurals) for word in text.words[position : position + 2]):
        return True
    if "works:shown" in text.kinds(position)[1]:
        return True
    before = text.kinds(position - 1)[1] if position else frozenset[str]()
    return position - 1 in text.numbers or bool(before & (_OWNING | {"partitive"}))


def speaker(text: Text, phrase: Phrase) -> bool:
    """Let `phrase` end with the plain words of its head, where these are shown to speak; say whether they are."""
    head, end = phrase.head, _head_end(text, phrase.head)
    begun = max((owner.end for owner in phrase.owners), default=phrase.start)
    if end == head > begun and "modifier" in text.kinds(head - 1)[1]:
        head -= 1  # "the opposition said"
    if end == head or not _introduced(text, phrase, head, end) or _has_author(text, phrase, end):
        return False
    phrase.end = end
    phrase.nouns.append(" ".join(text.words[head:end]))
    phrase.category = "body" if text.grammar.bodies.at(text.words, end - 1) else "speaker"
    if not phrase.owners:
        owner_behind(text, phrase)
    work = "works:nouns" in text.kinds(end - 1)[1]
    if not text.speakers.isdisjoint(range(head, end)) or _after_cue(text, phrase):
        return True
    if _speaks_behind(text, phrase.end, {"speaks", "shows"} if work else {"speaks"}):
        return True
    phrase.nouns.pop()
    return False


def speaks(text: Text, phrase: Phrase) -> bool:
    """Whether words beside a body say that it speaks: "a trade union announced", "citing an aid group"."""
    subject = not text.speakers.isdisjoint(range(phrase.start, phrase.end))
    return subject or _after_cue(text, phrase) or _speaks_behind(text, phrase.end, {"speaks"})


def told(text: Text, position: int) -> bool:
    """Whether a word that stands before a medium is in front of `position`: "told a newspaper", "quoted by a radio station"."""
    return position > 0 and bool(text.kinds(position - 1)[1] & {"by", "telling", "sources"})


def _shapes(text: Text) -> Shapes:
    inflected = text.grammar.inflection
    return inflected.shapes if inflected else Shapes()


def _head_end(text: Text, start: int) -> int:
    position = start
    while position < min(start + _HEAD, len(text.words)):
        end, kinds = text.kinds(position)
        word = text.words[position]
        taken = (
            position in text.names
            or position in text.numbers
            or (position in text.titles and position not in text.speakers)
        )
        if taken or kinds - _PLAIN or not word.replace("-", "").isalpha():
            break
        if position in text.speakers and position not in text.names:
            title, noun = text.titles.get(position), text.grammar.nouns.at(text.words, position)
            return max(end, title.end if title else 0, noun.end if noun else 0)
        body = text.grammar.bodies.at(text.words, position)
        named = text.grammar.nouns.at(text.words, position)
        if named and named.value.category == "body" and named.end < len(text.words) and named.end in text.speakers:
            position = named.end  # "a stock exchange filing"
            continue
        if not body and (text.grammar.nouns.at(text.words, position) or _narrows(text, start, position)):
            break
        position = end
    return position


def _narrows(text: Text, start: int, position: int) -> bool:
    """Whether a participle stands behind a noun: "an indictment unsealed"."""
    return position > start and text.words[position].endswith(_shapes(text).participles)


def _introduced(text: Text, phrase: Phrase, start: int, end: int) -> bool:
    """Whether a determiner, a number or an owner stands before it; a plural needs none."""
    if phrase.definite or phrase.pronoun or phrase.owners or (start and start - 1 in text.numbers):
        return True
    if any(at and text.kinds(at - 1)[1] & {"possessive", "sources", "partitive"} for at in (start, phrase.start)):
        return True
    return text.words[end - 1].endswith(_shapes(text).plurals) or "works:shown" in text.kinds(end - 1)[1]


def _has_author(text: Text, phrase: Phrase, end: int) -> bool:
    """Whether it is a work with whoever it speaks for beside it: "a report by X", "X's statement"."""
    if "works:nouns" not in text.kinds(end - 1)[1]:
        return False
    after = end + 1 if end < len(text.words) and text.words[end] == "," else end
    if phrase.owners or phrase.pronoun:
        return True
    if "press:works" in text.kinds(end - 1)[1]:
        made = text.skip(after, "works:publish", "adverbs")
        within, kinds = text.kinds(made)
        if "at_place" in kinds and (made > after or _medium(text, within)):
            return True  # "an article published in X", "a report in the weekly X"
        after = made
    behind, kinds = text.kinds(after)
    return bool(kinds & {"by", "of", "away", "authored"}) and _named(text, behind)


def _medium(text: Text, position: int) -> bool:
    """Whether a word for media stands at `position`, or the name of one."""
    start = behind_determiners(text, position)
    name = text.names.get(start)
    return "press:words" in text.kinds(start)[1] or (name is not None and name.media)


def _named(text: Text, position: int) -> bool:
    """Whether a name, an office or people stand at `position`, behind determiners and adjectives."""
    last = position + _HEAD
    while position < len(text.words):
        end, kinds = text.kinds(position)
        if position in text.names or position in text.titles or text.grammar.nouns.at(text.words, position):
            return True
        if text.grammar.bodies.at(text.words, position):
            return True
        if position < last and "works:nouns" in kinds:
            position = end  # "a report from the statistics agency"
            continue
        if not kinds & {"determiners", "modifier"} and position not in text.numbers:
            return "pronouns:body" in kinds
        position = behind_determiners(text, position) if "determiners" in kinds else end
    return False


def _after_cue(text: Text, phrase: Phrase) -> bool:
    """Whether words before it say that a source follows: "according to", "citing", "…," said."""
    start = phrase.start
    following = text.words[phrase.end] if phrase.end < len(text.words) else "."
    closed = following in {",", *_ENDS, *_QUOTES} or bool(text.kinds(phrase.end)[1] & (_HOLDING | {"relatives"}))
    narrowed = following.endswith(_shapes(text).participles) and text.kinds(phrase.end + 1)[1] & (_HOLDING | {"by"})
    closed = closed or bool(narrowed)
    for first in range(max(0, start - _BEFORE), start):
        end, kinds = text.kinds(first)
        owned = end == start - 1 and "owning" in text.kinds(end)[1]
        if not (end == start or owned):
            continue
        turned = {"turning", "speaks"} <= kinds and first > 0 and text.words[first - 1] in {",", *_QUOTES}
        turned = turned and not _behind_aside(text, first - 1)
        passive = "by" in kinds and first > 0 and "telling" in text.kinds(first - 1)[1]  # "assured by the contractor"
        claimed = (
            kinds & {"by", "of", "belonging"} and first > 0 and "assertions" in text.kinds(first - 1)[1]
        )  # "a claim by the monks that"
        copula = "be" in text.kinds(phrase.end)[1] if phrase.end < len(text.words) else False
        sourced = claimed and any("sources" in text.kinds(p)[1] for p in range(max(0, first - _SOURCE), first))
        claimed = claimed and (copula or sourced or following in {"that", ":", ","})
        if "at_place" in kinds and _recorded(text, phrase, first):
            return True
        if "sources" in kinds or passive or claimed or (turned and closed):
            return True
    return False


def _recorded(text: Text, phrase: Phrase, place: int) -> bool:
    """Whether somebody is quoted in the work that `phrase` is behind "in" at `place`, or speaks in a film of others."""
    kinds = text.kinds(phrase.end - 1)[1]
    if "works:nouns" not in kinds:
        return False
    ahead = [text.kinds(p)[1] for p in range(max(0, place - _QUOTED), place)]
    passive = any("be" in a and "sources" in b for a, b in pairwise(ahead))
    return passive or ("works:screened" in kinds and bool(ahead) and "speaks" in ahead[-1])


def _behind_aside(text: Text, comma: int) -> bool:
    """Whether the comma closes an aside behind the subject, so that no subject follows: "PAGASA, the weather bureau, said"."""
    commas = 0
    for position in range(comma, max(comma - _SENTENCE, -1), -1):
        word = text.words[position]
        if word in _ENDS or word in _QUOTES or text.kinds(position)[1] & {"be", "have", "modal"}:
            return False if word in _QUOTES else commas > 1 and word in _ENDS
        commas += word == ","
    return commas > 1


def _speaks_behind(text: Text, end: int, verbs: AbstractSet[str]) -> bool:
    """Whether the first verb behind it is one of speakers, past an aside and what narrows the noun."""
    owned, possessive = text.kinds(end) if end < len(text.words) else (end, frozenset[str]())
    if "possessive" in possessive and text.kinds(owned)[1] & {"reckonings:nouns", "accounts:nouns", "assertions"}:
        return True  # "by the shippers' own estimate"; "the baker's answer"
    if _told_by_relative(text, end, verbs):
        return True
    position = text.skip(_past_tail(text, end, verbs), "adverbs", "have")
    quoted = text.skip(position, "modal", "be")
    cited = text.kinds(quoted)[1] if position < quoted < len(text.words) else frozenset[str]()
    return _speaks(text, position, verbs) or bool(
        cited & {"sources", "minded", "perceived"}
    )  # "said"; "was quoted"; "is adamant that"


def _quoted_at(text: Text, position: int) -> bool:
    """Whether "was quoted" stands there."""
    after = text.skip(position, "be", "have")
    return after > position and after < len(text.words) and "sources" in text.kinds(after)[1]


def _told_by_relative(text: Text, end: int, verbs: AbstractSet[str]) -> bool:
    """Whether a clause behind the noun says that it speaks: "a mechanic, who told"."""
    start = end + 1 if end < len(text.words) and text.words[end] == "," else end
    verb, kinds = text.kinds(start)
    verb = text.skip(verb, "adverbs", "have")
    return "personal" in kinds and _speaks(text, verb, verbs)


def _speaks(text: Text, position: int, verbs: AbstractSet[str]) -> bool:
    """Whether one of the verbs stands at `position`, or one that only speakers have before "that"."""
    found = text.grammar.function.prefixes(text.words, position) if position < len(text.words) else ()
    return any(
        m.value & verbs
        or ("speaks:that" in m.value and "opens_content" in text.kinds(m.end)[1])
        or ("telling" in m.value and _that_follows(text, m.end))
        for m in found
    )


def _that_follows(text: Text, position: int) -> bool:
    """Whether "that" opens what is said behind those spoken to: "swore to the magistrate that"."""
    reach = range(position, min(position + _ADDRESSEE, len(text.words)))
    near = takewhile(lambda p: not text.kinds(p)[1] & _FINITE or "opens_content" in text.kinds(p)[1], reach)
    return any("opens_content" in text.kinds(p)[1] for p in near)


def _past_tail(text: Text, start: int, verbs: AbstractSet[str]) -> int:
    """Behind what narrows a noun or stands between two commas; `start` where neither leads to a verb of speaking."""
    if start >= len(text.words):
        return start
    _, kinds = text.kinds(start)
    aside = text.words[start] == ","
    relative = "relatives" in kinds and "opens_content" not in kinds
    if not (aside or relative or kinds & _HOLDING or text.words[start].endswith(_shapes(text).participles)):
        return start
    position = start + 1
    while position < min(start + _TAIL, len(text.words)):
        end, kinds = text.kinds(position)
        word = text.words[position]
        if word in _ENDS or word in _QUOTES:
            return start
        if word == ",":
            behind = position + 1 if aside else _past_tail(text, position, verbs)
            return behind if behind > position else start
        if not aside and (_speaks(text, position, verbs) or _quoted_at(text, position)):
            return start if "infinitive" in text.kinds(position - 1)[1] else position  # "reasons to believe"
        if kinds & _FINITE and not (aside or relative):
            return start
        position = end
    return start
