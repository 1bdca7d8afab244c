"""Words of any language tell the kind of an event within its class."""

from __future__ import annotations

import pytest

from kg.resolving.kinds import kinds


@pytest.mark.parametrize(
    ("term", "one", "other"),
    [
        ("Accident", "va chạm", "collided with"),
        ("Accident", "lật úp", "capsized"),
        ("Disaster", "trận động đất", "the quake"),
        ("Demonstration", "đình công", "walkout"),
    ],
)
def test_one_kind_has_words_in_both_languages(term: str, one: str, other: str) -> None:
    assert kinds(term, one) & kinds(term, other)


@pytest.mark.parametrize(
    ("term", "one", "other"),
    [
        ("Accident", "vụ cháy", "collided with"),
        ("Disaster", "lũ quét", "earthquake"),
        ("Demonstration", "tuần hành", "downed tools"),
    ],
)
def test_two_kinds_share_none(term: str, one: str, other: str) -> None:
    assert kinds(term, one)
    assert kinds(term, other)
    assert not kinds(term, one) & kinds(term, other)


@pytest.mark.parametrize("words", ["vụ tai nạn", "the accident", "firearms"])
def test_words_for_any_accident_tell_no_kind(words: str) -> None:
    assert not kinds("Accident", words)


def test_a_class_without_kinds_has_none() -> None:
    assert not kinds("Meeting", "talks")
