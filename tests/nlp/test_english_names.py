"""English names are found whole, typed by what they are, and joined where they name one thing."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from spacy.tokens import Doc

from kg import gazetteer, nlp
from kg.model import Document
from kg.nlp import bounding, lines
from kg.nlp.lines import Line

Annotate = Callable[..., Doc]


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    pipeline = nlp.load("en")
    return lambda text: nlp.annotate(pipeline, Document(source="a.txt", text=text, language="en"))


def names(doc: Doc) -> dict[str, str]:
    """The outermost names with their types, those without one left out."""
    found, reach = {}, -1
    for span in sorted(doc.spans["names"], key=lambda s: (s.start, -s.end)):
        if span.start >= reach:
            found[span.text] = span.label_
            reach = span.end
    return {name: kind for name, kind in found.items() if kind != "untyped"}


CASES = [
    # places: demonyms, possessives, abbreviations, hyphens, class words
    ("North Korea's troops met Russian sappers.", {"North Korea": "place", "Russian": "place"}),
    ("The U.S. and the UK agreed.", {"U.S.": "place", "UK": "place"}),
    ("A US-led coalition and pro-Russian rebels clashed.", {"US": "place", "Russian": "place"}),
    ("Russia-Ukraine talks failed.", {"Russia": "place", "Ukraine": "place"}),
    ("They crossed the Seventh Thai-Lao Friendship Bridge.", {"Seventh Thai-Lao Friendship Bridge": "facility"}),
    ("The EU-Vietnam Free Trade Agreement helps.", {"EU-Vietnam Free Trade Agreement": "treaty"}),
    ("The Vietnam-China border is closed.", {"Vietnam": "place", "China": "place"}),
    ("Turkey said no, China said yes.", {"Turkey": "place", "China": "place"}),
    ("It happened in the Kursk region near Zelyony Brod.", {"Kursk": "place", "Zelyony Brod": "place"}),
    ("The Inhulets River burst its banks.", {"Inhulets River": "place"}),
    ("They fish in the Sea of Japan.", {"Sea of Japan": "place"}),
    ("He grew up in Phu Quoc and Hà Tĩnh province.", {"Phu Quoc": "place", "Hà Tĩnh": "place"}),
    # laws, and what a name is said to be
    ("They asked under the Freedom of Movement Act.", {"Freedom of Movement Act": "document"}),
    ("Lima signed the Rights of Fishermen Convention.", {"Lima": "place", "Rights of Fishermen Convention": "treaty"}),
    ("Tarka, the Malian state agency, said so.", {"Tarka": "organization", "Malian": "place"}),
    ("On Monday Orlova, a Swiss firm that sells maps, closed.", {"Orlova": "organization", "Swiss": "place"}),
    ("The girl's lawyer, Advocate Rosa Iglesias, objected.", {"Rosa Iglesias": "person"}),
    # people: titles, initials, particles, hyphens, nicknames, ages
    ("President Vladimir Putin spoke.", {"Vladimir Putin": "person"}),
    ("Foreign Minister Wang Yi met Gen. Tadeusz Brolik.", {"Wang Yi": "person", "Tadeusz Brolik": "person"}),
    ("Mr. Brolik smiled.", {"Brolik": "person"}),
    ("Ludwig van der Meer and George W. Harlan came.", {"Ludwig van der Meer": "person", "George W. Harlan": "person"}),
    ("Leader Kim Jong-un and Kim Jong Un are one.", {"Kim Jong-un": "person", "Kim Jong Un": "person"}),
    ('Sen. Robert "Bob" Hargrove lost.', {'Robert "Bob" Hargrove': "person"}),
    ("Nguyen Thi Hoa, 62, sells rice.", {"Nguyen Thi Hoa": "person"}),
    ("Deputy Trade Minister Đặng Quốc Khải spoke.", {"Đặng Quốc Khải": "person"}),
    ("Her son, Tuan, was found.", {"Tuan": "person"}),
    ("Deputy Minister Tran Van Son resigned.", {"Tran Van Son": "person"}),
    (
        "Her lawyer, Vũ Thu Hạnh, and Đặng Minh Thái left. Thái smiled.",
        {"Vũ Thu Hạnh": "person", "Đặng Minh Thái": "person", "Thái": "person"},
    ),
    ("They met at the Sarova presidential palace.", {"Sarova presidential palace": "facility"}),
    ("It broke out in the Tan Thuan export processing zone.", {"Tan Thuan export processing zone": "facility"}),
    ("A fisherman from Hai Chau saw it.", {"Hai Chau": "place"}),
    ("Guards at the plant of Binh Son Footwear fled.", {"Binh Son Footwear": "organization"}),
    ("Mayor Corazon Vela of Bato told reporters.", {"Corazon Vela": "person", "Bato": "place"}),
    # bodies: the head noun last, first with "of", in lower case, in brackets
    ("The Russian Defence Ministry denied it.", {"Russian Defence Ministry": "organization"}),
    ("The Ministry of Oceans and Fisheries denied it.", {"Ministry of Oceans and Fisheries": "organization"}),
    (
        "The Culture, Sports and Tourism Ministry denied it.",
        {"Culture, Sports and Tourism Ministry": "organization"},
    ),
    ("The Ukrainian army denied it.", {"Ukrainian army": "organization"}),
    ("A Russian military delegation arrived.", {"Russian": "place"}),
    ("The Russian government denied it.", {"Russian": "place"}),
    ("The Hanoi People's Committee closed schools.", {"Hanoi People's Committee": "organization"}),
    ("The U.N. Security Council met.", {"U.N. Security Council": "organization"}),
    (
        "The National Centre for Snow Research (NCSR) moved.",
        {"National Centre for Snow Research": "organization", "NCSR": "organization"},
    ),
    ("Formosa Ha Tinh Steel Corp. closed.", {"Formosa Ha Tinh Steel Corp.": "organization"}),
    ("The Supreme Court ruled.", {"Supreme Court": "organization"}),
    # units
    ("The 528th Engineer Regiment returned.", {"528th Engineer Regiment": "unit"}),
    ("The 3rd Army Corps and the 30th Marine Corps fought.", {"3rd Army Corps": "unit", "30th Marine Corps": "unit"}),
    # sites
    ("He landed at Sunan International Airport.", {"Sunan International Airport": "facility"}),
    ("She works at Bach Mai hospital.", {"Bach Mai hospital": "facility"}),
    ("They dined in the Great Hall of the People.", {"Great Hall of the People": "facility"}),
    # agreements, documents, honours, events, things
    (
        "They signed the Comprehensive Strategic Partnership Treaty.",
        {"Comprehensive Strategic Partnership Treaty": "treaty"},
    ),
    ("They signed a Treaty on Friendly Relations.", {"Treaty on Friendly Relations": "treaty"}),
    (
        "Resolution 2231 and the Fair Harbours Act lapsed.",
        {"Resolution 2231": "document", "Fair Harbours Act": "document"},
    ),
    ("He holds the Order of Lenin.", {"Order of Lenin": "award"}),
    ("World War II ended; Typhoon Saring came.", {"World War II": "event", "Typhoon Saring": "event"}),
    ("Su-35 jets and the frigate BRP Luna sailed.", {"Su-35": "equipment", "BRP Luna": "equipment"}),
    ("They bought Boeing 737 MAX jets.", {"Boeing 737 MAX": "equipment"}),
    # what is no name
    ("Officials said on Tuesday in May that prices rose.", {}),
    ("The talks begin on Monday, Aug. 12, at noon.", {}),
    # a day or a month before a name
    ("On Tuesday Carla Reyes left.", {"Carla Reyes": "person"}),
    ("In April Indonesia paid.", {"Indonesia": "place"}),
    ("Former officials and other experts disagreed.", {}),
    ("The Pentagon denied it.", {"Pentagon": "organization"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_names(annotate: Annotate, text: str, expected: dict[str, str]) -> None:
    assert names(annotate(text)) == expected


def chains(doc: Doc) -> dict[str, str]:
    return {span.text: span.id_ for span in doc.spans["names"]}


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Vladimir Putin spoke. Putin left.", ("Vladimir Putin", "Putin")),
        ("Yuri Gavrilenko spoke. Later Gavrilenko left.", ("Yuri Gavrilenko", "Gavrilenko")),
        ("The Russian navy and the Navy of Russia are one.", ("Russian navy", "Navy of Russia")),
        (
            "The Polish Defence Ministry spoke. The Defence Ministry left.",
            ("Polish Defence Ministry", "Defence Ministry"),
        ),
        ("Typhoon Saring came. They feared Saring.", ("Typhoon Saring", "Saring")),
        ("Tesla Inc. grew. Rivals of Tesla shrank.", ("Tesla Inc.", "Tesla")),
        ("Korean Central News Agency (KCNA) reported.", ("Korean Central News Agency", "KCNA")),
        ("Russia warned. A Russian ship sank.", ("Russia", "Russian")),
    ],
)
def test_names_of_one_thing_have_one_chain(annotate: Annotate, text: str, one: tuple[str, str]) -> None:
    found = chains(annotate(text))
    assert found[one[0]] == found[one[1]]


def test_names_of_two_things_have_two_chains(annotate: Annotate) -> None:
    found = chains(annotate("Kim Dong-yup met Park Sun-won. The Seoul High Court and the Busan High Court ruled."))
    assert len(set(found.values()) - {"Seoul", "Busan"}) == 4


@pytest.mark.parametrize(
    ("text", "name", "vietnamese"),
    [
        ("Japan agreed.", "Japan", "Nhật Bản"),
        ("Japanese ships sailed.", "Japanese", "Nhật Bản"),
        ("It rained in Hanoi.", "Hanoi", "Hà Nội"),
        ("It rained in Ha Noi.", "Ha Noi", "Hà Nội"),
        ("The United Nations met.", "United Nations", "Liên Hợp Quốc"),
        ("The UN met.", "UN", "Liên Hợp Quốc"),
        ("President Pham Minh Chinh spoke.", "Pham Minh Chinh", "Phạm Minh Chính"),
        ("KCNA reported it.", "KCNA", "Hãng thông tấn Trung ương Triều Tiên"),
    ],
)
def test_a_thing_has_one_key_in_both_languages(annotate: Annotate, text: str, name: str, vietnamese: str) -> None:
    doc = annotate(text)
    keys = {span.text: span.kb_id_ for span in doc.spans["names"]}
    theirs = [e.key for e in gazetteer.load("vi").entries if vietnamese in (e.name, *e.aliases)]
    assert keys[name] == theirs[0]


def test_the_army_of_a_country_has_one_key_in_both_languages(annotate: Annotate) -> None:
    doc = annotate("The Polish army withdrew.")
    keys = {span.text: span.kb_id_ for span in doc.spans["names"]}
    assert keys["Polish army"] == f"{keys['Polish']}-army"


def test_titles_stay_outside_names_and_tell_leaders(annotate: Annotate) -> None:
    doc = annotate("Prime Minister Anna Brolik, Gen. Jan Meer and former Vice President Ada Vela met.")
    assert [(t.text, t.label_, t.id_) for t in doc.spans["titles"]] == [
        ("Prime Minister", "office", "prime-minister"),
        ("Gen", "rank", "general"),
        ("former Vice President", "office", "deputy-head-of-state"),
    ]
    assert "prime-minister" in doc.user_data["leaders"]


def test_capitals_of_a_headline_make_no_names(annotate: Annotate) -> None:
    doc = annotate("Putin Thanks North Korean Troops After Heavy Fighting Near Border\n\nHe spoke in Moscow.")
    assert names(doc) == {"Putin": "person", "North Korean": "place", "Moscow": "place"}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Norway objected, its Foreign Ministry said.", "Norway"),
        ("Laos, whose Defence Ministry refused to comment, joined later.", "Laos"),
        ("Norway objected to what Laos did, its Foreign Ministry said.", None),
        ("Norway objected. Later its Foreign Ministry said more.", None),
        ("The council objected, its Foreign Ministry said.", None),
    ],
)
def test_its_ministry_is_that_of_the_only_country_named_before(
    annotate: Annotate, text: str, owner: str | None
) -> None:
    keys = {span.text: span.kb_id_ for span in annotate(text).spans["names"]}
    ministry = next(key for name, key in keys.items() if name.endswith("Ministry"))
    assert ministry.startswith(f"{keys[owner]}-") if owner else not ministry


def test_a_line_is_judged_once_for_the_bounds_of_all_its_names(
    annotate: Annotate, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Line] = []

    def is_headline(line: Line, plain: Collection[str]) -> bool:
        judged.append(line)
        return lines.is_headline(line, plain)

    monkeypatch.setattr(bounding, "is_headline", is_headline)
    annotate("Russia and Kenya met and " * 40)
    assert len(judged) == 1
