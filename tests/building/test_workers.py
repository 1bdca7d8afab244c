from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import readers
from kg.building.worker import Extract, outcome
from kg.building.workers import Workers
from kg.errors import EvidenceError, KgError, SetAside
from kg.model import Document, Extraction
from kg.readers import Raw, Rejected

pytestmark = pytest.mark.usefixtures("importable")


def obedient(language: str) -> Extract:
    """An extractor that does what the last word of the article asks of it."""

    def extract(document: Document) -> Extraction:
        asked = document.text.split()[-1]
        if asked == "hang":
            while True:
                pass
        if asked == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if asked == "leave":
            os._exit(7)
        if asked == "raise":
            raise RuntimeError("this\n  and that")
        if asked == "refuse":
            raise SetAside("no-use", "of no use")
        if asked == "lie":
            raise EvidenceError("a bug in an extractor")
        if asked == "print":
            os.write(1, b"noise")
        return Extraction(document, rejected=(language, str(os.getpid())))

    return extract


def broken(_language: str) -> Extract:
    raise KgError("mend the installation")


def raws(*words: str) -> Iterator[Raw]:
    for number, word in enumerate(words):
        yield Raw(f"{number}.txt", f"Người dân ở đây đã được báo trước {number} {word}".encode(), "txt")


def test_answers_come_in_the_order_of_the_articles() -> None:
    with Workers(obedient, jobs=2, deadline=20) as workers:
        answers = list(workers.map(raws(*["go"] * 40)))
    assert [answer.document.source for _, answer in answers if isinstance(answer, Extraction)] == [
        f"{number}.txt" for number in range(40)
    ]
    assert len({answer.rejected for _, answer in answers if isinstance(answer, Extraction)}) == 2
    assert all(isinstance(answer, Extraction) and answer.rejected[0] == "vi" for _, answer in answers)


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_article_costs_only_itself(jobs: int) -> None:
    asked = ["go", "hang", "crash", "leave", "raise", "refuse", "print", "go"]
    with Workers(obedient, jobs=jobs, deadline=0.7) as workers:
        answers = [answer for _, answer in workers.map(raws(*asked))]
    reasons = [answer.reason if isinstance(answer, Rejected) else None for answer in answers]
    assert reasons == [None, "timeout", "crashed", "crashed", "extractor-error", "no-use", None, None]
    messages = [answer.message for answer in answers if isinstance(answer, Rejected)]
    assert messages == [
        "not done after 0.7 seconds",
        "the process ended by SIGSEGV",
        "the process ended with 7",
        "RuntimeError: this and that",
        "of no use",
    ]


def test_parser_that_fails_costs_only_its_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_raw: Raw) -> Document:
        raise ZeroDivisionError("in a library")

    monkeypatch.setattr(readers, "parse", failing)
    (raw,) = raws("go")
    answer = outcome(raw, obedient, deadline=20)
    assert isinstance(answer, Rejected)
    assert (answer.reason, answer.message) == ("reader-error", "ZeroDivisionError: in a library")


def test_what_was_rejected_before_passes_through() -> None:
    gone = Rejected("a.txt", "unreadable", "gone")
    with Workers(obedient, jobs=1, deadline=20) as workers:
        assert list(workers.map([gone])) == [(gone, gone)]


@pytest.mark.parametrize("kind", [EvidenceError, KgError])
def test_error_that_concerns_all_articles_ends_the_run(kind: type[KgError]) -> None:
    pipeline = broken if kind is KgError else obedient
    with Workers(pipeline, jobs=2, deadline=20) as workers, pytest.raises(kind):
        list(workers.map(raws("go", "lie", "go")))


def test_pipeline_that_cannot_be_imported_in_the_worker_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(_Unloadable(), jobs=1, deadline=20) as workers, pytest.raises(KgError, match="does not start"):
        list(workers.map(raws("go")))
    assert "cannot be loaded there" in capfd.readouterr().err


class _Unloadable:
    def __reduce__(self) -> tuple[object, ...]:
        return _raise, ()

    def __call__(self, language: str) -> Extract:
        raise NotImplementedError


def _raise() -> None:
    raise RuntimeError("cannot be loaded there")


def test_no_process_outlives_a_run_that_is_given_up() -> None:
    started = time.monotonic()
    with Workers(obedient, jobs=2, deadline=60) as workers:
        answers = workers.map(raws("go", "hang", "hang", "go"))
        _, first = next(answers, (None, None))
        assert isinstance(first, Extraction)
        processes = [worker._process for worker in workers._all]
        answers.close()
    assert all(process.poll() is not None for process in processes)
    assert time.monotonic() - started < 30


def test_worker_leaves_when_its_parent_is_killed(checkout: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal\n"
        "from tests.building.test_workers import obedient\n"
        "from kg.building.workers import Worker\n"
        "worker = Worker(obedient, deadline=5)\n"
        "print(worker._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    parent = subprocess.run(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, check=False, timeout=30
    )
    child = int(parent.stdout)
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()
