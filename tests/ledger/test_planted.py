"""Two reports of one invented day, read from text to `kg conflicts`: what disagrees is found, what agrees is not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyhermit import Reasoner
from pyowl_core import ImportPolicy, LoadOptions, load_snapshot

import kg
from kg import cli, log, rdf
from kg.model import Document, Extraction, Resolution
from kg.resolving import resolve
from kg.vocabulary import Vocabulary

FIRST = """ date 2026-03-10 Lào và Campuchia hôm 8/3 ký Hiệp định Hợp tác Thủy lợi Mekong tại Viêng Chăn.

Thủ tướng Lào Sonexay Siphandone điện đàm với Thủ tướng Campuchia Hun Manet hôm 9/3 để bàn việc thực hiện.

Bộ Tổng tham mưu quân đội Thái Lan cho biết 240 binh sĩ Campuchia đã thiệt mạng ở tỉnh Oddar Meanchey. Campuchia chưa lên tiếng về thương vong này.

Theo Ban Chỉ huy Phòng chống thiên tai tỉnh Hà Giang, lũ quét làm 36 người thiệt mạng ở tỉnh Hà Giang.

Ngoài ra, 12 người mất tích ở tỉnh Hà Giang, theo Ban Chỉ huy Phòng chống thiên tai tỉnh Hà Giang.

Khoảng 600 người bị thương ở tỉnh Hà Giang, theo Sở Y tế tỉnh Hà Giang.

Bà Trần Thị Hoài Thương, giám đốc công ty Minh Phát, đang bị tạm giam. Các thửa ruộng bậc thang phía tây huyện vẫn ngập sâu và người dân phải đi lại bằng bè mảng.
"""
SECOND = """ date 2026-03-12 Hiệp định Hợp tác Thủy lợi Mekong được Lào và Campuchia ký hôm 9/3 tại Viêng Chăn.

Trong cuộc điện đàm ngày 10/3, Thủ tướng Lào Sonexay Siphandone và Thủ tướng Campuchia Hun Manet nhất trí lập một ủy ban chung.

Các nghị sĩ Thái Lan nói 240 binh sĩ Campuchia đã thiệt mạng ở tỉnh Oddar Meanchey.

Bộ Quốc phòng Campuchia hôm 11/3 xác nhận binh sĩ Campuchia thiệt mạng ở tỉnh Oddar Meanchey.

Theo Bộ Nông nghiệp và Môi trường, lũ quét làm 36 người thiệt mạng ở Việt Nam.

Công an tỉnh Hà Giang cho biết 19 người mất tích ở tỉnh Hà Giang.

Hội Chữ thập đỏ cho biết 612 người bị thương ở tỉnh Hà Giang.

