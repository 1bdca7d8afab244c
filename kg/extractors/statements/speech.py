"""Find who says what: cue verbs with their speakers, "theo X", quotations, and works that speak for their publisher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg import lexicon
from kg.extractors.statements import works
from kg.extractors.statements.clause import Clause, sharpest
from kg.extractors.statements.cue import Cue, cue_of
from kg.extractors.statements.reading import Item, Reading, Reference, Sentence
from kg.nlp.phrases import PhraseTable

SPEAKERS = frozenset({"person", "organization", "group", "place", "unit", "facility", "untyped"})
"""What may speak."""
_ENDS = frozenset({".", '"', "“", "”"})
_TIME_REACH = 3  # items between a cue and the time that it was said
_SHORTEST = 4  # tokens of something said in front of "…, X said"
_TAIL = 14  # tokens after a cue that still tell when and where a quotation before it was spoken


@dataclass(frozen=True, slots=True)
class Cues:
    """A language's cues of speech."""

    verbs: PhraseTable[Cue | None]
    according: PhraseTable[bool]


@dataclass(frozen=True, slots=True)
class Speech:
    """`speakers` say the content, tokens `content[0]` to `content[1]`; `relay` when they only pass it on.

    `start` to `end` are the tokens of speaker, cue and content together; `time` is when it was said.
    """

    sentence: Sentence
    cue: Cue
    cue_at: tuple[int, int]
    speakers: tuple[Reference, ...]
    content: tuple[int, int]
    start: int
    end: int
    time: Item | None = None
    addressees: tuple[Reference, ...] = ()
    source: str = "cue"

    @property
    def chains(self) -> tuple[str, ...]:
        """Who speaks."""
        return tuple(dict.fromkeys(c for r in self.speakers for c in r.chains))

    @property
    def relay(self) -> bool:
        """Whether the speakers pass on what others say: a cue of reporting, or a news organization."""
        return self.cue.relay or (bool(self.speakers) and all(r.media for r in self.speakers))

    def covers(self, token: int) -> bool:
        """Whether `token` stands in the content."""
        return self.content[0] <= token < self.content[1]


@cache
def cues(language: str) -> Cues:
    """The cues of a language; None stands for a longer word that begins like one and is none."""
    table: dict[str, Any] = lexicon.table(language, "speech")
    verbs = ((phrase, cue_of(cue)) for cue in table["cue"] for phrase in cue["phrases"])
    never = ((phrase, None) for phrase in table["never"]["phrases"])
    return Cues(PhraseTable([*verbs, *never]), PhraseTable((p, True) for p in table["according"]["phrases"]))


def find(reading: Reading) -> Iterator[Speech]:
    """The acts of speech of a document, in its order."""
    found = cues(reading.document.language)
    publishers: dict[str, Reference] = {}
    for sentence in reading.sentences:
        works.learn(reading, sentence, publishers)
        yield from _according(reading, sentence, found)
        yield from _by_verb(reading, sentence, found)
        if publishers and (speech := _by_work(reading, sentence, publishers)):
            yield speech


_ACCORDING = Cue("according", "asserted", relay=False, addressee=False)
_WORK = Cue("work", "asserted", relay=False, addressee=False)


def _according(reading: Reading, sentence: Sentence, found: Cues) -> Iterator[Speech]:
    words = reading.words[sentence.start : sentence.end]
    for match in found.according.find(words):
        start, end = sentence.start + match.start, sentence.start + match.end
        source = next((i for i in sentence.items if i.start >= end and not _light(i)), None)
        if source is None or source.reference is None or source.start > end + 2:
            continue
        if source.reference.type not in SPEAKERS or not source.reference.chains:
            continue
        clause = Clause(reading, sentence, start, end)
        behind = sentence.since(source.end)
        fronted = any(reading.words[i.start] == "," for i in behind[:3]) and start - sentence.start <= _TIME_REACH
        content = (behind[0].start, sentence.end) if fronted and behind else (sentence.start, start)
        quote = _quote_before(sentence, start)
        if quote and not fronted:
            content = quote
        first = min(start, content[0])
        yield Speech(
            sentence,
            _ACCORDING,
            (start, end),
            (source.reference, *_also(clause, source)),
            content,
            first,
            max(content[1], source.end),
            source="according",
        )


def _also(clause: Clause, source: Item) -> list[Reference]:
    rest = clause.sentence.since(source.end)
    if len(rest) > 1 and "conjunctions" in rest[0].kinds and rest[1].reference and rest[1].reference.type in SPEAKERS:
        return [rest[1].reference]
    return []


def _light(item: Item) -> bool:
    return item.kind == "word" and bool(item.kinds & {"determiners", "adverbs"})


def _by_verb(reading: Reading, sentence: Sentence, found: Cues) -> Iterator[Speech]:
    taken = {t for r in sentence.references() for t in range(r.start, r.end)}
    words = reading.words[sentence.start : sentence.end]
    previous = relayed_from = -1
    for match in found.verbs.find(words):
        if match.value is None:
            continue
        start, end = sentence.start + match.start, sentence.start + match.end
        clause = Clause(reading, sentence, start, end)
        doubled = previous == start  # "tái khẳng định cam kết": the second is what the first says
        previous = end
        if start in taken or doubled or clause.passive() or clause.negated() or _is_noun(clause):
            continue
        speakers = tuple(r for r in clause.subject() if r.type in SPEAKERS and r.chains)
        if speakers:
            yield _speech(clause, match.value, speakers, relayed_from)
        if match.value.quotes:
            relayed_from = min((r.start for r in speakers), default=start)
            quoted = tuple(r for r in clause.objects() if r.type in SPEAKERS and r.chains)
            if quoted and found.verbs.at(words, quoted[-1].end - sentence.start) is None:
                yield _speech(clause, replace(match.value, relay=False), quoted, relayed_from)


