"""One thing that was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, whether it is sound, and what was found."""

    name: str
    sound: bool
    found: str


def looked(name: str, look: Callable[[], str]) -> Check:
    """The check `name`; sound if `look` ends without an error. Any error is a finding here, whatever its kind."""
    try:
        return Check(name, sound=True, found=look())
    except Exception as error:  # noqa: BLE001 - a doctor reports what it finds, and goes on
        return Check(name, sound=False, found=str(error) or type(error).__name__)
