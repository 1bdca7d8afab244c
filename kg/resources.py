"""Where the project and its data lie, in a checkout and in an installed wheel alike, for processes that it starts too."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def beside(name: str) -> Path:
    """The folder `name` (`ontology`, `shapes`): inside the wheel where it was packed, else at the checkout's top."""
    packed = PACKAGE / "_data" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def ontology() -> Path:
    """The folder of the ontology modules."""
    return beside("ontology")


def shapes() -> Path:
    """The folder of the SHACL shapes."""
    return beside("shapes")


def queries() -> Path:
    """The folder of the saved questions (`*.rq`)."""
    return beside("queries")


def language(code: str) -> Path:
    """The folder of a language's data; it need not exist."""
    return PACKAGE / "languages" / code


def languages() -> list[str]:
    """The codes of the languages that have data."""
    return sorted(p.name for p in (PACKAGE / "languages").iterdir() if p.is_dir() and not p.name.startswith("_"))


def environment() -> dict[str, str]:
    """The environment of a program of ours: this process's, with all that it imports from, and nothing from where it runs."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 - "" stands for here
    return {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
