"""Ask a reconciliation service of the W3C community group's protocol, 0.1 or 0.2, which of its items a name means."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.wikidata.online.asking import Asker, address
from kg.wikidata.online.errors import Unusable

WIKIDATA_SPACES = ("http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/")
MOST_AT_ONCE = 10
_SPOKEN = ("0.1", "0.2")
_QID = re.compile(r"Q[1-9]\d*")
_MOST_CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Query:
    """Which item is called `name`? If given, of the type `type`, with these values of properties, by the service's ids."""

    name: str
    type: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    limit: int = 5

    def as_json(self) -> dict[str, Any]:
        """The query as the protocol writes it."""
        written: dict[str, Any] = {"query": self.name, "limit": self.limit}
        if self.type:
            written |= {"type": self.type, "type_strict": "should"}
        if self.properties:
            written["properties"] = [{"pid": pid, "v": value} for pid, value in self.properties]
        return written


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself; `identifier_space` is what its ids are ids of, `batch` how many names it takes."""

    name: str
    identifier_space: str
    batch: int

    @property
    def of_wikidata(self) -> bool:
        """Whether its ids are Wikidata's."""
        return self.identifier_space in WIKIDATA_SPACES


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that the service takes a name for. Scores of different services cannot be compared; `match`: it is sure."""

    id: str
    name: str
    score: float
    match: bool = False
    types: tuple[tuple[str, str], ...] = ()
    description: str = ""

    def qid(self, manifest: Manifest) -> str | None:
        """The Wikidata item; None where the service's ids are not Wikidata's, whatever they look like."""
        return self.id if manifest.of_wikidata and _QID.fullmatch(self.id) else None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The service at `url`, asked by `asker`."""

    asker: Asker
    url: str

    def manifest(self) -> Manifest:
        """What the service says of itself; Unusable if it speaks another version of the protocol."""
        request = {"task": "manifest"}
        if not (kept := self.asker.cache.get(address(self.url), request)):
            said = self.asker.ask(self.url, _stated)
            kept = [said]
            self.asker.cache.put(self.url, {"": (request, said)})
        (said,) = kept
        # A service of the first version need not say so.
        versions = said.get("versions", ["0.1"])
        if not set(_SPOKEN) & set(map(str, versions)):
            raise Unusable("versions", service=self.url, versions=", ".join(map(str, versions))[:100])
        size = said.get("batchSize")
        batch = min(size, MOST_AT_ONCE) if isinstance(size, int) and size > 0 else MOST_AT_ONCE
        return Manifest(said["name"], said["identifierSpace"], batch)

    def answers(self, queries: Iterable[Query]) -> Iterator[tuple[Query, tuple[Candidate, ...]]]:
        """Each query with its candidates, the best first, in the order of the queries.

        What was answered before a break is kept, and not asked again; no candidate is an answer too. An OnlineError ends it.
        """
        waiting = iter(queries)
        batch = self.manifest().batch
        while chunk := list(islice(waiting, batch)):
            found = {query: self._kept(query) for query in chunk}
            if None in found.values():
                with self.asker.cache.turn():
                    # Another program may have asked meanwhile.
                    found = {query: self._kept(query) for query in chunk}
                    if missing := [query for query, known in found.items() if known is None]:
                        found |= self._asked(missing)
            for query in chunk:
                yield query, tuple(map(_candidate, found[query] or ()))

    def _kept(self, query: Query) -> list[Any] | None:
        kept = self.asker.cache.get(self.url, query.as_json())
        return kept[0] if kept else None

    def _asked(self, queries: list[Query]) -> dict[Query, list[Any]]:
        keys = {f"q{number}": query for number, query in enumerate(queries)}
        written = {key: query.as_json() for key, query in keys.items()}

        def read(said: Any) -> dict[str, list[Any]]:
            return {key: _results(said, key) for key in keys}

        asked = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        results = self.asker.ask(self.url, read, post={"queries": asked})
        self.asker.cache.put(self.url, {key: (written[key], results[key]) for key in keys})
        return {keys[key]: result for key, result in results.items()}


def _stated(said: Any) -> dict[str, Any]:
    if not isinstance(said, dict) or not all(isinstance(said.get(key), str) for key in ("name", "identifierSpace")):
        raise ValueError("it is no manifest of a reconciliation service")
    versions = said.get("versions", [])
    if not isinstance(versions, list):
        raise ValueError("the versions are no list")  # noqa: TRY004 - same
    return said


def _results(said: Any, key: str) -> list[Any]:
    """The candidates of one query, each seen to be one; a ValueError if they are not."""
    try:
        results: list[Any] = said[key]["result"]
        for candidate in results[:_MOST_CANDIDATES]:
            _candidate(candidate)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no list of candidates for {key}: {error!r}") from error
    return results[:_MOST_CANDIDATES]


def _candidate(said: Mapping[str, Any]) -> Candidate:
    score, types = said["score"], said.get("type") or []
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        raise ValueError(f"no score: {score!r}")
    if not isinstance(said["id"], str) or not isinstance(said["name"], str):
        raise TypeError("an id and a name are texts")
    return Candidate(
        id=said["id"],
        name=said["name"],
        score=float(score),
        match=said.get("match") is True,
        types=tuple(
            (str(one["id"]), str(one.get("name", ""))) if isinstance(one, dict) else (str(one), "") for one in types
        ),
        description=str(said.get("description") or ""),
    )
