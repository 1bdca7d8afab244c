"""The OWL API where it is there, for the tests that ask it: its jars, and how its programs start."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

JARS = Path(os.environ.get("OWLCHECK_JARS", Path.home() / ".cache" / "owlcheck"))
SOON = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options with which a program of a few seconds takes half of the time: it ends before more compiling would pay."""


def require(program: str) -> None:
    """Skip the test where there is no such program (`java`, `javac`), or where the jars are not unpacked."""
    if shutil.which(program) is None or not any(JARS.glob("*.jar")):
        pytest.skip(f"no {program}, or the OWL API's jars are not unpacked in OWLCHECK_JARS")
