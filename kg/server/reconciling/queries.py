"""Read what a reconciliation client sends: queries and extension requests, each seen to have the protocol's shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg import ns
from kg.errors import UsageError

MOST_CANDIDATES = 100
MOST_IDS = 1_000
_USUAL_CANDIDATES = 10
_MOST_PROPERTIES = 50


class RequestError(UsageError):
    """The client asks in a shape that the protocol does not have."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is called `name`, is of the `types` and has the `properties`? Of each property one of the values suffices."""

    name: str
    types: tuple[str, ...]
    strict: str
    limit: int
    properties: tuple[tuple[str, list[str]], ...]


def read_query(query: Any) -> Query:
    """The query of an object of JSON; a RequestError where it is of another shape."""
    query = {"query": query} if isinstance(query, str) else query
    if not isinstance(query, dict):
        raise RequestError("a query is an object of JSON, or a name")
    asked, types = query.get("query") or "", query.get("type") or []
    limit = _USUAL_CANDIDATES if query.get("limit") is None else query["limit"]
    types = [types] if isinstance(types, str) else types
    if not isinstance(asked, str):
        raise RequestError("the query must be a text")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise RequestError("the limit must be a positive number")
    if not isinstance(types, list) or not all(isinstance(type_, str) for type_ in types):
        raise RequestError("the type must be an id, or a list of ids")
    if query.get("type_strict") not in (None, "any", "should", "all"):
        raise RequestError("type_strict is one of any, should, all")
    wanted = list(map(_condition, _listed(query, "properties")))
    if not asked.strip() and not wanted:
        raise RequestError("a query needs a name, or properties")
    local = [type_.removeprefix(ns.NAMESPACE) for type_ in types]
    strict = query.get("type_strict") or "should"
    return Query(asked.strip(), tuple(local), strict, int(min(limit, MOST_CANDIDATES)), tuple(wanted))


def read_extension(request: Any) -> tuple[list[str], list[str]]:
    """The ids and the properties that an extension request names."""
    if not isinstance(request, dict) or not {"ids", "properties"} <= request.keys():
        raise RequestError("extend must be an object of JSON with ids and properties")
    ids, wanted = _listed(request, "ids"), _listed(request, "properties")
    if len(ids) > MOST_IDS or len(wanted) > _MOST_PROPERTIES:
        raise RequestError(f"at most {MOST_IDS} ids and {_MOST_PROPERTIES} properties can be asked for at once")
    names = [one.get("id") if isinstance(one, dict) else None for one in wanted]
    if not all(isinstance(name, str) for name in [*ids, *names]):
        raise RequestError("ids are texts, and each property has an id")
    return ids, [str(name) for name in names]


def _condition(given: Any) -> tuple[str, list[str]]:
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        raise RequestError("each of the properties has a pid and a v")
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    return given["pid"].removeprefix(ns.NAMESPACE), [_text(value) for value in values]


def _text(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    raise RequestError("a value of a property is a text, a number, a truth value, or an object with an id")


def _listed(request: dict[str, Any], name: str) -> list[Any]:
    found = request.get(name)
    if found is not None and not isinstance(found, list):
        raise RequestError(f"{name} must be a list")
    return found or []
