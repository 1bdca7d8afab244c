"""What a reasoner makes of the ontology: its defined classes find their members, and what excludes each other is caught."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ns
from kg.checkup.ontology.reading import read
from kg.checkup.ontology.reasoning import consistent, unsatisfiable
from kg.checkup.ontology.relevance import relevant
from kg.checkup.ontology.view import View
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
# What belongs to a defined class, and what is near it and does not. For independent corroboration see the test of the OWL API's
# reasoner: pyHermiT 0.2.3 does not see that a number is outside the complement of a range.
CLASSIFIED = [
    ("EngineerUnit", "regiment", "brigade"),
    ("ContestedQuestion", "wounded", "length"),
    ("CasualtyQuestion", "wounded", "length"),
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


@pytest.fixture
def holds(tmp_path: Path) -> Callable[[str], bool]:
    """Whether a story can be true, together with our ontology."""

    def told(story: str) -> bool:
        path = tmp_path / "story.ttl"
        path.write_text(PREFIXES + story, encoding="utf-8")
        return consistent(relevant(View(read([path]))))

    return told


def outside(individual: str, class_: str) -> str:
    return f"nk:Outside <{OWL}complementOf> nk:{class_} ; a <{OWL}Class> . :{individual} a nk:Outside ."


def test_every_class_can_have_a_member() -> None:
    ontology = Vocabulary.load().triples
    assert consistent(ontology)
    assert unsatisfiable(ontology) == []


def test_the_classes_that_are_defined_are_all_tried() -> None:
    defined = {t.subject for t in Vocabulary.load().triples if t.predicate.value == f"{OWL}equivalentClass"}
    tried = [*(name for name, _, _ in CLASSIFIED), "IndependentCorroboration"]
    assert defined == {ox.NamedNode(f"{ns.NAMESPACE}{name}") for name in tried}


@pytest.mark.parametrize(("class_", "inside", "beside"), CLASSIFIED)
def test_a_defined_class_finds_its_members(holds: Callable[[str], bool], class_: str, inside: str, beside: str) -> None:
    assert holds(STORY)
    assert not holds(STORY + outside(inside, class_))
    assert holds(STORY + outside(beside, class_))


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
        ":x a nk:IndependentCorroboration ; nk:origins 1 .",
    ],
)
def test_what_cannot_be_is_inconsistent(holds: Callable[[str], bool], wrong: str) -> None:
    assert not holds(wrong)


@pytest.mark.parametrize(
    "right",
    [
        ":x a nk:State, nk:City .",  # Singapore
        ":x a nk:PoliticalParty, nk:MilitaryOrganization .",  # an armed movement
        ":x a nk:City ; nk:makesClaim :y . :y a nk:Statement .",  # a capital that speaks for its government
        ":x a nk:MilitaryUnit ; nk:branch nk:engineers, nk:airborne .",
    ],
)
def test_what_can_be_is_consistent(holds: Callable[[str], bool], right: str) -> None:
    assert holds(right)
