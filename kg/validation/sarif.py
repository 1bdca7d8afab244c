"""The report as SARIF 2.1.0, which code hosts and editors show beside the lines that it is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

import kg
from kg.validation.results import Place, Quote, Report, Severity, ValidationResult

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
_MEND = {"en": "To mend it", "vi": "Cách sửa"}
_SAYS = {"en": "The article says", "vi": "Bài báo viết"}


def as_sarif(report: Report, language: str) -> str:
    """The report as one SARIF log. Columns and offsets count code points; those of an article, in its NFC text.

    A result is located in the RDF file that was given, or else in the article whose words it is about. Where a term of
    a file is to be replaced, a fix does it; other mends are told in the message.
    """
    rules = sorted({result.shape for result in report.results})
    first = {result.shape: result for result in reversed(report.results)}
    driver = {
        "name": "newskg",
        "semanticVersion": kg.__version__,
        "informationUri": "https://w3id.org/newskg/",
        "rules": [_rule(first[shape], language) for shape in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, rules.index(result.shape), language) for result in report.results],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(result: ValidationResult, language: str) -> dict[str, Any]:
    message = _said(result.messages, language)
    return {
        "id": _short(result.shape),
        # where the ontology is contradicted, the message goes on to say which terms of it
        "shortDescription": {"text": message if result.components else message.partition(":")[0]},
        "helpUri": result.shape,
        "defaultConfiguration": {"level": _LEVELS[result.severity]},
    }


def _result(result: ValidationResult, index: int, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": _short(result.shape),
        "ruleIndex": index,
        "level": _LEVELS[result.severity],
        "message": {"text": _message(result, language)},
        "locations": [_location(result, language)],
        "partialFingerprints": {"result/v1": _fingerprint(result)},
    }
    if result.place and result.quote:
        found["relatedLocations"] = [_in_article(result.quote)]
    if result.place and result.place.instead and result.mend:
        found["fixes"] = [_fix(result.place, result.mend.messages, language)]
    properties = {"path": result.path, "value": result.value, "components": list(result.components) or None}
    mended = {"removes": list(result.mend.gone) or None, "adds": list(result.mend.added) or None} if result.mend else {}
    found["properties"] = {name: value for name, value in {**properties, **mended}.items() if value is not None}
    return found


def _message(result: ValidationResult, language: str) -> str:
    parts = [_said(result.messages, language)]
    if result.quote:
        parts.append(f"{_SAYS[language]}: “{result.quote.sentence or result.quote.text}”")
    if result.mend:
        parts.append(f"{_MEND[language]}: {_said(result.mend.messages, language)}")
    return " ".join(parts)


def _location(result: ValidationResult, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if result.place:
        found["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(result.place.file)},
            "region": _region(result.place),
        }
    elif result.quote:
        found = _in_article(result.quote)
    name = _said(result.label, language) if result.label else result.focus
    found["logicalLocations"] = [{"name": name, "fullyQualifiedName": result.focus}]
    return found


def _in_article(quote: Quote) -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": quote.start, "charLength": quote.end - quote.start}
    if quote.line:
        rest = quote.text.split("\n")
        end = quote.column + len(rest[0]) if len(rest) == 1 else len(rest[-1]) + 1
        region |= {"startLine": quote.line, "startColumn": quote.column}
        region |= {"endLine": quote.line + len(rest) - 1, "endColumn": end}
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(quote.source)},
        "region": {**region, "snippet": {"text": quote.text}},
    }
    return {"physicalLocation": physical}


def _region(place: Place) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": place.column, "endLine": place.line, "endColumn": place.end}


def _fix(place: Place, messages: Mapping[str, str], language: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": place.instead}}
    return {
        "description": {"text": _said(messages, language)},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(place.file)}, "replacements": [replacement]}],
    }


def _fingerprint(result: ValidationResult) -> str:
    """The same for the same result in another run, wherever it has moved."""
    told = "\n".join((result.shape, result.focus, result.path or "", result.value or ""))
    return hashlib.sha256(told.encode()).hexdigest()


def _uri(name: str) -> str:
    """A file as a reference: relative where its name is."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else percent(path.as_posix())


def _short(shape: str) -> str:
    return shape.rpartition("#")[2]


def _said(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")
