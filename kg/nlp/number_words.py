"""Read a number that is written in digits, in words or in both: "15.000", "mười lăm nghìn", "1,5 triệu"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kg import lexicon

TABLE = "numbers"
_TOKENS = re.compile(r"\d[\d.,]*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language that add to a number, those that multiply what stands before them, and its marks.

    `half_after` is half of the scale before it, `half_before` half of what follows; beside it `articles` count nothing.
    """

    adders: Mapping[str, Decimal]
    multipliers: Mapping[str, Decimal]
    half_after: str
    half_before: str
    articles: frozenset[str] = frozenset()
    thousands: str = "."
    decimal: str = ","

    def read(self, text: str) -> Decimal:
        """The value of folded words that the number pattern of the language matches."""
        tokens = _TOKENS.findall(text)
        if self.half_before in tokens:
            tokens = [token for token in tokens if token not in self.articles]
        half = Decimal(0)
        if len(tokens) > 1 and tokens[-1] == self.half_after:
            tokens.pop()
            half = self.multipliers.get(tokens[-1], Decimal(1)) / 2
        return plain(self._sum(tokens) + half)

    def _sum(self, tokens: Sequence[str]) -> Decimal:
        """Split at the last of the largest multipliers: what stands before it is multiplied, the rest added."""
        largest = max((self.multipliers.get(token, Decimal(0)) for token in tokens), default=Decimal(0))
        if not largest:
            return sum((self._simple(token) for token in tokens), Decimal(0))
        at = max(i for i, token in enumerate(tokens) if self.multipliers.get(token) == largest)
        before = self._sum(tokens[:at]) if at else Decimal(1)
        return before * largest + self._sum(tokens[at + 1 :])

    def _simple(self, token: str) -> Decimal:
        if token == self.half_before:
            return Decimal("0.5")
        return self.read_digits(token) if token[0].isdigit() else self.adders.get(token, Decimal(0))

    def read_digits(self, token: str) -> Decimal:
        """Digits with marks between thousands and before decimals; one between thousands before other than three is decimal."""
        thousands, decimal = re.escape(self.thousands), re.escape(self.decimal)
        if re.fullmatch(rf"\d{{1,3}}(?:{thousands}\d{{3}})+(?:{decimal}\d+)?", token):
            token = token.replace(self.thousands, "")
        return Decimal(token.replace(",", "."))


def plain(number: Decimal) -> Decimal:
    """The same number without exponent and without zeros after the decimals."""
    if number == int(number):
        return Decimal(int(number))
    return Decimal(format(number, "f").rstrip("0"))


@cache
def load(language: str) -> NumberWords:
    """The number words of a language, read once."""
    table: Mapping[str, Any] = lexicon.table(language, TABLE)
    return NumberWords(
        adders={word: Decimal(value) for word, value in table["words"].items()},
        multipliers={word: Decimal(value) for word, value in table["multipliers"].items()},
        half_after=table["halves"].get("after", ""),
        half_before=table["halves"]["before"],
        articles=frozenset(table["halves"].get("articles", ())),
        **table["marks"],
    )
