"""Another server gets what changed and nothing else, whatever breaks in between."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import folder, pushing
from kg.cli import main
from kg.errors import StoreError, UsageError
from kg.pushing import Remote, RemoteError, login, remote
from kg.pushing.journal import Journal
from kg.store import write_graph
from tests.pushing.graph_store import Store, digest_wanted, running

Graphs = dict[str, list[str]]
"""The graphs of a folder, by name, with a subject for each quad."""
A, B, C = (f"https://example.org/g/{name}" for name in ("a", "b%20b", "c?x=1&y=ô"))


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def made(path: Path, graphs: Graphs) -> Path:
    write_graph(
        path,
        quads=(
            ox.Quad(
                ox.NamedNode(f"https://example.org/{subject}"),
                ox.NamedNode("https://example.org/p"),
                ox.Literal('“Đồng Hới”\n"'),
                ox.NamedNode(graph),
            )
            for graph, subjects in graphs.items()
            for subject in subjects
        ),
        records=[],
    )
    return path


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return made(tmp_path / "graph", {A: ["1"], B: ["1", "2"], C: ["3"]})


@pytest.fixture
def store() -> Iterator[Store]:
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited, without waiting."""
    waits: list[float] = []
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: waits.append(seconds) if seconds >= 1 else sleep(seconds))
    return waits


def held(store: Store, graph: Path) -> bool:
    """Whether the server has the graphs of a folder, triple for triple."""
    quads = {
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
        for name, body in store.graphs.items()
        for t in ox.parse(input=body, format=ox.RdfFormat.TURTLE)
    }
    return quads == set(folder.read_only(graph))


def push(graph: Path, store: Store, **options: Any) -> pushing.Pushed:
    target = Remote(store.url)
    try:
        return pushing.push(graph, target, **options)
    finally:
        target.close()


def test_every_named_graph_is_sent_and_then_only_what_changed(graph: Path, store: Store) -> None:
    first = push(graph, store)
    assert first.sent == tuple(sorted([A, B, C]))
    assert (first.unchanged, first.triples, first.deleted) == (0, 4, ())
    assert held(store, graph)
    store.asked.clear()
    assert push(graph, store) == pushing.Pushed((), (), 3, 0, 0)
    assert store.asked == [("HEAD", A)]
    made(graph, {A: ["1"], B: ["1", "2", "9"]})
    second = push(graph, store)
    assert (second.sent, second.deleted, second.unchanged, second.triples) == ((B,), (C,), 1, 3)
    assert held(store, graph)


def test_what_others_put_there_stays(graph: Path, store: Store) -> None:
    store.graphs["https://example.org/theirs"] = b""
    push(graph, store)
    made(graph, {A: ["1"]})
    push(graph, store)
    assert store.graphs.keys() == {A, "https://example.org/theirs"}


def test_each_server_and_each_folder_has_its_own_memory(graph: Path, store: Store, tmp_path: Path) -> None:
    push(graph, store)
    other = made(tmp_path / "other", {A: ["1"]})
    assert push(other, store).sent == (A,)
    assert store.graphs.keys() == {A, B, C}
    with running() as second:
        assert len(push(graph, second).sent) == 3


def test_a_server_that_was_emptied_gets_everything_again(graph: Path, store: Store) -> None:
    push(graph, store)
    store.graphs.clear()
    again = push(graph, store)
    assert again.started_over
    assert held(store, graph)


def test_a_server_that_knows_no_head_is_asked_for_a_graph(graph: Path, store: Store) -> None:
    push(graph, store)
    store.allows = lambda method, _target, _headers: (501, {}) if method == "HEAD" else None
    assert push(graph, store).sent == ()
    assert store.asked[-1] == ("GET", A)
    store.graphs.clear()
    assert len(push(graph, store).sent) == 3


def test_all_of_it_again(graph: Path, store: Store) -> None:
    push(graph, store)
    assert len(push(graph, store, everything=True).sent) == 3


def test_a_trial_asks_nothing_and_remembers_nothing(graph: Path, store: Store) -> None:
    done = kg("push", graph, store.url, "--dry-run", "--json")
    assert json.loads(done.stdout)["sent"] == sorted([A, B, C])
    assert "would be sent (4 triples" in done.stderr
    assert store.asked == []
    assert [path.name for path in graph.parent.iterdir()] == ["graph"]


@pytest.mark.parametrize(
    ("form", "address", "sent"),
    [
        ("indirect", "", "/store?graph="),
        ("indirect", "?store=x", "/store?store=x&graph="),
        ("virtuoso", "", "/store?graph-uri="),
        ("indirect", "/{graph}", "/store/https%3A%2F%2Fexample.org%2Fg%2Fb%2520b"),
    ],
)
def test_the_forms_of_address(graph: Path, store: Store, form: remote.Form, address: str, sent: str) -> None:
    targets: list[str] = []
    store.allows = lambda _method, target, _headers: targets.append(target)
    target = Remote(store.url + address, form)
    pushing.push(graph, target)
    target.close()
    assert held(store, graph)
    assert any(one.startswith(sent) for one in targets)


