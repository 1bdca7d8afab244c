"""The page about the ontology has every term, leads nowhere in vain, needs nothing from elsewhere, and is the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docs.ontology import diagram, page
from docs.ontology.axioms import Axioms
from kg.vocabulary import NAMESPACE, Vocabulary
from tests.queries import asking

CHECKOUT = Path(__file__).resolve().parents[2]
VOID = {"meta", "br", "link", "img", "input"}
SMALL = f"""
@prefix nk: <{NAMESPACE}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
nk:A a owl:Class . nk:B a owl:Class . nk:p a owl:ObjectProperty, owl:FunctionalProperty .
nk:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty nk:p ; owl:minQualifiedCardinality 2 ; owl:onClass nk:A ] ;
  owl:equivalentClass [ owl:intersectionOf ( nk:A [ owl:complementOf nk:B ] [ a owl:Restriction ; owl:onProperty [ owl:inverseOf nk:p ] ; owl:someValuesFrom [ owl:oneOf ( nk:i nk:j ) ] ] ) ] .
nk:q a owl:ObjectProperty ; owl:inverseOf nk:p . nk:i a owl:NamedIndividual . nk:j a owl:NamedIndividual .
nk:d a owl:DatatypeProperty ; rdfs:domain [ owl:unionOf ( nk:A nk:B ) ] ; rdfs:range [ owl:onDatatype xsd:string ; owl:withRestrictions ( [ xsd:pattern "a<b" ] ) ] .
"""


class Read(HTMLParser):
    """The tags that are open, the ids, the links, and what a browser would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.fetched += [tag] if tag in {"script", "link", "img", "iframe", "object"} or "src" in given else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What closes itself is never open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture(scope="module")
def text(vocabulary: Vocabulary) -> str:
    return page.render(vocabulary, ["ontology.ttl"])


@pytest.fixture(scope="module")
def read(text: str) -> Read:
    return Read(text)


def test_every_term_has_its_place_and_only_one(read: Read, vocabulary: Vocabulary) -> None:
    assert read.open == []
    assert set(vocabulary.names()) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_every_link_within_the_page_leads_somewhere(read: Read) -> None:
    within = {link.removeprefix("#") for link in read.links if link.startswith("#")}
    assert within - set(read.ids) == set()
    assert {link for link in read.links if not link.startswith(("#", "http://", "https://"))} == {"ontology.ttl"}


def test_nothing_is_fetched_from_elsewhere(read: Read, text: str) -> None:
    assert read.fetched == []
    assert "@import" not in text
    assert "url(" not in text


def test_everything_is_told_in_both_languages(text: str, vocabulary: Vocabulary) -> None:
    plain = text.replace("&#34;", '"').replace("&#39;", "'").replace("&gt;", ">").replace("&lt;", "<")
    for term in vocabulary.terms.values():
        for told in (term.labels, term.definitions):
            assert told["en"] in plain
            assert told["vi"] in plain


def test_what_is_said_of_a_term_has_a_name_and_no_address(text: str) -> None:
    assert "<dt>type ·" in text
    assert "<dt>http" not in text


def test_the_questions_are_listed_with_the_commands_that_ask_them(text: str, read: Read) -> None:
    assert sum(name.startswith("question-") for name in read.ids) == len(asking.paths())
    assert "kg query GRAPH --saved figures --with of=wounded</code>" in text


@pytest.mark.slow
def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    for seed in "12":
        subprocess.run(
            [sys.executable, "-m", "docs.ontology", tmp_path / seed],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)},
            check=True,
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_the_drawing_is_a_picture_of_its_own_with_each_class_and_arrow(vocabulary: Vocabulary) -> None:
    axioms = Axioms(vocabulary)
    picture = ET.fromstring(str(diagram.draw(vocabulary, axioms)))  # noqa: S314 - our own text
    shown = {"".join(node.itertext()).split(" ")[0] for node in picture.findall(".//{*}text")}
    boxes, between = diagram.boxes(vocabulary, axioms)
    assert {name for names in between.values() for name in names} <= shown
    assert between["QuantityClaim", "Question"] == ["answers"]
    assert len(picture.findall(".//{*}polygon")) >= len(between)
    assert {link.get("href", "#").removeprefix("#") for link in picture.findall(".//{*}a")} - set(
        vocabulary.names()
    ) == set()
    assert len(boxes) > 10


def test_no_box_of_the_drawing_hides_another(vocabulary: Vocabulary) -> None:
    boxes, _ = diagram.boxes(vocabulary, Axioms(vocabulary))
    for one, other in combinations(boxes.values(), 2):
        beside = one.x + one.width < other.x or other.x + other.width < one.x
        above = one.y + one.height < other.y or other.y + other.height < one.y
        assert beside or above, (one.name, other.name)


@pytest.mark.parametrize(
    ("term", "predicate", "shown"),
    [
        ("C", "rdfs:subClassOf", "(p min 2 A)"),
        ("C", "owl:equivalentClass", "(A and not B and (inverse p some {i, j}))"),
        ("d", "rdfs:domain", "(A or B)"),
        ("d", "rdfs:range", "xsd:string [pattern a<b]"),
    ],
)
def test_expressions_are_written_out(term: str, predicate: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_text(SMALL, encoding="utf-8")
    small = Vocabulary.load(tmp_path)
    axioms = Axioms(small)
    names = {axioms.name(iri): iri for iri in axioms.predicates(small.terms[term].iri)}
    (value,) = axioms.values(small.terms[term].iri, names[predicate])
    found = axioms.shown(value)
    assert found.striptags() == shown
    assert "<b" not in str(found)
