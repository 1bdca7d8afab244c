"""Write a validation report: as text for people, as JSON, or as a SHACL report in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import pyoxigraph as ox

from kg import ns
from kg.validation.results import Report, ValidationResult

_SH = "http://www.w3.org/ns/shacl#"
_PREFIXES = {"sh": _SH, "nk": ns.NAMESPACE, "nks": "https://w3id.org/newskg/shapes#"}
_WORDS = {
    "en": {
        "violation": "Violation", "warning": "Warning", "info": "Gap",
        "conforms": "The graph conforms", "fails": "The graph does not conform",
        "counts": "{nodes:,} things checked: {violation:,} violations, {warning:,} warnings, {info:,} gaps",
        "at": "{source}, characters {start} to {end}",
        "in": "in the sentence",
        "line": "{file}, line {line}",
        "mend": "To mend it",
    },
    "vi": {
        "violation": "Vi phạm", "warning": "Cảnh báo", "info": "Thiếu",
        "conforms": "Đồ thị hợp lệ", "fails": "Đồ thị không hợp lệ",
        "counts": "Đã kiểm tra {nodes} mục: {violation} vi phạm, {warning} cảnh báo, {info} chỗ thiếu",
        "at": "{source}, ký tự {start} đến {end}",
        "in": "trong câu",
        "line": "{file}, dòng {line}",
        "mend": "Cách sửa",
    },
}  # fmt: skip


def text(report: Report, language: str, *, gaps: bool = False) -> Iterator[str]:
    """The lines of a report for people; what is merely missing is counted, and listed only if `gaps` is set."""
    words = _WORDS[language]
    for result in report.results:
        if result.severity != "info" or gaps:
            yield from _lines(result, language)
            yield ""
    counts = words["counts"].format(nodes=report.nodes, **report.counts)
    yield f"{words['conforms' if report.conforms else 'fails']}. {counts}."


def _lines(result: ValidationResult, language: str) -> Iterator[str]:
    words = _WORDS[language]
    message = result.messages.get(language) or next(iter(result.messages.values()), "")
    yield f"{words[result.severity]}: {message} [{_short(result.shape)}]"
    label = result.label.get(language) or next(iter(result.label.values()), "")
    focus = f"<{result.focus}>" if ":" in result.focus else f"_:{result.focus}"
    yield f"  {label} {focus}" if label else f"  {focus}"
    if result.place:
        yield "  " + words["line"].format(file=result.place.file, line=result.place.line)
    if result.path or result.value is not None:
        yield "  " + " = ".join(part for part in (_short(result.path or ""), result.value) if part)
    if result.quote:
        place = words["at"].format(source=result.quote.source, start=result.quote.start, end=result.quote.end)
        yield f"  “{result.quote.text}” ({place})"
        if result.quote.sentence not in {"", result.quote.text}:
            yield f"  {words['in']}: {result.quote.sentence}"
    if result.mend:
        yield f"  {words['mend']}: {result.mend.messages[language]}"


def _short(iri: str) -> str:
    """An IRI of ours with its prefix."""
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def as_json(report: Report) -> str:
    """The report as one JSON object, with every result."""
    results = [asdict(result) for result in report.results]
    found = {"conforms": report.conforms, "nodes": report.nodes, "counts": report.counts, "results": results}
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_turtle(report: Report) -> str:
    """The report in the SHACL vocabulary; `rdfs:seeAlso` leads to the evidence span that a result quotes."""
    written = ox.serialize(_triples(report), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
    lines = written.decode().splitlines(keepends=True)
    declared = [line for line in lines if line.startswith("@prefix ")]
    return "".join([*sorted(declared), *lines[len(declared) :]])


def _triples(report: Report) -> Iterator[ox.Triple]:
    node = ox.BlankNode("report")
    yield ox.Triple(node, ns.rdf_type, _sh("ValidationReport"))
    yield ox.Triple(node, _sh("conforms"), ox.Literal(report.conforms))
    for number in range(1, len(report.results) + 1):
        yield ox.Triple(node, _sh("result"), ox.BlankNode(f"result{number}"))
    for number, result in enumerate(report.results, start=1):
        yield from _result(ox.BlankNode(f"result{number}"), result)


def _result(node: ox.BlankNode, result: ValidationResult) -> Iterator[ox.Triple]:
    yield ox.Triple(node, ns.rdf_type, _sh("ValidationResult"))
    yield ox.Triple(node, _sh("resultSeverity"), _severity(result))
    yield ox.Triple(node, _sh("sourceShape"), _named(result.shape))
    yield ox.Triple(node, _sh("focusNode"), _named(result.focus))
    if result.path:
        yield ox.Triple(node, _sh("resultPath"), ox.NamedNode(result.path))
    if result.value is not None:
        yield ox.Triple(node, _sh("value"), _node(result.value))
    for language, message in sorted(result.messages.items()):
        yield ox.Triple(node, _sh("resultMessage"), ox.Literal(message, language=language))
    if result.quote:
        yield ox.Triple(node, ns.rdfs_seeAlso, _node(result.quote.span))


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)


def _severity(result: ValidationResult) -> ox.NamedNode:
    return ox.NamedNode(result.own_severity) if result.own_severity else _sh(result.severity.capitalize())


def _named(node: str) -> ox.NamedNode | ox.BlankNode:
    """A node or a shape, which is blank if its name is no IRI."""
    return ox.NamedNode(node) if ":" in node else ox.BlankNode(node)


def _node(value: str) -> ox.NamedNode | ox.Literal:
    """What a result keeps as text: an IRI where it is one, else the words."""
    return ox.NamedNode(value) if value.startswith(("http://", "https://", "urn:")) else ox.Literal(value)
