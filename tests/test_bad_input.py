"""Whatever lies in a folder: the articles are built, the rest is named with its reason, and the run ends soon."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import log

FIRE = (
    "Đám cháy rừng ở xã Sơn Kim bùng lên trưa 19/6 và lan ra 40 ha đồi thông. Ông Phan Văn Tuất, đội trưởng kiểm lâm, "
    "cho biết 300 người dập được lửa sau chín giờ.\n"
)
PAGE = f"<html><head><meta charset=utf-8></head><body><article><p>{FIRE}</p></article></body></html>"
RAIN = "Mưa lớn làm ngập nhiều tuyến phố ở thành phố Vinh, trường học phải đóng cửa một ngày."
RAIN_IN_WINDOWS_1258 = (
    b"M\xfda l\xf5\xecn l\xe0m ng\xe2\xf2p nhi\xea\xccu tuy\xea\xecn ph\xf4\xec \xf5\xd2 th\xe0nh ph\xf4\xec Vinh, "
    b"tr\xfd\xf5\xccng ho\xf2c pha\xd2i \xf0o\xecng c\xfd\xd2a m\xf4\xf2t ng\xe0y."
)

GOOD = {
    "utf-8.txt": f"{FIRE} Một.".encode(),
    "mark.txt": f"{FIRE} Hai.".encode("utf-8-sig"),
    "utf-16.txt": f"{FIRE} Ba.".encode("utf-16"),
    "utf-16-be.txt": f"{FIRE} Bốn.".encode("utf-16-be"),
    "windows-1258.txt": RAIN_IN_WINDOWS_1258,
    "page.html": PAGE.encode(),
    "invisible.txt": FIRE.replace("Văn", "V\u200bă\u202en\u00a0").encode(),
    "brackets.txt": (FIRE + "(" * 5_000 + ")(" * 5_000 + " Năm.").encode(),
    "long-line.txt": (FIRE.strip() + " ").encode() * 400,
    "one-word.txt": (FIRE + "a" * 200_000).encode(),
    "marks.txt": (FIRE + "o" + "\u0301" * 20_000).encode(),
    "lines.txt": (FIRE + "\n" * 50_000).encode(),
    "unknown-day.txt": f" date 2025-02-30 {FIRE}".encode(),
}
BAD = {
    "empty.txt": (b"", "empty"),
    "spaces.txt": (b" \r\n\t\n", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "binary"),
    "nul.txt": (FIRE.encode().replace(b" ", b"\0"), "binary"),
    "cut.txt": (FIRE.strip().rstrip(".").encode() + "ờ".encode()[:2], "encoding-broken"),
    "damaged.txt": (FIRE.encode().replace("ờ".encode(), b"\xe1\xbb"), "encoding-broken"),
    "odd-utf-16.txt": (FIRE.encode("utf-16")[:-1], "encoding-broken"),
    "font.txt": (b"\xa7\xb8m ch\xb8y r\xf5ng \xeb x\xb7 S\xacn Kim b\xefng l\xaan tr\xd0a " * 9, "encoding-unknown"),
    "escape.txt": (f"{FIRE}\x1b]0;tiêu đề\x07".encode(), "encoding-unknown"),
    "dutch.txt": (b"De brand brak om twaalf uur uit en verspreidde zich over veertig hectare dennenbos.", "language"),
    "2-mb-line.txt": (b"ha ha " * 350_000, "too-long"),
    "menu.html": (
        b"<html><body><ul>" + b"<li><a href='/'>M\xe1\xbb\xa5c</a></li>" * 90 + b"</ul></body></html>",
        "no-article",
    ),
    "nested.html": (b"<div>" * 200_000, "no-article"),
    "notes.docx": (b"PK\x03\x04", "unknown-format"),
}
LINES = {
    "feed.jsonl:2": (b"{not json", "json-invalid"),
    "feed.jsonl:3": (b"[" * 50_000, "json-invalid"),
    "feed.jsonl:4": (b'{"text": "a\\ud800"}', "encoding-broken"),
    "feed.jsonl:5": (b'{"title": "x"}', "json-invalid"),
}


@dataclass(frozen=True)
class Run:
    """A finished run of the command over everything above."""

    code: int
    errors: str
    seconds: float
    quarantine: dict[str, dict[str, object]]
    documents: dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    top = tmp_path_factory.mktemp("bad")
    folder = filled(top / "in")
    command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(top / "graph"), "--deadline", "30"]
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    seconds = time.monotonic() - started
    records = list(log.read_lines(top / "graph" / "records.db", "document"))
    set_aside = [json.loads(line) for line in (top / "graph" / "quarantine.jsonl").read_bytes().splitlines()]
    return Run(
        done.returncode,
        done.stderr,
        seconds,
        {line["source"]: line for line in set_aside},
        {record["source"]: record for record in records},
    )


def filled(folder: Path) -> Path:
    folder.mkdir()
    for name, data in GOOD.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    good_line = json.dumps({"text": f"{FIRE} Sáu.", "id": "line"}).encode()
    (folder / "feed.jsonl").write_bytes(b"\n".join([good_line, *(line for line, _ in LINES.values())]))
    (folder / "again.txt").write_bytes(GOOD["utf-8.txt"])
    with (folder / "gigabyte.txt").open("wb") as sparse:
        sparse.truncate(2**30)
    (folder.parent / "secret.txt").write_text(f"{FIRE} Bí mật.", encoding="utf-8")
    (folder / "leak.txt").symlink_to("../secret.txt")
    (folder / "loop").symlink_to(".")
    (folder / "ring.txt").symlink_to("ring.txt")
    os.mkfifo(folder / "pipe.txt")
    return folder


EXPECTED = {
    **{name: reason for name, (_, reason) in (BAD | LINES).items()},
    "gigabyte.txt": "too-large",
    "leak.txt": "symlink",
    "loop": "symlink",
    "ring.txt": "symlink",
    "pipe.txt": "unreadable",
}


def test_exit_code_says_that_articles_were_set_aside(run: Run) -> None:
    assert run.code == 5, run.errors


def test_run_ends_within_seconds(run: Run) -> None:
    assert run.seconds < 60


@pytest.mark.parametrize(("name", "reason"), EXPECTED.items(), ids=EXPECTED)
def test_bad_input_is_set_aside_with_its_reason(run: Run, name: str, reason: str) -> None:
    assert run.quarantine[name]["reason"] == reason
    assert f"set aside ({reason}): {name}: " in run.errors


def test_nothing_else_is_set_aside(run: Run) -> None:
    assert set(run.quarantine) == set(EXPECTED)


@pytest.mark.parametrize("name", [*(name for name in GOOD if name != "utf-8.txt"), "again.txt", "line"])
def test_the_others_are_built(run: Run, name: str) -> None:
    assert name in run.documents


def test_same_text_twice_is_one_article(run: Run) -> None:
    assert "utf-8.txt" not in run.documents
    assert "same text as again.txt: utf-8.txt" in run.errors


def test_encoding_is_recorded(run: Run) -> None:
    found = {name: run.documents[name]["encoding"] for name in GOOD if name != "utf-8.txt"}
    del found["page.html"]
    wide = {"mark.txt": "utf-8-sig", "utf-16.txt": "utf-16", "utf-16-be.txt": "utf-16-be"}
    assert {name: encoding for name, encoding in found.items() if encoding != "utf-8"} == {
        **wide,
        "windows-1258.txt": "windows-1258",
    }
    assert run.documents["windows-1258.txt"]["text"] == RAIN


def test_quarantine_tells_size_and_hash(run: Run) -> None:
    assert run.quarantine["gigabyte.txt"]["size"] == 2**30
    assert run.quarantine["gigabyte.txt"]["sha256"] == ""
    assert run.quarantine["nul.txt"]["size"] == len(BAD["nul.txt"][0])
    assert len(str(run.quarantine["nul.txt"]["sha256"])) == 64
