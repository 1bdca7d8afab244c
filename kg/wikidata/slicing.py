"""Cut the items of some classes out of a SPARQL endpoint that serves Wikidata's RDF, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.wikidata import classes, entity
from kg.wikidata.endpoint import Endpoint, Row
from kg.wikidata.item import QID, DateRole, Item, Text

ENTITY = "http://www.wikidata.org/entity/"
_PREFIXES = """PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
# Pages go by the last id of the one before: an endpoint that changes meanwhile loses no item by that.
_CLASSES = """SELECT ?id (GROUP_CONCAT(STR(?over); SEPARATOR=" ") AS ?above)
{ %s %s ?class wdt:P279* ?root . ?class wdt:P279 ?over . BIND(STR(?class) AS ?id) FILTER(?id > ?last) }
GROUP BY ?id ORDER BY ?id LIMIT %d"""
_ITEMS = """SELECT DISTINCT ?id
{ %s %s ?item wdt:P31/wdt:P279* ?root . BIND(STR(?item) AS ?id) FILTER(?id > ?last) }
ORDER BY ?id LIMIT %d"""
_TEXTS = """SELECT ?item ?what ?value
{ %s %s ?item ?what ?value VALUES ?what { rdfs:label skos:altLabel schema:description } FILTER(LANG(?value) = ?language) }"""
_FACTS = """SELECT ?item ?what ?value
{ %s %s ?item ?what ?value }"""
_TEXT_FIELDS = {"label": "labels", "altLabel": "aliases", "description": "descriptions"}
_DIRECT = "http://www.wikidata.org/prop/direct/"
_SITELINKS = "http://wikiba.se/ontology#sitelinks"
_POINT = re.compile(r"\s*Point\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)", re.IGNORECASE)
_DATE = re.compile(r"\+?(-?\d{4})-(\d\d)-(\d\d)T")
_DEGREES = 5

Progress = Callable[[str, int], None]
"""Told the stage, and how many items are done."""


def items(
    endpoint: Endpoint,
    *,
    wanted: Collection[str],
    languages: Collection[str],
    page: int = 200,
    progress: Progress = lambda _stage, _done: None,
) -> Iterator[Item]:
    """The items of the `wanted` classes of the ontology, in the order of their ids as text."""
    roots = {qid: names for qid, names in classes.roots().items() if set(names) & set(wanted)}
    known = _below(endpoint, roots, page, progress)
    source = (urlsplit(endpoint.url).hostname or endpoint.url,)
    done = 0
    for rows in _pages(endpoint, _ITEMS, roots, page):
        ids = [qid for row in rows if (qid := _qid(row["id"]["value"]))]
        for item in _described(endpoint, ids, languages, known, source):
            done += 1
            yield item
        progress("items", done)


def _below(
    endpoint: Endpoint, roots: Mapping[str, tuple[str, ...]], page: int, progress: Progress
) -> dict[int, tuple[str, ...]]:
    """The classes of Wikidata that lie below ours."""
    children: dict[int, list[int]] = {}
    for rows in _pages(endpoint, _CLASSES, roots, page):
        for row in rows:
            below = _qid(row["id"]["value"])
            for above in filter(None, map(_qid, row["above"]["value"].split())) if below else ():
                children.setdefault(int(above[1:]), []).append(int(below[1:]))
        progress("classes", len(children))
    return classes.nearest(lambda above: children.get(above, ()), roots)


def _pages(endpoint: Endpoint, query: str, roots: Iterable[str], page: int) -> Iterator[list[Row]]:
    last = ""
    while True:
        rows = endpoint.select(
            _PREFIXES + query % (_values("root", map(_node, sorted(roots))), _values("last", [ox.Literal(last)]), page)
        )
        if rows:
            yield rows
        if len(rows) < page:
            return
        last = rows[-1]["id"]["value"]


