"""What a reasoner makes of the ontology: its defined classes find their members, and what excludes each other is caught."""

from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest

from kg import ns
from kg.checkup.ontology.reasoning import consistent, unsatisfiable
from kg.vocabulary import Vocabulary

OWL = "http://www.w3.org/2002/07/owl#"
PREFIXES = "@prefix nk: <https://w3id.org/newskg/ontology#> . @prefix : <https://w3id.org/newskg/id/> .\n"
STORY = """
:regiment a nk:MilitaryUnit ; nk:branch nk:engineers ; nk:echelon nk:regiment ; nk:unitNumber "91" .
:brigade a nk:MilitaryUnit ; nk:branch nk:artillery ; nk:echelon nk:brigade .
:wounded a nk:Question ; nk:measure nk:wounded .
:length a nk:Question ; nk:measure nk:length .
:police a nk:QuantityClaim ; nk:answers :wounded ; nk:competesWith :hospital ; nk:modality nk:asserted .
:hospital a nk:QuantityClaim ; nk:answers :wounded ; nk:modality nk:estimated .
:bridge a nk:QuantityClaim ; nk:answers :length ; nk:modality nk:asserted .
:twice a nk:Statement ; nk:origins 2 ; nk:modality nk:denied .
:once a nk:Statement ; nk:origins 1 ; nk:modality nk:confirmed .
"""
# What belongs to a defined class, and what is near it and does not.
CLASSIFIED = [
    ("EngineerUnit", "regiment", "brigade"),
    ("ContestedQuestion", "wounded", "length"),
    ("CasualtyQuestion", "wounded", "length"),
    ("IndependentCorroboration", "twice", "once"),
    ("Denial", "twice", "once"),
]
KINDS = [
    "Person",
    "Group",
    "Organization",
    "Site",
    "NaturalFeature",
    "Award",
    "Equipment",
    "NamedEvent",
    "Event",
    "Claim",
]


@pytest.fixture(scope="module")
def ontology() -> tuple[ox.Triple, ...]:
    return Vocabulary.load().triples


def parsed(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(input=PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def entailed(triples: list[ox.Triple], individual: str, class_: str) -> bool:
    """Whether an individual must be in a class: whether it cannot be outside."""
    outside = f"nk:Outside <{OWL}complementOf> nk:{class_} ; a <{OWL}Class> . :{individual} a nk:Outside ."
    return not consistent([*triples, *parsed(outside)])


def test_every_class_can_have_a_member(ontology: tuple[ox.Triple, ...]) -> None:
    assert consistent(ontology)
    assert unsatisfiable(ontology) == []


def test_the_classes_that_are_defined_are_all_tried(ontology: tuple[ox.Triple, ...]) -> None:
    defined = {t.subject for t in ontology if t.predicate.value == f"{OWL}equivalentClass"}
    assert defined == {ox.NamedNode(f"{ns.NAMESPACE}{name}") for name, _, _ in CLASSIFIED}


@pytest.mark.parametrize(("class_", "inside", "beside"), CLASSIFIED)
def test_a_defined_class_finds_its_members(
    ontology: tuple[ox.Triple, ...], class_: str, inside: str, beside: str
) -> None:
    triples = [*ontology, *parsed(STORY)]
    assert consistent(triples)
    assert entailed(triples, inside, class_)
    assert not entailed(triples, beside, class_)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(KINDS, 2)))
def test_nothing_is_two_kinds_of_thing(one: str, other: str) -> None:
    assert Vocabulary.load().excludes(one, other)


@pytest.mark.parametrize(
    "wrong",
    [
        ":x a nk:Person, nk:Site .",
        ":x a nk:Person, nk:City .",
        ":x a nk:Award, nk:Place .",
        ":x nk:heldBy :y ; a nk:Meeting .",
        ":x a nk:PositionHeld ; nk:heldBy :y, :z . :y a nk:Person . :z a nk:Organization .",
        ":x a nk:MilitaryUnit ; nk:echelon nk:regiment, nk:brigade .",
        ":x a nk:EngineerUnit, nk:Site .",
        ":x a nk:ValueContradiction, nk:DateContradiction .",
    ],
)
def test_what_cannot_be_is_inconsistent(ontology: tuple[ox.Triple, ...], wrong: str) -> None:
    assert not consistent([*ontology, *parsed(wrong)])


@pytest.mark.parametrize(
    "right",
    [
        ":x a nk:State, nk:City .",  # Singapore
        ":x a nk:PoliticalParty, nk:MilitaryOrganization .",  # an armed movement
        ":x a nk:City ; nk:makesClaim :y . :y a nk:Statement .",  # a capital that speaks for its government
        ":x a nk:MilitaryUnit ; nk:branch nk:engineers, nk:airborne .",
    ],
)
def test_what_can_be_is_consistent(ontology: tuple[ox.Triple, ...], right: str) -> None:
    assert consistent([*ontology, *parsed(right)])
