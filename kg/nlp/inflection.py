"""Spell out the forms of a language's verbs and nouns: a table of irregular ones, and endings for all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg import lexicon, resources

Form = Literal["base", "third", "past", "participle", "gerund", "noun", "plural", "predicate"]
_NAME = "inflection"
_IRREGULAR: tuple[Form, ...] = ("past", "participle")


@dataclass(frozen=True, slots=True)
class Ending:
    """A word that ends in one of `after`, and in none of `but`, drops `drop` letters and gets `add`."""

    after: tuple[str, ...]
    but: tuple[str, ...]
    drop: int
    add: str

    def fits(self, word: str) -> bool:
        """Whether the word takes this ending."""
        return word.endswith(self.after) and not (self.but and word.endswith(self.but))

    def on(self, word: str) -> str:
        """The word with its ending."""
        return word[: len(word) - self.drop] + self.add


@dataclass(frozen=True, slots=True)
class Shapes:
    """How words end that no list has: adverbs, plurals of nouns, participles, verbs in the past."""

    adverbs: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    pasts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inflection:
    """How a language's words change: `endings` by form, the first that fits; `irregular` forms by base form.

    `finite` are further forms that can be nothing but a finite verb ("were"); they count as past ones. `doubling` are the
    verbs whose last letter doubles before a vowel ("stop", "stopped"); `shapes` tell what a word may be that no list has,
    `pasts` are the irregular forms of the past.
    """

    endings: Mapping[Form, tuple[Ending, ...]]
    irregular: Mapping[str, Mapping[Form, str]]
    finite: Mapping[str, tuple[str, ...]]
    doubling: frozenset[str]
    shapes: Shapes
    pasts: frozenset[str] = frozenset()

    def verb(self, phrase: str) -> Iterator[tuple[str, Form]]:
        """The forms of a verb given by its base form; only the first word of a longer one changes ("step down")."""
        first, *rest = phrase.split(" ")
        finite = self.finite.get(first, ())
        for form in ("base", "third", "past", "participle", "gerund"):
            if form != "third" or not finite:
                yield self._first(phrase, form), form
        yield from ((" ".join([form, *rest]), "past") for form in finite)

    def past(self, word: str) -> bool:
        """Whether a word looks like a verb in the past: "sank", "crossed"."""
        return word.endswith(self.shapes.pasts) or word in self.pasts

    def noun(self, phrase: str) -> Iterator[tuple[str, Form]]:
        """Singular and plural; of more words the last one changes ("air strikes")."""
        yield phrase, "noun"
        *front, last = phrase.split(" ")
        yield " ".join([*front, self._inflected(last, "plural")]), "plural"

    def _first(self, phrase: str, form: Form) -> str:
        first, *rest = phrase.split(" ")
        return " ".join([self._inflected(first, form), *rest])

    def _inflected(self, word: str, form: Form) -> str:
        if form == "base":
            return word
        if known := self.irregular.get(word, {}).get(form):
            return known
        stem = word + word[-1] if word in self.doubling and form in {"past", "participle", "gerund"} else word
        return next(ending.on(stem) for ending in self.endings[form] if ending.fits(stem))


def _ending(table: Mapping[str, Any]) -> Ending:
    return Ending(
        tuple(table.get("after", ("",))), tuple(table.get("but", ())), table.get("drop", 0), table.get("add", "")
    )


def _irregular(forms: Sequence[str]) -> dict[Form, str]:
    """Past and participle, or only the one that both are."""
    return dict(zip(_IRREGULAR, (forms[0], forms[-1]), strict=True))


@cache
def load(language: str) -> Inflection | None:
    """The inflection of a language; None for one whose words do not change."""
    if not (resources.language(language) / f"{_NAME}.toml").is_file():
        return None
    table = lexicon.table(language, _NAME)
    irregular: dict[str, dict[Form, str]] = {v: _irregular(forms) for v, forms in table["irregular"].items()}
    for singular, plural in table["plurals"].items():
        irregular.setdefault(singular, {})["plural"] = plural
    for base, gerund in table["gerunds"].items():
        irregular.setdefault(base, {})["gerund"] = gerund
    return Inflection(
        endings={form: tuple(_ending(e) for e in endings) for form, endings in table["endings"].items()},
        irregular=irregular,
        finite={base: tuple(forms) for base, forms in table["finite"].items()},
        doubling=frozenset(table["doubling"]["verbs"]),
        pasts=frozenset(forms["past"] for forms in irregular.values() if "past" in forms),
        shapes=Shapes(**{kind: tuple(endings) for kind, endings in table["shapes"].items()}),
    )
