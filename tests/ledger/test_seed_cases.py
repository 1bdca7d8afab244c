"""Fourteen cases in five real articles that contradict and copy each other, each asked as a user would ask it.

The expected answers were written by reading the articles. Cases 9, 10 and 13 rest on who is who, case 7 on the events
that accounts are joined to.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import cli

pytestmark = pytest.mark.shared

SUMMER, VIDEO, YEAR_END, MEMORIAL = "000_", "002_", "003_", "004_"
COMMANDERS = "001_"
Records = list[dict[str, Any]]
Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], seeds_graph: Path) -> Run:
    """What a command prints as JSON about the graph of the articles."""

    def command(name: str, *arguments: str) -> Any:
        with pytest.raises(SystemExit) as ended:
            cli.main.main([name, str(seeds_graph), *arguments, "--json", "--lang", "vi"])
        assert not ended.value.code
        return json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def ask(seeds_graph: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """The rows that answer a SELECT over the graph of the articles."""
    return lambda query: list(kg.query(seeds_graph, query))  # type: ignore[arg-type]


def numbers(record: dict[str, Any]) -> dict[str, float]:
    """Who says how many, by the sources of each side."""
    return {"; ".join(s["attributed_to"]): s["quantity"]["stated"] for s in record["sides"] if s["quantity"]}


def told_in(side: dict[str, Any], *articles: str) -> bool:
    return all(any(name.startswith(article) for name in side["articles"]) for article in articles)


def test_1_the_dead_are_never_one_number(run: Run) -> None:
    [dead] = [c for c in run("conflicts", "--type", "value") if "Thiệt mạng" in c["about"]]
    found = numbers(dead)
    assert found["nghị sĩ Hàn Quốc"] == 600
    assert found["Hãng thông tấn Trung ương Triều Tiên"] == 101
    assert found["Cơ quan Tình báo Quốc gia Hàn Quốc"] == 600
    said = {s["quantity"]["stated"]: s["said"] for s in dead["sides"] if s["said"]}
    assert said == {600: "2025-04", 101: "2025-08-22"}
    assert all(len(side["quotes"]) > 0 for side in dead["sides"])


def test_2_a_denial_that_outlived_the_confirmation(run: Run) -> None:
    [stale] = run("conflicts", "--type", "stale")
    silence, confirmation = sorted(stale["sides"], key=lambda side: "chưa lên tiếng" not in side["quotes"][0])
    assert told_in(silence, VIDEO)
    assert confirmation["articles"] == [name for name in silence["articles"] if name.startswith(VIDEO)]
    assert "xác nhận số thương vong" in confirmation["quotes"][0]
    assert VIDEO in stale["about"]
    assert stale["inherited"]


def test_3_the_source_drifts_from_article_to_article(run: Run) -> None:
    drift = run("conflicts", "--type", "attribution")
    [deployed] = [c for c in drift if {s["quantity"]["stated"] for s in c["sides"] if s["quantity"]} == {15000}]
    first, last = deployed["sides"]
    assert first["attributed_to"] == ["nghị sĩ Hàn Quốc"]
    assert told_in(first, SUMMER, VIDEO)
    assert last["attributed_to"] == []
    assert told_in(last, YEAR_END, MEMORIAL)
    assert min(first["published"]) < min(last["published"]) == "2025-10-24"
    [dead] = [c for c in drift if {s["quantity"]["stated"] for s in c["sides"] if s["quantity"]} == {600}]
    assert [s["attributed_to"] for s in dead["sides"]] == [
        ["nghị sĩ Hàn Quốc"],
        ["Cơ quan Tình báo Quốc gia Hàn Quốc"],
    ]


def test_4_opened_or_only_begun(run: Run, ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    [status] = [c for c in run("conflicts", "--type", "status") if "niệm" in c["about"]]
    quotes = " ".join(quote for side in status["sides"] for quote in side["quotes"])
    assert "khánh thành Bảo tàng" in quotes
    assert "khởi công" in quotes
    assert any(told_in(side, YEAR_END) for side in status["sides"])
    kinds = ask(
        "SELECT ?kind { ?c a nk:StatusContradiction ; nk:hasSide/nk:asserts ?event . ?event a ?kind "
        "FILTER(?kind IN (nk:Inauguration, nk:Groundbreaking)) } GROUP BY ?kind"
    )
    assert len(kinds) == 2


def test_5_articles_without_a_date_get_an_interval_with_reasons(ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    rows = ask(
        "SELECT ?name ?from ?until (COUNT(DISTINCT ?words) AS ?reasons) { ?article nk:sourceName ?name ; "
        "nk:inferredTime ?time ; nk:inferredFrom/nk:exact ?words . ?time nk:earliest ?from ; nk:latest ?until "
        "FILTER NOT EXISTS { ?article nk:hasTime ?stated } } GROUP BY ?name ?from ?until ORDER BY ?name"
    )
    assert [row[0][:4] for row in rows] == [SUMMER, COMMANDERS]
    for _, first, last, reasons in rows:
        assert first.isoformat() <= "2025-08-21T00:00:00"
        assert last.isoformat() >= "2025-08-23T23:59:59"
        assert (last - first).days <= 7
        assert reasons >= 2


def test_6_years_are_resolved_to_intervals(ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    [[operation]] = ask(
        "SELECT DISTINCT ?edtf { ?event a nk:MilitaryOperation ; nk:initiator/rdfs:label 'Ukraine'@vi ; nk:hasTime/nk:edtf ?edtf }"
    )
    assert operation.startswith("2024-08")
    [[since, until]] = ask(
        "SELECT ?from ?until { ?event a nk:Deployment ; nk:initiator/rdfs:label 'Triều Tiên'@vi ; nk:hasTime ?time . "
        "?time nk:earliest ?from OPTIONAL { ?time nk:latest ?until } }"
    )
    assert since.isoformat() <= "2024-10-31"
    assert until is None or until.isoformat() >= "2024-10-31"
    said = ask(
        "SELECT DISTINCT ?until { ?claim nk:attributedTo/rdfs:label 'Alexander Khinshtein'@vi ; nk:hasTime/nk:latest ?until }"
    )
    assert [row[0].isoformat() < "2025-12-18" for row in said] == [True]
    [[departed]] = ask(
        "SELECT DISTINCT ?edtf { ?c nk:attributedTo/rdfs:label 'Kim Jong-un'@vi ; nk:hasEvidence/nk:exact ?words ; "
        "nk:asserts/nk:hasTime/nk:edtf ?edtf FILTER(CONTAINS(?words, 'một năm trước, nhóm chiến binh cuối cùng')) }"
    )
    assert departed.startswith("2024-10")


def test_7_what_happened_what_was_said_and_what_was_published_are_three_times(
    ask: Callable[[str], list[tuple[Any, ...]]],
) -> None:
    meetings = ask(
        "SELECT DISTINCT ?happened ?said { ?claim nk:asserts ?event ; nk:hasEvidence/nk:inDocument/nk:sourceName ?name . "
        "?event a nk:Meeting ; nk:inferredTime/nk:edtf ?happened OPTIONAL { ?claim nk:inferredTime/nk:edtf ?said } "
        f"FILTER(STRSTARTS(?name, '{COMMANDERS}')) }}"
    )
    assert {row[0] for row in meetings} == {"2025-08-20"}
    reported = ask(
        "SELECT DISTINCT ?said { ?claim nk:attributedTo/rdfs:label 'Hãng thông tấn Trung ương Triều Tiên'@vi ; "
        f"nk:hasEvidence/nk:inDocument/nk:sourceName ?name ; nk:inferredTime/nk:edtf ?said FILTER(STRSTARTS(?name, '{COMMANDERS}')) }}"
    )
    assert {row[0] for row in reported} == {"2025-08-21"}
    articles = ask(
        "SELECT DISTINCT ?name { ?event a nk:AwardConferral ; nk:hasTime/nk:edtf '2025-08-21' . "
        "?claim nk:asserts ?event ; nk:hasEvidence/nk:inDocument/nk:sourceName ?name } ORDER BY ?name"
    )
    assert [row[0][:4] for row in articles] == [SUMMER, VIDEO]


@pytest.mark.parametrize(
    ("measure", "stated", "exactness", "bound"),
    [
        ("areaCleared", 42400, "lessThan", "upper"),
        ("minesDestroyed", 1500000, "moreThan", "lower"),
        ("wounded", 4000, "moreThan", "lower"),
        ("deployed", 15000, "approximate", "lower"),
    ],
)
def test_8_numbers_keep_how_exact_they_are(
    ask: Callable[[str], list[tuple[Any, ...]]], measure: str, stated: int, exactness: str, bound: str
) -> None:
    rows = ask(
        f"SELECT DISTINCT ?bound {{ ?claim nk:answers/nk:measure nk:{measure} ; nk:quantity ?number . "
        f"?number nk:stated {stated}.0 ; nk:exactness nk:{exactness} ; nk:{bound} ?bound }}"
    )
    assert len(rows) == 1
    assert rows[0][0] == (13500 if exactness == "approximate" else stated)


@pytest.mark.parametrize(
    "names",
    [("Aleksandr Matsegora", "Alexandr Matsegora"), ("Kim Jong-un", "Kim Jong Un")],
)
def test_9_spellings_of_one_person_are_one_person(
    ask: Callable[[str], list[tuple[Any, ...]]], names: tuple[str, str]
) -> None:
    first, second = (
        {
            row[0]
            for row in ask(
                f"SELECT DISTINCT ?who {{ ?span nk:exact ?name ; nk:denotes ?who FILTER(?name = '{name}') }}"
            )
        }
        for name in names
    )
    assert len(first | second) == 1
    offices = ask("SELECT ?held { ?held a nk:PositionHeld ; nk:heldBy/rdfs:label 'Kim Jong-un'@vi }")
    assert len(offices) >= 2


def test_10_a_nameless_unit_is_only_a_candidate_for_the_named_one(ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    candidates = ask(
        "SELECT ?reason { ?judgement nk:verdict nk:perhapsSameThing ; nk:judgedName ?unit, ?other ; nk:reason ?reason "
        "FILTER(CONTAINS(?unit, 'Trung đoàn Công binh 528') && CONTAINS(?other, 'đơn vị công binh')) }"
    )
    same = ask(
        "SELECT ?who { ?who rdfs:label 'Trung đoàn Công binh 528'@vi . ?span nk:denotes ?who ; nk:exact ?words "
        "FILTER(CONTAINS(?words, 'Một đơn vị')) }"
    )
    assert candidates
    assert not same


def test_11_an_order_and_the_decision_above_it_go_together(run: Run) -> None:
    parties = [
        {source for side in conflict["sides"] for source in side["attributed_to"]} for conflict in run("conflicts")
    ]
    assert not any("Quân ủy Trung ương Triều Tiên" in sources for sources in parties)
    quotes = [quote for conflict in run("conflicts") for side in conflict["sides"] for quote in side["quotes"]]
    assert not any("theo lệnh của" in quote or "quyết định" in quote for quote in quotes)


def test_12_what_is_no_fact_is_marked(ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    def modalities(words: str) -> set[str]:
        rows = ask(
            f"SELECT DISTINCT ?how {{ ?claim a ?kind ; nk:modality ?how ; nk:hasEvidence/nk:exact ?words VALUES ?kind "
            f"{{ nk:EventClaim nk:SituationClaim }} FILTER(CONTAINS(?words, '{words}')) }}"
        )
        return {row[0].rpartition("#")[2] for row in rows}

    assert modalities("trong trường hợp một nước bị tấn công") == {"conditional"}
    assert modalities("công bố kế hoạch xây dựng một tuyến phố") == {"planned"}
    assert modalities("người được cho là đã được triển khai") == {"reported"}
    credited = ask(
        "SELECT ?claim { ?claim nk:attributedTo/rdfs:label ?name FILTER(?name IN ('Yonhap'@vi, 'Reuters'@vi)) }"
    )
    assert not credited


@pytest.mark.parametrize(("capital", "state"), [("Bình Nhưỡng", "Triều Tiên"), ("Kiev", "Ukraine"), ("Moscow", "Nga")])
def test_13_a_capital_that_acts_is_its_government(
    ask: Callable[[str], list[tuple[Any, ...]]], capital: str, state: str
) -> None:
    acting = ask(
        f"SELECT ?span {{ ?span nk:exact '{capital}' ; nk:denotes/rdfs:label '{capital}'@vi ; "
        f"nk:standsFor/rdfs:label '{state}'@vi }}"
    )
    assert acting


def test_13_a_capital_in_which_things_happen_stays_a_place(ask: Callable[[str], list[tuple[Any, ...]]]) -> None:
    places = ask(
        "SELECT DISTINCT ?where { ?event a nk:Signing ; nk:atPlace/rdfs:label ?where FILTER(LANG(?where) = 'vi') }"
    )
    assert places == [("Bình Nhưỡng",)]


def test_14_a_reprinted_paragraph_has_one_origin(run: Run) -> None:
    call = run("support", "--quote", "Trong cuộc điện đàm giữa hai nhà lãnh đạo vào ngày 12/8")
    assert (call["origins"], call["articles"]) == (1, 3)
    assert [len(group) for group in call["groups"]] == [3]
    paragraph = (
        "Trong cuộc điện đàm giữa hai nhà lãnh đạo vào ngày 12/8, Tổng thống Nga Vladimir Putin đã cảm ơn nhà lãnh đạo "
        "Triều Tiên Kim Jong-un vì sự hỗ trợ của Bình Nhưỡng trong nỗ lực giúp Nga giành lại tỉnh Kursk"
    )
    assert [run("support", "--quote", paragraph)[key] for key in ("origins", "articles")] == [1, 3]
    clause = run(
        "support", "--quote", "trong trường hợp một nước bị tấn công vũ trang, nước còn lại sẽ lập tức cung cấp"
    )
    assert (clause["origins"], clause["articles"]) == (1, 5)


def test_14_what_articles_tell_in_their_own_words_has_several_origins(run: Run) -> None:
    signing = run("support", "--quote", "thỏa thuận đối tác chiến lược toàn diện được ký kết trong cuộc gặp")
    assert signing["articles"] == 5
    own = [group for group in signing["groups"] if any("được ký kết" in piece["quote"] for piece in group)]
    assert len(own) == 1
