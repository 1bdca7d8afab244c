"""Find quoted passages, also where an opening mark of one kind is closed by one of another."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import lexicon
from kg.nlp.texts import texts

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset({'"', "＂"})
_MARKS = _OPENING | _CLOSING | _STRAIGHT


@Language.component("kg_quotes", assigns=["doc.spans"])
def find_quotes(doc: Doc) -> Doc:
    """Put quoted passages, marks included, into `doc.spans["quotes"]`, in order; inner quotes follow their outer one."""
    found = [span for paragraph in doc.spans["paragraphs"] for span in _quotes(paragraph)]
    if single := lexicon.table(doc.lang_, "writing").get("single_quotes"):
        found += [span for paragraph in doc.spans["paragraphs"] for span in _single(paragraph, *single)]
    doc.spans["quotes"] = sorted(found, key=lambda span: (span.start, -span.end))
    return doc


def _quotes(paragraph: Span) -> Iterator[Span]:
    open_marks: list[Token] = []
    found = texts(paragraph.doc)
    marks = (i for i in range(paragraph.start, paragraph.end) if found[i] in _MARKS)
    for token in (paragraph.doc[i] for i in marks):
        if token.text in _STRAIGHT:
            closes = bool(open_marks) and not (open_marks[-1].text in _OPENING and _leans_right(token))
        elif token.text in _CLOSING:
            closes = bool(open_marks) or not _leans_right(token)
        else:
            closes = False
        if not closes:
            open_marks.append(token)
        elif open_marks:
            yield paragraph.doc[open_marks.pop().i : token.i + 1]
    # A speech that runs on into the next paragraph is closed only there.
    if open_marks and (open_marks[0].text in _OPENING or open_marks[0].i == paragraph.start):
        yield paragraph.doc[open_marks[0].i : paragraph.end]


def _single(paragraph: Span, opening: str, closing: str) -> Iterator[Span]:
    """Passages in single marks; a closing one that may be an apostrophe ("soldiers’") closes only if no better one follows."""
    doc, found = paragraph.doc, texts(paragraph.doc)
    marks = [i for i in range(paragraph.start, paragraph.end) if found[i] in {opening, closing}]
    opened: int | None = None
    doubtful = 0
    for i in marks:
        if found[i] == opening:
            if opened is not None and doubtful:
                yield doc[opened : doubtful + 1]
            opened, doubtful = i, 0
        elif opened is not None and not _leans_right(doc[i]):
            if found[i - 1][0].isalnum() and found[i - 1].endswith("s"):
                doubtful = i
            else:
                yield doc[opened : i + 1]
                opened, doubtful = None, 0
    if opened is not None and doubtful:
        yield doc[opened : doubtful + 1]
    elif opened == paragraph.start:  # a speech that runs on
        yield doc[opened : paragraph.end]


def _leans_right(token: Token) -> bool:
    """Whether the mark stands at the next word and away from the previous one."""
    before = token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
    after = bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.nbor(1).is_space
    return before and not after
