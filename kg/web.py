"""What all parts share that ask others over HTTP: no redirects, who asks, and how long one is asked to wait."""

from __future__ import annotations

import email.utils
import urllib.request
from datetime import UTC, datetime
from typing import Any

_DIGITS = 9  # of the seconds that are asked for: more is for ever


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Whoever was asked answers: nothing is sent anywhere else."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Refuse; the answer that redirects then becomes an error."""


def is_contact(text: str) -> bool:
    """Whether `text` tells whom to write to, a mail address or a page, and can stand in brackets in a User-Agent."""
    usable = text.isascii() and text.isprintable() and not {*"()"} & {*text}
    return usable and ("@" in text or "://" in text)


def asked_wait(said: str) -> float:
    """Seconds that a Retry-After asks for, a number or a day and hour; 0 where it says neither."""
    if said.strip().isdecimal():
        return float(said.strip()[:_DIGITS])
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)
