"""What the names of military units say of them."""

from __future__ import annotations

import tomllib

import pytest

from kg import resources
from kg.rdf.designations import Designation, read
from kg.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("vi", "Trung đoàn Công binh 91", Designation("regiment", "engineers", "91")),
        ("vi", "Lữ đoàn 17", Designation("brigade", None, "17")),
        ("vi", "Tiểu đoàn 4 Trung đoàn Bộ binh 38", Designation("battalion", None, "4")),
        ("vi", "Tiểu đoàn Đặc công thuộc Sư đoàn 5", Designation("battalion", "specialForces", None)),
        ("vi", "Lữ đoàn Tên lửa phòng không 26", Designation("brigade", "airDefence", "26")),
        ("vi", "Hạm đội Phương Nam", Designation("fleet", None, None)),
        ("en", "91st Engineer Regiment", Designation("regiment", "engineers", "91")),
        ("en", "4th Battalion, 38th Infantry Regiment", Designation("battalion", None, "4")),
        ("en", "2nd Company of the 7th Tank Brigade", Designation("company", None, "2")),
        ("en", "Air Assault Brigade 12", Designation("brigade", "airborne", "12")),
        # Nothing says that these are units of some size: what number or branch they name is another matter.
        ("vi", "Lực lượng hải quân khu vực 3", Designation()),
        ("en", "Border Guard Academy 1", Designation()),
        ("ko", "제91공병연대", Designation()),
    ],
)
def test_what_a_name_says(language: str, name: str, told: Designation) -> None:
    assert read([(language, name)]) == told


def test_names_in_two_languages_complete_each_other() -> None:
    assert read([("vi", "Trung đoàn 91"), ("en", "91st Engineer Regiment")]) == Designation(
        "regiment", "engineers", "91"
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_is_for_a_term_of_its_list(language: str) -> None:
    vocabulary = Vocabulary.load()
    found = tomllib.loads((resources.language(language) / "designations.toml").read_text(encoding="utf-8"))
    assert set(found["echelon"].values()) <= set(vocabulary.members("Echelon"))
    assert set(found["branch"].values()) <= set(vocabulary.members("MilitaryBranch"))
