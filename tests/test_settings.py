"""Settings come from the environment, and what they cannot be is refused."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.settings import Settings


def test_without_variables_there_are_defaults() -> None:
    assert Settings.read({"PATH": "/bin"}) == Settings()


def test_variables_set_what_they_name() -> None:
    found = Settings.read({"KG_QUERY_SECONDS": "0.5", "KG_QUERY_WORKERS": "4"})
    assert (found.query_seconds, found.query_workers) == (0.5, 4)
    assert isinstance(found.query_workers, int)


@pytest.mark.parametrize("text", ["0", "-1", "many", "", "nan", "inf"])
def test_what_is_no_positive_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="KG_QUERY_SECONDS"):
        Settings.read({"KG_QUERY_SECONDS": text})


def test_what_is_counted_must_be_whole() -> None:
    with pytest.raises(UsageError, match="whole"):
        Settings.read({"KG_QUERY_WORKERS": "1.5"})
