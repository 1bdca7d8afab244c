"""What may go wrong, one class for each thing that a caller can do about it."""

from __future__ import annotations


class KgError(Exception):
    """Something that a person can mend; the message says how. The command line exits with `exit_code`."""

    exit_code = 1


class UsageError(KgError):
    """The call was wrong: change the arguments."""

    exit_code = 2


class UnreadableError(KgError):
    """The input cannot be read at all: give another file."""

    exit_code = 3


class StoreError(KgError):
    """The graph folder is missing, damaged or in use: rebuild it or wait."""

    exit_code = 4


class InvalidError(KgError):
    """What was asked for would leave a graph that does not conform, and no article can be set aside for it."""

    exit_code = 1


class SetAside(KgError):
    """One article cannot be used: skip it, record `reason` in the quarantine, go on with the others.

    `reason` is a stable machine-readable slug such as `empty`, `binary` or `encoding-unknown`; the message is for people.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class EvidenceError(KgError):
    """A span does not re-read to the words it quotes: a bug in an extractor; the build stops."""


class LanguageDataError(KgError):
    """A file below `kg/languages` is wrong: mend the file that the message names."""
