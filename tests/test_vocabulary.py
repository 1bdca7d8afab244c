"""The ontology as Python reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.vocabulary import NAMESPACE, OntologyError, Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def test_terms_have_a_kind_labels_and_definitions(vocabulary: Vocabulary) -> None:
    call = vocabulary.terms["PhoneCall"]
    assert (call.kind, call.iri.value) == ("class", "https://w3id.org/newskg/ontology#PhoneCall")
    assert (vocabulary.label("PhoneCall", "en"), vocabulary.label("PhoneCall", "vi")) == ("Phone call", "Điện đàm")
    assert vocabulary.definition("killed", "vi")


def test_names_are_sorted_by_kind(vocabulary: Vocabulary) -> None:
    assert "PhoneCall" in vocabulary.classes()
    assert {"atPlace", "edtf"} <= set(vocabulary.properties())
    assert "killed" not in vocabulary.classes()
    assert list(vocabulary.names()) == sorted(vocabulary.terms)


def test_the_hierarchy_is_transitive_and_reflexive(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_subclass("State", "Agent")
    assert vocabulary.is_subclass("State", "Place")
    assert vocabulary.is_subclass("State", "State")
    assert not vocabulary.is_subclass("Place", "State")
    assert vocabulary.is_subproperty("attendee", "hasParticipant")
    assert {"NoComment", "Statement"} <= set(vocabulary.below("Claim"))


@pytest.mark.parametrize(
    ("first", "second", "excluded"),
    [
        ("Person", "State", True),
        ("Person", "Event", True),
        ("Inauguration", "Groundbreaking", True),
        ("Person", "Person", False),
        ("Place", "Agent", False),
        ("UntypedEntity", "Person", False),
        ("Meeting", "Signing", False),
    ],
)
def test_classes_exclude_each_other_as_the_ontology_says(
    vocabulary: Vocabulary, first: str, second: str, *, excluded: bool
) -> None:
    assert vocabulary.excludes(first, second) is excluded
    assert vocabulary.excludes(second, first) is excluded


@pytest.mark.parametrize(
    ("class_", "property_", "fits"),
    [
        ("Person", "agent", True),
        ("Place", "agent", True),  # a place may turn out to be a geopolitical entity
        ("Award", "agent", False),
        ("Equipment", "agent", False),
        ("Equipment", "target", True),
        ("Organization", "atPlace", True),
        ("Person", "atPlace", False),
        ("UntypedEntity", "confers", True),
    ],
)
def test_a_class_fits_a_range(vocabulary: Vocabulary, class_: str, property_: str, *, fits: bool) -> None:
    assert vocabulary.may_be(class_, property_) is fits


def test_a_class_fits_a_domain(vocabulary: Vocabulary) -> None:
    assert vocabulary.may_have("NoComment", "agent")
    assert vocabulary.may_have("AwardConferral", "confers")
    assert not vocabulary.may_have("PhoneCall", "confers")
    assert not vocabulary.may_have("EventClaim", "agent")


def test_the_range_comes_from_the_nearest_property_that_has_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.range("agent") == ("Agent",)
    assert set(vocabulary.range("target")) == {"Agent", "Place", "Equipment"}


def test_a_closed_list_has_its_members(vocabulary: Vocabulary) -> None:
    assert vocabulary.members("Exactness") == ("approximate", "exactly", "lessThan", "moreThan")
    assert vocabulary.is_member("killed", "CodedValue")
    assert not vocabulary.is_member("killed", "Modality")
    assert not vocabulary.is_member("unheardOf", "Measure")


def test_an_unknown_term_is_an_error(vocabulary: Vocabulary) -> None:
    with pytest.raises(KeyError):
        vocabulary.label("Unheard", "en")


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("nk:Person a", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        Vocabulary.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Attack", {"ace": "Attack", "plover": "ASSAULT"}),
        ("Death", {"ace": "Die"}),
        ("MilitaryExercise", {"plover": "MOBILIZE"}),
        ("Groundbreaking", {}),
    ],
)
def test_a_class_knows_its_codes_in_other_inventories(
    vocabulary: Vocabulary, name: str, expected: dict[str, str]
) -> None:
    assert vocabulary.coding(name) == expected


def test_ours_is_read_once_and_another_folder_each_time(tmp_path: Path) -> None:
    assert Vocabulary.load() is Vocabulary.load()
    assert not Vocabulary.load(tmp_path).terms
    (tmp_path / "one.ttl").write_text(f"<{NAMESPACE}Thing> a <http://www.w3.org/2002/07/owl#Class> .", encoding="utf-8")
    assert Vocabulary.load(tmp_path).classes() == ("Thing",)
