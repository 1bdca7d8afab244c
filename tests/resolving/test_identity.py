"""Names of one thing in many articles and languages come together; names of two things stay apart."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ns, rdf
from kg.model import Document, Extraction, Mention, MentionType, Resolution
from kg.rdf import iris
from kg.resolving import blocks, chains, nodes
from kg.resolving.entities import Identified, identify, resolve
from kg.spelling import bare


def article(
    name: str, kind: MentionType = "person", *others: str, language: str = "", kb: str = "", number: int = 0
) -> Extraction:
    """An article that calls one thing by a name and by others; names in plain letters stand in an English one."""
    words = " ; ".join((name, *others))
    document = Document(f"{number}.txt", f"{words} {number}", language or ("en" if words.isascii() else "vi"))
    found, at = [], 0
    for text in (name, *others):
        start = document.text.index(text, at)
        at = start + len(text)
        found.append(Mention(document.id, document.span(start, at), kind, name, kb=kb))
    return Extraction(document, tuple(found))


def identified(*articles: Extraction) -> Identified:
    return identify([part for extraction in articles for part in chains.parts(extraction)])


def counted(kind: MentionType, *names: str) -> int:
    """How many things the names are, each in an article of its own."""
    return len(identified(*(article(name, kind, number=n) for n, name in enumerate(names))).entities)


def verdicts(*articles: Extraction) -> list[str]:
    return [judgement.verdict for judgement in identified(*articles).judgements]


# ---------------------------------------------------------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aleksandr Volkonsky", "Alexander Volkonskiy"),
        ("Sergei Ryabtsev", "Sergey Riabtsev"),
        ("Yekaterina Lomova", "Ekaterina Lomova"),
        ("Volodymyr Honcharenko", "Vladimir Honcharenko"),
        ("Oleksiy Tymchuk", "Aleksei Timchuk"),
        ("Choi Min-jun", "Choe Min Joon"),
        ("Seo Hyun-woo", "Hyun-woo Seo"),
        ("Watanabe Kenta", "Kenta Watanabe"),
        ("Andrei Petrovich Somov", "Andrey Somov"),
        ("Laura M. Whitfield", "Laura Whitfield"),
        ("Bob Calloway", "Robert Calloway"),
        ("Khalid al-Rashidi", "Khaled Rashidi"),
        ("Đoàn Hoà Thuận", "Đoàn Hòa Thuận"),
        ("Jürgen Köhler", "Jurgen Kohler"),
    ],
)
def test_one_person_is_written_in_many_ways(one: str, other: str) -> None:
    assert counted("person", one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
        ("Lê Thị Hương", "Lê Thị Hường"),
        ("Thích Quảng Đạt", "Thích Quảng Đát"),
        ("Trần Quốc Bảo", "Trần Bảo"),
        ("Ivan Somov", "Anna Somova"),
        ("Kang Min-ho", "Kang Min-hyuk"),
        ("Paul Martin", "Martin Paul"),
        ("Carl Whitfield", "Carl Whitfield Jr."),
        ("Laura M. Whitfield", "Laura P. Whitfield"),
        ("Bryan Smyth", "Brian Smith"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert counted("person", one, other) == 2


def test_a_name_without_marks_joins_the_only_marked_one() -> None:
    assert counted("person", "Nguyen Van Hung", "Nguyễn Văn Hùng") == 1
    assert counted("person", "Nguyen Van Hung", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng") == 3


def test_a_name_that_may_be_of_two_is_told_as_unsure() -> None:
    names = ("Nguyen Van Hung", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng")
    assert verdicts(*map(article, names)) == ["unsure", "unsure"]


def test_where_marks_are_written_their_absence_counts() -> None:
    exact = article("Cao Minh Anh", language="vi")
    assert len(identified(exact, article("Cao Mình Ánh")).entities) == 2


def test_two_fathers_names_leave_a_shorter_name_alone() -> None:
    names = ("Andrei Petrovich Somov", "Andrei Ivanovich Somov", "Andrei Somov")
    assert counted("person", *names) == 3


# ------------------------------------------------------------------------------------------------- bodies, units, places


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organization", "Bộ Tài chính Lào", "Lao Ministry of Finance"),
        ("organization", "Bộ Y tế Nhật Bản", "Japan's Health Ministry"),
        ("organization", "Tập đoàn Kim Liên Sơn", "Kim Lien Son Group"),
        ("organization", "Harbour Defence League", "Harbor Defense League"),
        ("unit", "Lữ đoàn Pháo binh 45", "45th Artillery Brigade"),
        ("unit", "Hạm đội 7", "Seventh Fleet"),
        ("facility", "Bệnh viện Vân Trường", "Van Truong Hospital"),
        ("treaty", "Hiệp định Thương mại Tự do Montara", "Montara Free Trade Agreement"),
        ("event", "bão Kalvina", "Typhoon Kalvina"),
    ],
)
def test_what_means_the_same_in_two_languages_is_one(kind: MentionType, one: str, other: str) -> None:
    assert counted(kind, one, other) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("unit", "Lữ đoàn Pháo binh 45", "46th Artillery Brigade"),
        ("unit", "Lữ đoàn Pháo binh 45", "45th Tank Brigade"),
        ("unit", "Russia's 45th Brigade", "Ukraine's 45th Brigade"),
        ("organization", "Bộ Tài chính Lào", "Thai Ministry of Finance"),
        ("organization", "Bộ Tài chính", "Ministry of Finance"),
        ("organization", "Công ty Kim Liên Sơn", "Kim Liem Son Company"),
        ("place", "Bắc Thượng", "Thượng Bắc"),
    ],
)
def test_a_number_or_a_word_that_differs_keeps_apart(kind: MentionType, one: str, other: str) -> None:
    assert counted(kind, one, other) == 2


def test_a_branch_that_only_one_tells_leaves_it_open() -> None:
    assert verdicts(article("Lữ đoàn Pháo binh 45", "unit"), article("45th Brigade", "unit")) == ["unsure"]


def test_a_name_that_says_more_of_its_kind_joins_the_one_without() -> None:
    assert counted("organization", "Tập đoàn Orvan Motors", "Orvan Motors") == 1
    assert counted("organization", "quỹ đầu tư Morvana Capital", "Morvana Capital") == 1
    assert counted("organization", "quỹ đầu tư Morvana Capital", "Morvana Bank") == 2


def sure(name: str, kind: MentionType, reason: str, number: int) -> Extraction:
    """An article that calls one thing by a name, and says why it is of its kind."""
    found = article(name, kind, number=number)
    return replace(found, mentions=tuple(replace(mention, reasons=(reason,)) for mention in found.mentions))


def test_what_one_article_guesses_another_says() -> None:
    """ "Isla Brava" looks like a person to whoever is told no more; another article calls it an airline."""
    guessed, ship = (
        sure("Isla Brava", "person", "shape", 1),
        sure("hãng hàng không Isla Brava", "organization", "head: hãng", 2),
    )
    assert len(identified(guessed, ship).entities) == 1
    assert identified(guessed, ship).entities[0].type == "organization"
    named = sure("Isla Brava", "person", "title: bà", 1)
    assert len(identified(named, ship).entities) == 2
    base = sure("Isla Brava", "equipment", "head: tàu", 3)
    assert len(identified(guessed, ship, base).entities) == 3  # no telling which of the two it is


def test_initials_are_learned_from_the_article_that_explains_them() -> None:
    explained = article("Hội Nghề cá Vân Trường", "organization", "HNCVT")
    found = identified(explained, article("HNCVT", "organization", number=1))
    assert len(found.entities) == 1
    assert found.entities[0].label("vi") == "Hội Nghề cá Vân Trường"


def test_initials_of_two_bodies_join_neither() -> None:
    found = identified(
        article("Hội Nghề cá Vân Trường", "organization", "HNCVT"),
        article("Hợp tác xã Nông cụ Vân Tảo", "organization", "HNCVT", number=1),
        article("HNCVT", "organization", number=2),
    )
    assert len(found.entities) == 3


def test_articles_about_one_state_mean_its_body() -> None:
    def told(name: str, place: str, number: int) -> Extraction:
        document = Document(f"{number}.txt", f"{name} {place} {number}", "en" if name.isascii() else "vi")
        at = document.text.index(place)
        body = Mention(document.id, document.span(0, len(name)), "organization", name)
        state = Mention(document.id, document.span(at, at + len(place)), "place", place, kb="Q819")
        return Extraction(document, (body, state))

    found = identified(told("Bộ Tài chính", "Lào", 1), told("Ministry of Finance", "Laos", 2))
    assert sorted(e.type for e in found.entities) == ["organization", "place"]


def test_what_a_gazetteer_lists_is_found_by_its_name_in_any_language() -> None:
    assert [e.key for e in resolve([article("Beijing", "place"), article("Bắc Kinh", "place", kb="Q956")])] == ["Q956"]


def test_gazetteer_keys_are_never_joined() -> None:
    assert counted("place", "Niger", "Nigeria", "Guinea", "Guinea-Bissau") == 4


# ---------------------------------------------------------------------------------------------------------------- labels


def test_each_language_has_its_own_label_and_aliases() -> None:
    (entity,) = resolve(
        [
            article("Nguyễn Thị Vân Trang"),
            article("Nguyen Thi Van Trang", "person", "Trang", number=1),
        ]
    )
    assert dict(entity.labels) == {"en": "Nguyen Thi Van Trang", "vi": "Nguyễn Thị Vân Trang"}
    assert entity.aliases == (("en", "Trang"),)


def test_a_language_without_a_name_borrows_one() -> None:
    (entity,) = resolve([article("Nguyễn Thị Vân Trang")])
    assert entity.label("en") == "Nguyễn Thị Vân Trang"


def test_aliases_carry_the_language_of_their_articles() -> None:
    extraction = article("Katherine Whitfield", "person", "Whitfield", number=1)
    resolution = Resolution(entities=resolve([extraction]))
    found = {
        (quad.object.value, quad.object.language)
        for quad in rdf.quads([extraction], resolution)
        if quad.predicate == ns.skos_altLabel and isinstance(quad.object, ox.Literal)
    }
    assert found == {("Whitfield", "en")}


SYLLABLES = [
    "Nguyễn",
    "Đặng",
    "Đồng",
    "Đảng",
    "Hùng",
    "Hưng",
    "Hường",
    "Hương",
    "Tám",
    "Tấm",
    "Chính",
    "Chánh",
    "Ưng",
    "Ửng",
]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4, unique=True))
def test_no_iri_loses_a_letter(words: list[str]) -> None:
    name = " ".join(words)
    (entity,) = resolve([article(name)])
    iri = iris.node("entity", entity.key).value
    assert "_" not in iri.rpartition("/")[2]
    assert iri.rpartition("/")[2].rpartition("-")[0].split("-") == [bare(word) for word in words]
    assert entity.label("vi") == name


def test_names_that_differ_by_marks_have_iris_of_their_own() -> None:
    names = [" ".join(pair) for pair in product(SYLLABLES, repeat=2)]
    keys = {entity.key for name in names for entity in resolve([article(name)])}
    assert len(keys) == len(names)


# ------------------------------------------------------------------------------------------------------- any order, sums

POOL = (
    *(article(name, number=n) for n, name in enumerate(("Lê Văn Hùng", "Lê Văn Hưng", "Le Van Hung", "Lê Văn Hùng"))),
    *(
        article(name, number=n)
        for n, name in enumerate(("Ivan Somov", "Ivan P. Somov", "Ivan Q. Somov", "Ivan Somoff"))
    ),
    article("Hội Nghề cá Vân Trường", "organization", "HNCVT"),
    article("HNCVT", "organization", number=1),
    article("HNCVT", "untyped", number=2),
    article("Lữ đoàn Pháo binh 45", "unit"),
    article("45th Artillery Brigade", "unit", number=1),
    article("Russia's 45th Artillery Brigade", "unit", number=2),
    article("Nga", "place", kb="Q159"),
    article("Russia", "place", number=1),
)
"""Articles whose names are each other's, or nearly."""
SOME = st.lists(st.sampled_from(POOL), unique_by=lambda e: e.document.id, max_size=len(POOL))


