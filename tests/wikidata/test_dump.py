"""A dump is read line by line: what is of our classes is kept, what is broken is counted, and memory stays bounded."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.wikidata import lines, making
from kg.wikidata.dump import Report
from kg.wikidata.errors import SourceError
from kg.wikidata.pack import Pack

PERSON, SETTLEMENT, STATE = "Q5", "Q486972", "Q6256"
HAMLET, HALL = "Q7001", "Q7002"


def entity(qid: str, name: str, of: str | None = None, *, below: str | None = None, **more: Any) -> dict[str, Any]:
    claims = {property_: [claim(property_, to)] for property_, to in (("P31", of), ("P279", below)) if to}
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": name}},
        "descriptions": {},
        "aliases": {},
        "claims": claims,
        "sitelinks": {},
        "modified": "2026-10-04T11:12:13Z",
        **more,
    }


def claim(property_: str, to: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(to[1:]), "id": to}
    snak = {"snaktype": "value", "property": property_, "datavalue": {"value": value, "type": "wikibase-entityid"}}
    return {"mainsnak": snak, "type": "statement", "rank": "normal"}


def written(entities: Iterable[Any], separators: tuple[str, str] = (",", ":")) -> bytes:
    rows = (one if isinstance(one, bytes) else json.dumps(one, separators=separators).encode() for one in entities)
    return b"[\n" + b",\n".join(rows) + b"\n]\n"


DUMP = [
    entity("Q10", "Ada Moreau", PERSON),
    entity("Q11", "Lower Wick", HAMLET),
    entity("Q12", "Guild Hall", HALL),
    entity("Q13", "A study of wicks", "Q13442814"),
    entity(HAMLET, "hamlet", below=SETTLEMENT),
    entity("Q14", "Sarmania", STATE),
]


@pytest.fixture
def dump(tmp_path: Path) -> Callable[..., Path]:
    def make(content: bytes, name: str = "dump.json") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


Dump = Callable[..., Path]


def kept(path: Path, **options: Any) -> tuple[dict[str, tuple[str, ...]], Report]:
    output = path.with_name("made.kgp")
    _, report = making.from_dump(path, output, **options)
    with Pack.open(output) as pack:
        pack.verify()
        return {item.qid: item.classes for item in pack.items()}, report


def test_items_of_our_classes_and_below_are_kept(dump: Dump) -> None:
    found, report = kept(dump(written(DUMP)))
    assert found == {"Q10": ("Person",), "Q11": ("City",), "Q14": ("State",)}
    assert (report.items, report.broken, report.latest) == (6, 0, "2026-10-04")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_the_bytes_decide_how_a_dump_is_read(
    dump: Dump, pack: Callable[[bytes], bytes], separators: tuple[str, str]
) -> None:
    found, _ = kept(dump(pack(written(DUMP, separators)), "whatever"))
    assert [*found] == ["Q10", "Q11", "Q14"]


def test_types_choose(dump: Dump) -> None:
    path = dump(written(DUMP))
    assert [*kept(path, types=["person"])[0]] == ["Q10"]
    assert [*kept(path, types=["place"])[0]] == ["Q11", "Q14"]
    assert [*kept(path, types=["State", "Person"])[0]] == ["Q10", "Q14"]
    with pytest.raises(UsageError, match="no type of items: ghost"):
        kept(path, types=["ghost"])


def test_names_in_other_languages_do_not_count_but_those_for_all_do(dump: Dump) -> None:
    strange = entity("Q20", "", PERSON, labels={"sw": {"language": "sw", "value": "Asha"}})
    shared = entity("Q21", "", PERSON, labels={"mul": {"language": "mul", "value": "Asha Mwangi"}})
    assert [*kept(dump(written([strange, shared])), languages=["vi"])[0]] == ["Q21"]
    assert [*kept(dump(written([strange, shared])), languages=["sw"])[0]] == ["Q20", "Q21"]


def test_broken_lines_are_counted_and_named_and_the_rest_is_read(dump: Dump) -> None:
    deep = b'{"type":"item","id":"Q30","property":"P31","claims":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    bad: list[Any] = [
        b'{"type":"item","id":"Q31","claims":{"P31":[{"mai',
        b"\xff\xfe\x00",
        deep,
        ["no", "object"],
        entity("P99", "a property called an item", PERSON),
        entity("Q32", "x", PERSON, claims={"P31": [{"mainsnak": {"property": "P31"}}]}),
        entity("Q33", "x", PERSON, labels={"en": "no text"}),
        entity("Q34", "x", PERSON, sitelinks="none"),
    ]
    found, report = kept(dump(written([*bad, *DUMP])))
    assert [*found] == ["Q10", "Q11", "Q14"]
    assert report.broken == len(bad)
    assert report.examples[0].startswith("line 2: ")
    assert len(report.examples) <= 5


def test_other_things_than_items_are_no_broken_lines(dump: Dump) -> None:
    property_ = {"type": "property", "id": "P31", "labels": {"en": {"language": "en", "value": "instance of"}}}
    found, report = kept(dump(written([property_, *DUMP])))
    assert (len(found), report.broken, report.items) == (3, 0, 6)


def test_the_pack_does_not_depend_on_the_number_of_processes(dump: Dump, tmp_path: Path) -> None:
    many = [entity(f"Q{number}", f"Person {number} Whitlock", PERSON) for number in range(3000, 100, -1)]
    path = dump(written([*many, b"broken", *DUMP]))
    packs = []
    for jobs in (1, 3):
        _, report = making.from_dump(path, tmp_path / "made.kgp", jobs=jobs)
        assert report.broken == 1
        packs.append((tmp_path / "made.kgp").read_bytes())
    assert packs[0] == packs[1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_half_a_dump_is_told_and_nothing_is_written(dump: Dump, jobs: int) -> None:
    whole = gzip.compress(written(DUMP * 2000))
    path = dump(whole[: len(whole) // 2], "half.json.gz")
    with pytest.raises(SourceError, match="is it whole"):
        making.from_dump(path, path.with_name("made.kgp"), jobs=jobs)
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("content", [b"", b"[\n]\n", b"once upon a time\n" * 5000, b"\x1f\x8b\x08"])
def test_what_is_no_dump_is_told(dump: Dump, content: bytes) -> None:
    path = dump(content)
    with pytest.raises(SourceError):
        making.from_dump(path, path.with_name("made.kgp"), snapshot="2026-01-01")
    assert [*path.parent.iterdir()] == [path]


def test_a_line_without_end_is_left_out_and_not_kept_in_memory(dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 5000)
    path = dump(written([b"x" * 10_000_000, *DUMP]))
    found, report = kept(path)
    assert (len(found), report.too_long, report.broken) == (3, 1, 0)


def test_a_bomb_is_not_unpacked(dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_RATIO_FROM", 2**20)
    path = dump(gzip.compress(written(DUMP) + b"\n" * 50_000_000), "bomb.json.gz")
    with pytest.raises(SourceError, match="times its size"):
        making.from_dump(path, path.with_name("made.kgp"))


def test_a_dump_without_days_needs_one(dump: Dump) -> None:
    path = dump(written([{**one, "modified": None} for one in DUMP]))
    with pytest.raises(UsageError, match="--snapshot"):
        kept(path)
    assert len(kept(path, snapshot="2018-09-01")[0]) == 3
    with pytest.raises(UsageError, match="no day"):
        kept(path, snapshot="yesterday")
    with pytest.raises(UsageError, match="codes of languages"):
        kept(path, languages=["Vietnamese!"])


def test_what_is_no_day_is_no_snapshot(dump: Dump) -> None:
    odd = [entity("Q60", "a", PERSON, modified="zzzz-99-99"), entity("Q61", "b", PERSON, modified=["2030-01-01"])]
    _, report = kept(dump(written([*odd, *DUMP])))
    assert report.latest == "2026-10-04"


def test_classes_that_go_in_circles_end(dump: Dump) -> None:
    circle = [entity("Q50", "a", below="Q51"), entity("Q51", "b", below="Q50"), entity("Q52", "Loop", "Q50")]
    assert [*kept(dump(written([*circle, *DUMP])))[0]] == ["Q10", "Q11", "Q14"]


@pytest.mark.shared
def test_real_items_are_read(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "wikidata" / "opentapioca_sample_wikidata_items.json.bz2"
    _, report = making.from_dump(path, tmp_path / "made.kgp", snapshot="2018-09-01")
    assert (report.items, report.broken, report.too_long) == (100, 0, 0)
    with Pack.open(tmp_path / "made.kgp") as pack:
        oslo = pack.item("Q585")
        assert oslo is not None
        assert oslo.classes == ("City",)
        assert oslo.countries == ("Q20",)
        assert oslo.sitelinks == 213
        [belgium] = pack.candidates("Bỉ", "vi", ["State"])
        assert belgium.item.qid == "Q31"
        assert belgium.item.dates == (("begun", "1830-10-04"),)
        assert pack.candidates("Chicago", "en", ["City"]) == ()  # Q1093829 is below no class that the sample has
