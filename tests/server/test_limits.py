"""Limits are set by options, variables and kg.toml, in this order, and what is said of them holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import settings
from kg.cli import main
from kg.errors import UsageError
from kg.server import confinement, observing
from kg.server.connections import Connections
from kg.settings import Settings


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def shown(*options: str, file: str = "", **environment: str) -> dict[str, float]:
    if file:
        Path("kg.toml").write_text(file, encoding="utf-8")
    done = CliRunner().invoke(main, ["serve", "--show-limits", *options], env=environment)
    assert done.exit_code == 0, done.output
    limits: dict[str, float] = tomllib.loads(done.stdout)["limits"]
    return limits


def test_all_limits_are_shown_as_a_file_that_sets_them() -> None:
    limits = shown()
    assert limits == {one.name: one.default for one in settings.of_server()}


def test_options_win_over_variables_and_those_over_the_file() -> None:
    file = "[limits]\nquery_seconds = 1\nquery_queue = 2\nconnections = 3\n"
    limits = shown("--query-seconds", "7", file=file, KG_QUERY_SECONDS="5", KG_QUERY_QUEUE="6")
    assert (limits["query_seconds"], limits["query_queue"], limits["connections"]) == (7, 6, 3)
    assert shown("--workers", "9")["query_workers"] == 9


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[limits]\nquery_secunds = 1", "query_secunds"),
        ("[limits]\nquery_seconds = 0", "positive"),
        ("[limits]\nquery_workers = 1.5", "whole"),
        ("limits = 3", "table"),
        ("[limits", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, match: str) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=match):
        Settings.read({}, file=tmp_path / "kg.toml")


@pytest.mark.parametrize(
    ("address", "client"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("::ffff:192.0.2.7", 1), "::ffff:192.0.2.7"),
        (("testclient", 1), "testclient"),
        (None, ""),
    ],
)
def test_a_client_is_an_address_or_a_network(address: tuple[str, int] | None, client: str) -> None:
    assert observing.whose(address) == client


class Connection:
    """A stand-in for a connection; `transport` is itself."""

    def __init__(self, *, busy: bool) -> None:
        self.is_busy, self.aborted, self.transport = busy, False, self

    def busy(self) -> bool:
        return self.is_busy

    def abort(self) -> None:
        self.aborted = True


def test_for_a_connection_too_many_the_oldest_idle_one_goes() -> None:
    connections = Connections(most=2, seconds=1)
    busy, idle, new, late = (Connection(busy=flag) for flag in (True, False, True, True))
    assert all(connections.enter(one) for one in (busy, idle, new))  # type: ignore[arg-type]
    assert (busy.aborted, idle.aborted, len(connections)) == (False, True, 2)
    assert not connections.enter(late)  # type: ignore[arg-type]


def test_where_calls_cannot_be_refused_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert not confinement.offered()
    assert not confinement.forbid_calls()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_ends_where_it_should(machine: str) -> None:
    known = confinement._MACHINES[machine]
    lines = [confinement._filter(known)[start : start + 8] for start in range(0, 8 * (len(known.refused) + 6), 8)]
    fields = [
        (int.from_bytes(line[:2], "little"), line[2], line[3], int.from_bytes(line[4:], "little")) for line in lines
    ]

    def run(number: int, audit: int = known.audit) -> bool:
        place, value = 0, 0
        while True:
            code, yes, no, constant = fields[place]
            if code == confinement._RETURN:
                return constant == confinement._ALLOW
            if code == confinement._LOAD:
                value = number if constant == 0 else audit
                place += 1
            else:
                jumps = value == constant if code == confinement._JUMP_EQUAL else value >= constant
                place += 1 + (yes if jumps else no)

    assert all(run(number) is (number not in known.refused) for number in range(600))
    assert not run(0, audit=1)
    if machine == "x86_64":
        assert not run(0x40000000 + 41)
