"""Mint the IRIs of the graph: each follows from a record's key, so that two builds agree on it."""

from __future__ import annotations

from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.ledger import AboutKind
from kg.model import Quantity, Span, content_hash

BASE = "https://w3id.org/newskg/"
ARTICLE_KEY_LENGTH = 16
_UNRESERVED = "-._~!$&'()*+,;=:@"


def node(kind: str, key: str) -> NamedNode:
    """The IRI of the thing `key` of a kind: entity, event, question, claim, contradiction, copied (passage), quantity, time, unit, article."""
    return NamedNode(f"{BASE}id/{kind}/{quote(key, safe=_UNRESERVED)}")


def article(document: str) -> NamedNode:
    """The IRI of the article whose document id is `document`."""
    return node("article", document[:ARTICLE_KEY_LENGTH])


def about(kind: AboutKind, key: str) -> NamedNode:
    """The IRI of what a contradiction is about; the key of an article is its document id."""
    return article(key) if kind == "document" else node(kind, key)


def span(document: str, place: Span) -> NamedNode:
    """The IRI of the stretch `place` of a document."""
    return NamedNode(f"{article(document).value}/chars/{place.start}-{place.end}")


def article_graph(document: str) -> NamedNode:
    """The name of the graph that holds what one article says."""
    return NamedNode(f"{BASE}graph/article/{document[:ARTICLE_KEY_LENGTH]}")


def resolved_graph() -> NamedNode:
    """The name of the graph that holds what all articles together say."""
    return NamedNode(f"{BASE}graph/resolved")


def ontology_graph() -> NamedNode:
    """The name of the graph that holds the terms of the ontology, for queries that need their labels or hierarchy."""
    return NamedNode(f"{BASE}graph/ontology")


def narrator() -> NamedNode:
    """The agent that claims without a named source are attributed to."""
    return node("agent", "article-narrator")


def quantity(value: Quantity) -> NamedNode:
    """The IRI of a quantity: equal numbers, exactness, bounds and unit share one; what is measured is the question's."""
    parts = [value.exactness.replace("_", "-"), str(value.stated), *([value.unit] if value.unit else [])]
    tail = content_hash(value.exactness, value.stated, value.lower, value.upper, value.unit, length=8)
    return node("quantity", "-".join([*parts, tail]))


def time(edtf: str) -> NamedNode:
    """The IRI of a time; a `/` between two moments becomes `_`."""
    return node("time", edtf.replace("/", "_"))
