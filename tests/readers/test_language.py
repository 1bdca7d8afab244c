from __future__ import annotations

import pytest

from kg import lexicon, resources
from kg.errors import SetAside
from kg.readers.language import identify

ENGLISH = "The minister said on Wednesday that the talks would resume next week in Geneva."
WEDNESDAY = {
    "fr": "Le ministre a déclaré mercredi que les négociations reprendraient la semaine prochaine à Genève.",
    "de": "Der Minister sagte am Mittwoch, die Gespräche würden nächste Woche in Genf fortgesetzt.",
    "ru": "Министр заявил в среду, что переговоры возобновятся на следующей неделе в Женеве.",
    "zh": "部长周三表示，会谈将于下周在日内瓦恢复。",
    "ko": "장관은 수요일 회담이 다음 주 제네바에서 재개될 것이라고 말했다.",
    "id": "Menteri mengatakan pada hari Rabu bahwa pembicaraan akan dilanjutkan pekan depan di Jenewa.",
}


@pytest.mark.parametrize(
    "text",
    [
        "Bộ trưởng cho biết hôm thứ tư rằng cuộc đàm phán sẽ nối lại vào tuần tới ở Geneva.",
        "Bo truong cho biet hom thu tu rang cuoc dam phan se noi lai vao tuan toi o Geneva.",
        "BỘ TRƯỞNG CHO BIẾT CUỘC ĐÀM PHÁN SẼ NỐI LẠI",
        "Nga",
        "(((((",
    ],
)
def test_vietnamese_is_known_with_and_without_its_marks(text: str) -> None:
    assert identify(text) == "vi"


@pytest.mark.parametrize("text", WEDNESDAY.values(), ids=WEDNESDAY)
def test_other_language_is_set_aside(text: str) -> None:
    with pytest.raises(SetAside) as refused:
        identify(text)
    assert refused.value.reason == "language"


def test_quotation_in_another_script_changes_nothing() -> None:
    text = "Tờ báo chạy tít lớn “Переговоры возобновятся” và dẫn lời ông Müller nói hai bên sẽ gặp lại vào tháng tới."
    assert identify(text) == "vi"


@pytest.mark.parametrize("text", ["ViÖt Nam ®Êt n­íc ta vµ thÕ giíi " * 3, "Viá»‡t Nam Ä‘áº¥t nÆ°á»›c ta vÃ " * 3])
def test_text_decoded_wrongly_by_somebody_else_is_set_aside(text: str) -> None:
    with pytest.raises(SetAside) as refused:
        identify(text)
    assert refused.value.reason == "encoding-unknown"


def test_declared_language_is_believed() -> None:
    assert identify(ENGLISH, declared="vi-VN") == "vi"
    assert identify("Bộ trưởng", declared="en-GB") == "en"
    with pytest.raises(SetAside, match="'fr'"):
        identify("Bộ trưởng", declared="fr")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Deputy Minister Đặng Quốc Khải told reporters on Monday that the old capital of Huế would host the games next year.",
        "Prime Minister Pham Minh Chinh met Nguyen Van Hung in Hanoi and flew on to Da Nang and Ho Chi Minh City.",
    ],
)
def test_english_is_known_also_with_vietnamese_names(text: str) -> None:
    assert identify(text) == "en"


def test_most_of_a_text_in_two_languages_decides() -> None:
    vietnamese = "Bộ trưởng cho biết hôm thứ tư rằng cuộc đàm phán sẽ nối lại vào tuần tới ở Geneva."
    assert identify(f"{ENGLISH}\n{vietnamese}\n{ENGLISH}\n{ENGLISH}\n") == "en"
    assert identify(f"{vietnamese}\n{ENGLISH}\n{vietnamese}\n{vietnamese}\n") == "vi"


@pytest.mark.parametrize("code", resources.languages())
def test_letters_of_a_language_are_one_code_point_each_and_lower_case(code: str) -> None:
    writing = lexicon.table(code, "writing")
    assert set(writing["own"]) <= set(writing["letters"])
    assert all(letter.isalpha() and letter.islower() and not letter.isascii() for letter in writing["letters"])
    assert all("".encode(encoding) == b"" for encoding in writing["encodings"])
