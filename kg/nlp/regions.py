"""Tell the parts of a page apart: header, paragraphs, photo captions, credits and bylines."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg import lexicon
from kg.model import Document
from kg.nlp.phrases import PhraseTable, fold
from kg.nlp.texts import texts

_OPENING = 3  # paragraphs
_DATELINE = 14  # tokens
_FINAL = frozenset('.!?…"”»:;')


def document_of(doc: Doc) -> Document:
    """The document that `doc` annotates; one made up from the text alone where a caller gave none."""
    document = doc.user_data.get("document")
    return document if isinstance(document, Document) else Document(source="", text=doc.text, language=doc.lang_)


class RegionFinder:
    """A spaCy component that fills `doc.spans` with "header", "paragraphs", "captions" and "credits".

    Paragraphs hold no white space at their ends. A caption is a paragraph that ends in a credit, or a long first
    paragraph without a closing mark. A credit spans its parentheses; a byline is a credit too.
    """

    def __init__(self, language: str) -> None:
        table = lexicon.table(language, "regions")
        self._credit = PhraseTable((phrase, True) for phrase in table["credit"])
        self._byline = frozenset(table["byline"])
        self._byline_tokens: int = table["byline_tokens"]
        self._caption_tokens: int = table["caption_tokens"]
        self._opening = frozenset(table.get("opening_byline", ()))
        self._dashes = frozenset(table.get("dateline_dashes", ()))

    def __call__(self, doc: Doc) -> Doc:
        """The document with its regions marked."""
        start = _body_token(doc, document_of(doc).body_start)
        paragraphs = list(_paragraphs(doc, start))
        words = [fold(text) for text in texts(doc)]
        credits_: list[Span] = []
        captions: list[Span] = []
        for paragraph in paragraphs:
            found = list(self._credits(paragraph, words))
            credits_.extend(found)
            if found and found[-1].end >= paragraph.end - 1:
                captions.append(paragraph)
        first = paragraphs[0] if paragraphs else None
        if first is not None and first not in captions and self._is_bare_caption(first) and len(paragraphs) > 1:
            captions.insert(0, first)
        byline = self._byline_of(paragraphs[-1]) if len(paragraphs) > 1 else None
        doc.spans["header"] = [doc[:start]] if start else []
        doc.spans["paragraphs"] = paragraphs
        doc.spans["captions"] = captions
        opening = [span for paragraph in paragraphs[:_OPENING] for span in self._opening_credits(paragraph)]
        doc.spans["credits"] = [*opening, *credits_, *([byline] if byline is not None else [])]
        return doc

    def _opening_credits(self, paragraph: Span) -> Iterator[Span]:
        """A byline above the text ("By Jane Smith"), or the agency in brackets in a dateline ("SEOUL (Yonhap) —")."""
        if fold(paragraph[0].text) in self._opening and len(paragraph) > 1:
            if self._byline_of(paragraph) is not None:
                yield paragraph
            return
        tokens = list(paragraph[:_DATELINE]) if self._dashes else []
        opened = next((t.i for t in tokens if t.text == "("), None)
        closed = next((t.i for t in tokens if t.text == ")"), None)
        if opened is None or closed is None or closed + 1 >= paragraph.end:
            return
        dash = next(i for i in range(closed + 1, paragraph.end) if not paragraph.doc[i].is_space)
        if paragraph.doc[dash].text in self._dashes and paragraph[0].text.isupper():
            yield paragraph.doc[opened : closed + 1]

    def _is_bare_caption(self, paragraph: Span) -> bool:
        return len(paragraph) >= self._caption_tokens and paragraph[-1].text[-1] not in _FINAL

    def _credits(self, paragraph: Span, words: list[str]) -> Iterator[Span]:
        doc = paragraph.doc
        position, first, last = paragraph.start, paragraph.start, paragraph.end
        while position < last:
            match = self._credit.at(words, position)
            if match is None or match.end >= last or words[match.end] != ":":
                position += 1
                continue
            before = words[position - 1] if position > first else ""
            if position > first and before not in "(.[–-!?" and not before.isspace():
                position += 1
                continue
            bracket = position > first and before in "(["
            end = _credit_end(doc, match.end + 1, paragraph.end, bracket=bracket)
            yield doc[position - bracket : end]
            position = end

    def _byline_of(self, paragraph: Span) -> Span | None:
        """The last paragraph, when it is nothing but names and a word such as "theo"."""
        tokens = [t for t in paragraph if not t.is_space]
        if len(tokens) > self._byline_tokens or tokens[-1].text in {".", "!", "?", "…", '"', "”"}:
            return None
        for token in tokens:
            plain = token.text.isalpha() or "-" in token.text or "." in token.text or "’" in token.text
            if plain and not token.text[0].isupper() and fold(token.text) not in self._byline:
                return None
            if token.text[0].isdigit() or token.text == ":":
                return None
        return paragraph


def _credit_end(doc: Doc, start: int, limit: int, *, bracket: bool) -> int:
    """Where a credit ends: after its closing bracket, else at a full stop or the paragraph's end."""
    for position in range(start, limit):
        if bracket and doc[position].text in ")]":
            return position + 1
        if not bracket and doc[position].text in ".)":
            return position
    return limit


def _body_token(doc: Doc, body_start: int) -> int:
    """The first token that is no white space at or after the code point where the article begins."""
    if not body_start:
        return 0
    return next((t.i for t in doc if t.idx >= body_start and not t.is_space), len(doc))


def _paragraphs(doc: Doc, start: int) -> Iterator[Span]:
    first: int | None = None
    last = start
    found = texts(doc)
    for position in range(start, len(found)):
        if found[position].isspace():
            if "\n" in found[position] and first is not None:
                yield doc[first : last + 1]
                first = None
            continue
        first = position if first is None else first
        last = position
    if first is not None:
        yield doc[first : last + 1]


@Language.factory("kg_regions", assigns=["doc.spans"])
def make_regions(nlp: Language, name: str) -> RegionFinder:
    """The component for the pipeline's language."""
    del name
    return RegionFinder(str(nlp.lang))
