"""Check a graph against the shapes and the ontology: article by article, then across articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import folder, resources
from kg.errors import StoreError
from kg.validation.graph import GraphView
from kg.validation.quoting import label, quote
from kg.validation.reading import read_file
from kg.validation.results import Finding, Quote, Report, Severity, ValidationResult
from kg.validation.sentences import widened
from kg.validation.slices import changed, reclassified, slices
from kg.vocabulary import Vocabulary

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


def validate(path: Path) -> Report:
    """Check a graph folder that `kg build` made, or any RDF file in our terms."""
    if path.is_dir():
        return widened(validate_store(folder.read_only(path)), path)
    if not path.exists() and not path.suffix:
        raise StoreError(f"{path}: there is no such graph folder or file")
    return validate_file(path)


def validate_file(path: Path) -> Report:
    """Check an RDF file in our terms (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD by the end of its name)."""
    return validate_store(read_file(path))


def validate_quads(quads: Iterable[ox.Quad]) -> Report:
    """Check quads in memory."""
    store = ox.Store()
    store.bulk_extend(quads)
    return validate_store(store)


def validate_store(store: ox.Store, *, shapes: Path | None = None, vocabulary: Vocabulary | None = None) -> Report:
    """Check every graph of a store, together; `shapes` is a folder, by default the project's."""
    view = GraphView(store, vocabulary or Vocabulary.load())
    return _report(view, _findings(view, shapes or resources.shapes()), len(view.nodes()))


def validate_change(
    store: ox.Store,
    added: Collection[ox.Quad],
    gone: Collection[ox.Quad],
    *,
    vocabulary: Vocabulary | None = None,
) -> Report:
    """Check what a change may have broken in a store: `added` are quads that came into it, `gone` those that left it.

    Looked at are the nodes of these quads, and those that point at one whose class changed.
    """
    # pySHACL takes half a second to import
    from kg.validation import core, queries, terms  # noqa: PLC0415 - see above

    view = GraphView(store, vocabulary or Vocabulary.load())
    nodes, retyped = changed(added, gone), reclassified(added, gone)
    used = [quad for node in retyped for quad in (*view.values(node), *view.users(node))]
    graph = core.read_shapes(resources.shapes())
    looked_at = sorted({*nodes, *(quad.subject for quad in used)}, key=str)
    described = [node for node in looked_at if view.is_described(node)]
    findings = list(core.CoreShapes(graph).check(view, described))
    for constraint in queries.constraints(graph):
        findings += queries.check_change(view, constraint, nodes)
    findings += terms.check(view, {*added, *used})
    return _report(view, findings, len(described))


def _report(view: GraphView, findings: Iterable[Finding], nodes: int) -> Report:
    results = sorted((_result(view, finding) for finding in set(findings)), key=ValidationResult.order)
    return Report(tuple(results), nodes)


def _findings(view: GraphView, shapes: Path) -> Iterator[Finding]:
    # pySHACL takes half a second to import
    from kg.validation import core, queries, terms  # noqa: PLC0415 - see above

    graph = core.read_shapes(shapes)
    engine = core.CoreShapes(graph)
    for part in slices(view):
        yield from engine.check(view, part)
    for constraint in queries.constraints(graph):
        yield from queries.check(view, constraint)
    yield from terms.check(view, view.store.quads_for_pattern(None, None, None, None))


def _result(view: GraphView, finding: Finding) -> ValidationResult:
    return ValidationResult(
        finding.severity,
        finding.shape,
        getattr(finding.focus, "value", str(finding.focus)),
        finding.path,
        finding.value,
        finding.messages,
        label(view, finding.focus),
        quote(view, finding.focus),
    )
