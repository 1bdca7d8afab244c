"""What may go wrong with another server."""

from __future__ import annotations

from kg.errors import KgError


class RemoteError(KgError):
    """The other server cannot be reached, or refuses: mend what the message says, and do it again."""

    exit_code = 3
