"""Print how many tests of each suite pass: `python -m tests.server.w3c.counts`. The tests fail where this is not so."""

from __future__ import annotations

import tomllib

from tests.server.w3c import manifests


def main() -> None:
    for suite in tomllib.loads(manifests.MISSES.read_text(encoding="utf-8")):
        missed = manifests.misses(suite)
        print(f"{suite}: {manifests.total(suite) - len(missed)} of {manifests.total(suite)}")  # noqa: T201
        for name, reason in missed.items():
            print(f"  {name}: {reason}")  # noqa: T201


if __name__ == "__main__":
    main()
