"""Groups of people bear one name in all languages, with whose they are."""

from __future__ import annotations

import pytest

from kg.model import Document, Extraction, Mention, MentionType
from kg.resolving import groups
from kg.resolving.entities import resolve


def article(language: str, group: str, owner: str, kb: str = "", owner_type: MentionType = "place") -> Extraction:
    """An article that names an owner and a group that belongs to it."""
    document = Document(f"{language}.txt", f"{group} ; {owner}", language)
    at = len(group) + 3
    return Extraction(
        document,
        (
            Mention(document.id, document.span(0, len(group)), "group", group, "nominal", of=owner),
            Mention(document.id, document.span(at, at + len(owner)), owner_type, owner, kb=kb),
        ),
    )


def counted(*articles: Extraction) -> int:
    return sum(entity.type == "group" for entity in resolve(articles))


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("nghị sĩ Hàn Quốc", "lawmakers of South Korea"),
        ("binh sĩ Hàn Quốc tử trận", "soldiers of South Korea killed in action"),
        ("gia đình và nạn nhân Hàn Quốc", "families and victims of South Korea"),
    ],
)
def test_a_group_of_one_owner_is_one_in_both_languages(vi: str, en: str) -> None:
    assert counted(article("vi", vi, "Hàn Quốc", "Q884"), article("en", en, "South Korea", "Q884")) == 1


def test_other_people_and_other_owners_are_other_groups() -> None:
    lawmakers = article("vi", "nghị sĩ Hàn Quốc", "Hàn Quốc", "Q884")
    assert counted(lawmakers, article("en", "soldiers of South Korea", "South Korea", "Q884")) == 2
    assert counted(lawmakers, article("en", "lawmakers of Laos", "Laos", "Q819")) == 2


def test_an_army_is_the_states_and_residents_are_the_citys() -> None:
    state = article("vi", "binh sĩ Ukraine", "Ukraine", "Q212")
    assert counted(state, article("en", "soldiers of Kyiv", "Kyiv", "Q1899")) == 1
    people = article("vi", "sinh viên Ukraine", "Ukraine", "Q212")
    assert counted(people, article("en", "students of Kyiv", "Kyiv", "Q1899")) == 2


def test_people_of_nobody_stay_in_their_article() -> None:
    def unowned(language: str, group: str) -> Extraction:
        document = Document(f"{language}.txt", group, language)
        return Extraction(document, (Mention(document.id, document.span(0, len(group)), "group", group, "nominal"),))

    assert counted(unowned("vi", "binh sĩ"), unowned("en", "soldiers")) == 2


def test_a_description_without_a_known_noun_has_no_kind() -> None:
    assert groups.kind("presiding judge", "en") is None
    found = groups.kind("nghị sĩ Hàn Quốc", "vi")
    assert found is not None
    assert (found.name, found.fallen) == ("lawmakers", False)
    assert groups.people() == "people"