def _speech(clause: Clause, cue: Cue, speakers: tuple[Reference, ...], relayed_from: int) -> Speech:
    """The act of speech; `relayed_from` is where "hãng X dẫn lời" begins in front of the speaker, or -1."""
    first = min(clause.start, *(r.start for r in speakers))
    quote = _quote_before(clause.sentence, relayed_from if 0 <= relayed_from < first else first)
    content = (clause.end, _content_end(clause))
    in_front = quote if quote and not _says_more(clause) else None if quote else _told_before(clause, first)
    content = in_front or content
    addressees = tuple(r for r in clause.objects() if r.chains) if cue.addressee else ()
    time = said(clause, first, quoted=in_front is not None)
    end = max(clause.end, content[1])
    return Speech(
        clause.sentence,
        cue,
        (clause.start, clause.end),
        speakers,
        content,
        min(first, content[0]),
        end,
        time,
        addressees,
    )


def _told_before(clause: Clause, first: int) -> tuple[int, int] | None:
    """What is said in front of "…, X said on Monday" without quotation marks; `first` is where the speaker begins.

    Behind the cue stands no more than when and where it was said; before the comma stands more than that.
    """
    sentence, words = clause.sentence, clause.reading.words
    if first <= sentence.start or words[first - 1] != "," or sentence.quoted(clause.start):
        return None
    behind = [i for i in clause.after if clause.word(i) not in _ENDS and "says_more" not in i.kinds]
    circumstance = not behind or behind[0].time or behind[0].kinds & {"prepositions", "at_place"}
    if not circumstance or (behind and behind[-1].end - clause.end > _TAIL):
        return None
    told = sentence.until(first - 1)
    if told and (told[0].time or told[0].kinds & {"prepositions", "at_place", "boundaries"}):
        comma = next((n for n, i in enumerate(told) if clause.word(i) == ","), len(told))
        told = told[comma + 1 :]
    return (sentence.start, first) if sum(i.end - i.start for i in told) >= _SHORTEST else None


def _content_end(clause: Clause) -> int:
    """What is said reaches to the end of the sentence, but not into ", nơi …", by which the writer explains a place."""
    quote = clause.sentence.quoted(clause.start)
    if quote and quote[1] > clause.end + 1:
        return min(quote[1], clause.sentence.end)
    aside = (i for i in clause.after if "where" in i.kinds and not clause.sentence.quoted(i.start))
    return next((i.start for i in aside), clause.sentence.end)


def _is_noun(clause: Clause) -> bool:
    """Whether the cue is a noun, as in "trong tuyên bố": a preposition or a determiner stands before it."""
    previous = clause.before[0] if clause.before else None
    return bool(
        previous and previous.kinds & {"prepositions", "determiners", "of"} and not previous.kinds & {"adverbs"}
    )


def _says_more(clause: Clause) -> bool:
    """Whether words follow the cue that are content themselves, beyond when and where it was said."""
    words = [i for i in clause.after if i.kind == "word"]
    rest = [i for i in words if clause.word(i) not in _ENDS and "says_more" not in i.kinds]
    opens = any("opens_content" in i.kinds for i in rest[:3])
    length = (clause.after[-1].end - clause.end) if clause.after else 0
    return opens or length > _TAIL + 10


def _quote_before(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """The quotation that ends right before `position`, perhaps begun in an earlier sentence."""
    for start, end in reversed(sentence.quotes):
        if end <= position and position - end <= _TIME_REACH:
            return start, end
    return None


def said(clause: Clause, first: int, *, quoted: bool) -> Item | None:
    """When it was said: between speaker and cue, right behind the cue, or at the head of the sentence."""
    items = clause.sentence.items
    inside = [i for i in items if i.time and not i.duration and first <= i.start < clause.start]
    if inside:
        return inside[-1]
    behind = clause.after if quoted else clause.after[:_TIME_REACH]
    close = [i for i in behind if i.time and not i.duration]
    if close and (
        quoted
        or all(
            _light(i) or i is close[0] or "prepositions" in i.kinds
            for i in clause.after[: clause.after.index(close[0])]
        )
    ):
        return sharpest(close)
    fronted = [i for i in items if i.time and not i.duration and i.end <= first]
    opening = items[0] if items else None
    if fronted and opening and (opening.kinds & {"at_place", "prepositions"} or opening is fronted[0]):
        return fronted[-1]
    return None


def _by_work(reading: Reading, sentence: Sentence, publishers: dict[str, Reference]) -> Speech | None:
    """A sentence that opens with a work already ascribed to a publisher carries that publisher's claims."""
    work = next((i for i in sentence.items[:3] if "works:nouns" in i.kinds), None)
    if work is None or (publisher := publishers.get(works.head_noun(reading, work))) is None:
        return None
    time = next((i for i in sentence.items if i.time and not i.duration), None)
    return Speech(
        sentence,
        _WORK,
        (work.start, work.end),
        (publisher,),
        (work.end, sentence.end),
        work.start,
        sentence.end,
        time,
        source="work",
    )
