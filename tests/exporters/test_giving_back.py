"""What is given back to Wikidata is said by an article itself, under properties that the ontology maps, with its source."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import log, ns, plugins, rdf
from kg.edtf import to_time
from kg.exporters import _given
from kg.ledger import Contradiction
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Link,
    Mention,
    MentionType,
    Quantity,
    Question,
    Resolution,
)
from kg.store import write_graph

DAY = "2026-11-23"
TEXT = (
    "Hôm 12/8, bà Trịnh Lam nhận Huân chương Bến Sông. Lào Mây và Nước Nam Gió ký Hiệp ước Đường Thủy. "
    "Theo báo Chiều, ông Vũ Bách qua đời hôm 3/9. Đảo Sỏi thuộc tỉnh Bến Xa */ của Nước Nam Gió. "
    "Khoảng 40 người chết trong trận lụt. Ông Tạ Khoan nhận Huân chương Bến Sông."
)
# The items of this test are in a space of numbers that Wikidata has not reached.
ITEMS = {
    key: f"Q99900000000{number}"
    for number, key in enumerate(("lam", "order", "lao", "nam", "pact", "bach", "soi", "xa"))
}
NEWS = Document("tin.txt", TEXT, "vi", published="2025-09-05", url='https://example.org/*/tin?a=1&b="hai ba"')
NOTE = Document("ghi.txt", "Bà Trịnh Lam được trao Huân chương Bến Sông. " + TEXT[-44:], "vi")


def entity(key: str, kind: MentionType, name: str, subtype: str | None = None) -> Entity:
    return Entity(key, kind, (("vi", name),), members=((NEWS.id, key),), subtype=subtype)


ENTITIES = (
    entity("lam", "person", "Trịnh Lam"),
    entity("khoan", "person", "Tạ Khoan"),
    entity("bach", "person", "Vũ Bách"),
    entity("order", "award", "Huân chương Bến Sông"),
    entity("lao", "place", "Lào Mây", "State"),
    entity("nam", "place", "Nước Nam Gió", "State"),
    entity("pact", "treaty", "Hiệp ước Đường Thủy"),
    entity("soi", "place", "Đảo Sỏi"),
    entity("xa", "place", "Bến Xa", "Region"),
)
EVENTS = (
    Event("given", "AwardConferral", (("confers", ("order",)), ("recipient", ("lam",))), time=to_time("2025-08-12")),
    Event("given-too", "AwardConferral", (("confers", ("order",)), ("recipient", ("khoan",)))),
    Event("signing", "Signing", (("party", ("lao", "nam")), ("signed", ("pact",))), time=to_time("2025-08~")),
    Event("death", "Death", (("victim", ("bach",)),), time=to_time("2025-09-03")),
    Event("within", "LocatedIn", (("locatedIn", ("xa", "nam")), ("location", ("soi",)))),
    Event("flood", "Disaster", (("atPlace", ("soi",)),), time=to_time("2025-07")),
)
QUESTIONS = (Question("dead", "killed", event="flood", unit="person"),)


def claim(subject: str, words: str, document: Document = NEWS, **more: Any) -> Claim:
    start = document.text.index(words)
    kind = {"within": "SituationClaim", "dead": "QuantityClaim"}.get(subject, "EventClaim")
    key = f"c-{subject}-{document.source}"
    return Claim(key, kind, subject, evidence=((document.id, document.span(start, start + len(words))),), **more)


FORTY = Quantity(Decimal(40), "approximate", Decimal(36), Decimal(44), "person", "killed")
CLAIMS = (
    claim("given", "Hôm 12/8, bà Trịnh Lam nhận Huân chương Bến Sông"),
    claim("given", "Bà Trịnh Lam được trao Huân chương Bến Sông", NOTE),
    claim("given-too", "Ông Tạ Khoan nhận Huân chương Bến Sông"),
    claim("signing", "Lào Mây và Nước Nam Gió ký Hiệp ước Đường Thủy"),
    claim("death", "ông Vũ Bách qua đời hôm 3/9", attributed_to=("lao",)),
    claim("within", "Đảo Sỏi thuộc tỉnh Bến Xa */ của Nước Nam Gió"),
    claim("flood", "trận lụt"),
    claim("dead", "Khoảng 40 người chết", quantity=FORTY, modality="estimated"),
)
RESOLUTION = Resolution(
    entities=ENTITIES,
    events=EVENTS,
    questions=QUESTIONS,
    claims=CLAIMS,
    links=tuple(Link(key, qid, 0.97) for key, qid in ITEMS.items()),
)


def written(folder: Path, resolution: Resolution = RESOLUTION) -> Path:
    start = TEXT.index("Trịnh Lam")
    name = Mention(NEWS.id, NEWS.span(start, start + 9), "person", "lam")
    extractions = [Extraction(NEWS, (name,)), Extraction(NOTE)]
    write_graph(
        folder,
        quads=rdf.quads(extractions, resolution),
        records=log.lines(extractions, resolution),
        articles=[one.document.text.encode() for one in extractions],
        quarantine=[],
    )
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("giving") / "graph")


def exported(graph: Path, name: str, **more: str) -> tuple[str, str | None]:
    out = io.BytesIO()
    said = plugins.find("kg.exporters", name).export(graph, out, **more)
    return out.getvalue().decode(), said


def quickstatements(graph: Path) -> list[list[str]]:
    """The cells of each line as QuickStatements reads them, the comment last."""
    text, _ = exported(graph, "quickstatements", retrieved=DAY)
    return [read_line(line) for line in text.splitlines()]


VALUE = r'(?:Q[1-9]\d*|[+-]\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/(?:9|10|11)|"[^"]*"|-?\d+(?:\.\d+)?(?:\[[^\]]*\])?)'


def read_line(line: str) -> list[str]:
    """A line of version 1: the comment is taken off first, with the spaces before it, then tabs part an item, a property, a
    value, and pairs of a qualifier (P…) or a part of the reference (S…) and its value."""
    found = re.fullmatch(r"(.*?) */\* *(.*?) *\*/ *", line.strip())
    assert found, line
    item, name, value, *more = found[1].split("\t")
    assert re.fullmatch(r"Q[1-9]\d*", item)
    assert re.fullmatch(r"P[1-9]\d*", name)
    assert len(more) % 2 == 0, "an incomplete list of qualifiers and references"
    keys = "".join(key[0] for key in more[::2])
    assert re.fullmatch("P*S+", keys), "qualifiers stand before the reference"
    for written in (value, *more[1::2]):
        assert re.fullmatch(VALUE, written), written
    return [item, name, value, *more, found[2]]


def test_every_line_has_the_address_and_the_day(graph: Path) -> None:
    for cells in quickstatements(graph):
        address = '"https://example.org/%2A/tin?a=1&b=%22hai%20ba%22"'
        assert cells[-5:-1] == ["S854", address, "S813", f"+{DAY}T00:00:00Z/11"]


def test_what_is_linked_and_said_by_the_article_itself_is_given(graph: Path) -> None:
    given = [(cells[:3], [*cells[3:5]] if cells[3].startswith("P") else []) for cells in quickstatements(graph)]
    assert given == [
        ([ITEMS["lam"], "P166", ITEMS["order"]], ["P585", "+2025-08-12T00:00:00Z/11"]),
        ([ITEMS["pact"], "P1891", ITEMS["lao"]], []),
        ([ITEMS["pact"], "P1891", ITEMS["nam"]], []),
        ([ITEMS["soi"], "P131", ITEMS["xa"]], []),
    ]


def test_what_is_left_out_is_counted_with_the_reason(graph: Path) -> None:
    _, said = exported(graph, "quickstatements", retrieved=DAY)
    assert said is not None
    assert said.startswith("4 statements to review; left out: ")
    assert "1 that somebody claims or contradicts" in said
    assert "about what has no item" in said


def test_the_words_stand_behind_as_a_comment_that_they_do_not_end(graph: Path) -> None:
    comments = {cells[0]: cells[-1] for cells in quickstatements(graph)}
    assert comments[ITEMS["soi"]] == "Đảo Sỏi thuộc tỉnh Bến Xa * / của Nước Nam Gió"


def changed(tmp_path: Path, index: int, **more: Any) -> list[list[str]]:
    claims = [replace(one, **more) if number == index else one for number, one in enumerate(CLAIMS)]
    return quickstatements(written(tmp_path / "graph", replace(RESOLUTION, claims=tuple(claims))))


@pytest.mark.parametrize(
    "more", [{"modality": name} for name in ("denied", "planned", "conditional", "estimated", "reported")]
)
def test_what_is_not_asserted_is_not_given(tmp_path: Path, more: Any) -> None:
    assert "P1891" not in {cells[1] for cells in changed(tmp_path, 3, **more)}


def test_what_is_confirmed_is_given_and_what_others_pass_on_is_not(tmp_path: Path) -> None:
    assert "P570" in {cells[1] for cells in changed(tmp_path / "a", 4, attributed_to=(), modality="confirmed")}
    assert "P131" not in {cells[1] for cells in changed(tmp_path / "b", 5, relayed_by=("lao",))}


def test_what_another_claim_contradicts_is_not_given(tmp_path: Path) -> None:
    key = CLAIMS[3].key
    for name, more in {
        "competing": {"competing": ((key, "other"),)},
        "denied": {"claims": (*CLAIMS, replace(CLAIMS[3], key="no", modality="denied"))},
        "ledger": {"contradictions": (Contradiction("x", "status", "event", "signing", (key, "other")),)},
    }.items():
        lines = quickstatements(written(tmp_path / name, replace(RESOLUTION, **more)))  # type: ignore[arg-type]
        assert {cells[1] for cells in lines} == {"P166", "P131"}, name


def test_an_entity_with_two_items_has_none(tmp_path: Path) -> None:
    links = (*RESOLUTION.links, Link("lam", "Q999000000099", 0.9))
    assert "P166" not in {cells[1] for cells in quickstatements(written(tmp_path, replace(RESOLUTION, links=links)))}


def test_no_property_is_written_that_the_ontology_does_not_map() -> None:
    arranged = _given.arrangement()
    for turned in arranged.turned:
        assert turned["term"] in arranged.properties, turned
    assert {*arranged.event} <= arranged.properties.keys()
    vocabulary = rdf.Context.make(RESOLUTION).vocabulary
    for turned in arranged.turned:
        named = {turned["class"], turned["term"], turned["subject"], turned["value"]}
        named |= {turned[name] for name in ("subjects", "values", "without") if name in turned}
        assert named <= vocabulary.terms.keys()


WD = "http://www.wikidata.org/entity/"


def rdf_of(graph: Path) -> ox.Store:
    text, _ = exported(graph, "wikidata-rdf", retrieved=DAY)
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return store


PREFIXES = {
    "wd": WD,
    "wdt": "http://www.wikidata.org/prop/direct/",
    "p": "http://www.wikidata.org/prop/",
    "ps": "http://www.wikidata.org/prop/statement/",
    "psv": "http://www.wikidata.org/prop/statement/value/",
    "pq": "http://www.wikidata.org/prop/qualifier/",
    "pqv": "http://www.wikidata.org/prop/qualifier/value/",
    "pr": "http://www.wikidata.org/prop/reference/",
    "prov": "http://www.w3.org/ns/prov#",
    "wikibase": "http://wikiba.se/ontology#",
}


def rows(store: ox.Store, query: str) -> list[list[str]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return sorted([getattr(term, "value", "") for term in row] for row in found)


def test_the_rdf_is_asked_as_wikidata_is(graph: Path) -> None:
    found = rows(
        rdf_of(graph),
        """SELECT ?who ?award ?day ?precision ?url ?read ?words {
          ?who p:P166 ?statement . ?statement ps:P166 ?award ; wikibase:rank wikibase:NormalRank .
          OPTIONAL { ?statement pq:P585 ?day ; pqv:P585/wikibase:timePrecision ?precision }
          ?statement prov:wasDerivedFrom ?reference . ?reference pr:P813 ?read ; pr:P1683 ?words ; pr:P248 ?article
          OPTIONAL { ?reference pr:P854 ?url } }""",
    )
    award, read = WD + ITEMS["order"], f"{DAY}T00:00:00Z"
    url = "https://example.org/*/tin?a=1&b="
    assert [[cell if not cell.startswith(url) else url for cell in row] for row in found] == [
        [WD + ITEMS["lam"], award, "2025-08-12T00:00:00Z", "11", "", read, "Bà Trịnh Lam được trao Huân chương Bến Sông"],
        [WD + ITEMS["lam"], award, "2025-08-12T00:00:00Z", "11", url, read, "Hôm 12/8, bà Trịnh Lam nhận Huân chương Bến Sông"],
        [rdf.iris.node("entity", "khoan").value, award, "", "", url, read, "Ông Tạ Khoan nhận Huân chương Bến Sông"],
    ]  # fmt: skip


def test_truthy_triples_are_of_what_is_settled(graph: Path) -> None:
    store = rdf_of(graph)
    assert rows(store, "SELECT ?who { ?who wdt:P570 ?day }") == []
    assert rows(store, "SELECT ?who { ?who p:P570/ps:P570 ?day }") == [[WD + ITEMS["bach"]]]
    assert rows(store, "SELECT ?x { ?x a wikibase:BestRank FILTER NOT EXISTS { ?x a wikibase:Statement } }") == []
    assert [ITEMS["xa"]] == [row[0].removeprefix(WD) for row in rows(store, "SELECT ?y { ?x wdt:P131 ?y }")]


def test_numbers_have_their_bounds_and_months_their_precision(graph: Path) -> None:
    store = rdf_of(graph)
    query = """SELECT ?amount ?lower ?upper { ?flood p:P1120/psv:P1120 ?value .
      ?value wikibase:quantityAmount ?amount ; wikibase:quantityLowerBound ?lower ; wikibase:quantityUpperBound ?upper }"""
    assert rows(store, query) == [["40", "36", "44"]]
    query = "SELECT ?day ?precision { ?flood wdt:P276 ?x ; p:P585/psv:P585 [ wikibase:timeValue ?day ; wikibase:timePrecision ?precision ] }"
    assert rows(store, query) == [["2025-07-01T00:00:00Z", "10"]]


def test_nothing_of_ours_is_put_into_the_space_of_wikidata(graph: Path) -> None:
    allowed = {WD + qid for qid in ITEMS.values()} | {f"{WD}Q1985727"}
    for quad in rdf_of(graph):
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(WD):
                assert term.value in allowed


def test_the_table_of_entities_has_a_row_for_each(graph: Path) -> None:
    text, _ = exported(graph, "openrefine")
    found = list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["id"] for row in found] == sorted(one.key for one in ENTITIES)
    by_id = {row["id"]: row for row in found}
    assert (by_id["lam"]["wikidata"], by_id["khoan"]["wikidata"]) == (ITEMS["lam"], "")
    assert (by_id["lam"]["type_vi"], by_id["lam"]["articles"], by_id["lam"]["mentions"]) == ("Người", "1", "1")
    assert all(ns.NAMESPACE not in row["type_id"] for row in found)


@pytest.mark.parametrize("name", ["quickstatements", "wikidata-rdf", "openrefine"])
def test_another_process_writes_the_same_bytes(name: str, graph: Path) -> None:
    more = {} if name == "openrefine" else {"retrieved": DAY}
    command = [sys.executable, "-m", "kg", "export", str(graph), "--format", name]
    command += [part for key, value in more.items() for part in (f"--{key}", value)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode() == exported(graph, name, **more)[0]


@pytest.mark.parametrize(
    "more", [[], ["--retrieved", "today"], ["--retrieved", "2026-02-30"], ["--retrieved", DAY, "--format", "ttl"]]
)
def test_the_day_of_reading_must_be_said_and_be_one(graph: Path, more: list[str]) -> None:
    command = [sys.executable, "-m", "kg", "export", str(graph), "--format", "quickstatements", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--retrieved" in done.stderr
