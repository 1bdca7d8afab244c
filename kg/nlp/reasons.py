"""Say in short phrases why a name has its type: a code of the model's list, and the words that it rests on."""

from __future__ import annotations

from kg.model import ReasonCode
from kg.nlp.candidates import Candidate, Ground


def told(candidate: Candidate, key: str) -> tuple[str, ...]:
    """What speaks for the type of `candidate`, whose gazetteer key is `key`: "gazetteer: Nga (Q159)", "left: tại"."""
    kind = candidate.type
    own = [ground for ground in candidate.grounds if ground.kind == kind]
    found = [_phrase(ground, key) for ground in own]
    mine = {id(ground) for ground in own}
    other = next((g for g in candidate.said if g.kind == kind and id(g) not in mine), None)
    if other:
        found.append(_phrase(other) if other.code == "short form" else _reason("elsewhere", _phrase(other)))
    if candidate.chosen:
        sure, given = candidate.chosen
        found.append(_reason("model", f"{sure:.2f} ({given})"))
    if candidate.moved:
        found.append(_reason("moved", candidate.line.text(*candidate.moved)))
    return tuple(dict.fromkeys(found))


def _phrase(ground: Ground, key: str = "") -> str:
    if ground.start == ground.end:
        return ground.code
    words = ground.line.text(ground.start, ground.end)
    return _reason(ground.code, f"{words} ({key})" if key and ground.code == "gazetteer" else words)


def _reason(code: ReasonCode, words: str) -> str:
    return f"{code}: {words}"
