"""The texts of a document's tokens as plain strings: spaCy makes an object for each look at a token, which costs."""

from __future__ import annotations

from spacy.tokens import Doc

_KEY = "texts"


def texts(doc: Doc) -> list[str]:
    """The text of each token, read once; nobody may change the list."""
    found: list[str] | None = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = [token.text for token in doc]
    return found
