"""The questions of the tests: saved questions with values filled in, each a file that can be asked as it stands.

After a saved question was changed, `python -m tests.queries.asking` writes it into the files that ask it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg import questions

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"# vi: .+\n# en: .+\n# saved: ([\w-]+)\n")
_TITLES = re.compile(r"\A(?:# [a-z]{2}: .*\n)+")
_VALUE = re.compile(r'VALUES \?(\w+) \{ ("(?:[^"\\]|\\.)*") \}  # vi: ')


def paths() -> list[Path]:
    """The files of the questions, by name."""
    return sorted(FOLDER.glob("*.rq"))


def asked(path: Path) -> tuple[str, dict[str, str]]:
    """Which saved question the file `path` asks, and with which values."""
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    assert head, f"{path.name} does not begin with # vi:, # en: and # saved:"
    return head[1], {name: value for name, written in _VALUE.findall(text) if (value := json.loads(written))}


def renewed(path: Path) -> str:
    """What the file `path` should hold: its own head, then the saved question as it is by now."""
    name, values = asked(path)
    head = _HEAD.match(path.read_text(encoding="utf-8"))
    assert head
    return head[0] + _TITLES.sub("", questions.find(name).filled(values))


if __name__ == "__main__":
    for path in paths():
        path.write_text(renewed(path), encoding="utf-8")
