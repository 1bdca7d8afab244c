"""Find what goes on from the sentence before: its quotation, or who passes it on: "The remarks were carried by VNA"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extractors.statements.carriers import Carriers
from kg.extractors.statements.inflected_clause import InflectedClause
from kg.extractors.statements.reading import Item, Sentence
from kg.extractors.statements.second_hand import NESTED
from kg.extractors.statements.speech import Speech
from kg.extractors.statements.verb_groups import AUXILIARIES

_SUBJECT = 4  # items of "The deputy minister's remarks"
_VERB = 6  # items from the subject to the words for passing on


def find(carriers: Carriers, told: Sequence[Speech]) -> Iterator[Speech]:
    """The acts `told` in the sentence before, as those pass them on who the sentence of `carriers` names for it."""
    sentence, words = carriers.sentence, carriers.reading.words
    said = [act for act in told if act.source != NESTED and act.speakers]
    if not said:
        return
    for match in carriers.cues.carried.find(words[sentence.start : sentence.end]):
        start, end = sentence.start + match.start, sentence.start + match.end
        ahead = sentence.until(start)
        if not _takes_up(ahead, said[-1], spoken=match.value):
            continue
        clause = InflectedClause(carriers.reading, sentence, start, end)
        if (medium := carriers.behind(clause, end, told=match.value)) and _closed(sentence, medium.end):
            for act in said:
                yield replace(act, speakers=(medium,), cue=replace(act.cue, relay=True), source=NESTED, addressees=())
            return


def continued(sentence: Sentence, told: Sequence[Speech]) -> list[Speech]:
    """The acts `told` in the sentence before that go on here, in a quotation that this whole sentence stands in."""
    whole = any(s <= sentence.start + 1 and e >= sentence.end - 1 for s, e in sentence.quotes)
    quoting = [act for act in told if act.speakers and _quoted(act)]
    last = next((act for act in reversed(quoting) if act.source != NESTED), None)
    if not whole or last is None:
        return []
    here = (sentence.start, sentence.end)
    going_on = (act for act in quoting if act is last or (act.source == NESTED and act.content == last.content))
    return [replace(act, sentence=sentence, content=here, start=here[0], end=here[1]) for act in going_on]


def _quoted(act: Speech) -> bool:
    """Whether what is said ends or begins in quotation marks."""
    start, end = act.content
    return any(act.sentence.quoted(token) is not None for token in (start, end - 1, end - 2))


def _takes_up(ahead: Sequence[Item], act: Speech, *, spoken: bool) -> bool:
    """Whether no more than "the remarks were", or "he spoke" of a speaker of the act, stands in front."""
    if not ahead or len(ahead) > _SUBJECT + _VERB:
        return False
    words = any("assertions:remarks" in i.kinds for i in ahead[:_SUBJECT]) and bool(
        ahead[0].kinds & {"definite"} or (ahead[0].reference and ahead[0].reference.owning)
    )
    himself = spoken and ahead[0].reference is not None and not set(ahead[0].reference.chains).isdisjoint(act.chains)
    return (words or himself) and not any("opens_content" in i.kinds for i in ahead)


def _closed(sentence: Sentence, position: int) -> bool:
    """Whether no more than when and where follows: nothing that is said there."""
    behind = sentence.since(position)
    return not any(i.kinds & (AUXILIARIES | {"saying", "opens_content"}) for i in behind)
