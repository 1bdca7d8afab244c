"""Annotate text: tokens, sentences, names, times, quantities, quotes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.model import Document


def load(language: str, *, without: Collection[str] = (), revised: bool = True) -> Language:
    """The annotation pipeline of a language; it costs a second or two, so make it once and pass it on.

    Components named in `without` are left out: training needs the pipeline before what it trains is there. Unless
    `revised`, names are what the rules alone find.
    """
    import spacy  # noqa: PLC0415 - two seconds that only those pay who annotate

    from kg.nlp import measures, names, pipelines, quotes, regions, sentences, tokenizer, triggers, words  # noqa: F401, PLC0415 - each registers its component

    nlp = spacy.blank(language, config={"nlp": {"tokenizer": {"@tokenizers": "kg.syllables.v1", "language": language}}})
    nlp.max_length = 2**62  # time and memory are linear in the text; readers refuse what is too long
    for component in pipelines.load(language).components:
        if component not in without:
            nlp.add_pipe(component, config={"revised": revised} if component == "kg_names" else {})
    return nlp


def annotate(nlp: Language, document: Document) -> Doc:
    """The document's text with everything the pipeline finds; `doc.text` is the document's text exactly."""
    doc = nlp.make_doc(document.text)
    doc.user_data["document"] = document
    return nlp(doc)
