"""Say findings in English or Vietnamese."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kg.checkup.ontology.finding import Finding, Report
from kg.rdf.wording import Language


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The sentence of each rule, by language and rule; and of each way to have asked a reasoner, by language, `reasoner`, way."""
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def sentence(finding: Finding, language: Language) -> str:
    """What is wrong, and what to do where that is clear; the file and the term stand before it."""
    return str(texts()[language][finding.rule].format(*finding.values))


def note(report: Report, language: Language) -> str:
    """Whether a reasoner was asked, and if not, why not and what to do."""
    return str(texts()[language]["reasoner"][report.reasoner])
