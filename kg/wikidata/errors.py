"""What may go wrong with packs and with what they are made from."""

from __future__ import annotations

from kg.errors import KgError


class PackError(KgError):
    """The pack cannot be used: it is none, is damaged, or is of a newer format. Make it again, or get a newer kg."""

    exit_code = 3


class SourceError(KgError):
    """What a pack was to be made from cannot be read: give another file, or ask the endpoint later."""

    exit_code = 3
