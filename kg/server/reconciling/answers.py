"""Work out what a reconciliation client asks: candidates for names, suggestions, values of properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg import ns
from kg.lookup import Reader
from kg.lookup.matching import LINKS, Match, Matcher
from kg.lookup.names import fold
from kg.rdf import iris
from kg.server.reconciling.queries import Query, RequestError, read_extension, read_query
from kg.vocabulary import Vocabulary

MOST_QUERIES = 50
_PAGE = 20
_BY_NAME = 0.6
_WIKIDATA = "http://www.wikidata.org/entity/"
ROOT = "Entity"
SPACE = iris.node("entity", "").value
_TEXTS = {"label": (ns.rdfs_label,), "altLabel": (ns.skos_altLabel,), "sameAs": LINKS}
_TITLES = {
    "en": {"label": "Name", "altLabel": "Other name", "sameAs": "Same as", "wikidata": "Wikidata", "articles": "Articles"},
    "vi": {"label": "Tên", "altLabel": "Tên khác", "sameAs": "Trùng với", "wikidata": "Wikidata", "articles": "Số bài báo"},
}  # fmt: skip
Found = dict[str, Any]


@lru_cache(maxsize=2)
def opened(store: ox.Store, language: str) -> Reconciler:
    """The reconciler over a store, made once: a worker keeps its store as long as it lives."""
    return Reconciler(store, language)


@lru_cache(maxsize=1)
def _matcher(store: ox.Store) -> Matcher:
    """The names of a store, which are the same whatever language is spoken."""
    return Matcher(Reader(store))


def answer(reconciler: Reconciler, do: str, given: Any) -> Found:
    """The answer to one question: a batch of `queries`, a `query`, an `extend`, what to suggest, or `properties`."""
    match do:
        case "queries":
            return reconciler.batch(given)
        case "query":
            return {"result": reconciler.candidates(given)}
        case "extend":
            return reconciler.extend(given)
        case "entity":
            return {"result": reconciler.entities(given["prefix"], given["skip"])}
        case "type":
            return {"result": reconciler.types(given["prefix"], given["skip"])}
        case "property":
            return {"result": reconciler.properties(given["prefix"], given["skip"])}
        case _:
            return reconciler.proposed(given["type"], given["limit"])


class Reconciler:
    """Answers over the entities of a store, with labels in `language`.

    The score is the likeness of the name (0 to 100, see kg.lookup.matching); with properties, 60 % of that and 40 % of
    the part of the properties that agree. A type is a condition: what is neither of it nor below it is left out. `match`
    says: the name is the same or lacks only marks, nothing else comes near, and all properties agree.
    """

    def __init__(self, store: ox.Store, language: str) -> None:
        self._reader = Reader(store, language=language)
        self._language = language
        self._matcher = _matcher(store)

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._reader.vocabulary

    def batch(self, queries: Any) -> Found:
        """The results of a query batch by its keys; each stands for itself."""
        if not isinstance(queries, dict):
            raise RequestError("queries must be an object of JSON: a query by each key")
        if len(queries) > MOST_QUERIES:
            raise RequestError(f"there are {len(queries)} queries in the batch, more than {MOST_QUERIES}")
        return {key: {"result": self.candidates(query)} for key, query in queries.items()}

    def candidates(self, query: Any) -> list[Found]:
        """The candidates of one query, the best first."""
        parts = read_query(query)
        allowed = self._of_types(parts.types, parts.strict) if parts.types else None
        if parts.name:
            matches = self._matcher.matches(parts.name, allowed)
        else:
            entities = self._of_types([ROOT], "any") if allowed is None else allowed
            matches = [Match(iri, "", 0.0) for iri in sorted(entities)]
        scored = [self._scored(match, parts) for match in matches]
        if not parts.name:
            scored = [one for one in scored if one[1]]
        scored.sort(key=lambda one: (-one[0], one[2].called, one[2].iri))
        return [self._candidate(*one, parts) for one in scored[: parts.limit]]

    def entities(self, prefix: str, skip: int) -> list[Found]:
        """Entities to pick from while a name is typed."""
        found = self._matcher.beginning(prefix)[skip : skip + _PAGE]
        return [
            {**self._named(match.iri), "description": self._described(match.iri), "notable": self._types(match.iri)}
            for match in found
        ]

    def types(self, prefix: str, skip: int) -> list[Found]:
        """Classes of entities to pick from."""
        return self._suggested(prefix, skip, {name: self._titles(name) for name in self._vocabulary.below(ROOT)})

    def properties(self, prefix: str, skip: int) -> list[Found]:
        """Properties to pick from."""
        return self._suggested(prefix, skip, {name: self._property_titles(name) for name in self._property_names})

    def proposed(self, type_: str, limit: int) -> Found:
        """Properties that things of a class have in this graph."""
        known = [{"id": name, "name": self._property_title(name)} for name in self._property_names]
        return {"type": type_, "limit": limit, "properties": known[:limit]}

    def extend(self, request: Any) -> Found:
        """The values of properties of some entities, with what the properties are."""
        ids, names = read_extension(request)
        known = self._property_names
        meta = [{"id": name, "name": self._property_title(name) if name in known else name} for name in names]
        rows = {id_: {name: list(self._values(iri_of(id_), name)) for name in names} for id_ in ids}
        return {"meta": meta, "rows": rows}

    def _scored(self, match: Match, query: Query) -> tuple[float, int, Match]:
        """The score, how many of the properties agree, and the match, not clear any more if one does not."""
        if not query.properties:
            return match.likeness, 0, match
        agreeing = sum(self._agrees(match.iri, name, values) for name, values in query.properties)
        share = 100 * agreeing / len(query.properties)
        clear = match.clear and agreeing == len(query.properties)
        score = _BY_NAME * match.likeness + (1 - _BY_NAME) * share if query.name else share
        return score, agreeing, replace(match, clear=clear)

    def _candidate(self, score: float, agreeing: int, match: Match, query: Query) -> Found:
        features: list[Found] = [{"id": "name", "value": round(match.likeness, 2)}] if query.name else []
        if query.properties:
            features.append({"id": "properties", "value": agreeing})
        features.append({"id": "articles", "value": self._articles(match.iri)})
        return {
            **self._named(match.iri),
            "type": self._types(match.iri),
            "score": round(score, 2),
            "match": match.clear,
            "description": self._described(match.iri),
            "features": features,
        }

    def _agrees(self, iri: str, name: str, wanted: Sequence[str]) -> bool:
        """Whether one of the values wanted is one that the entity has, by id or by name without regard to marks."""
        has = {fold(str(part)) for value in self._values(iri, name) for part in value.values()}
        return any(fold(value) in has for value in wanted if fold(value))

    def _values(self, iri: str, name: str) -> Iterator[Found]:
        node = ox.NamedNode(iri)
        if name == "articles":
            yield {"int": self._articles(iri)}
        elif name == "wikidata":
            items = (text for text in self._texts(node, LINKS) if text.startswith(_WIKIDATA))
            yield from ({"str": item.removeprefix(_WIKIDATA)} for item in items)
        elif name in _TEXTS:
            yield from ({"str": text} for text in self._texts(node, _TEXTS[name]))
        elif name in self._property_names:
            for value in self._reader.values(node, self._vocabulary.terms[name].iri):
                if isinstance(value, ox.NamedNode) and value.value.startswith(SPACE):
                    yield self._named(value.value)
                else:
                    yield {"str": value.value}

    def _texts(self, node: ox.NamedNode, properties: Sequence[ox.NamedNode]) -> list[str]:
        """The values of some properties as texts, each once."""
        values = (value.value for property_ in properties for value in self._reader.values(node, property_))
        return list(dict.fromkeys(values))

    def _articles(self, iri: str) -> int:
        """In how many articles the entity is named."""
        spans = self._reader.store.quads_for_pattern(None, ns.denotes, ox.NamedNode(iri))
        found = {
            article.value
            for quad in spans
            if not isinstance(quad.subject, ox.Triple)
            for article in self._reader.values(quad.subject, ns.inDocument)
        }
        return len(found)

    def _of_types(self, types: Sequence[str], strict: str) -> set[str]:
        """The entities that are of one of the types or below it; with "all" of each."""
        sets = []
        for type_ in types:
            below = self._vocabulary.below(type_) if type_ in self._vocabulary.classes() else ()
            found: set[str] = set()
            for name in below:
                for quad in self._reader.store.quads_for_pattern(None, ns.rdf_type, self._vocabulary.terms[name].iri):
                    if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SPACE):
                        found.add(quad.subject.value)
            sets.append(found)
        return set.intersection(*sets) if strict == "all" else set.union(*sets)

    def _named(self, iri: str) -> Found:
        return {"id": identifier(iri), "name": self._reader.label(ox.NamedNode(iri))}

    def _types(self, iri: str) -> list[Found]:
        kinds = self._reader.kinds(ox.NamedNode(iri))
        return [{"id": kind.value.removeprefix(ns.NAMESPACE), "name": self._reader.term(kind)} for kind in kinds]

    def _described(self, iri: str) -> str:
        """What tells it from namesakes: its class and other names of it."""
        node = ox.NamedNode(iri)
        others = dict.fromkeys(value.value for value in self._reader.values(node, ns.skos_altLabel))
        return " · ".join([*(one["name"] for one in self._types(iri)), *list(others)[:3]])

    def _titles(self, name: str) -> tuple[str, ...]:
        return (name, *self._vocabulary.terms[name].labels.values())

    @cached_property
    def _property_names(self) -> tuple[str, ...]:
        """The properties that entities of this graph have themselves: what all may have first, then ours."""
        ours = {
            quad.predicate.value.removeprefix(ns.NAMESPACE)
            for iri in self._of_types([ROOT], "any")
            for quad in self._reader.about(ox.NamedNode(iri))
            if quad.predicate.value.startswith(ns.NAMESPACE)
        }
        return (*_TITLES["en"], *sorted(ours & set(self._vocabulary.properties())))

    def _property_title(self, name: str) -> str:
        own = _TITLES[self._language].get(name)
        return own or self._vocabulary.label(name, self._language)

    def _property_titles(self, name: str) -> tuple[str, ...]:
        if name in _TITLES["en"]:
            return (name, *(titles[name] for titles in _TITLES.values()))
        return self._titles(name)

    def _suggested(self, prefix: str, skip: int, titles: Mapping[str, Sequence[str]]) -> list[Found]:
        start = fold(prefix)
        found = [name for name, known in titles.items() if any(f" {start}" in f" {fold(title)}" for title in known)]
        ours = {name: self._property_title(name) for name in found}
        order = sorted(found, key=lambda name: (start not in map(fold, titles[name]), ours[name], name))
        return [
            {"id": name, "name": ours[name], "description": self._vocabulary.definition(name, self._language)}
            if name in self._vocabulary.terms
            else {"id": name, "name": ours[name]}
            for name in order[skip : skip + _PAGE]
        ]


def identifier(iri: str) -> str:
    """The id of an entity: the end of its IRI."""
    return iri.removeprefix(SPACE)


def iri_of(id_: str) -> str:
    """The IRI of an id, which may be one already; clients differ in whether they decode the escapes of an id."""
    return iris.node("entity", unquote(id_.removeprefix(SPACE))).value
