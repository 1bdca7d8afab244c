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
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language that add to a number, and those that multiply what stands before them."""

    adders: Mapping[str, Decimal]
    multipliers: Mapping[str, Decimal]
    half_after: str
    half_before: str

    def read(self, text: str) -> Decimal:
        """The value of folded words that the number pattern of the language matches."""
        tokens = text.split()
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
        return read_digits(token) if token[0].isdigit() else self.adders.get(token, Decimal(0))


def read_digits(token: str) -> Decimal:
    """Digits with points between thousands and a decimal comma; a point before other than three digits is a comma."""
    if _THOUSANDS.fullmatch(token):
        token = token.replace(".", "")
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
        half_after=table["halves"]["after"],
        half_before=table["halves"]["before"],
    )
