"""The interface of the service as an OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import kg
from kg.server import negotiation, parsing

_TEXT: Mapping[str, Any] = {"text/plain": {"schema": {"type": "string"}}}
_FORM = "application/x-www-form-urlencoded"
_REASONS = {
    "400": "The request cannot be read.",
    "401": "The token is missing or wrong.",
    "403": "The server is read-only, or what is asked for is not offered.",
    "404": "There is no such thing.",
    "405": "This is done otherwise.",
    "406": "There is no such format.",
    "408": "The request did not come in time.",
    "409": "The graph is not as the update needs it.",
    "413": "The request is too large.",
    "415": "What was sent has a type that is not read.",
    "429": "This client has asked too much at once.",
    "500": "The graph cannot be read or written.",
    "503": "It takes too long, or too many are waiting.",
}
_READING = ("400", "404", "406", "408", "413", "415", "429", "500", "503")
_WRITING = ("400", "401", "403", "404", "405", "408", "409", "413", "415", "500", "503")


def document(origin: str, *, writable: bool) -> dict[str, Any]:
    """The document for the server at `origin`; what writes is in it where that is offered."""
    found: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "News knowledge graph", "version": kg.__version__},
        "servers": [{"url": origin}],
        "paths": {path: dict(operations) for path, operations in _paths(writable=writable)},
    }
    if writable:
        found["components"] = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
    return found


def _paths(*, writable: bool) -> Iterable[tuple[str, Mapping[str, Any]]]:
    formats = [*negotiation.ROWS, *negotiation.TRIPLES]
    rows = _content([*_media(negotiation.ROWS), *_media(negotiation.TRIPLES)])
    graphs = [_parameter(name, "uri", many=True) for name in ("default-graph-uri", "named-graph-uri")]
    asked = [_parameter("query"), *graphs, _parameter("format", among=formats)]
    yield (
        "/sparql",
        {
            "get": _operation("Ask a query; without one, the service description", rows, parameters=asked),
            "post": _operation(
                "Ask a query or send an update",
                rows,
                parameters=[
                    *graphs,
                    *(_parameter(f"using-{name}", "uri", many=True) for name in ("graph-uri", "named-graph-uri")),
                ],
                body={
                    "application/sparql-query": {"schema": {"type": "string"}},
                    "application/sparql-update": {"schema": {"type": "string"}},
                    _FORM: {
                        "schema": {"type": "object", "properties": {n: {"type": "string"} for n in ("query", "update")}}
                    },
                },
                failures=sorted({*_READING, *_WRITING}),
            ),
        },
    )
    one = [_parameter("graph", "uri"), _parameter("default", empty=True)]
    yield "/graph-store", _store([*one, _parameter("format", among=list(negotiation.TRIPLES))], writable=writable)
    rest = {"name": "rest", "in": "path", "required": True, "schema": {"type": "string"}}
    yield "/graph-store/{rest}", _store([rest], writable=writable)
    triples = _content(_media(negotiation.TRIPLES))
    yield (
        "/data",
        _get("The triples of a thing", triples, [_parameter("iri", "uri"), _parameter("format", among=formats)]),
    )
    yield "/newskg/{rest}", _get("What one of the graph's own IRIs names", triples, [rest], found=("200", "303"))
    yield "/.well-known/void", _get("What the graph holds, in VoID", triples, [])
    page = _content(["text/html"])
    yield "/", _get("The page to ask", page, [_parameter(name) for name in ("query", "saved", "lang")])
    yield "/show", _get("The page of a thing", page, [_parameter("iri"), _parameter("lang")])
    json = _content(["application/json"])
    named = [_parameter(name) for name in ("q", "lang", "type")]
    yield "/search", _get("Find things by name", json, [*named, _parameter("limit")])
    for path, about in (
        ("/healthz", "Whether it lives"),
        ("/readyz", "Whether it is ready"),
        ("/metrics", "Its numbers"),
    ):
        yield path, _get(about, {}, [])


def _store(parameters: Sequence[Any], *, writable: bool) -> dict[str, Any]:
    """The operations on graphs."""
    triples = _content(_media(negotiation.TRIPLES))
    found = {"get": _operation("Read a graph", triples, parameters=parameters)}
    found["head"] = _operation("See whether there is a graph", {}, parameters=parameters)
    body = {media: {"schema": {"type": "string"}} for media in parsing.FORMATS}
    for method, about, sent in (
        ("put", "Put a graph in the place of what is there", body),
        ("post", "Add to a graph", body),
        ("delete", "Remove a graph", None),
    ):
        if writable:
            found[method] = _operation(about, {}, parameters=parameters, body=sent, failures=_WRITING, writes=True)
    return found


def _get(about: str, content: Any, parameters: Sequence[Any], *, found: Sequence[str] = ("200",)) -> dict[str, Any]:
    return {"get": _operation(about, content, parameters=parameters, found=found)}


def _operation(
    about: str,
    content: Mapping[str, Any],
    *,
    parameters: Sequence[Any],
    body: Mapping[str, Any] | None = None,
    failures: Sequence[str] = _READING,
    writes: bool = False,
    found: Sequence[str] = ("200",),
) -> dict[str, Any]:
    good = ("200", "201", "204") if body is not None or writes else found
    told: dict[str, Any] = {
        "summary": about,
        "parameters": list(parameters),
        "responses": {
            **{
                code: {"description": "It is done.", **({"content": content} if content and code == "200" else {})}
                for code in good
            },
            **{code: {"description": _REASONS[code], "content": _TEXT} for code in failures},
        },
    }
    if body is not None:
        told["requestBody"] = {"content": dict(body), "required": True}
    if writes:
        told["security"] = [{"token": []}]
    return told


def _parameter(
    name: str, form: str = "", *, many: bool = False, empty: bool = False, among: Sequence[str] = ()
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if form:
        schema["format"] = form
    if among:
        schema["enum"] = list(among)
    if empty:
        schema["maxLength"] = 0
    if many:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "schema": schema, **({"allowEmptyValue": True} if empty else {})}


def _media(offered: Mapping[str, Sequence[str]]) -> list[str]:
    return [types[0] for types in offered.values()]


def _content(types: Sequence[str]) -> dict[str, Any]:
    return {media: {} for media in types}
