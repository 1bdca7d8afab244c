"""What validation finds: results, each with its message in English and Vietnamese and the words that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyoxigraph as ox

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
SHACL = "http://www.w3.org/ns/shacl#"
SEVERITY_NAMES: dict[str, Severity] = {
    f"{SHACL}Violation": "violation",
    f"{SHACL}Warning": "warning",
    f"{SHACL}Info": "info",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words `text` of an article, which stand at code points `start` to `end` of its NFC text.

    `source` is the article's file name, `article` its IRI, `span` that of the evidence span; `sentence` is what the words
    stand in, empty where only the graph was given and not the article.
    """

    text: str
    source: str
    start: int
    end: int
    span: str
    article: str = ""
    sentence: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an RDF file a result is: `line` and `column` from 1, in code points; `end` is the column behind the term.

    `instead` is what a mend writes in the place of the term, spelled as the file spells.
    """

    file: str
    line: int
    column: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Mend:
    """One clear way to mend a result: the lines of N-Triples that go and that come, or one term `instead` of another."""

    messages: Mapping[str, str]
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    instead: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One thing that is corrupt (violation), doubtful (warning) or missing (info).

    `shape` is the IRI of the constraint, `focus` of the node that it is about; `path` and `value` say which property
    and value, where one is to blame. `label` names the focus, `quote` the words that it rests on. `components` are the
    SHACL components that failed, such as `MinCountConstraintComponent`; there are none where the ontology is contradicted.
    `mend` says how to mend it where that is clear, `place` where it stands in the RDF file that was given.
    `own_severity` is the IRI of a severity that the author of a shape made up; such a result counts as a violation.
    """

    severity: Severity
    shape: str
    focus: str
    path: str | None
    value: str | None
    messages: Mapping[str, str] = field(compare=False)
    label: Mapping[str, str] = field(default_factory=dict, compare=False)
    quote: Quote | None = field(default=None, compare=False)
    components: tuple[str, ...] = field(default=(), compare=False)
    mend: Mend | None = field(default=None, compare=False)
    place: Place | None = field(default=None, compare=False)
    own_severity: str = ""

    def order(self) -> tuple[int, str, str, str, str]:
        """Worst first, then by constraint and node: the order of a report."""
        return SEVERITIES.index(self.severity), self.shape, self.focus, self.path or "", self.value or ""


@dataclass(frozen=True, slots=True)
class Report:
    """The results of one validation in order, and how many nodes were looked at."""

    results: tuple[ValidationResult, ...]
    nodes: int

    @property
    def counts(self) -> dict[Severity, int]:
        """How many results there are of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def conforms(self) -> bool:
        """Whether nothing is corrupt; what is doubtful or missing does not count."""
        return not self.fails("violation")

    def fails(self, at: Severity) -> bool:
        """Whether there is a result of severity `at` or worse."""
        worse = SEVERITIES[: SEVERITIES.index(at) + 1]
        return any(result.severity in worse for result in self.results)


@dataclass(frozen=True, slots=True)
class Finding:
    """A result before it has its label and quote: the terms as they stand in the graph."""

    severity: Severity
    shape: str
    focus: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    messages: Mapping[str, str] = field(compare=False)
    path: str | None = None
    value: str | None = None
    component: str = field(default="", compare=False)
    mend: Mend | None = field(default=None, compare=False)
    own_severity: str = ""
