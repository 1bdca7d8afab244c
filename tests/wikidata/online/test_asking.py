"""A service that is busy, broken, silent or moved costs nothing that was answered, and is not pestered."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.wikidata.online import errors
from kg.wikidata.online.asking import Asker
from kg.wikidata.online.cache import Cache
from kg.wikidata.online.errors import Later, Unusable
from kg.wikidata.online.reconciliation import Query, Reconciliation
from tests.wikidata.online.conftest import CONTACT, Clock, Reply, Stub, reconciles, says, sends

NAMES = [f"Bến {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"]
Make = Callable[..., Asker]


def ask(asker: Asker, stub: Stub, names: list[str] | None = None) -> list[str]:
    """The names that were answered, in order."""
    return [query.name for query, _ in Reconciliation(asker, stub.url).answers(map(Query, names or NAMES))]


def drips(handler: BaseHTTPRequestHandler, _fields: dict[str, str]) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize(
    "contact", ["", "nobody", "a b", "me@example.org\r\nX: y", "tôi@example.org", "(me@example.org)"]
)
def test_it_does_not_start_without_a_contact(contact: str, tmp_path: Path) -> None:
    with Cache(tmp_path / "a") as cache, pytest.raises(UsageError, match="say who asks"):
        Asker(contact, cache)


def test_who_asks_stands_in_every_request(asker_at: Make, stub: Stub) -> None:
    ask(asker_at(), stub)
    assert {headers["User-Agent"].partition("(")[2] for headers, _ in stub.requests} == {f"{CONTACT})"}


@pytest.mark.parametrize(
    "url", ["", "ftp://example.org", "http://", "http://a b", "http://me:sesame@example.org/", "x"]
)
def test_what_is_no_address_is_told(asker_at: Make, url: str) -> None:
    with pytest.raises(UsageError) as told:
        Reconciliation(asker_at(), url).manifest()
    assert "sesame" not in str(told.value)


@pytest.mark.parametrize(
    "reply",
    [
        sends(b"slow down", status=429),
        sends(b"oops", status=500),
        sends(b"oops", status=503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
        sends(b"<html>welcome</html>"),
        sends(b"[" * 100_000),
        sends(b'{"q0": {"result": [{"id": "a", "name": "b", "score": NaN}]}}'),
        sends(b'{"q0": {"result": [{"id": "a", "name": "b", "score": "high"}]}}'),
        sends(b'{"q0": {"result": "none"}}'),
        says({"q9": {"result": []}}),
        says([1, 2]),
        sends(b'{"q0"', length=4_000),
        drips,
    ],
)
def test_a_bad_answer_is_asked_for_again_and_nothing_is_lost_or_repeated(
    asker_at: Make, stub: Stub, reply: Reply
) -> None:
    stub.replies = [reconciles, reconciles, reply, reconciles]
    assert ask(asker_at(), stub) == NAMES
    # The bad answer was to the second ten names: they alone went out twice.
    assert stub.names() == [*NAMES[:10], *NAMES[10:20], *NAMES[10:20], *NAMES[20:]]


def test_a_service_that_never_answers_is_given_up_and_a_later_call_asks_for_the_rest_only(
    asker_at: Make, stub: Stub, clock: Clock
) -> None:
    stub.replies = [reconciles, reconciles, lambda *_: (stub.over.wait(2), None)[1]]
    found: list[str] = []
    with pytest.raises(Later) as told:
        found.extend(q.name for q, _ in Reconciliation(asker_at(), stub.url).answers(map(Query, NAMES)))
    assert found == NAMES[:10]
    assert "no whole answer after 0.3 seconds" in told.value.said("en")
    assert "không có câu trả lời trọn vẹn sau 0.3 giây" in told.value.said("vi")
    stub.replies = [reconciles]
    before = len(stub.requests)
    with pytest.raises(Later):
        ask(asker_at(), stub)
    assert len(stub.requests) == before, "the circuit is open: nothing may be sent"
    clock.now += 300
    assert ask(asker_at(), stub) == NAMES
    assert stub.names()[:10] == NAMES[:10]
    assert set(stub.names()[10:]) == set(NAMES[10:]), "what was answered is not asked again"


def test_a_killed_program_goes_on_where_it_was(stub: Stub, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\n".join(NAMES), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "reconcile", "-f", str(names), "--service", stub.url, "--contact", CONTACT]
    command += ["--cache", str(tmp_path / "answers.sqlite"), "--json"]
    # The manifest and two batches are answered, the third is not when the program is killed.
    stub.replies = [reconciles, reconciles, reconciles, lambda *_: (stub.over.wait(20), None)[1]]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
        while len(stub.requests) < 4:
            assert program.poll() is None
            time.sleep(0.05)
        program.kill()
    stub.replies = [reconciles]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == NAMES
    assert stub.names() == [*NAMES, *NAMES[20:]]


def test_it_waits_as_long_as_it_is_told(asker_at: Make, stub: Stub, clock: Clock) -> None:
    stub.replies = [sends(b"", status=429, Retry_After="7"), reconciles]
    assert ask(asker_at(), stub) == NAMES
    assert clock.slept == [7.0]


def test_a_long_wait_is_told_and_kept_by_the_next_call(asker_at: Make, stub: Stub, clock: Clock) -> None:
    stub.replies = [sends(b"", status=429, Retry_After="3600"), reconciles]
    for _ in range(2):
        with pytest.raises(Later, match=r"left alone for 3600 more seconds \(it answers with status 429\)") as told:
            ask(asker_at(), stub)
        assert "dịch vụ trả lời với mã 429" in told.value.said("vi")
    assert len(stub.requests) == 1
    clock.now += 3601
    assert ask(asker_at(), stub) == NAMES


def test_the_circuit_opens_for_longer_each_time_and_closes_with_an_answer(
    asker_at: Make, stub: Stub, clock: Clock
) -> None:
    stub.replies = [sends(b"", status=500)]
    rests = []
    for _ in range(3):
        with pytest.raises(Later):
            ask(asker_at(), stub)
        with Cache(asker_at().cache._path, clock=lambda: clock.now) as cache:
            rests.append(cache.rest(stub.url)[0])
        clock.now += rests[-1]
    assert rests == [300, 600, 1200]
    assert len(stub.requests) == 3 + 1 + 1, "after a rest it is tried once"
    stub.replies = [reconciles]
    assert ask(asker_at(), stub) == NAMES
    assert asker_at().cache.failures(stub.url) == 0


def test_one_request_is_sent_at_a_time(asker_at: Make, stub: Stub) -> None:
    def slowly(handler: BaseHTTPRequestHandler, fields: dict[str, str]) -> None:
        time.sleep(0.02)
        reconciles(handler, fields)

    stub.replies = [slowly]
    shared, other = asker_at(), asker_at()  # two threads of one program, and another program with the same file
    threads = [threading.Thread(target=ask, args=(asker, stub)) for asker in (shared, shared, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stub.most_at_once == 1
    assert sorted(stub.names()) == NAMES, "what one of them asked the others did not ask again"


def test_there_is_a_pause_between_two_requests(asker_at: Make, stub: Stub, clock: Clock) -> None:
    ask(asker_at(pause=5.0), stub)
    assert len(clock.slept) == 3
    assert all(4 < seconds <= 5 for seconds in clock.slept)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_else_is_asked(asker_at: Make, stub: Stub, status: int) -> None:
    stub.replies = [sends(b"", status=status, Location="http://127.0.0.1:9/elsewhere")]
    with pytest.raises(Unusable, match=r"has moved to http://127\.0\.0\.1:9/elsewhere"):
        ask(asker_at(), stub)


def test_a_refusal_and_a_flood_are_not_asked_for_again(asker_at: Make, stub: Stub) -> None:
    stub.replies = [sends("không hiểu\x1b".encode(), status=400), sends(b" " * 2_000)]
    with pytest.raises(Unusable, match="status 400 không hiểu"):
        ask(asker_at(), stub)
    with pytest.raises(Unusable, match="more than 1,000 bytes"):
        ask(asker_at(most_bytes=1_000), stub)
    assert len(stub.requests) == 2


def test_an_address_where_nobody_is_is_told(asker_at: Make) -> None:
    with pytest.raises(Later, match="it cannot be reached"):
        Reconciliation(asker_at(), "http://127.0.0.1:9/").manifest()


def test_no_candidate_is_an_answer_that_is_kept_until_it_is_too_old(asker_at: Make, stub: Stub, clock: Clock) -> None:
    for _ in range(2):
        ((_, found),) = Reconciliation(asker_at(), stub.url).answers([Query("không có")])
        assert found == ()
    assert stub.names() == ["không có"]
    clock.now += 31 * 86_400
    ask(asker_at(), stub, ["không có"])
    assert stub.names() == ["không có", "không có"]


def test_answers_are_written_all_or_none(tmp_path: Path) -> None:
    with Cache(tmp_path / "a") as cache:
        with pytest.raises(Unusable):
            cache.put("s", {"1": ({"q": 1}, [1]), "2": ({"q": 2}, "\ud800")})  # a text that no file can hold
        assert cache.get("s", {"q": 1}) is None
        cache.put("s", {"1": ({"q": 1}, [])})
        assert cache.get("s", {"q": 1}) == [[]]
        assert cache.get("t", {"q": 1}) is None


@pytest.mark.parametrize("content", ["no database at all", ""])
def test_another_file_is_not_taken_for_answers(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.sqlite"
    if content:
        path.write_text(content * 100, encoding="utf-8")
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE mine (x)")
        other.close()
    before = path.read_bytes()
    with pytest.raises(Unusable) as told:
        Cache(path)
    assert "give another file" in told.value.said("en")
    assert "hãy chọn tệp khác" in told.value.said("vi")
    assert path.read_bytes() == before


def test_every_message_is_there_in_both_languages() -> None:
    texts = errors._texts()
    assert texts["en"].keys() == texts["vi"].keys()
