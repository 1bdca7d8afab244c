"""Choose the format of an answer by what the client accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROWS: Mapping[str, Sequence[str]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Mapping[str, Sequence[str]] = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "rdf": ("application/rdf+xml", "application/xml"),
    "jsonld": ("application/ld+json", "application/json"),
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
}


def choose(accept: str, offered: Mapping[str, Sequence[str]]) -> str | None:
    """The name of the offered format that an Accept header likes best; None where it likes none.

    Among equals the first offered wins. Without a header everything is liked.
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    liked = {name: max(_quality(media, ranges) for media in types) for name, types in offered.items()}
    best = max(liked, key=lambda name: liked[name])
    return best if liked[best] > 0 else None


def media_type(name: str) -> str:
    """The Content-Type of a format by name; text formats say that they are UTF-8."""
    media = {**ROWS, **TRIPLES}[name][0]
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def named(wanted: str) -> str | None:
    """The format that a `format` parameter names, by its short name or a media type; None where there is none such."""
    for offered in (ROWS, TRIPLES):
        for name, types in offered.items():
            if wanted == name or wanted in types[:1]:
                return name
    return None


def language(accept: str, offered: Sequence[str]) -> str:
    """The offered language that an Accept-Language header likes best; the first offered where it likes none."""
    ranges = _ranges(accept)
    liked = {
        code: max((q for tag, q in ranges if tag == "*" or tag.partition("-")[0] == code), default=0.0)
        for code in offered
    }
    return max(liked, key=lambda code: liked[code])


def _ranges(header: str) -> list[tuple[str, float]]:
    """The ranges of a header with their qualities; what cannot be read is passed over."""
    found = []
    for part in header.lower().split(","):
        value, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
        try:
            found.append((value, min(max(float(quality), 0.0), 1.0)))
        except ValueError:
            continue
    return [(value, quality) for value, quality in found if value]


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a media type is liked: by the range that fits it most exactly."""
    for wanted in (media, media.partition("/")[0] + "/*", "*/*"):
        fitting = [quality for value, quality in ranges if value == wanted]
        if fitting:
            return max(fitting)
    return 0.0
