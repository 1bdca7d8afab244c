"""Put what was annotated in article pairs in the place of what was read, to measure the resolution by itself.

Names and facts are those of the annotations; groups of people, pronouns and gazetteer keys stay as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import Any

from kg import edtf
from kg.building import stages
from kg.building.worker import Pipeline
from kg.model import Document, Extraction, Mention, Quantity, Span, Statement, Time
from kg.spelling import unmarked
from kg.vocabulary import Vocabulary
from tests.pairs.reading import Pair

_ROLES = {
    "participant": "hasParticipant",
    "agreement": "signed",
    "place": "atPlace",
    "unit": "hasParticipant",
    "site": "concernsSite",
    "holder": "heldBy",
    "of": "jurisdiction",
    "in": "locatedIn",
}
_OF_CLASS = {("Signing", "agent"): "party", ("Inauguration", "agent"): "agent"}
_LOOSE = Decimal("0.1")


def pipeline(pairs: Sequence[Pair]) -> Pipeline:
    """What makes an extractor of each language that finds in the articles of `pairs` what is annotated there."""
    return partial(_extractor, {pair.source(code): gold for pair in pairs for code, gold in pair.articles.items()})


def _extractor(golds: Mapping[str, Mapping[str, Any]], language: str) -> Callable[[Document], Extraction]:
    read = stages.pipeline(language)
    return lambda document: extraction(read(document), golds[document.source])


def extraction(read: Extraction, gold: Mapping[str, Any]) -> Extraction:
    """What would have been read in the article if nothing but its annotation `gold` had been."""
    return _Annotated(read, gold).extraction()


@dataclass(frozen=True)
class _Annotated:
    read: Extraction
    gold: Mapping[str, Any]

    def extraction(self) -> Extraction:
        names = tuple(self._named(one) for one in self.gold["mentions"])
        others = tuple(
            replace(m, chain=self._moved.get(m.chain, m.chain), of=self._moved.get(m.of, m.of))
            for m in self.read.mentions
            if m.form != "name"
        )
        statements = dict.fromkeys(s for fact in self.gold["facts"] for s in self._statements(fact))
        told = tuple(
            replace(s, roles=tuple((r, tuple(self._moved.get(c, c) for c in cs)) for r, cs in s.roles))
            for s in self.read.statements
            if s.type in {"PositionHeld", "LocatedIn"}
        )
        known = {mention.chain for mention in (*names, *others)}
        kept = tuple(_only(s, known) for s in (*statements, *told))
        return Extraction(self.read.document, (*names, *others), kept)

    @cached_property
    def _entities(self) -> Mapping[str, Mapping[str, Any]]:
        return {one["id"]: one for one in self.gold["entities"]}

    @cached_property
    def _chains(self) -> Mapping[str, str]:
        """What each annotated thing is called: by the longest of its names here."""
        found: dict[str, str] = {}
        for one in self.gold["mentions"]:
            found[one["entity"]] = max(found.get(one["entity"], ""), one["text"], key=len)
        return found

    @cached_property
    def _moved(self) -> Mapping[str, str]:
        """From the chains that were read to those annotated at the same words."""
        at = {(m["start"], m["end"]): m["entity"] for m in self.gold["mentions"]}
        return {
            m.chain: self._chains[entity]
            for m in self.read.mentions
            if m.form == "name" and (entity := at.get((m.span.start, m.span.end)))
        }

    def _named(self, one: Mapping[str, Any]) -> Mention:
        entity = self._entities[one["entity"]]
        there = next((m for m in self.read.mentions if (m.span.start, m.span.end) == (one["start"], one["end"])), None)
        alike = there is not None and there.type == entity["type"] and there.form == "name"
        return Mention(
            self.read.document.id,
            Span(one["start"], one["end"], one["text"]),
            entity["type"],
            self._chains[one["entity"]],
            kb=there.kb if there and alike else "",
            subtype=there.subtype if there and alike else "",
        )

    def _statements(self, fact: Mapping[str, Any]) -> Iterator[Statement]:
        evidence = Span(fact["evidence"]["start"], fact["evidence"]["end"], fact["evidence"]["text"])
        quantity = _quantity(fact.get("quantity"))
        about = Statement(
            self.read.document.id,
            fact["type"],
            evidence,
            tuple(sorted(self._roles(fact))),
            _time(fact.get("time")),
            _time(fact.get("claim_time")),
            quantity,
            self._sources(fact.get("attributed_to", ()), evidence),
            self._sources(fact.get("relayed_by", ()), evidence),
            fact.get("modality", "asserted"),
        )
        if quantity is None or fact["type"] != "QuantityClaim":
            yield about
        if quantity is not None:
            yield replace(about, type="QuantityClaim", roles=tuple(self._counted(fact, evidence, quantity)))

    def _roles(self, fact: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
        kind = fact["type"]
        for role, fillers in fact.get("roles", {}).items():
            chains = tuple(self._chains[f] for f in fillers if f in self._chains)
            name = _OF_CLASS.get((kind, role)) or _ROLES.get(role, role)
            if chains and name in _terms():
                yield name, chains

    def _counted(
        self, fact: Mapping[str, Any], evidence: Span, quantity: Quantity
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The places that the annotation says in words, else those of the event, and the group that was read there."""
        words = unmarked(fact["quantity"]["population"]).lower()
        named = {
            found.span(): self._chains[key]
            for key, entity in sorted(self._entities.items())
            if entity["type"] == "place"
            and key in self._chains
            and (found := re.search(rf"\b{re.escape(unmarked(entity['label_en'].split(' (')[0]).lower())}\b", words))
        }
        places = list(named.values())[:1]
        for (_, end), (start, _) in pairwise(sorted(named)):
            if words[end:start] in {" and ", ", "}:  # "killed in Nam Dinh and Thai Binh", not "fled from Laos to China"
                places = [named[span] for span in sorted(named) if end in span or start in span]
        places = places or [self._chains[key] for key in fact.get("roles", {}).get("place", ()) if key in self._chains]
        if places:
            yield "atPlace", tuple(sorted(dict.fromkeys(places)))
        near = [m for m in self.read.mentions if m.type == "group" and _inside(m.span, evidence)]
        if near and quantity.unit == "person":
            yield "ofPopulation", (near[0].chain,)

    def _sources(self, sources: Sequence[str], evidence: Span) -> tuple[str, ...]:
        return tuple(chain for source in sources if (chain := self._source(source, evidence)))

    def _source(self, source: str, evidence: Span) -> str:
        if not source.startswith("~"):
            return self._chains.get(source, "")
        alternatives = source[1:].lower().split("|")
        near = sorted(
            (m for m in self.read.mentions if m.form != "name" and any(a in m.span.text.lower() for a in alternatives)),
            key=lambda m: abs(m.span.start - evidence.start),
        )
        return near[0].chain if near else ""


@cache
def _terms() -> frozenset[str]:
    return frozenset(Vocabulary.load().terms)


def _only(statement: Statement, known: set[str]) -> Statement:
    roles = ((role, tuple(c for c in chains if c in known)) for role, chains in statement.roles)
    return replace(statement, roles=tuple((role, chains) for role, chains in roles if chains))


def _inside(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _time(text: str | None) -> Time | None:
    return edtf.to_time(text.partition(" |")[0]) if text else None


def _quantity(told: Mapping[str, Any] | None) -> Quantity | None:
    if told is None:
        return None
    stated = Decimal(str(told["stated"]))
    low, high = {
        "exact": (stated, stated),
        "approximate": (stated * (1 - _LOOSE), stated * (1 + _LOOSE)),
        "more_than": (stated, None),
        "less_than": (None, stated),
    }[told["exactness"]]
    unit = None if told.get("unit") == "thing" else told.get("unit")
    return Quantity(stated, told["exactness"], low, high, unit, told["measure"])
