"""Wikidata's API as it was recorded, and as it answers when it is busy, does not have an item, or has merged it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.wikidata.online.asking import Asker
from kg.wikidata.online.errors import Later, Unusable
from kg.wikidata.online.mediawiki import Found, WikidataApi
from tests.wikidata.online.conftest import Clock, Stub, says, sends

Make = Callable[..., Asker]


def item(qid: str, **more: Any) -> dict[str, Any]:
    return {"id": qid, "type": "item", "labels": {}, "claims": {}, **more}


@pytest.mark.shared
def test_a_recorded_answer_is_read_and_asked_for_once(asker_at: Make, stub: Stub, shared: Path) -> None:
    recorded = gzip.decompress((shared / "data/wikidata/nomenklatura_wbgetentities_Q7747.json.gz").read_bytes())
    stub.replies = [sends(recorded)]
    for _ in range(2):
        ((qid, found),) = WikidataApi(asker_at(), stub.url).entities(["Q7747"])
        assert qid == "Q7747"
        assert found == json.loads(recorded)["entities"]["Q7747"]
    (((_, fields)),) = stub.requests
    assert (fields["action"], fields["ids"], fields["maxlag"]) == ("wbgetentities", "Q7747", "5")


def test_each_item_is_asked_for_once_whatever_the_company(asker_at: Make, stub: Stub) -> None:
    stub.replies = [
        says({"entities": {"Q101": item("Q101"), "Q102": {"id": "Q102", "missing": ""}}}),
        says({"entities": {"Q103": item("Q103")}}),
    ]
    first = dict(WikidataApi(asker_at(), stub.url).entities(["Q101", "Q102", "Q101"]))
    again = dict(WikidataApi(asker_at(), stub.url).entities(["Q103", "Q102", "Q101"]))
    assert first == {"Q101": item("Q101"), "Q102": None}
    assert again == {**first, "Q103": item("Q103")}
    assert [fields["ids"] for _, fields in stub.requests] == ["Q101|Q102", "Q103"]


@pytest.mark.parametrize("key", ["Q111", "Q112"])
def test_a_merged_item_comes_under_the_id_that_was_asked_for(asker_at: Make, stub: Stub, key: str) -> None:
    stub.replies = [says({"entities": {key: item("Q112", redirects={"from": "Q111", "to": "Q112"})}})]
    ((asked, found),) = WikidataApi(asker_at(), stub.url).entities(["Q111"])
    assert asked == "Q111"
    assert found is not None
    assert found["id"] == "Q112"


@pytest.mark.parametrize("entities", [{}, [], {"Q121": {"id": "Q121"}}, {"Q121": item("evil")}, {"Q121": None}])
def test_an_answer_without_the_item_is_nonsense(asker_at: Make, stub: Stub, entities: Any) -> None:
    stub.replies = [says({"entities": entities}), says({"entities": {"Q121": item("Q121")}})]
    assert dict(WikidataApi(asker_at(), stub.url).entities(["Q121"])) == {"Q121": item("Q121")}
    assert len(stub.requests) == 2


def test_an_error_within_a_good_status_is_waited_for_or_told(asker_at: Make, stub: Stub, clock: Clock) -> None:
    lag = sends(json.dumps({"error": {"code": "maxlag", "info": "2 seconds"}}).encode(), Retry_After="5")
    stub.replies = [lag, says({"search": []})]
    assert WikidataApi(asker_at(), stub.url).search("Sông Mây", "vi") == ()
    assert clock.slept == [5.0]
    stub.replies = [says({"error": {"code": "badvalue", "info": "no such language"}})]
    with pytest.raises(Unusable, match="badvalue"):
        WikidataApi(asker_at(), stub.url).search("Sông Mây", "tlh-x")
    stub.replies = [lag]
    with pytest.raises(Later, match="it is busy"):
        WikidataApi(asker_at(), stub.url).search("Sông Gió", "vi")


def test_a_name_is_searched_once_in_each_language(asker_at: Make, stub: Stub) -> None:
    hit = {"id": "Q131", "label": "Bến Mây", "match": {"type": "alias", "language": "vi", "text": "Bến Mây cũ"}}
    stub.replies = [says({"search": [hit, {**hit, "id": "L5"}], "success": 1})]
    for _ in range(2):
        found = WikidataApi(asker_at(), stub.url).search("Bến Mây", "vi")
        assert found == (Found("Q131", "Bến Mây", "", "Bến Mây cũ", "alias"),)
    WikidataApi(asker_at(), stub.url).search("Bến Mây", "en")
    assert [fields["language"] for _, fields in stub.requests] == ["vi", "en"]


def test_what_is_no_id_is_not_sent(asker_at: Make, stub: Stub) -> None:
    with pytest.raises(ValueError, match="no id"):
        list(WikidataApi(asker_at(), stub.url).entities(["Q1|Q2"]))
    assert stub.requests == []
