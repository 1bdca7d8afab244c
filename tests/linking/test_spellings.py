"""Names that a language spells out in syllables, or has others for than English, find what they are the names of."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.linking import syllables, wording
from kg.linking.candidates import _AS_WRITTEN, _KINDS
from kg.linking.shelf import Shelf


def spelled(name: str) -> list[str]:
    """What a name that Vietnamese spells out may be at home."""
    known = wording.of("vi")
    assert known is not None
    return list(syllables.spellings(name, known.syllables))


@pytest.mark.parametrize(
    ("name", "home"), [("Vla-đi-vô-xtốc", "vladivostok"), ("Xa-ha-lin", "sahalin"), ("Ca-dắc-xtan", "kazakstan")]
)
def test_syllables_spell_the_name_at_home(name: str, home: str) -> None:
    assert home in spelled(name)


@pytest.mark.parametrize("name", ["Thừa Thiên-Huế", "Bà Rịa", "Hà Nội", "Kim Jong-un và", "Bà Rịa - Vũng Tàu"])
def test_names_without_small_syllables_are_not_spelled_out(name: str) -> None:
    assert spelled(name) == []


def test_a_name_of_many_sounds_has_not_too_many_spellings() -> None:
    assert len(spelled("Ca-dắc-xtan-ca-dắc-xtan-ca-dắc-xtan")) <= 600


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_exonym_is_the_name_of_an_item(language: str) -> None:
    shelf = Shelf.open()
    table = lexicon.table(language, "exonyms")
    assert set(table) <= set(_KINDS)
    lost = [
        (own, other)
        for kind, names in table.items()
        for own, other in names.items()
        if not any(one.fit in _AS_WRITTEN for one in shelf.candidates(other, "en", kind))
    ]
    assert lost == []


def test_an_exonym_is_known_without_its_marks() -> None:
    known = wording.of("vi")
    assert known is not None
    assert known.exonym("Luan Don") == known.exonym("Luân Đôn")
    assert known.exonym("mac tu khoa") == ("Moscow", "Place")
    assert known.exonym("Ba") is None