def test_a_graph_may_be_addressed_by_its_own_name(tmp_path: Path, store: Store) -> None:
    graph = made(tmp_path / "graph", {A: ["1"], B: ["2"]})
    target = Remote(store.url, "direct")
    pushing.push(graph, target)
    target.close()
    assert {headers["host"] for headers in store.headers} == {"example.org"}
    assert store.graphs.keys() == {A, B}


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_when_it_says(graph: Path, store: Store, waited: list[float], status: int) -> None:
    store.refusals = [(status, {"Retry-After": "7"}), (status, {}), (status, {"Retry-After": "soon"})]
    push(graph, store)
    assert held(store, graph)
    assert waited == [7.0, 2.0, 4.0]


def test_a_server_that_stays_busy_ends_it_and_the_next_push_goes_on(graph: Path, store: Store) -> None:
    store.allows = lambda method, _target, _headers: (503, {}) if len(store.graphs) > 1 and method == "PUT" else None
    with pytest.raises(RemoteError, match=r"answers with status 503 .* 5 times; 2 graphs are up to date"):
        push(graph, store)
    store.allows = lambda *_asked: None
    store.asked.clear()
    assert push(graph, store).sent == (C,)
    assert held(store, graph)


def test_a_server_that_asks_for_an_hour_is_left_alone(graph: Path, store: Store, waited: list[float]) -> None:
    store.refusals = [(429, {"Retry-After": "3600"})]
    with pytest.raises(RemoteError, match="asks to come back after 3600 seconds"):
        push(graph, store)
    assert waited == []


@pytest.mark.parametrize("status", [400, 403, 413, 415])
def test_a_refusal_is_told_at_once_with_the_words_of_the_server(graph: Path, store: Store, status: int) -> None:
    store.refusals = [(status, {})]
    with pytest.raises(RemoteError, match=f"{status} .*because I say so"):
        push(graph, store)
    assert len(store.asked) == 1


def test_nobody_is_followed_to_another_address(graph: Path, store: Store) -> None:
    store.refusals = [(301, {"Location": "http://elsewhere.example/store"})]
    with pytest.raises(RemoteError, match="elsewhere"):
        push(graph, store)


def test_a_connection_that_is_closed_after_each_answer_is_opened_again(graph: Path, store: Store) -> None:
    store.closes = True
    push(graph, store)
    assert held(store, graph)


def test_nobody_there_is_told_after_some_tries(graph: Path, waited: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = kg("push", graph, f"http://127.0.0.1:{port}/", "--tries", "3")
    assert done.exit_code == 3
    assert "cannot be reached" in done.stderr
    assert waited == [1.0, 2.0]


def test_an_answer_that_does_not_come_is_not_waited_for(graph: Path, store: Store) -> None:
    store.slow = 0.5
    target = Remote(store.url, timeout=0.1, tries=2)
    started = time.monotonic()
    with pytest.raises(RemoteError, match="timed out"):
        pushing.push(graph, target)
    target.close()
    assert time.monotonic() - started < 2


def test_a_server_that_refuses_before_it_read_all_is_heard(graph: Path, tmp_path: Path) -> None:
    large = made(tmp_path / "large", {A: [f"{number:>0100}" for number in range(20_000)]})
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def refuse() -> None:
            client, _ = server.accept()
            client.recv(1000)
            client.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much")
            time.sleep(0.2)
            client.close()

        thread = threading.Thread(target=refuse)
        thread.start()
        target = Remote(f"http://127.0.0.1:{server.getsockname()[1]}/", tries=1)
        with pytest.raises(RemoteError, match=r"413 Too Large: 'too much'"):
            pushing.push(large, target)
        target.close()
        thread.join()


def test_a_token_goes_along_with_every_request(graph: Path, store: Store, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret-token\n", encoding="utf-8")
    assert kg("push", graph, store.url, "--token-file", tmp_path / "token").exit_code == 0
    assert {headers["authorization"] for headers in store.headers} == {"Bearer s3cret-token"}


@pytest.fixture
def dba(tmp_path: Path) -> Path:
    """A file with a name and a password that has a colon of its own."""
    path = tmp_path / "dba.txt"
    path.write_text("dba:pa:ss wörd\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize("uses", [1, 2, 1000])
def test_a_digest_is_given_as_the_server_asks_for_it(
    graph: Path, store: Store, dba: Path, algorithm: str, uses: int
) -> None:
    store.allows = digest_wanted("dba", "pa:ss wörd", algorithm=algorithm, uses=uses)
    done = kg("push", graph, store.url, "--login-file", dba)
    assert done.exit_code == 0, done.stderr
    assert held(store, graph)
    assert not any("pa:ss" in value for headers in store.headers for value in headers.values())


def test_a_wrong_password_is_not_tried_again_and_again(graph: Path, store: Store, dba: Path) -> None:
    store.allows = digest_wanted("dba", "another", algorithm="MD5", uses=5)
    done = kg("push", graph, store.url, "--login-file", dba)
    assert done.exit_code == 3
    assert "the credentials do not fit" in done.stderr
    assert len(store.asked) == 2


def test_a_challenge_that_is_always_too_old_ends(graph: Path, store: Store, dba: Path) -> None:
    store.allows = lambda *_asked: (401, {"WWW-Authenticate": 'Digest realm="x", nonce="y", qop="auth", stale=true'})
    assert kg("push", graph, store.url, "--login-file", dba).exit_code == 3
    assert len(store.asked) < 6


def test_basic_is_given_where_the_server_asks_for_it(graph: Path, store: Store, dba: Path) -> None:
    good = "Basic " + base64.b64encode("dba:pa:ss wörd".encode()).decode()

    def allows(_method: str, _target: str, headers: dict[str, str]) -> tuple[int, dict[str, str]] | None:
        wanted = {"WWW-Authenticate": 'Basic realm="news"'}
        return None if headers.get("authorization") == good else (401, wanted)

    store.allows = allows
    assert kg("push", graph, store.url, "--login-file", dba).exit_code == 0
    assert held(store, graph)


def test_who_is_asked_without_credentials_says_what_to_give(graph: Path, store: Store) -> None:
    store.refusals = [(401, {"WWW-Authenticate": "Bearer"})]
    done = kg("push", graph, store.url)
    assert done.exit_code == 3
    assert "--token-file" in done.stderr


def test_credentials_over_an_open_line_are_warned_of(tmp_path: Path) -> None:
    for url, exposed in (
        ("http://example.org/store", True),
        ("https://example.org/store", False),
        ("http://localhost/x", False),
    ):
        assert Remote(url, credentials=pushing.Bearer("x")).exposes is exposed
        assert not Remote(url).exposes


@pytest.mark.parametrize("content", ["", "two\nlines\n", "no-colon\n", ":empty\n", "\xff\n"])
def test_files_that_hold_no_login(tmp_path: Path, content: str) -> None:
    (tmp_path / "login").write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageError, match="login"):
        login(tmp_path / "login")


@pytest.mark.parametrize("content", ["", "two words\n", "tökén\n", "a\r\nX: y\n"])
def test_files_that_hold_no_token(tmp_path: Path, content: str) -> None:
    (tmp_path / "token").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="token"):
        pushing.bearer(tmp_path / "token")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "http:///x",
        "http://u:p@h/",
        "http://h/#x",
        "http://h/ x",
        "http://h:x/",
    ],
)
def test_what_is_no_address(graph: Path, url: str) -> None:
    assert kg("push", graph, url).exit_code == 2