def _described(
    endpoint: Endpoint,
    ids: list[str],
    languages: Collection[str],
    known: Mapping[int, tuple[str, ...]],
    source: tuple[str, ...],
) -> Iterator[Item]:
    if not ids:
        return
    bound = _values("item", map(_node, ids))
    spoken = sorted({*languages, entity.ALL_LANGUAGES})
    facts = [f"{_DIRECT}{name}" for name in _properties()]
    rows = [
        *endpoint.select(_PREFIXES + _TEXTS % (bound, _values("language", map(ox.Literal, spoken)))),
        *endpoint.select(_PREFIXES + _FACTS % (bound, _values("what", map(ox.NamedNode, [*facts, _SITELINKS])))),
    ]
    said: dict[str, list[Row]] = {qid: [] for qid in ids}
    for row in rows:
        if (qid := _qid(row["item"]["value"])) in said:
            said[qid].append(row)
    for qid in ids:
        item = _item(qid, said[qid], known, source)
        if item.names and item.classes:
            yield item


def _item(qid: str, rows: Iterable[Row], known: Mapping[int, tuple[str, ...]], source: tuple[str, ...]) -> Item:
    texts: dict[str, set[Text]] = {name: set() for name in _TEXT_FIELDS.values()}
    facts: dict[str, set[str]] = {}
    for row in rows:
        what, value = row["what"]["value"], row["value"]["value"]
        name = re.split("[/#]", what)[-1]
        if name in _TEXT_FIELDS:
            if text := entity.clean(value):
                texts[_TEXT_FIELDS[name]].add((row["value"].get("xml:lang", "und"), text))
        else:
            facts.setdefault(name, set()).add(value)
    kinds = _ids(facts, entity.INSTANCE_OF)
    counts = sorted(facts.get("sitelinks", ()))
    return Item(
        qid=qid,
        labels=tuple(sorted(texts["labels"])),
        aliases=tuple(sorted(texts["aliases"] - texts["labels"])),
        classes=classes.chosen((int(kind[1:]) for kind in kinds), known),
        kinds=kinds,
        descriptions=tuple(sorted(texts["descriptions"])),
        countries=tuple(dict.fromkeys(one for name in entity.COUNTRIES for one in _ids(facts, name))),
        located_in=_ids(facts, entity.LOCATED_IN),
        part_of=_ids(facts, entity.PART_OF),
        coordinates=_point(facts),
        dates=tuple(_dates(facts)),
        sitelinks=int(counts[0]) if counts and counts[0].isdecimal() else None,
        sources=source,
    )


def _properties() -> tuple[str, ...]:
    dates = (name for names in entity.DATES.values() for name in names)
    return (entity.INSTANCE_OF, *entity.COUNTRIES, entity.LOCATED_IN, entity.PART_OF, entity.COORDINATES, *dates)


def _ids(facts: Mapping[str, set[str]], name: str) -> tuple[str, ...]:
    found = {qid for value in facts.get(name, ()) if (qid := _qid(value))}
    return tuple(sorted(found, key=lambda qid: int(qid[1:])))


def _point(facts: Mapping[str, set[str]]) -> tuple[float, float] | None:
    # A point elsewhere than on Earth has the address of its globe in front, and does not match.
    for value in sorted(facts.get(entity.COORDINATES, ())):
        if match := _POINT.fullmatch(value):
            return round(float(match[2]), _DEGREES), round(float(match[1]), _DEGREES)
    return None


def _dates(facts: Mapping[str, set[str]]) -> Iterator[tuple[DateRole, str]]:
    for role, properties in entity.DATES.items():
        for value in sorted(value for name in properties for value in facts.get(name, ()))[:1]:
            if match := _DATE.match(value):
                year, month, day = match.groups()
                # These statements do not say how exact a date is: one of a year stands as its first day.
                yield role, year if (month, day) == ("01", "01") else f"{year}-{month}-{day}"


def _qid(iri: str) -> str:
    """The id of an item by its IRI, empty for others."""
    qid = iri.removeprefix(ENTITY)
    return qid if iri.startswith(ENTITY) and QID.fullmatch(qid) else ""


def _node(qid: str) -> ox.NamedNode:
    return ox.NamedNode(ENTITY + qid)


def _values(variable: str, terms: Iterable[ox.NamedNode | ox.Literal]) -> str:
    """A VALUES clause; the engine writes the terms, so none can end it."""
    return f"VALUES ?{variable} {{ {' '.join(map(str, terms))} }}"
