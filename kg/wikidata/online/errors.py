"""What may go wrong when a service elsewhere is asked, said in English or Vietnamese."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

from kg.errors import KgError, UsageError


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


class OnlineError(KgError):
    """No answer was had; `code` names the sentence of texts.toml that says why. As text it is in English."""

    exit_code = 3

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self._values = values
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The message in `language` (`en`, `vi`)."""
        values = {
            name: value.said(language) if isinstance(value, OnlineError) else value
            for name, value in self._values.items()
        }
        return _texts()[language][self.code].format(**values)


class Later(OnlineError):
    """The service is not asked for now: come back later. What was answered is kept."""


class Unusable(OnlineError):
    """Asking again would not help: change the address, the question, or the file of answers."""


class Wrong(Unusable, UsageError):
    """The call was wrong: no contact, or no address."""

    exit_code = UsageError.exit_code


class Passing(OnlineError):
    """One request failed in a way that may pass; `wait` is how many seconds the service asks for."""

    wait: float = 0.0

    def written(self) -> str:
        """The error as text from which `restored` makes it again, to be said in another language."""
        return json.dumps([self.code, {name: str(value) for name, value in self._values.items()}])


def restored(text: str) -> Passing:
    """The error that was `written`."""
    code, values = json.loads(text)
    return Passing(code, **values)
