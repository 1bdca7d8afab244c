"""The pages for people: ask a question, see a thing; plain HTML that needs no script."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg import questions, sparql
from kg.server import negotiation
from kg.server.pool import Pool, Way
from kg.server.replies import Reply

_HERE = Path(__file__).parent
_MOST_ROWS = 1000
_PREVIEWED = 3
_ANYWHERE = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_WEB = ("http://", "https://")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


class Pages:
    """The pages, with their templates, texts and saved questions, which are read once."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, Any]] = tomllib.loads((_HERE / "texts.toml").read_text(encoding="utf-8"))
        self._saved = {question.name: question for question in questions.saved()}
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["address"] = _address
        self._environment.tests["web"] = lambda iri: iri.startswith(_WEB)

    async def ask(self, request: Request) -> HTMLResponse:
        """The page at /: a query to write, saved questions to pick, and the answer to what was asked."""
        given = request.query_params
        text = given.get("query", "")
        name = given.get("saved", "")
        if name and name not in self._saved:
            problem = f"{self._texts[self._language(request)]['not_found']} {name}"
            return self._page(request, "ask.html", 404, query="", problem=problem, answer=None, formats=(), open=())
        values = {key: given[key] for key in self._saved[name].parameters if given.get(key)} if name else {}
        text = self._saved[name].filled(values) if name else text
        if not text.strip():
            return self._page(request, "ask.html", 200, query="", problem="", answer=None, formats=(), open=())
        job = {"task": "table", "query": text, "rows": _MOST_ROWS}
        reply = await self._answer(request, job, way="pages" if name else None)  # our own questions are not slow
        answer = _answer(reply)
        problem = "" if answer else reply.body.decode()
        language = self._language(request)
        asked = self._saved[name].parameters.items() if name else ()
        return self._page(
            request,
            "ask.html",
            reply.status,
            query=text,
            problem=problem,
            answer=answer,
            formats=_formats(answer),
            name=name,
            open=[{"name": key, "says": said[language], "value": values.get(key, "")} for key, said in asked],
        )

    async def show(self, request: Request) -> HTMLResponse:
        """The page of one thing: what it is called, what is said of it, and the words behind it."""
        iri = request.query_params.get("iri", "")
        job = {"task": "show", "iri": iri, "language": self._language(request), "rows": _MOST_ROWS}
        reply = await self._answer(request, job)
        found = _answer(reply)
        if found:
            formats = tuple(negotiation.TRIPLES)
            return self._page(request, "show.html", 200, problem="", formats=formats, **found)
        status = reply.status if _failed(reply) else 404
        problem = reply.body.decode() if _failed(reply) else ""
        return self._page(request, "missing.html", status, iri=iri, problem=problem)

    async def preview(self, request: Request, iri: str, language: str) -> HTMLResponse:
        """A small page of one thing, which other pages may show within themselves."""
        job = {"task": "show", "iri": iri, "language": language, "rows": _PREVIEWED}
        reply = await self._answer(request, job)
        found = _answer(reply)
        if found:
            page = self._page(request, "preview.html", 200, language=language, **found)
            page.headers["Content-Security-Policy"] = _ANYWHERE
            return page
        status = reply.status if _failed(reply) else 404
        return self._page(
            request, "missing.html", status, iri=iri, problem=reply.body.decode() if _failed(reply) else ""
        )

    async def _answer(self, request: Request, job: dict[str, Any], *, way: Way | None = None) -> Reply:
        pool: Pool = request.app.state.pool
        return await pool.answer(job, way=way)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        accept = request.headers.get("accept-language", "")
        return asked if asked in self._texts else negotiation.language(accept, list(self._texts))

    def _page(self, request: Request, template: str, status: int, *, language: str = "", **values: Any) -> HTMLResponse:
        language = language or self._language(request)
        other = next(code for code in self._texts if code != language)
        html = self._environment.get_template(template).render(
            t=self._texts[language],
            language=language,
            other=other,
            switch=_address(request.url.path, **{**request.query_params, "lang": other}),
            saved=[{"name": question.name, "title": question.title(language)} for question in self._saved.values()],
            prefixes=sparql.PREFIXES,
            **values,
        )
        return HTMLResponse(html, status, {**HEADERS, "Content-Language": language, "Vary": "Accept-Language"})


def _failed(reply: Reply) -> bool:
    return reply.status != 200  # noqa: PLR2004 - HTTP's own number


def _answer(reply: Reply) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None if _failed(reply) else json.loads(reply.body)
    return found


def _formats(answer: dict[str, Any] | None) -> Sequence[str]:
    """The formats in which what the page shows can be downloaded."""
    if not answer:
        return ()
    return tuple(negotiation.TRIPLES if "text" in answer else negotiation.ROWS)


def _address(path: str, **parameters: str) -> str:
    return f"{path}?{urlencode(parameters)}"