def test_quads_without_a_graph_are_refused(tmp_path: Path, store: Store) -> None:
    graph = tmp_path / "graph"
    node = ox.NamedNode("https://example.org/x")
    write_graph(graph, quads=[ox.Quad(node, node, node)], records=[])
    with pytest.raises(UsageError, match="no named graph"):
        push(graph, store)


def test_two_pushes_at_once_are_one_too_many(graph: Path, store: Store) -> None:
    with Journal.opened(graph, "elsewhere", writes=True), pytest.raises(StoreError, match="by somebody else"):
        push(graph, store)


def test_a_memory_that_was_cut_off_counts_up_to_there(graph: Path, store: Store) -> None:
    push(graph, store)
    (path,) = (graph.parent / ".graph.pushed").iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    assert push(graph, store).sent == (C,)
    path.write_bytes(path.read_bytes().replace(b'"sha256": "', b'"sha256": {', 1))
    with pytest.raises(StoreError, match="remove it, and everything is sent again"):
        push(graph, store)


KILLED = """
import sys
from pathlib import Path
from kg import pushing
pushing.push(Path(sys.argv[1]), pushing.Remote(sys.argv[2]))
"""


@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("done", [False, True])
def test_a_push_that_is_killed_is_gone_on_with(
    graph: Path, store: Store, tmp_path: Path, after: int, *, done: bool
) -> None:
    """The process dies as the server has a request before it or behind it; the graph then goes back to what it was."""
    old = shutil.copytree(graph, tmp_path / "old")
    push(graph, store)
    made(graph, {A: ["1", "x"], B: ["y"], "https://example.org/g/d": ["z"]})
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(graph), store.url])
    changes: list[str] = []

    def kill(method: str, name: str) -> None:
        if method in ("PUT", "DELETE"):
            changes.append(name)
            if len(changes) == after:
                if done and method == "PUT":
                    store.graphs[name] = b"<x:half> <x:way> <x:there> ."
                process.send_signal(signal.SIGKILL)
                process.wait()

    store.before = kill
    assert process.wait(30) == -signal.SIGKILL
    store.before = lambda _method, _name: None
    shutil.rmtree(graph)
    old.rename(graph)
    push(graph, store)
    assert held(store, graph)


def test_the_same_triples_are_the_same_bytes(graph: Path, store: Store, tmp_path: Path) -> None:
    push(graph, store)
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in store.graphs.items()}
    again = made(tmp_path / "again", {C: ["3"], B: ["2", "1"], A: ["1"]})
    push(again, store)
    assert {name: hashlib.sha256(body).hexdigest() for name, body in store.graphs.items()} == hashes
