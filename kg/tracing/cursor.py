"""Go over the tokens of a query from left to right."""

from __future__ import annotations

from kg import sparql
from kg.sparql import Token
from kg.tracing.syntax import Tokens

_OPEN, _CLOSE = {"{", "(", "[", "<<"}, {"}", ")", "]", ">>"}


class Cursor:
    """A place among tokens; what is asked of it beyond their end is a QueryError."""

    def __init__(self, tokens: Tokens, position: int) -> None:
        self.tokens = tokens
        self.position = position

    def lost(self) -> sparql.QueryError:
        """What to raise where the grammar as known here does not go on."""
        near = " ".join(token.text for token in self.tokens[self.position : self.position + 4]) or "its end"
        return sparql.QueryError(f"the query cannot be traced: its part at {near!r} is not read here; write it simpler")

    def balanced(self) -> Tokens:
        """The tokens from an opening bracket to its closing one."""
        start, depth = self.position, 0
        while True:
            token = self.next()
            if token.kind == "mark":
                depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth <= 0:
                break
        if self.position - start < 2:  # noqa: PLR2004 - no bracket stood there
            self.position = start
            raise self.lost()
        return self.since(start)

    def variable(self) -> str:
        """The variable that stands next, as `?name`."""
        if self.kind() != "var":
            raise self.lost()
        return "?" + self.next().text[1:]

    def next(self) -> Token:
        """The next token, which is passed."""
        if self.position >= len(self.tokens):
            raise self.lost()
        self.position += 1
        return self.tokens[self.position - 1]

    def skip(self, *texts: str) -> bool:
        """Pass the next token if it is one of these keywords or marks; whether it was."""
        if self.text() in texts and self.kind() in ("word", "mark"):
            self.position += 1
            return True
        return False

    def text(self) -> str:
        """The next token, keywords in capitals; empty at the end."""
        if self.position >= len(self.tokens):
            return ""
        token = self.tokens[self.position]
        return token.text.upper() if token.kind == "word" else token.text

    def kind(self) -> str:
        """The kind of the next token; empty at the end."""
        return self.tokens[self.position].kind if self.position < len(self.tokens) else ""

    def since(self, start: int) -> Tokens:
        """The tokens from `start` to here."""
        return self.tokens[start : self.position]
