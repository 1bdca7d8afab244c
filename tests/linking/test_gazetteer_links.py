"""Entities that the gazetteer knows by a Wikidata id are linked, no others."""

from __future__ import annotations

from kg.linking import link
from kg.model import Entity


def entity(key: str) -> Entity:
    return Entity(key=key, type="place", labels=(("vi", key), ("en", key)))


def test_links_what_carries_a_wikidata_id() -> None:
    (found,) = link([entity("Q159"), entity("nga-1234abcd"), entity("kctv")])
    assert (found.entity, found.target) == ("Q159", "http://www.wikidata.org/entity/Q159")
    assert found.reasons


def test_a_name_with_other_uses_scores_lower() -> None:
    (strong,) = link([entity("Q159")])
    (weak,) = link([entity("Q3159")])
    assert 0 < weak.score < strong.score <= 1
