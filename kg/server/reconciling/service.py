"""The reconciliation protocol 0.2 of the W3C community group over HTTP: manifest, queries, suggestions, previews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

import kg
from kg import ns
from kg.server import negotiation
from kg.server.pages import Pages
from kg.server.pool import Pool
from kg.server.protocol import ProtocolError, read_body, read_fields
from kg.server.reconciling.answers import MOST_QUERIES, ROOT, SPACE, iri_of
from kg.server.replies import respond
from kg.vocabulary import Vocabulary

_FORM = "application/x-www-form-urlencoded"
_TITLES = {"vi": "Đồ thị tri thức tin tức", "en": "News knowledge graph"}
_DEFAULT_TYPES = ("Person", "Organization", "Place", "MilitaryUnit", "NamedEvent")
_MOST_PROPOSED = 100
_PREVIEW = {"width": 420, "height": 280}
_Fields = dict[str, str]


def routes(pages: Pages) -> Sequence[Route]:
    """The addresses of the service, below /reconcile."""
    service = Service(pages)
    reading = ["GET", "HEAD", "POST", "OPTIONS"]
    return [
        Route(f"{base}{path}", answer, methods=methods)
        for base in ("/reconcile", *(f"/reconcile/{language}" for language in _TITLES))
        for path, answer, methods in (
            ("", service.endpoint, reading),
            ("/suggest/{what}", service.suggest, ["GET"]),
            ("/properties", service.propose, ["GET"]),
            ("/preview", service.preview, ["GET"]),
            ("/view", service.view, ["GET"]),
        )
    ]


class Service:
    """Answers what clients such as OpenRefine send.

    /reconcile/vi and /reconcile/en are in one language each; at /reconcile the client's Accept-Language chooses.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._vocabulary = Vocabulary.load()

    async def endpoint(self, request: Request) -> Response:
        """The manifest; or, where there are `queries`, a `query` or an `extend`, what they ask for."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        try:
            fields = await _sent(request)
            job = _job(fields)
        except ProtocolError as error:
            return PlainTextResponse(str(error), error.status)
        if job is None:
            return JSONResponse(self._manifest(request), headers={"Vary": "Accept-Language"})
        return await self._answer(request, job)

    async def suggest(self, request: Request) -> Response:
        """Entities, types or properties (`what`) whose names begin with `prefix`; `cursor` are passed over."""
        fields = dict(request.query_params)
        skip = fields.get("cursor") or "0"
        what = request.path_params["what"]
        if what not in ("entity", "type", "property"):
            return PlainTextResponse("entity, type and property are suggested", 404)
        if not (skip.isdecimal() and len(skip) < 10):  # noqa: PLR2004 - more has no list
            return PlainTextResponse("cursor must be a whole number", 400)
        given = {"prefix": fields.get("prefix", ""), "skip": int(skip)}
        return await self._answer(request, {"do": what, "given": given})

    async def propose(self, request: Request) -> Response:
        """Properties whose values can be fetched."""
        fields = dict(request.query_params)
        limit = fields.get("limit") or str(_MOST_PROPOSED)
        if not (limit.isdecimal() and int(limit[:9]) > 0):
            return PlainTextResponse("limit must be a positive whole number", 400)
        given = {"type": fields.get("type", ROOT), "limit": min(int(limit[:9]), _MOST_PROPOSED)}
        return await self._answer(request, {"do": "properties", "given": given})

    async def preview(self, request: Request) -> Response:
        """A small page about an entity, to be shown within a client's page."""
        iri = iri_of(request.query_params.get("id", ""))
        return await self._pages.preview(request, iri, self._language(request))

    async def view(self, request: Request) -> Response:
        """Where the page of an entity is."""
        shown = urlencode({"iri": iri_of(request.query_params.get("id", "")), "lang": self._language(request)})
        return RedirectResponse(f"/show?{shown}", 303)

    async def _answer(self, request: Request, job: dict[str, Any]) -> Response:
        pool: Pool = request.app.state.pool
        reply = await pool.answer({"task": "reconcile", "language": self._language(request), **job})
        return respond(request, reply, {"Vary": "Accept-Language"})

    def _language(self, request: Request) -> str:
        asked = request.url.path.removeprefix("/reconcile/").partition("/")[0]
        accepted = request.headers.get("accept-language", "")
        return asked if asked in _TITLES else negotiation.language(accepted, list(_TITLES))

    def _manifest(self, request: Request) -> dict[str, Any]:
        language = self._language(request)
        host = str(request.base_url).rstrip("/")
        base = f"/reconcile/{language}"

        def suggest(what: str) -> dict[str, str]:
            return {"service_url": host, "service_path": f"{base}/suggest/{what}"}

        label = self._vocabulary.label
        return {
            "versions": ["0.1", "0.2"],
            "name": _TITLES[language],
            "identifierSpace": SPACE,
            "schemaSpace": ns.NAMESPACE,
            "serviceVersion": kg.__version__,
            "logo": f"{host}/static/icon.svg",
            "documentation": f"{host}/?lang={language}",
            "defaultTypes": [{"id": name, "name": label(name, language)} for name in _DEFAULT_TYPES],
            "view": {"url": f"{host}{base}/view?id={{{{id}}}}"},
            "preview": {"url": f"{host}{base}/preview?id={{{{id}}}}", **_PREVIEW},
            "suggest": {what: suggest(what) for what in ("entity", "type", "property")},
            "extend": {
                "propose_properties": {"service_url": host, "service_path": f"{base}/properties"},
                "property_settings": [],
            },
            "batchSize": MOST_QUERIES,
        }


async def _sent(request: Request) -> _Fields:
    """The parameters of the address and, of a POST, of the form in its body; each may stand once."""
    fields = read_fields(request.scope["query_string"])
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != _FORM:
            raise ProtocolError(415, f"post a form: {_FORM}")
        fields += read_fields(await read_body(request))
    if len({name for name, _ in fields}) < len(fields):
        raise ProtocolError(400, "each parameter may be given once")
    return dict(fields)


def _job(fields: _Fields) -> dict[str, Any] | None:
    """What the parameters ask a worker for; None where they ask for nothing, which is the manifest."""
    asked = [name for name in ("queries", "query", "extend") if name in fields]
    if len(asked) > 1:
        raise ProtocolError(400, f"send one of {', '.join(asked)}, not several")
    return {"do": asked[0], "given": _parsed(asked[0], fields[asked[0]])} if asked else None


def _parsed(name: str, text: str) -> Any:
    """What a parameter says in JSON; a query that is none is a name."""
    if name == "query" and not text.lstrip().startswith("{"):
        return text
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(400, f"{name} is not JSON") from error
    if name == "queries" and isinstance(given, dict) and len(given) > MOST_QUERIES:
        raise ProtocolError(413, f"there are {len(given)} queries in the batch; send at most {MOST_QUERIES}")
    return given
