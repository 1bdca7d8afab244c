"""Things are found by name, and shown with all that is said of them and the words behind it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import lookup, ns
from kg.lookup.names import fold
from kg.rdf import iris
from kg.store import read_only


def iri(kind: str, key: str) -> str:
    return iris.node(kind, key).value


def card_of(reader: lookup.Reader, node: str) -> lookup.Card:
    card = lookup.card(reader, node)
    assert card is not None
    return card


def other(relation: lookup.Relation) -> str:
    assert isinstance(relation.value, lookup.Node)
    return relation.value.iri


@pytest.fixture(scope="module")
def reader(small_graph: Path) -> lookup.Reader:
    return lookup.Reader(read_only(small_graph), language="vi")


@pytest.fixture(scope="module")
def english(small_graph: Path) -> lookup.Reader:
    return lookup.Reader(read_only(small_graph), language="en")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Đồng Tháp", "dong thap"),
        ("  Kim   Jong-Un ", "kim jong un"),
        ("Thu\u0309y", "thuy"),
        ("“Hải Âu 3”", "hai au 3"),
        ("!?", ""),
    ],
)
def test_names_are_compared_without_marks(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize("name", ["Trần Văn Lựu", "tran van luu", "TRẦN-VĂN-LỰU", "lựu"])
def test_an_entity_is_found_with_and_without_diacritics(reader: lookup.Reader, name: str) -> None:
    assert [hit.iri for hit in lookup.find(reader, name)] == [iri("entity", "luu")]


def test_an_exact_name_goes_before_names_that_hold_it(reader: lookup.Reader) -> None:
    assert [hit.iri for hit in lookup.find(reader, "xã Thọ Lâm")] == [iri("entity", "tho-lam")]
    found = lookup.find(reader, "tho lam")
    assert [hit.label for hit in found] == ["người dân xã Thọ Lâm", "Trạm Thủy văn Thọ Lâm", "xã Thọ Lâm"]
    assert {hit.rank for hit in found} == {2}


def test_an_alias_and_another_language_find_it_too(reader: lookup.Reader) -> None:
    assert [hit.iri for hit in lookup.find(reader, "Japan")] == [iri("entity", "japan")]
    assert [hit.iri for hit in lookup.find(reader, "nhật bản (tên khác)")] == [iri("entity", "japan")]


def test_events_and_articles_are_no_names(reader: lookup.Reader) -> None:
    assert lookup.find(reader, "Điện đàm") == []


def test_for_an_unknown_name_others_are_suggested(reader: lookup.Reader) -> None:
    assert lookup.find(reader, "Tran Van Luuu") == []
    assert "Trần Văn Lựu" in lookup.suggestions(reader, "Tran Van Luuu")
    assert lookup.find(reader, "!!!") == []


def test_a_card_holds_everything_said_of_an_entity(english: lookup.Reader) -> None:
    card = card_of(english, iri("entity", "mori"))
    assert card.node == lookup.Node(iri("entity", "mori"), "Mori Kenji", "Person")
    assert ("vi", "Mori Kenji") in card.labels
    events = {(relation.property, other(relation), relation.when) for relation in card.parts["event"]}
    assert (
        "recipient",
        iri("event", "call"),
        "2025-09-05",
    ) in events
    assert {other(relation) for relation in card.parts["situation"]} == {iri("event", "office")}
    assert {other(relation) for relation in card.parts["claim"]} == {iri("claim", "s-thanks")}
    assert [count for _, count in card.articles] == [1, 1]


def test_a_card_links_to_the_item_elsewhere(english: lookup.Reader) -> None:
    assert card_of(english, iri("entity", "japan")).links == ("http://www.wikidata.org/entity/Q17",)


def test_labels_are_in_the_readers_language(reader: lookup.Reader, english: lookup.Reader) -> None:
    assert card_of(reader, iri("entity", "japan")).node.kind == "Quốc gia"
    assert card_of(english, iri("entity", "japan")).node.kind == "State"
    assert {relation.property for relation in card_of(reader, iri("event", "flood")).facts} >= {
        "tại",
        "có thời gian",
    }


@pytest.mark.parametrize(
    "name", ["https://w3id.org/newskg/id/entity/none", "no iri", "javascript:alert(1)", "http://[x", ""]
)
def test_what_the_graph_does_not_have_has_no_card(reader: lookup.Reader, name: str) -> None:
    assert lookup.card(reader, name) is None


@pytest.mark.parametrize(
    ("node", "claims"),
    [
        (("claim", "n-dead-40"), {"n-dead-40"}),
        (("question", "dead"), {"n-dead-12", "n-dead-40"}),
        (("event", "call"), {"c-call"}),
        (("event", "office"), {"c-office"}),
        (("entity", "ministry"), {"n-dead-40", "n-paddy", "s-silence"}),
        (("entity", "medal"), {"c-award"}),
    ],
)
def test_behind_each_thing_stand_its_claims(english: lookup.Reader, node: tuple[str, str], claims: set[str]) -> None:
    found = lookup.reasons(english, iri(*node))
    assert {reason.claim.iri for reason in found} == {iri("claim", key) for key in claims}


def test_a_reason_says_who_when_how_firmly_and_in_which_words(english: lookup.Reader) -> None:
    (reason,) = lookup.reasons(english, iri("claim", "n-dead-12"))
    assert [node.label for node in reason.sources] == ["Miền Xanh Radio"]
    assert [node.label for node in reason.relayed_by] == ["Decree 77"]
    assert (reason.said, reason.modality, reason.quantity) == ("2025-09", "asserted", "12")
    assert reason.extractors == ("frames/test",)
    (evidence,) = reason.evidence
    assert evidence.words == "12 người dân xã Thọ Lâm thiệt mạng"
    assert (evidence.source, evidence.end - evidence.start) == ("cuu-tro.txt", len(evidence.words))


def test_a_span_and_an_article_lead_to_their_claims(english: lookup.Reader) -> None:
    (reason,) = lookup.reasons(english, iri("claim", "n-dead-12"))
    article = reason.evidence[0].article
    assert iri("claim", "n-dead-12") in {r.claim.iri for r in lookup.reasons(english, article)}
    span = f"{article}/chars/{reason.evidence[0].start}-{reason.evidence[0].end}"
    assert [r.claim.iri for r in lookup.reasons(english, span)] == [iri("claim", "n-dead-12")]


def test_mentions_are_the_words_that_name_an_entity(english: lookup.Reader) -> None:
    words = [mention.words for mention in lookup.mentions(english, iri("entity", "villagers"))]
    assert words == ["người dân xã Thọ Lâm", "người dân", "người dân xã Thọ Lâm"]
    assert lookup.mentions(english, iri("event", "call")) == []


def test_a_node_without_label_or_class_is_called_by_the_end_of_its_iri() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://x/y#z"), ox.NamedNode("http://x/p"), ox.BlankNode("b")))
    reader = lookup.Reader(store)
    card = card_of(reader, "http://x/y#z")
    assert card.node == lookup.Node("http://x/y#z", "z", "")
    assert reader.family(ox.NamedNode("http://x/y#z")) == "other"
    assert reader.term(ns.Person) == "Person"
