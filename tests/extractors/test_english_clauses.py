"""Voice, word order and what points back in English: who does what to whom, however it is said."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import pytest

from kg import lexicon
from kg.extractors import pipeline
from kg.extractors.statements import learned, role_features, roles
from kg.extractors.statements.reading import Reference
from kg.extractors.statements.role_features import Spot
from kg.model import Document, Extraction, Statement

Roles = dict[str, tuple[str, ...]]


@cache
def _extract() -> Any:
    return pipeline("en")


def read(text: str) -> Extraction:
    found: Extraction = _extract()(Document("example.txt", text, "en", published="2026-01-15"))
    return found


def events(text: str, kind: str) -> list[Statement]:
    return [s for s in read(text).statements if s.type == kind]


ATTACK: Roles = {"agent": ("Ukraine",), "target": ("Belgorod",)}

WAYS: list[tuple[str, str, Roles]] = [
    ("Ukraine attacked Belgorod.", "Attack", ATTACK),
    ("Ukraine has repeatedly attacked Belgorod.", "Attack", ATTACK),
    ("Belgorod was attacked by Ukraine.", "Attack", ATTACK),
    ("Belgorod had been attacked twice by Ukraine.", "Attack", ATTACK),
    ("Ukraine's attack on Belgorod lasted two hours.", "Attack", ATTACK),
    ("The attack on Belgorod by Ukraine lasted two hours.", "Attack", ATTACK),
    ("Ukraine, which had lost the town, attacked Belgorod.", "Attack", ATTACK),
    ("Ukraine sent drones and attacked Belgorod.", "Attack", ATTACK),
    (
        "Marco Rubio and Sergei Lavrov met in Riyadh.",
        "Meeting",
        {"hasParticipant": ("Marco Rubio", "Sergei Lavrov"), "atPlace": ("Riyadh",)},
    ),
    (
        "The meeting between Marco Rubio and Sergei Lavrov was short.",
        "Meeting",
        {"hasParticipant": ("Marco Rubio", "Sergei Lavrov")},
    ),
    ("Marco Rubio's visit to Japan was cut short.", "Visit", {"agent": ("Marco Rubio",), "destination": ("Japan",)}),
    (
        "The court jailed Jens Holm for taking 3 million dollars from Nokia.",
        "MoneyTransfer",
        {"recipient": ("Jens Holm",), "giver": ("Nokia",)},
    ),
]


@pytest.mark.parametrize(("text", "kind", "roles"), WAYS, ids=[text for text, _, _ in WAYS])
def test_one_happening_told_in_many_ways(text: str, kind: str, roles: Roles) -> None:
    found = events(text, kind)
    assert found, read(text).statements
    assert {role: set(names) for role, names in found[0].roles if role in roles} == {
        r: set(n) for r, n in roles.items()
    }


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Ukraine attacked Belgorod.", "asserted"),
        ("Ukraine will attack Belgorod.", "planned"),
        ("Ukraine is believed to have attacked Belgorod.", "reported"),
        ("If Ukraine attacks Belgorod, the talks will end.", "conditional"),
        ("Ukraine would attack Belgorod if the talks ended.", "conditional"),
        ("Ukraine confirmed that it had attacked Belgorod.", "confirmed"),
        ("Ukraine denied that it had attacked Belgorod.", "denied"),
    ],
)
def test_how_firmly_it_is_told(text: str, modality: str) -> None:
    assert [s.modality for s in events(text, "Attack")] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine did not attack Belgorod.",
        "Ukraine never attacked Belgorod.",
        "Kyiv urged Ukraine to attack Belgorod.",
        "It was the worst storm to reach Belgorod.",
        "Mines and shells lay around Belgorod.",
    ],
)
def test_what_did_not_happen_is_no_event_of_a_frame(text: str) -> None:
    """A trained model may tell that it is denied, or only demanded."""
    told = events(text, "Attack")
    assert all(s.extractor == learned.BY and s.modality in {"denied", "conditional"} for s in told)


def chain(extraction: Extraction, words: str) -> str:
    return next(m.chain for m in extraction.mentions if m.span.text == words)


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Marco Rubio left Rome. He flew to Paris.", "He", "Marco Rubio"),
        ("Foreign Minister Sergei Lavrov arrived in Doha. The minister met nobody.", "The minister", "Sergei Lavrov"),
        ("Marco Rubio met Sergei Lavrov. The two men shook hands.", "The two men", "Marco Rubio"),
        ("Seven South Korean lawmakers came. The lawmakers left.", "The lawmakers", "lawmakers of South Korea"),
        (
            "Nokia and the Finnish Defence Ministry talked. The ministry said no.",
            "The ministry",
            "Finnish Defence Ministry",
        ),
        ("Nokia sued the Supreme Court. The company lost.", "The company", "Nokia"),
    ],
)
def test_what_points_back(text: str, words: str, meant: str) -> None:
    assert chain(read(text), words) == meant


def test_an_indefinite_description_is_of_others() -> None:
    found = read("South Korean officials arrived. An unnamed official waited.")
    assert chain(found, "An unnamed official") == "officials"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Russian President Vladimir Putin slept.", ("Vladimir Putin", "president")),
        ("Vladimir Putin, the president of Russia, slept.", ("Vladimir Putin", "president")),
        ("The Russian president, Vladimir Putin, slept.", ("Vladimir Putin", "president")),
    ],
)
def test_an_office_wherever_it_stands(text: str, held: tuple[str, str]) -> None:
    (office,) = [s for s in read(text).statements if s.type == "PositionHeld"]
    assert (office.role("heldBy")[0], office.position) == held
    assert office.role("jurisdiction")


def counted(text: str) -> list[tuple[str | None, int, tuple[str, ...]]]:
    claims = [s for s in read(text).statements if s.type == "QuantityClaim"]
    return [(s.quantity.measure, int(s.quantity.stated), s.role("ofPopulation")) for s in claims if s.quantity]


def test_each_number_counts_with_its_own_verb() -> None:
    assert counted("The blast tore through the hall, killing 23 people and wounding 40 others.") == [
        ("killed", 23, ("people",)),
        ("wounded", 40, ("people",)),
    ]


def test_a_number_without_a_noun_is_of_the_people_before_it() -> None:
    assert counted("Some 600 North Korean soldiers were killed and 4,000 wounded.") == [
        ("killed", 600, ("soldiers of North Korea",)),
        ("wounded", 4000, ("soldiers of North Korea",)),
    ]


def test_a_time_in_prison_is_a_number_too() -> None:
    assert counted("The court sentenced Jens Holm to four years in prison.") == [("duration", 4, ())]


def test_groups_are_called_as_the_vietnamese_list_calls_them_in_english() -> None:
    english = {noun["canonical"] for noun in lexicon.table("en", "people")["noun"] if "canonical" in noun}
    vietnamese = {noun["english"] for noun in lexicon.table("vi", "people")["noun"]}
    assert vietnamese <= english


@pytest.mark.parametrize(
    "text",
    [
        "Kim said that and that ",
        "Russia attacked and ",
        "Kim said Kim said ",
        "of the of the ",
        "Kim, who, ",
        '"Kim" said "',
    ],
)
def test_time_is_linear_in_hostile_text(text: str) -> None:
    def cost(count: int) -> float:
        start = time.process_time()  # not what other processes take
        read(text * count)
        return time.process_time() - start

    cost(50)
    assert cost(2000) < 40 * cost(200) + 0.5


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Where the trigger stands, and what a reference is called, for each one that the trained choice of roles weighs."""
    found: list[tuple[int, str]] = []

    def features(spot: Spot, reference: Reference) -> list[str]:
        found.append((spot.clause.start, reference.chains[0]))
        return role_features.features(spot, reference)

    monkeypatch.setattr(roles, "features", features)
    return found


def test_only_those_near_a_trigger_are_weighed_in_a_sentence_without_end(weighed: list[tuple[int, str]]) -> None:
    def cost(count: int) -> int:
        weighed.clear()
        assert len(read("Russia attacked and " * count).statements) == count
        return len(weighed)

    assert cost(100) < 2.5 * cost(50)


def test_a_list_of_those_who_may_take_part_is_weighed_to_its_end(weighed: list[tuple[int, str]]) -> None:
    names = ["Kenya", "Uganda", "Rwanda", "Burundi", "Tanzania", "Zambia", "Malawi", "Angola", "Namibia", "Botswana"]
    read(f"{', '.join(names[:-1])} and {names[-1]} protested on Monday.")
    assert [name for _, name in weighed] == names
