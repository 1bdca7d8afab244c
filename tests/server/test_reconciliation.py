"""/reconcile answers as the reconciliation protocol 0.2 asks, and what OpenRefine sends."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import uvicorn
from starlette.testclient import TestClient

from kg.lookup.matching import likeness
from kg.server import make_app
from kg.wikidata.online.asking import Asker, Bounds
from kg.wikidata.online.cache import Cache
from kg.wikidata.online.reconciliation import Query, Reconciliation
from tests.server import reconciliation_schemas as schemas

Json = dict[str, Any]


@pytest.fixture(scope="module")
def http(small_graph: Path) -> Iterator[TestClient]:
    with TestClient(make_app(small_graph), headers={"Accept-Language": "vi"}) as client:
        yield client


def seen(value: Any, schema: Json) -> Any:
    jsonschema.validate(value, schema)
    return value


def results(http: TestClient, **queries: Any) -> dict[str, list[Json]]:
    """What a batch brings, posted as OpenRefine does."""
    answer = http.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found = seen(answer.json(), schemas.RESULTS)
    assert found.keys() == queries.keys()
    for result in found.values():
        scores = [candidate["score"] for candidate in result["result"]]
        assert scores == sorted(scores, reverse=True)
        assert sum(candidate["match"] for candidate in result["result"]) <= 1
    return {key: result["result"] for key, result in found.items()}


def ids(candidates: list[Json]) -> list[str]:
    return [candidate["id"] for candidate in candidates]


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/vi", "/reconcile/en"])
def test_the_manifest_says_what_there_is_and_it_is_there(http: TestClient, path: str) -> None:
    manifest = seen(http.get(path).json(), schemas.MANIFEST)
    assert manifest == http.post(path, data={}, headers={"Content-Type": "application/x-www-form-urlencoded"}).json()
    for what, service in manifest["suggest"].items():
        found = http.get(service["service_url"] + service["service_path"], params={"prefix": "a"})
        assert found.status_code == 200, what
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        page = http.get(template.replace("{{id}}", "luu"))
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "Trần Văn Lựu" in page.text
    assert http.get(manifest["logo"]).status_code == 200
    assert http.get(manifest["documentation"]).status_code == 200
    types = {kind["id"] for kind in manifest["defaultTypes"]}
    assert types <= {
        kind["id"] for name in types for kind in http.get(f"{path}/suggest/type?prefix={name}").json()["result"]
    }


def test_a_language_may_stand_in_the_address(http: TestClient) -> None:
    query = {"queries": json.dumps({"q": {"query": "Nhat Ban"}})}
    names = {path: http.post(path, data=query).json()["q"]["result"][0] for path in ("/reconcile/vi", "/reconcile/en")}
    assert [names[path]["name"] for path in names] == ["Nhật Bản", "Japan"]
    assert [names[path]["type"][0]["name"] for path in names] == ["Quốc gia", "State"]
    assert http.get("/reconcile").json()["name"] == http.get("/reconcile/vi").json()["name"]


def test_openrefine_matches_a_column(http: TestClient) -> None:
    """The batch as OpenRefine 3 posts it: a type chosen, type_strict always "should", another column as a property."""
    found = results(
        http,
        q0={
            "query": "Trần Văn Lựu",
            "type": "Person",
            "type_strict": "should",
            "limit": 5,
            "properties": [{"pid": "articles", "v": "2"}],
        },
        q1={"query": "Mori Kenji", "type": "Person", "type_strict": "should"},
        q2={"query": "Người không ai biết", "type": "Person", "type_strict": "should"},
    )
    assert [(c["id"], c["match"], c["score"]) for c in found["q0"]] == [("luu", True, 100)]
    assert [(c["id"], c["match"]) for c in found["q1"]] == [("mori", True)]
    assert found["q2"] == []


def test_openrefine_guesses_the_type_of_a_column(http: TestClient) -> None:
    """It sends the first cells without a type, three candidates each, and counts the types of what comes back."""
    found = results(http, q0={"query": "Bộ Nông nghiệp", "limit": 3}, q1={"query": "Đài Miền Xanh", "limit": 3})
    assert [c["type"] for c in (found["q0"][0], found["q1"][0])] == [
        [{"id": "GovernmentBody", "name": "Cơ quan nhà nước"}],
        [{"id": "MediaOrganization", "name": "Cơ quan truyền thông"}],
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "query", ["Nhật Bản", json.dumps({"query": "Nhật Bản", "limit": 1}), json.dumps({"query": "Nhật Bản", "type": []})]
)
def test_a_single_query_is_answered(http: TestClient, method: str, query: str) -> None:
    sent = {"params": {"query": query}} if method == "GET" else {"data": {"query": query}}
    found = seen(http.request(method, "/reconcile", **sent).json(), schemas.RESULT)  # type: ignore[arg-type]
    assert found["result"][0]["id"] == "japan"
    assert found["result"][0]["match"]


def test_a_batch_may_be_got_too(http: TestClient) -> None:
    queries = json.dumps({"a b": {"query": "Nhật Bản"}, "": {"query": "Mori Kenji"}})
    found = seen(http.get("/reconcile", params={"queries": queries}).json(), schemas.RESULTS)
    assert [found[key]["result"][0]["id"] for key in ("a b", "")] == ["japan", "mori"]


def test_queries_of_a_batch_do_not_touch_each_other(http: TestClient) -> None:
    names = ["Nhật Bản", "Mori", "Thọ Lâm", "Quân khu 9"]
    together = results(http, **{name: {"query": name} for name in names})
    assert together == {name: results(http, **{name: {"query": name}})[name] for name in names}


@pytest.mark.parametrize(
    ("asked", "called", "expected"),
    [
        ("Trần Văn Lựu", "Trần Văn Lựu", 100),
        ("trần văn  lựu", "Trần Văn Lựu", 98),
        ("Kim Jong Un", "Kim Jong-un", 98),
        ("Ủy ban Hòa bình", "Uỷ ban Hoà bình", 98),
        ("Tran Van Luu", "Trần Văn Lựu", 92),
        ("Zürich", "Zurich", 92),
        ("Dong Thap", "Đồng Tháp", 92),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", 75),
    ],
)
def test_the_score_says_how_a_name_is_the_same(asked: str, called: str, expected: float) -> None:
    assert likeness(asked, called) == likeness(called, asked) == expected


def test_the_score_of_other_names_falls_with_what_they_share() -> None:
    scores = [likeness("Sư đoàn 302", other) for other in ("Sư đoàn 303", "Lữ đoàn 302", "Nhà máy Sơn Bình Dương")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= 70
    assert scores[-1] < 30
    assert likeness("Lữ đoàn 249", "Lữ đoàn Công binh 249") >= 50


@pytest.mark.parametrize("asked", ["Tran Van Luu", "TRAN VAN LUU", "trần-văn-lựu"])
def test_names_are_found_without_their_marks(http: TestClient, asked: str) -> None:
    (best, *_) = results(http, q={"query": asked})["q"]
    assert (best["id"], best["match"]) == ("luu", True)


@pytest.mark.parametrize("asked", ["Trần Văn Lưu", "Trần Văn Lụu", "Trần Văn", "Lựu", "Trần Van Lựu"])
def test_other_marks_and_parts_of_names_are_offered_and_never_matched(http: TestClient, asked: str) -> None:
    (best, *others) = results(http, q={"query": asked})["q"]
    assert best["id"] == "luu"
    assert not any(candidate["match"] for candidate in [best, *others])


@pytest.mark.parametrize("identifier", ["japan", "https://w3id.org/newskg/id/entity/japan", "Q17"])
def test_an_identifier_finds_its_entity(http: TestClient, identifier: str) -> None:
    (best, *_) = results(http, q={"query": identifier})["q"]
    assert (best["id"], best["score"], best["match"]) == ("japan", 100, True)


def test_a_type_leaves_out_what_is_neither_of_it_nor_below_it(http: TestClient) -> None:
    wider = {"query": "Nhật Bản", "type": "Place"}
    found = results(
        http,
        wider=wider,
        full={**wider, "type": ["https://w3id.org/newskg/ontology#Place"]},
        several={**wider, "type": ["Person", "Place"], "type_strict": "any"},
        all={**wider, "type": ["Person", "Place"], "type_strict": "all"},
        other={**wider, "type": "Person"},
        unknown={**wider, "type": "NoSuchClass"},
    )
    assert {key: ids(result)[:1] for key, result in found.items()} == {
        "wider": ["japan"],
        "full": ["japan"],
        "several": ["japan"],
        "all": [],
        "other": [],
        "unknown": [],
    }


def test_properties_that_agree_raise_the_score_and_one_that_does_not_forbids_the_match(http: TestClient) -> None:
    def asked(*values: Any) -> Json:
        return {"query": "Nhật Bản", "properties": [{"pid": "wikidata", "v": value} for value in values]}

    found = results(http, good=asked("Q17"), any_of=asked(["Q1", "Q17"]), wrong=asked("Q18"), half=asked("Q17", 18))
    assert [(found[key][0]["score"], found[key][0]["match"]) for key in found] == [
        (100, True),
        (100, True),
        (60, False),
        (80, False),
    ]
    alone = results(http, q={"properties": [{"pid": "label", "v": "nhat ban"}]})["q"]
    assert ids(alone) == ["japan"]
    by_node = results(http, q={"properties": [{"pid": "belongsTo", "v": {"id": "nobody", "name": "x"}}]})["q"]
    assert by_node == []


def test_there_are_no_more_candidates_than_asked_for(http: TestClient) -> None:
    name = {"query": "Thọ Lâm"}
    found = results(http, one={**name, "limit": 1}, all=name, most={**name, "limit": 10_000})
    assert [len(found[key]) for key in ("one", "all")] == [1, len(found["most"])]
    assert len(found["all"]) > 1


@pytest.mark.parametrize("name", ["", " ", "?", "x" * 501, "\x00", "🙂", "a" * 400])
def test_odd_names_bring_an_answer_or_a_refusal_and_never_an_error(http: TestClient, name: str) -> None:
    answer = http.post("/reconcile", data={"queries": json.dumps({"q": {"query": name}})})
    assert answer.status_code == (200 if name.strip() else 400)


@pytest.mark.parametrize(
    "queries",
    [
        "no json",
        "[]",
        "[" * 50_000,
        '{"q": 5}',
        '{"q": {}}',
        '{"q": {"query": 5}}',
        '{"q": {"query": "a", "limit": 0}}',
        '{"q": {"query": "a", "limit": "5"}}',
        '{"q": {"query": "a", "limit": NaN}}',
        '{"q": {"query": "a", "type": {"id": "Person"}}}',
        '{"q": {"query": "a", "type": [1]}}',
        '{"q": {"query": "a", "type_strict": "maybe"}}',
        '{"q": {"query": "a", "properties": {}}}',
        '{"q": {"query": "a", "properties": [{"v": "b"}]}}',
        '{"q": {"query": "a", "properties": [{"pid": "label", "v": {"name": "b"}}]}}',
    ],
)
def test_another_shape_is_refused_with_a_sentence(http: TestClient, queries: str) -> None:
    answer = http.post("/reconcile", data={"queries": queries})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert 10 < len(answer.text) < 200


def test_too_much_at_once_is_refused(http: TestClient) -> None:
    size = http.get("/reconcile").json()["batchSize"]
    most = {str(number): {"query": "Nhật Bản"} for number in range(size)}
    assert len(results(http, **most)) == size
    more = http.post("/reconcile", data={"queries": json.dumps({**most, "more": {"query": "Nhật Bản"}})})
    assert more.status_code == 413
    assert http.post("/reconcile", data={"queries": "{}", "extend": "{}"}).status_code == 400
    assert http.post("/reconcile", content="{}", headers={"Content-Type": "application/json"}).status_code == 415
    assert http.post("/reconcile", data={"queries": " " * 600_000}).status_code == 413
    assert http.delete("/reconcile").status_code == 405


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/suggest/entity?prefix=a", "/reconcile/properties"])
def test_pages_of_other_origins_may_ask(http: TestClient, path: str) -> None:
    assert http.get(path, headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"


def test_an_error_is_for_other_origins_too(http: TestClient) -> None:
    answer = http.post("/reconcile", data={"queries": "x"}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


def suggested(http: TestClient, what: str, prefix: str, **more: str) -> list[Json]:
    answer = http.get(f"/reconcile/suggest/{what}", params={"prefix": prefix, **more})
    found: list[Json] = seen(answer.json(), schemas.SUGGESTIONS)["result"]
    return found


def test_entities_are_suggested_while_a_name_is_typed(http: TestClient) -> None:
    assert [one["id"] for one in suggested(http, "entity", "nhat")] == ["japan"]
    assert [one["id"] for one in suggested(http, "entity", "Kenji")] == ["mori"]
    assert suggested(http, "entity", "luu")[0]["id"] == "luu"
    assert suggested(http, "entity", "nhat")[0]["notable"] == [{"id": "State", "name": "Quốc gia"}]
    assert suggested(http, "entity", "") == []
    every = suggested(http, "entity", "t")
    assert [one["id"] for one in suggested(http, "entity", "t", cursor="2")] == [one["id"] for one in every[2:]]


def test_classes_and_properties_are_suggested_by_name_or_id(http: TestClient) -> None:
    assert suggested(http, "type", "Person")[0]["id"] == "Person"
    assert "MilitaryUnit" in {one["id"] for one in suggested(http, "type", "don vi")}
    assert [one["id"] for one in suggested(http, "property", "wikidata")] == ["wikidata"]
    assert {"label", "articles", "wikidata"} <= {one["id"] for one in suggested(http, "property", "")}


@pytest.mark.parametrize("path", ["suggest/entity?cursor=x", "suggest/entity?cursor=-1", "properties?limit=0"])
def test_what_is_no_number_is_refused(http: TestClient, path: str) -> None:
    assert http.get(f"/reconcile/{path}").status_code == 400


def test_values_are_fetched_for_what_was_matched(http: TestClient) -> None:
    proposed = seen(http.get("/reconcile/properties", params={"type": "State", "limit": 4}).json(), schemas.PROPOSALS)
    assert len(proposed["properties"]) == 4
    request = {"ids": ["japan", "luu", "no such"], "properties": [{"id": "wikidata"}, {"id": "articles"}, {"id": "x"}]}
    found = seen(http.post("/reconcile", data={"extend": json.dumps(request)}).json(), schemas.EXTENSION)
    assert [one["id"] for one in found["meta"]] == ["wikidata", "articles", "x"]
    assert found["rows"] == {
        "japan": {"wikidata": [{"str": "Q17"}], "articles": [{"int": 2}], "x": []},
        "luu": {"wikidata": [], "articles": [{"int": 2}], "x": []},
        "no such": {"wikidata": [], "articles": [{"int": 0}], "x": []},
    }


@pytest.mark.parametrize("extend", ["[]", "{}", '{"ids": ["a"], "properties": [1]}', '{"ids": [1], "properties": []}'])
def test_another_shape_of_extension_is_refused(http: TestClient, extend: str) -> None:
    assert http.post("/reconcile", data={"extend": extend}).status_code == 400


def test_a_preview_may_stand_within_another_page_and_no_other_page_may(http: TestClient) -> None:
    preview, page = http.get("/reconcile/preview?id=japan"), http.get("/reconcile/view?id=japan")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert http.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404
    assert "<script>" not in http.get("/reconcile/preview", params={"id": "<script>"}).text


@pytest.mark.parametrize("id_", ["jap%C3%A0n x", quote("jap%C3%A0n x", safe="")])
def test_an_id_with_escapes_is_understood_escaped_once_or_twice(http: TestClient, id_: str) -> None:
    assert http.get(f"/reconcile/view?id={id_}", follow_redirects=False).headers["location"] == (
        "/show?iri=https%3A%2F%2Fw3id.org%2Fnewskg%2Fid%2Fentity%2Fjap%25C3%25A0n%2520x&lang=vi"
    )


def test_our_own_client_is_answered_over_the_network(small_graph: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(make_app(small_graph), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            with Cache(tmp_path / "answers") as cache:
                asker = Asker("desk@example.org", cache, Bounds(pause=0))
                service = Reconciliation(asker, f"http://127.0.0.1:{listening.getsockname()[1]}/reconcile/vi")
                names = ["Tran Van Luu", "Nhật Bản", "không có"] * 5
                found = dict(service.answers(Query(name) for name in names))
                assert [found[Query(name)][0].id for name in names[:2]] == ["luu", "japan"]
                assert found[Query("không có")] == ()
                assert found[Query("Nhật Bản")][0].qid(service.manifest()) is None, "its ids are ours, not Wikidata's"
        finally:
            server.should_exit = True
            thread.join()
