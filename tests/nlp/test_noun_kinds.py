"""The kinds of common nouns."""

from __future__ import annotations

from collections import Counter

import pytest

from kg import lexicon
from kg.extractors.statements import unnamed
from kg.nlp import noun_kinds, stems
from kg.nlp.phrases import fold
from training.corpus import languages

CASES = [
    ("en", "two bus drivers slept", "drivers", "worker"),  # the head stands last, and the longest noun counts
    ("en", "two trawlers sank", "trawlers", "ship"),
    ("en", "two fishermen swam", "fishermen", "worker"),
    ("en", "it hit nothing", "hit", ""),
    ("vi", "hai tàu cá bị chìm", "tàu", "ship"),  # the head stands first
    ("vi", "tàu hỏa trật bánh", "tàu", "vehicle"),
    ("vi", "thuyền viên được cứu", "thuyền", "worker"),
    ("vi", "trời trong xanh", "xanh", ""),
]


@pytest.mark.parametrize(("language", "text", "head", "kind"), CASES)
def test_the_kind_of_a_noun(language: str, text: str, head: str, kind: str) -> None:
    words = text.split(" ")
    tokens = stems.load(language).phrase(words).split(" ")
    assert noun_kinds.load(language).at(tokens, words.index(head), 0, len(tokens)) == kind


def test_a_noun_reaches_over_no_border() -> None:
    tokens = stems.load("en").phrase(["bus", "driver"]).split(" ")
    assert noun_kinds.load("en").at(tokens, 0, 0, 2) == "vehicle"
    assert noun_kinds.load("en").at(["prime", "minister"], 1, 1, 2) == "official"


@pytest.mark.parametrize("language", languages())
def test_what_refers_is_spelled_in_all_its_forms(language: str) -> None:
    spelled = dict(noun_kinds.referring(language))
    assert set(spelled.values()) == {"group", unnamed.BODY}
    assert {"en": {"miner", "miners", "fishermen"}, "vi": {"bác sĩ", "ngư dân"}}[language] <= spelled.keys()
    assert spelled.keys().isdisjoint({"river", "trawler", "sông", "tàu cá"})  # only tell what is spoken of


@pytest.mark.parametrize("language", languages())
def test_each_noun_is_listed_once_and_folded(language: str) -> None:
    nouns = Counter(noun for table in lexicon.table(language, "nouns")["kind"] for noun in table["nouns"])
    assert [noun for noun, n in nouns.items() if n > 1] == []
    assert all(noun == fold(noun) for noun in nouns)


def test_all_languages_have_the_same_kinds() -> None:
    kinds = [{t["id"]: t.get("means") for t in lexicon.table(language, "nouns")["kind"]} for language in languages()]
    assert all(table == kinds[0] for table in kinds)
