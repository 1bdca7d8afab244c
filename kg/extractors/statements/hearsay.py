"""Find what a sentence only passes on as believed, alleged or reported, and names nobody for: "X is believed to have fled"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.extractors.statements import grammar as grammars
from kg.extractors.statements.cue import Cue
from kg.extractors.statements.reading import Item, Reading, Sentence
from kg.extractors.statements.said_words import SaidWords
from kg.extractors.statements.second_hand import HEARSAY
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.verb_groups import AUXILIARIES
from kg.nlp.phrases import PhraseTable

RUMOUR = Cue("rumour", "reported", relay=False, addressee=False)
"""The cue of what nouns tell that nobody is named for: all of it is only reported."""
_CUE = Cue("hearsay", "reported", relay=False, addressee=False)
_HEDGE = "modality:reported"
_SHORTEST = 4  # tokens of a clause
_THAT = 7  # items between "rumours" and "that": "swept through the old town"
_HEDGED = 2  # tokens of "alleged that"
_ENDS = frozenset({";", ".", ":"})


def find(reading: Reading, sentence: Sentence, acts: Sequence[Speech]) -> Iterator[Speech]:
    """The hedged clauses of a sentence that nobody is named for."""
    yield from _rumoured(reading, sentence, acts)
    for position, item in enumerate(sentence.items):
        told = any(act.covers(item.start) or act.cue_at[0] == item.start for act in acts)
        if _HEDGE not in item.kinds or told or not _of_verb(reading, sentence.items, position):
            continue
        start, end = _clause(reading, sentence, position)
        if end - start >= _SHORTEST:
            yield Speech(sentence, _CUE, (item.start, item.end), (), (start, end), start, end, source=HEARSAY)
            return


def _rumoured(reading: Reading, sentence: Sentence, acts: Sequence[Speech]) -> Iterator[Speech]:
    """What nouns such as "rumours" tell: "Rumours that the bank had failed swept the town"."""
    words = SaidWords(reading, sentence, PhraseTable(()))
    for position, item in enumerate(sentence.items):
        behind = sentence.items[position + 1 : position + _THAT] if "rumours" in item.kinds else ()
        that = next((i for i in behind if "opens_content" in i.kinds and "relatives" in i.kinds), None)
        begin = next((i.start for i in sentence.items if that and i.start >= that.end), None)
        if that is None or begin is None or any(act.covers(begin) or act.covers(item.start) for act in acts):
            continue
        end = words.clause_end(item.start, begin) if that is behind[0] else None
        content = (begin, words.end(begin) if end is None else end)
        if content[1] - begin >= _SHORTEST:
            yield Speech(sentence, RUMOUR, (item.start, item.end), (), content, item.start, content[1], source=HEARSAY)
            return


def _of_verb(reading: Reading, items: Sequence[Item], position: int) -> bool:
    """Whether the hedge belongs to a verb: "is believed to", "reportedly fled"; not "the suspected thief"."""
    before = items[position - 1] if position else None
    function = grammars.load(reading.document.language).function
    state = (function.at(reading.words, at) for at in (items[position].end - 1, items[position].end))
    found = [match.value for match in state if match]
    if any("be" in kinds for kinds in found):
        return False  # "is said to be the oldest bridge" tells nothing that happened
    if items[position].end - items[position].start > _HEDGED and found and "opens_content" in found[0]:
        return True  # "it has been claimed that"
    adverb = "adverbs" in items[position].kinds
    return adverb or bool(before and before.kinds & (AUXILIARIES | {"adverbs"}))


def _clause(reading: Reading, sentence: Sentence, position: int) -> tuple[int, int]:
    """The tokens of the clause around an item: up to a contrast, and between semicolons."""
    behind = takewhile(lambda i: not _parts(reading, i), sentence.items[position:])
    ahead = list(takewhile(lambda i: not _parts(reading, i), reversed(sentence.items[:position])))
    start = ahead[-1].start if ahead else sentence.items[position].start
    end = max(i.end for i in behind)
    return start, end - 1 if reading.words[end - 1] == "," else end


def _parts(reading: Reading, item: Item) -> bool:
    return "contrasts" in item.kinds or reading.words[item.start] in _ENDS
