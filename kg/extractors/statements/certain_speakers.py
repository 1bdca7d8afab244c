"""Tell whether the subject of a verb speaks for certain: by the verb, or by the words that stand around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kg.extractors.statements.clause_pieces import DASHES, GOVERNING, HARD, QUOTES, Piece, points
from kg.extractors.statements.phrase_text import Text

_GROUP = frozenset({"be", "have", "modal", "get", "adverbs", "negations"})
_WINDOW = 40  # pieces in front of a verb in which a clause is looked for
_AUXILIARY_REACH = 3  # pieces of "has not been"
_MARKS = frozenset({",", *HARD})
_COMPLEMENT = 10  # pieces behind a verb in which "that" is looked for


def says(text: Text, pieces: Sequence[Piece], verb: int, subject: int, head: int) -> bool:
    """Whether none but speakers do what the verb tells, or what is said follows, or stands in front of ", X found."."""
    group = takewhile(lambda piece: piece.kinds & _GROUP, reversed(pieces[max(verb - _AUXILIARY_REACH, 0) : verb]))
    if any("be" in piece.kinds for piece in group):
        return False  # "the cases were confirmed"
    head_kinds = text.kinds(head)[1]
    if "shows" in pieces[verb].kinds and "works:nouns" in head_kinds:
        return True
    return "speaks" in pieces[verb].kinds or _complement(text, pieces, verb) or _trailing(text, pieces, verb, subject)


def _complement(text: Text, pieces: Sequence[Piece], verb: int) -> bool:
    """Whether "that" or a quotation follows, perhaps behind when, where and to whom."""
    if "opens_content" in text.kinds(pieces[verb].end - 1)[1]:
        return True  # "showed that"
    if _bare_clause(text, pieces[verb + 1 : verb + _COMPLEMENT]):
        return True
    for piece in pieces[verb + 1 : verb + _COMPLEMENT]:
        word = text.words[piece.start]
        if "opens_content" in piece.kinds or word in QUOTES:
            return True
        if piece.finite or word in HARD or word == ",":
            return False
    return False


def _bare_clause(text: Text, behind: Sequence[Piece]) -> bool:
    """Whether a clause follows that no "that" opens: "The lawsuit claims the firm sold faulty brakes"."""
    first = behind[0] if behind else None
    if first is None:
        return False
    inflected = text.grammar.inflection
    word = text.words[first.start]
    if inflected and word.endswith(inflected.shapes.participles) and not inflected.past(word):
        return True  # "reported seeing smoke"
    noun = first.nominal or first.kinds & {"determiners", "owning"} or points(first)
    near = takewhile(lambda p: not p.kinds & (GOVERNING | {"boundaries"}) and text.words[p.start] not in _MARKS, behind)
    return bool(noun) and any(piece.finite or piece.past for piece in [*near][1:])


def _trailing(text: Text, pieces: Sequence[Piece], verb: int, subject: int) -> bool:
    """Whether a clause stands before the subject, which begins at token `subject`, and no object behind the verb."""
    behind = pieces[verb + 1 : verb + 2]
    closed = not behind or text.words[behind[0].start] in {",", *HARD}
    compared = (text.kinds(subject - 1)[1] if subject else frozenset()) & {"comparing"} | text.kinds(subject)[1] & {
        "thus"
    }
    if compared and (closed or "thus" in compared):
        return True  # "As the surveyor noted, the wall had moved"; "so the surveyor reported in May"
    if not subject or text.words[subject - 1] not in {",", *QUOTES, *DASHES}:
        return False
    told = any(piece.finite for piece in pieces[max(verb - _WINDOW, 0) : verb] if piece.end < subject)
    if behind and text.words[behind[0].start] == "," and text.words[subject - 1] == ",":
        return True  # "The vaccine, its maker claims, protects"
    return told and (closed or bool(behind[0].kinds & (GOVERNING | {"says_more"})))
