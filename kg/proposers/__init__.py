"""Ask others what they read in an article, and keep what stands there: one module for each kind of proposer.

Off unless asked for. A module offers `TAKES_MODEL`, `check(target, model)`, which loads nothing, refuses what cannot work
and says what the proposer is called, and `make(specification)`, which loads it and gives a `Propose`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg import plugins
from kg.errors import KgError, UsageError
from kg.model import Extraction, Span
from kg.settings import Settings


class ProposerError(KgError):
    """A proposer gave nothing for one article: go on without; `reason` is a stable slug such as `timeout`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Specification:
    """All that another process needs to make a proposer; keys and passwords are no part of it.

    `name` is what provenance calls it, such as `llm:qwen3`; `target` is the folder or address behind `kind:`.
    """

    kind: str
    target: str
    name: str
    model: str = ""
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class ProposedMention:
    """Words that are said to name something; `type` is what the proposer wrote, whatever that be."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True)
class ProposedStatement:
    """An event that is said to be told at `evidence`; roles and sources hold words that must stand there."""

    type: str
    trigger: Span
    evidence: Span
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    attributed_to: tuple[str, ...] = ()
    modality: str = "asserted"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a proposer said about an article, and what of it could not even be read, with the reason."""

    mentions: tuple[ProposedMention, ...] = ()
    statements: tuple[ProposedStatement, ...] = ()
    rejected: tuple[str, ...] = ()


Propose = Callable[[Extraction], Proposals]
"""Given what our own pipeline found; a ProposerError says that there is nothing for this article."""


def specifications(
    texts: Iterable[str], *, model: str = "", settings: Settings | None = None
) -> tuple[Specification, ...]:
    """What `kind:target` texts ask for, checked; nothing is loaded and nobody is asked anything yet."""
    found = tuple(_specification(text, model, settings or Settings()) for text in texts)
    if model and not any(specification.model for specification in found):
        raise UsageError("--propose-model names the model behind --propose llm:URL, which is missing")
    return found


def load(specification: Specification) -> Callable[[Extraction], Extraction]:
    """The proposer, joined to the check of what it says: from an extraction to one with what was kept."""
    from kg.proposers import _checking  # noqa: PLC0415 - it needs this module

    propose: Propose = plugins.find(__name__, specification.kind).make(specification)
    checks = _checking.Checks.load(specification.name)
    return lambda extraction: checks.joined(extraction, propose(extraction))


def _specification(text: str, model: str, settings: Settings) -> Specification:
    kind, colon, target = text.partition(":")
    if not colon or not target:
        raise UsageError(f"--propose takes KIND:WHERE, such as gliner:FOLDER or llm:URL, not {text!r}")
    module = plugins.find(__name__, kind)
    taken = model if module.TAKES_MODEL else ""
    return Specification(kind, target, f"{kind}:{module.check(target, taken)}", taken, settings)