Bà Trần Thị Hoài Thương được trả tự do hồi tháng 2/2026. Các thửa ruộng bậc thang phía tây huyện vẫn ngập sâu và người dân phải đi lại bằng bè mảng.
"""
PLANTED = {
    ("date", "8/3 ký", "ký hôm 9/3"),
    ("date", "điện đàm với", "điện đàm ngày 10/3"),
    ("attribution", "240 binh sĩ", "240 binh sĩ"),
    ("stale", "chưa lên tiếng", "binh sĩ Campuchia thiệt mạng"),
    ("scope", "36 người", "36 người"),
    ("value", "12 người", "19 người"),
    ("status", "đang bị tạm giam", "được trả tự do"),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    kg.build([folder / "first.txt", folder / "second.txt"], folder / "graph")
    return folder / "graph"


@pytest.fixture(scope="module")
def read(graph: Path) -> tuple[tuple[Extraction, ...], Resolution]:
    return log.load(graph / "records.db")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main.main(list(arguments))
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_what_disagrees_is_found_and_nothing_else(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found: list[dict[str, Any]] = json.loads(run(capsys, "conflicts", str(graph), "--json")[1])
    left = list(found)
    for kind, first, second in PLANTED:
        [one] = [
            conflict
            for conflict in found
            if conflict["type"] == kind
            and {"first.txt", "second.txt"} == {name for side in conflict["sides"] for name in side["articles"]}
            and all(any(words in q for side in conflict["sides"] for q in side["quotes"]) for words in (first, second))
        ]
        left.remove(one)
    assert left == []


def test_types_can_be_chosen_and_wrong_ones_are_refused(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = json.loads(run(capsys, "conflicts", str(graph), "--type", "date,scope", "--json")[1])
    assert [conflict["type"] for conflict in chosen] == ["date", "date", "scope"]
    code, _, said = run(capsys, "conflicts", str(graph), "--type", "dates")
    assert code == 2
    assert "value, date, status, attribution, stale, scope" in said


@pytest.mark.parametrize(("lang", "words"), [("en", "Later articles name another source"), ("vi", "nêu nguồn khác")])
def test_both_sides_are_printed_with_words_sources_and_days(
    graph: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    _, printed, said = run(capsys, "conflicts", str(graph), "--type", "attribution", "--lang", lang)
    assert words in printed
    assert "“240 binh sĩ Campuchia đã thiệt mạng”" in printed
    assert "published: 2026-03-10" in printed
    assert "published: 2026-03-12" in printed
    assert said == "1 contradiction\n"


def test_support_of_a_claim_told_twice(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "support", str(graph), "--quote", "612 người bị thương", "--json")
    found = json.loads(printed)
    assert (code, found["origins"], found["articles"]) == (0, 1, 1)
    assert found["groups"] == [[{"article": "second.txt", "quote": "612 người bị thương"}]]
    again = run(capsys, "support", str(graph), found["claim"])[1]
    assert "1 independent origin, 1 article\n" in again


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--quote", "không ai viết như thế này bao giờ"], 1), (["https://w3id.org/newskg/id/claim/none"], 1), ([], 2)],
)
def test_support_of_what_is_no_claim(
    graph: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert run(capsys, "support", str(graph), *arguments)[0] == code


def test_the_copied_sentence_is_known_with_its_first_place(graph: Path) -> None:
    rows = kg.query(
        graph,
        "SELECT ?first (COUNT(DISTINCT ?article) AS ?articles) { ?copied a nk:CopiedPassage ; "
        "nk:firstKnownIn/nk:sourceName ?first . ?span nk:copyOf ?copied ; nk:inDocument ?article } GROUP BY ?first",
    )
    assert list(rows) == [("first.txt", 2)]  # type: ignore[arg-type]


def test_the_log_gives_the_ledger_back(read: tuple[tuple[Extraction, ...], Resolution]) -> None:
    extractions, resolution = read
    again = resolve(extractions)
    assert resolution.contradictions == again.contradictions
    assert resolution.copies == again.copies
    assert {one.type for one in again.contradictions} == {kind for kind, _, _ in PLANTED}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_never_matters(read: tuple[tuple[Extraction, ...], Resolution], seed: int) -> None:
    extractions, resolution = read
    shuffled = resolve(random.Random(seed).sample(extractions, len(extractions)))  # noqa: S311 - no secret
    for name in ("copies", "contradictions", "dates", "years"):
        assert getattr(shuffled, name) == getattr(resolution, name)


def test_no_triple_stands_in_two_graphs(read: tuple[tuple[Extraction, ...], Resolution]) -> None:
    graphs: dict[ox.Triple, set[object]] = {}
    for quad in rdf.quads(*read):
        graphs.setdefault(quad.triple, set()).add(quad.graph_name)
    assert all(len(names) == 1 for names in graphs.values())


def test_a_reasoner_finds_the_ledger_consistent(read: tuple[tuple[Extraction, ...], Resolution]) -> None:
    document = rdf.owl_file(rdf.quads(*read), Vocabulary.load())
    view = load_snapshot(document, options=LoadOptions(imports=ImportPolicy.RESOLVE_STRICT))
    with Reasoner(view) as reasoner:
        assert reasoner.is_consistent()


def test_an_undated_reprint_is_dated_and_exported_as_inferred(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = [
        "Cầu phao qua sông Gianh đã thông xe trở lại sau bốn ngày gián đoạn vì nước chảy xiết.",
        "Các hộ dân ven sông được phát áo phao, đèn pin và lương khô đủ dùng trong một tuần.",
        "Đội cứu hộ bơi lội của huyện trực suốt đêm ở ba khúc cua hẹp nhất trên con sông này.",
    ]
    call = "Thủ tướng Lào Sonexay Siphandone điện đàm với Thủ tướng Campuchia Hun Manet hôm 9/3."
    (tmp_path / "dated.txt").write_text("\n\n".join([f" date 2026-03-10 {call}", *shared]), encoding="utf-8")
    (tmp_path / "undated.txt").write_text("\n\n".join([call, *shared]), encoding="utf-8")
    kg.build([tmp_path / "dated.txt", tmp_path / "undated.txt"], tmp_path / "graph")
    lines = [
        json.loads(line) for line in run(capsys, "export", str(tmp_path / "graph"), "--format", "jsonl")[1].splitlines()
    ]
    [inferred] = [line for line in lines if line["record"] == "inferred_date"]
    assert inferred["source"] == "undated.txt"
    assert inferred["published"] == "2026-03-09/2026-03-13"
    assert {reason["source"] for reason in inferred["reasons"]} == {"dated.txt"}
    [undated] = [line for line in lines if line["record"] == "document" and line["source"] == "undated.txt"]
    assert undated["published"] is None


def test_undated_articles_that_share_nothing_stay_open(extract: Callable[[Document], Extraction]) -> None:
    lone = Document("lone.txt", "Ông Lê Văn Tám gặp bà Trần Thị Mai ở Huế hôm 5/6.", "vi")
    dated = Document("dated.txt", "Ông Hồ Văn Sáu gặp bà Lê Thị Hoa ở Vinh hôm 5/6.", "vi", published="2025-06-06")
    assert resolve([extract(lone), extract(dated)]).dates == ()
