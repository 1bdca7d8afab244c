"""Requests made up from the OpenAPI document, reading and writing: none makes the server fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from tests.serving import AUTHORIZED, Served, serving

EXAMPLES = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("openapi") / "graph", KG_CLIENT_QUERIES="64") as http:
        assert http.put("x:g", "<x:a> <http://www.w3.org/2000/01/rdf-schema#label> 'Đồng Tháp'@vi .").status == 201
        yield http


def test_no_request_makes_the_server_fail(served: Served) -> None:
    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{served.port}/openapi.json")
    tried = 0

    def check(case: Any) -> None:
        nonlocal tried
        tried += 1
        answer = case.call(headers=AUTHORIZED)
        refused = answer.status_code == 503 and answer.headers.get("retry-after")
        assert answer.status_code < 500 or refused, (case.method, case.path, answer.status_code, answer.text)

    operations = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) >= 20
    for operation in operations:
        settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))(
            given(operation.as_strategy())(check)
        )()
    assert tried > 10 * len(operations)
    assert served.query("ASK {}").status == 200


def test_the_document_tells_of_writing_only_where_it_is_offered(served: Served, small_graph: Path) -> None:
    assert '"put"' in served.request("GET", "/openapi.json").text
    with serving(small_graph, token=None) as http:
        assert '"put"' not in http.request("GET", "/openapi.json").text
