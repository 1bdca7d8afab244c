"""See whether an ontology, or data in its terms, is what ontologists and their tools expect."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.checkup.ontology import (
    cycles,
    declarations,
    disjointness,
    headers,
    individuals,
    names,
    profile,
    properties,
    reasoning,
    values,
)
from kg.checkup.ontology.finding import Asked, Finding, Report
from kg.checkup.ontology.reading import read
from kg.checkup.ontology.view import View
from kg.checkup.ontology.wording import note, sentence

__all__ = ["Finding", "Report", "check", "note", "sentence"]

_RULES = (headers, declarations, profile, properties, names, values, individuals, cycles, disjointness)


def check(paths: Sequence[Path], *, reason: bool = True) -> Report:
    """What is wrong with the files, read together.

    Files that are data in our terms, or that add to our ontology, are read together with it; where one of them is the
    ontology itself, it stands in its place. A reasoner, if one is installed and `reason` holds, is asked for what no rule has found. An
    UnreadableError names a file that is no RDF.
    """
    view = View(read(paths))
    found = {finding for rule in _RULES for finding in rule.check(view)}
    asked = _reason(view, found) if reason else "unasked"
    return Report(tuple(sorted(found)), asked)


def _reason(view: View, found: set[Finding]) -> Asked:
    """Add to `found` what a reasoner finds; say whether it was asked."""
    if not reasoning.installed():
        return "missing"
    if any(finding.rule in profile.UNREASONABLE for finding in found):
        return "useless"
    try:
        found.update(reasoning.check(view, found))
    except TimeoutError:
        return "slow"
    return "asked"
