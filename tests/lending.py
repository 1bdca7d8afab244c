"""Worker processes that go from one build of the tests to the next: loading the languages takes longer than most builds."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from kg.building import stages
from kg.building.worker import Pipeline
from kg.building.workers import Worker

_MOST = 2
_OF_ONE_TEST = "PYTEST_CURRENT_TEST"


class Lent(Worker):
    """A worker that waits for another build when its own has ended. `bound` is what it was started with."""

    def __init__(self, lender: Lender, bound: object, pipeline: Pipeline, **given: Any) -> None:
        super().__init__(pipeline, **given)
        self.bound = bound
        self._lender = lender

    def close(self) -> None:
        """Give it back; it ends only in the middle of an article, or if it has died."""
        if self._asked.locked() or not self.alive:
            self.end()
        else:
            self._lender.take(self)

    def end(self) -> None:
        """End the process."""
        super().close()


class Lender:
    """Stands for the class `Worker`, and lends one that waits to a build that wants nothing special."""

    def __init__(self) -> None:
        self._waiting: list[Lent] = []
        self._lock = Lock()

    def __call__(self, pipeline: Pipeline, *, deadline: float, propose: Any = (), **given: Any) -> Worker:
        """A worker of the `pipeline`; those with proposers, or pipelines of tests, have a process of their own."""
        if propose or pipeline is not stages.pipeline:
            return Worker(pipeline, deadline=deadline, propose=propose, **given)
        environment = {name: value for name, value in os.environ.items() if name != _OF_ONE_TEST}
        bound = (deadline, Path.cwd(), list(sys.path), environment)
        with self._lock:
            for number, worker in enumerate(self._waiting):
                if worker.bound == bound:
                    return self._waiting.pop(number)
        return Lent(self, bound, pipeline, deadline=deadline, **given)

    def take(self, worker: Lent) -> None:
        """Have a worker wait; the one that has waited longest goes if there are too many."""
        with self._lock:
            self._waiting.append(worker)
            gone = self._waiting[:-_MOST]
            del self._waiting[:-_MOST]
        for other in gone:
            other.end()

    def close(self) -> None:
        """End all that wait."""
        while self._waiting:
            self._waiting.pop().end()
