"""What many documents tell together about what they know by one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg import naming
from kg.model import MentionType
from kg.naming import people
from kg.naming.people import PersonName
from kg.resolving import listed, meanings
from kg.resolving.chains import Part
from kg.resolving.meanings import Meaning

_LISTED = "kb"
_NEARLY_ALL = 0.8


@dataclass(frozen=True)
class Node:
    """A name as all documents know it: its key ("person|lê văn tám", "kb|Q159"), and how often each feature was told.

    The counts are sums over documents (see `Part`), so that a document can be added and taken away.
    """

    key: str
    counts: Mapping[str, int]

    @property
    def kind(self) -> str:
        """What stands before the name in the key: a type, "kb", or a type and the document of a local name."""
        return self.key.partition("|")[0]

    @property
    def name(self) -> str:
        """The normal name, or the gazetteer key."""
        return self.key.partition("|")[2]

    @property
    def is_listed(self) -> bool:
        """Whether the gazetteer knows it."""
        return self.kind == _LISTED

    @property
    def is_local(self) -> bool:
        """Whether the name says something only within one document."""
        return " of " in self.kind

    @property
    def is_named(self) -> bool:
        """Whether a document has a chain of it; else others are only said to be the same as it."""
        return any(name.startswith("type:") for name in self.counts)

    def told(self, feature: str) -> Counter[str]:
        """What the features that begin with `feature` say, with how often."""
        prefix = f"{feature}:"
        return Counter({name[len(prefix) :]: n for name, n in self.counts.items() if name.startswith(prefix)})

    @cached_property
    def type(self) -> MentionType:
        """The type that most documents give it, those first that say it; of equally frequent ones the last by name."""
        told = self.told("sure") or self.told("type")
        known = [(n, kind) for kind, n in told.items() if kind != "untyped"]
        return max(known)[1] if known else "untyped"  # type: ignore[return-value]

    @cached_property
    def is_guessed(self) -> bool:
        """Whether no document says of what type it is: it only looks so, or stands where such names do."""
        return not (self.is_listed or self.told("sure"))

    @cached_property
    def state(self) -> str:
        """The key of the state that nearly all documents with the name are about, empty if they are of several."""
        found = self.told("state")
        most = max(found, key=lambda key: (found[key], key), default="")
        return most if found[most] > _NEARLY_ALL * found.total() else ""

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The full names that it is compared by, as (language, text), sorted.

        Of what is listed those of the gazetteer, else one spelling for each language: the one with most hyphens, as they
        say which words are one.
        """
        if self.is_listed:
            return tuple(sorted(listed.names(self.name)))
        by_language: defaultdict[str, list[str]] = defaultdict(list)
        for full in self.told("full") or self.told("written"):
            language, _, text = full.partition(":")
            by_language[language].append(text)
        return tuple(
            (code, min(texts, key=lambda t: (-t.count("-"), t))) for code, texts in sorted(by_language.items())
        )

    @cached_property
    def people(self) -> tuple[PersonName, ...]:
        """Its full names as names of a person."""
        return tuple(name for code, text in self.names if len((name := people.parse(text, code)).words) > 1)

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """What its full names mean; a name in plain letters is also read as an English one, whatever the article's.

        A body of which a state has one is also read as that of the state that its articles are about.
        """
        place = self.type == "place"
        read = [
            meanings.parse(text, code, place=place, unmarked=not naming.keeps_marks(language))
            for language, text in self.names
            for code in _readings(language, text)
        ]
        read += [meant for meaning in read if (meant := meanings.of_state(meaning, self.state))]
        return tuple(dict.fromkeys(read))

    @cached_property
    def readings(self) -> tuple[Meaning, ...]:
        """Its meanings, and its names word by word: "Pacific" may be the ocean, or half the name of a ship."""
        plain = (meanings.plain(text, unmarked=not naming.keeps_marks(language)) for language, text in self.names)
        return tuple(dict.fromkeys((*self.meanings, *plain)))


def _readings(language: str, text: str) -> Iterator[str]:
    yield language
    if text.isascii() and language != "en":
        yield "en"


def total(parts: Iterable[Part]) -> dict[str, Node]:
    """The nodes that the parts of many documents add up to, by key."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        for node, features in part.adds():
            counts[node].update(features)
    return {key: Node(key, dict(sorted(features.items()))) for key, features in sorted(counts.items())}
