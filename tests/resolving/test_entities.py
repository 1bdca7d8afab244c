"""Chains of all articles become entities, whatever the order."""

from __future__ import annotations

import random

import pytest

from kg.model import Document, Extraction, Mention, MentionType
from kg.resolving.entities import resolve


def article(*mentions: tuple[str, MentionType, str], text: str = "", kb: str = "") -> Extraction:
    """An article with mentions (words, type, chain), all with the gazetteer key `kb`."""
    words = " ; ".join(words for words, _, _ in mentions)
    document = Document(source="bai.txt", text=words + text, language="vi")
    found, at = [], 0
    for name, kind, chain in mentions:
        start = document.text.index(name, at)
        at = start + len(name)
        found.append(Mention(document.id, document.span(start, at), kind, chain, kb=kb))
    return Extraction(document, tuple(found))


def person(name: str, chain: str | None = None, text: str = "") -> Extraction:
    return article((name, "person", chain or name), text=text)


def test_one_name_in_two_articles_is_one_person() -> None:
    (entity,) = resolve([person("Lê Văn Tám", text="1"), person("Lê Văn Tám", text="2")])
    assert len(entity.members) == 2
    assert entity.label("vi") == "Lê Văn Tám"


@pytest.mark.parametrize(("one", "other"), [("Lê Văn Hùng", "Lê Văn Hưng"), ("Lê Văn Tám", "Lê Văn Tâm")])
def test_diacritics_tell_people_apart(one: str, other: str) -> None:
    assert len(resolve([person(one), person(other)])) == 2


def test_hyphens_case_and_tone_marks_do_not() -> None:
    assert len(resolve([person("Choi Min-jun"), person("Choi Min jun")])) == 1
    assert len(resolve([article(("Hoà An", "place", "Hoà An")), article(("Hòa An", "place", "Hòa An"))])) == 1


def test_types_tell_namesakes_apart() -> None:
    assert len(resolve([person("Hòa An"), article(("Hòa An", "place", "Hòa An"), text=" ")])) == 2


def test_one_word_says_nothing_in_another_article() -> None:
    assert len(resolve([person("Bình", text="1"), person("Bình", text="2")])) == 2


def test_a_body_without_a_place_is_one_only_in_its_article() -> None:
    police = [article(("Công an tỉnh", "organization", "Công an tỉnh"), text=str(n)) for n in (1, 2)]
    assert len(resolve(police)) == 2


def test_a_second_spelling_joins_articles() -> None:
    both = article(
        ("Aleksandr Volkonsky", "person", "Aleksandr Volkonsky"),
        ("Alexandr Volkonsky", "person", "Aleksandr Volkonsky"),
    )
    (entity,) = resolve([both, person("Alexandr Volkonsky")])
    assert len(entity.members) == 2


def test_the_gazetteer_key_is_the_key() -> None:
    (entity,) = resolve([article(("Nga", "place", "Nga"), kb="Q159"), article(("nước Nga", "place", "Nga"), kb="Q159")])
    assert (entity.key, entity.subtype) == ("Q159", "State")
    assert (entity.label("en"), entity.label("vi")) == ("Russia", "Nga")


def test_a_body_of_a_country_is_named_in_both_languages() -> None:
    (entity,) = resolve([article(("hải quân Lào", "organization", "hải quân Lào"), kb="Q819-navy")])
    assert (entity.label("en"), entity.label("vi")) == ("Navy of Laos", "hải quân Lào")


def test_the_full_name_is_the_label_however_rare() -> None:
    many = article(("Lò Thị Mơ", "person", "Lò Thị Mơ"), ("Mơ", "person", "Lò Thị Mơ"), ("Mơ", "person", "Lò Thị Mơ"))
    (entity,) = resolve([many])
    assert entity.label("vi") == "Lò Thị Mơ"
    assert entity.aliases == (("vi", "Mơ"),)


def test_a_name_of_unknown_type_joins_its_only_namesake() -> None:
    unknown = article(("Zorvex", "untyped", "Zorvex"))
    typed = article(("Zorvex", "organization", "Zorvex"), text=" nói")
    (entity,) = resolve([unknown, typed])
    assert entity.type == "organization"


def test_keys_are_slugs_that_tell_what_ascii_does_not() -> None:
    keys = [e.key for e in resolve([person("Lê Văn Hùng"), person("Lê Văn Hưng"), person("Đỗ Mười Hai")])]
    assert all(key.isascii() for key in keys)
    assert len(set(keys)) == 3
    assert any(key.startswith("do-muoi-hai-") for key in keys)


def test_the_order_of_articles_changes_nothing() -> None:
    articles = [person("Lê Văn Tám", text=str(n)) for n in range(5)] + [
        person("Aleksandr Volkonsky"),
        article(("Aleksandr Volkonsky", "person", "A"), ("Alexandr Volkonsky", "person", "A")),
        article(("Nga", "place", "Nga"), kb="Q159"),
        article(("Zorvex", "untyped", "Zorvex")),
    ]
    expected = resolve(articles)
    random.Random(7).shuffle(articles)  # noqa: S311 - an order, no secret
    assert resolve(articles) == expected
