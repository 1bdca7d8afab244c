"""Check a graph against the shapes and the ontology: article by article, then across articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import folder, resources
from kg.errors import StoreError, UsageError
from kg.validation.graph import GraphView
from kg.validation.locating import Located
from kg.validation.quoting import label, quote
from kg.validation.reading import read_files
from kg.validation.results import Finding, Quote, Report, Severity, ValidationResult
from kg.validation.sentences import widened
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kg.validation.words import Texts

__all__ = [
    "Quote",
    "Report",
    "Severity",
    "ValidationResult",
    "validate",
    "validate_change",
    "validate_file",
    "validate_quads",
    "validate_store",
]


def validate(*paths: Path, shapes: Sequence[Path] = (), jobs: int = 1) -> Report:
    """Check a graph folder that `kg build` made, or RDF files in our terms, which are read together.

    `shapes` are files or folders of shapes to hold it against beside the project's; `jobs` processes share the work, and
    the report is the same whatever their number. A UsageError says that folders and files were mixed.
    """
    if any(path.is_dir() for path in paths):
        if len(paths) > 1:
            raise UsageError("give one graph folder, or RDF files")
        return _validate_folder(paths[0], shapes, jobs)
    for path in paths:
        if not path.exists() and not path.suffix:
            raise StoreError(f"{path}: there is no such graph folder or file")
    report = validate_store(read_files(*paths), shapes=shapes, jobs=jobs)
    located = Located(paths)
    return replace(report, results=tuple(located.placed(result) for result in report.results))


def validate_file(path: Path) -> Report:
    """Check an RDF file in our terms (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD by the end of its name)."""
    return validate(path)


def validate_quads(quads: Iterable[ox.Quad]) -> Report:
    """Check quads in memory."""
    store = ox.Store()
    store.bulk_extend(quads)
    return validate_store(store)


def validate_store(
    store: ox.Store,
    *,
    shapes: Sequence[Path] = (),
    vocabulary: Vocabulary | None = None,
    texts: Texts | None = None,
    jobs: int = 1,
) -> Report:
    """Check every graph of a store, together; for `shapes` and `jobs` see `validate`.

    `texts` are the NFC texts of articles by IRI, to hold quoted words against; one process looks at them.
    """
    # pySHACL takes half a second to import
    from kg.validation import checks, sharing  # noqa: PLC0415 - see above

    view = GraphView(store, vocabulary or Vocabulary.load())
    used = (resources.shapes(), *shapes)
    if jobs > 1 and not texts:
        return _report(view, sharing.of_store(store, used, jobs=jobs), len(view.nodes()))
    return _report(view, checks.Checks(*used).findings(view, texts or {}), len(view.nodes()), texts)


def validate_change(
    store: ox.Store,
    added: Collection[ox.Quad],
    gone: Collection[ox.Quad],
    *,
    vocabulary: Vocabulary | None = None,
) -> Report:
    """Check what a change may have broken in a store: `added` are quads that came into it, `gone` those that left it.

    Looked at are the nodes of these quads, and those that point at one whose class changed. What is merely missing is
    told without words: a name that stands in many articles has many to choose from.
    """
    from kg.validation import checks  # noqa: PLC0415 - see above

    view = GraphView(store, vocabulary or Vocabulary.load())
    findings, nodes = checks.Checks(resources.shapes()).of_change(view, added, gone, {})
    return _report(view, findings, nodes, quotes_gaps=False)


def _validate_folder(graph: Path, shapes: Sequence[Path], jobs: int) -> Report:
    from kg.validation import checks, sharing, words  # noqa: PLC0415 - see above

    view = GraphView(folder.read_only(graph), Vocabulary.load())
    texts = words.of_folder(graph)
    used = (resources.shapes(), *shapes)
    if jobs > 1:
        return _report(view, sharing.of_folder(graph, used, jobs=jobs), len(view.nodes()), texts)
    return _report(view, checks.Checks(*used).findings(view, texts), len(view.nodes()), texts)


def _report(
    view: GraphView,
    findings: Iterable[Finding],
    nodes: int,
    texts: Texts | None = None,
    *,
    quotes_gaps: bool = True,
) -> Report:
    """The findings in order; those that differ by the failed component alone are one result."""
    found: dict[Finding, dict[str, Finding]] = {}
    for finding in findings:
        found.setdefault(finding, {}).setdefault(finding.component, finding)
    results = (
        _result(view, [same[name] for name in sorted(same)], texts or {}, quoted=quotes_gaps or one.severity != "info")
        for one, same in found.items()
    )
    return Report(tuple(widened(result, texts or {}) for result in sorted(results, key=ValidationResult.order)), nodes)


def _result(view: GraphView, same: Sequence[Finding], texts: Texts, *, quoted: bool) -> ValidationResult:
    """One result of findings of one shape at one node, each of another component."""
    from kg.validation import mending  # noqa: PLC0415 - see above

    first = same[0]
    mends = (mending.proposed(view, finding, texts) for finding in same)
    return ValidationResult(
        first.severity,
        first.shape,
        getattr(first.focus, "value", str(first.focus)),
        first.path,
        first.value,
        first.messages,
        label(view, first.focus),
        quote(view, first.focus) if quoted else None,
        tuple(finding.component for finding in same if finding.component),
        next((mend for mend in mends if mend), None),
        own_severity=first.own_severity,
    )
