"""Ask Wikidata's own API: which items have a name (`wbsearchentities`), what an item says (`wbgetentities`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.wikidata.online.asking import Asker, address
from kg.wikidata.online.errors import Passing, Unusable

API = "https://www.wikidata.org/w/api.php"
MOST_AT_ONCE = 20
_MAXLAG = "5"
_QID = re.compile(r"Q[1-9]\d*")
_BUSY = re.compile("maxlag|ratelimited|readonly|internal_api_error_.*")
_COMMON = {"format": "json", "formatversion": "2", "maxlag": _MAXLAG}


@dataclass(frozen=True, slots=True)
class Found:
    """An item that has the name, or one that begins so: `matched` is the name, of the kind `by` (`label`, `alias`)."""

    qid: str
    label: str
    description: str
    matched: str
    by: str


@dataclass(frozen=True, slots=True)
class WikidataApi:
    """The API at `url`, asked by `asker`."""

    asker: Asker
    url: str = API

    def search(self, name: str, language: str, *, limit: int = 7) -> tuple[Found, ...]:
        """The items that are called `name` in `language` or, where that has none, in the languages it falls back to."""
        request = {"action": "wbsearchentities", "search": name, "language": language, "uselang": language}
        request |= {"type": "item", "limit": str(limit)}
        with self.asker.cache.turn():
            if not (kept := self.asker.cache.get(address(self.url), request)):
                kept = [self.asker.ask(self.url, _hits, get={**request, **_COMMON})]
                self.asker.cache.put(self.url, {"": (request, kept[0])})
        return tuple(map(_found, kept[0]))

    def entities(
        self, qids: Iterable[str], languages: tuple[str, ...] = ("vi", "en", "mul")
    ) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
        """Each id with the item in JSON as Wikidata's dumps have it; None for an id that no item has.

        Items that were merged come under the id that was asked for, with their present one inside.
        """
        waiting = iter(dict.fromkeys(qids))
        while chunk := list(islice(waiting, MOST_AT_ONCE)):
            if bad := [qid for qid in chunk if not _QID.fullmatch(qid)]:
                raise ValueError(f"no id of an item: {bad[0]!r}")
            with self.asker.cache.turn():
                found = {
                    qid: kept[0]
                    for qid in chunk
                    if (kept := self.asker.cache.get(address(self.url), _of(qid, languages)))
                }
                if missing := [qid for qid in chunk if qid not in found]:
                    found |= self._asked(missing, languages)
            for qid in chunk:
                yield qid, found[qid]

    def _asked(self, qids: list[str], languages: tuple[str, ...]) -> dict[str, Any]:
        def read(said: Any) -> dict[str, Any]:
            entities = _checked(said, "entities")
            return {qid: _entity(entities, qid) for qid in qids}

        request = {**_of("|".join(qids), languages), "props": "labels|descriptions|aliases|claims|sitelinks"}
        found = self.asker.ask(self.url, read, get={**request, **_COMMON})
        self.asker.cache.put(self.url, {qid: (_of(qid, languages), entity) for qid, entity in found.items()})
        return found


def _of(ids: str, languages: tuple[str, ...]) -> dict[str, str]:
    return {"action": "wbgetentities", "ids": ids, "languages": "|".join(languages)}


def _checked(said: Any, part: str) -> Any:
    """The part of an answer; what the API calls an error with status 200 is one here too."""
    if not isinstance(said, dict):
        raise ValueError(f"no object but {type(said).__name__}")  # noqa: TRY004 - the answer is wrong, no call
    if error := said.get("error"):
        code = str(error.get("code", "?") if isinstance(error, dict) else error)[:100]
        if _BUSY.fullmatch(code):
            raise Passing("busy", cause=code)
        raise Unusable("refused", service="wikidata", cause=code)
    if part not in said:
        raise ValueError(f"no part {part!r}")
    return said[part]


def _hits(said: Any) -> list[dict[str, str]]:
    try:
        return [
            {
                "id": hit["id"],
                "label": str(hit.get("label") or ""),
                "description": str(hit.get("description") or ""),
                "text": str(hit["match"]["text"]),
                "type": str(hit["match"]["type"]),
            }
            for hit in _checked(said, "search")
            if _QID.fullmatch(hit["id"])
        ]
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no list of hits: {error!r}") from error


def _found(hit: Mapping[str, str]) -> Found:
    return Found(hit["id"], hit["label"], hit["description"], hit["text"], hit["type"])


def _entity(entities: Any, qid: str) -> Any:
    """The item in the answer that is meant by `qid`: under that id, or under that of what it was merged into."""
    try:
        found = entities.get(qid) or next(
            one for one in entities.values() if one.get("redirects", {}).get("from") == qid
        )
        if "missing" in found:
            return None
        if not _QID.fullmatch(found["id"]) or not isinstance(found["claims"], dict | list):
            raise ValueError(f"no item for {qid}")
    except (LookupError, TypeError, AttributeError, StopIteration) as error:
        raise ValueError(f"no item for {qid}: {error!r}") from error
    return found
