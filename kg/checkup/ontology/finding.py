"""One thing that is wrong with an ontology or with data in its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: in which file, with which term, by which rule, and the names that its sentence needs."""

    file: str
    term: str
    rule: str
    values: tuple[str, ...] = ()


Asked = Literal["asked", "missing", "slow", "useless", "unasked"]


@dataclass(frozen=True, slots=True)
class Report:
    """All that is wrong, each thing once and in one order, and whether a reasoner was asked, or why not."""

    findings: tuple[Finding, ...]
    reasoner: Asked