@settings(deadline=None)  # the first example reads the gazetteers
@given(SOME, st.randoms(use_true_random=False))
def test_order_never_matters(articles: list[Extraction], chance: random.Random) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)
    assert identified(*articles) == identified(*shuffled)


@settings(deadline=None)  # the first example reads the gazetteers
@given(SOME, st.integers(min_value=0, max_value=len(POOL)))
def test_what_many_tell_is_the_sum_of_what_each_tells(articles: list[Extraction], cut: int) -> None:
    def summed(some: list[Extraction]) -> dict[str, nodes.Node]:
        return nodes.total(part for extraction in some for part in chains.parts(extraction))

    whole, halves = summed(articles), [summed(articles[:cut]), summed(articles[cut:])]
    for key, node in whole.items():
        told = [half[key].counts for half in halves if key in half]
        assert {f: sum(t.get(f, 0) for t in told) for f in node.counts} == dict(node.counts)


@settings(deadline=None)  # the first example reads the gazetteers
@given(SOME)
def test_an_article_without_a_shared_block_changes_no_other(articles: list[Extraction]) -> None:
    stranger = article("Quách Thị Lạc Lõng", number=9)
    alone = {entity.key: entity for entity in identified(*articles).entities}
    together = {entity.key: entity for entity in identified(*articles, stranger).entities}
    assert {key: together[key] for key in alone} == alone


@settings(deadline=None)  # the first example reads the gazetteers
@given(SOME)
def test_only_names_of_one_block_are_judged(articles: list[Extraction]) -> None:
    known = nodes.total(part for extraction in articles for part in chains.parts(extraction))
    shared = {key: set(blocks.keys(node)) for key, node in known.items()}
    for key in sorted(set().union(*shared.values())):
        members = [node for node in known.values() if key in shared[node.key]]
        for edge in blocks.judge(key, members):
            assert {edge.first, edge.second} <= known.keys()


def test_a_block_that_is_too_large_compares_whole_names_only() -> None:
    names = [f"Ivan {''.join(word)} Somov" for word in product("abcde", repeat=3)]
    found = identified(*(article(name, number=n) for n, name in enumerate(names)), article("Ivan Somov"))
    assert len(found.entities) == len(names) + 1
