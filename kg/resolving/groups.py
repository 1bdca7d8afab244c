"""Tell what sort of people a group is, in one word for all languages: "binh sĩ Nga" and "soldiers of Russia" are one group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from kg import lexicon, resources
from kg.resolving import metonymy
from kg.spelling import fold

_LISTED = "kb|"
_OF_STATES = frozenset({"soldier"})  # categories of people who are a state's, also where its capital is named


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of people a group's own description names: nouns ("soldiers"), their categories, and whether they fell."""

    nouns: tuple[str, ...]
    categories: frozenset[str]
    fallen: bool = False

    @property
    def name(self) -> str:
        """The sort of people in one spelling for all languages."""
        return " and ".join(self.nouns) + (" fallen" if self.fallen else "")

    def of(self, owners: Collection[str]) -> str:
        """What the group is known by everywhere, whose owners are the nodes `owners`: "soldiers of kb|Q159"."""
        return f"{self.name} of {' and '.join(sorted({self._owner(owner) for owner in owners}))}"

    def _owner(self, node: str) -> str:
        """The owner, or the state for which a capital stands: an army is nobody else's."""
        state = metonymy.state_of(node.removeprefix(_LISTED)) if self.categories & _OF_STATES else ""
        return _LISTED + state if state else node


def is_of_listed(node: str) -> bool:
    """Whether the node of a group is that of people of somebody whom a gazetteer lists."""
    return f" of {_LISTED}" in node


def kind(chain: str, language: str) -> Kind | None:
    """The sort of people that `chain` names, which an article in `language` calls a group; None for other descriptions.

    The name of a group begins with its nouns, as the language lists them; behind them stands whose they are, and whether
    they fell.
    """
    known = _nouns(language)
    if known is None:
        return None
    words = fold(chain).split()
    nouns: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(min(known.longest, len(words) - at), 0, -1) if _at(words, at, n) in known.nouns), 0
        )
        if not length:
            break
        nouns.append(known.nouns[_at(words, at, length)])
        at += length
        if at < len(words) and words[at] == known.joiner:
            at += 1
    if not nouns:
        return None
    fallen = bool(known.fallen) and f" {' '.join(words)}".endswith(f" {known.fallen}")
    names = tuple(sorted({name for name, _ in nouns}))
    return Kind(names, frozenset(category for _, category in nouns), fallen)


def counted_as(kind: Kind) -> str:
    """The sort of people that a number counts: "5 sailors" and "5 workers" are 5 people, as far as one can compare them."""
    general = {_general().get(category, "") for category in kind.categories}
    return kind.name if kind.fallen or len(general) != 1 or "" in general else general.pop()


def people() -> str:
    """The sort of people that is meant where a number counts people and says no more of them."""
    return min(_general().values())


@cache
def _general() -> Mapping[str, str]:
    """By category, what all of it are where they are counted."""
    tables = (lexicon.table(code, "people") for code in resources.languages() if _nouns(code))
    general = [noun for table in tables for noun in table["noun"] if noun.get("general")]
    return {noun["category"]: str(noun.get("english", noun["canonical"])) for noun in general}


@dataclass(frozen=True, slots=True)
class _Nouns:
    nouns: Mapping[str, tuple[str, str]]
    longest: int
    joiner: str
    fallen: str


def _at(words: list[str], at: int, length: int) -> str:
    return " ".join(words[at : at + length])


@cache
def _nouns(language: str) -> _Nouns | None:
    """The nouns for people of a language, each with its name in all languages and its category."""
    if language not in resources.languages() or not (resources.language(language) / "people.toml").is_file():
        return None
    people = lexicon.table(language, "people")
    nouns: dict[str, tuple[str, str]] = {}
    for noun in people["noun"]:
        for name in [noun["canonical"]] if "canonical" in noun else noun["phrases"]:  # without one each names itself
            nouns.setdefault(fold(name), (noun.get("english", name), noun["category"]))
    longest = max(len(noun.split()) for noun in nouns)
    return _Nouns(nouns, longest, fold(people["joined"]["word"]), fold(people["fallen"]["suffix"]))
