"""The records as JSON lines: documents, entities, mentions, statements, and the ledger of claims; with entities, not chains."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from kg import folder, log
from kg.exporters import Format
from kg.ledger import Contradiction, CopiedPassage, InferredDate, InferredYear, Passage
from kg.model import Document, Entity, Judgement, Mention, Quantity, Span, Statement, Time
from kg.rdf import iris
from kg.vocabulary import Vocabulary

FORMAT = Format(
    "JSON lines: document, entity, mention, reference, statement and judgement records", ".jsonl", "application/jsonl"
)

_QID = re.compile(r"Q[1-9]\d*$")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
Resolve = Callable[[str, str], str | None]
"""The IRI of the entity that a chain of a document refers to; None where the resolution dropped it."""
Coding = Callable[[str], dict[str, str]]
"""What other inventories call a class: `ace`, `plover`."""


def export(graph: Path, out: BinaryIO) -> None:
    """Write the records of the graph folder `graph` to `out`, one JSON object a line."""
    folder.manifest(graph)
    path = graph / folder.RECORDS
    members = {member: iris.node("entity", key).value for member, key in log.denoted(path).items()}
    items = {
        link.entity: match.group()
        for link in _read(path, "link")
        if link.verdict == "link" and (match := _QID.search(link.target))
    }
    out.writelines(_encoded(line) for line in _lines(path, members, items))


def _encoded(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(path: Path, *kinds: str) -> Iterator[Any]:
    return (log.restore(line) for line in log.read_lines(path, *kinds))


def _lines(path: Path, members: dict[tuple[str, str], str], items: dict[str, str]) -> Iterator[dict[str, Any]]:
    sources: dict[str, str] = {}
    coding = cache(Vocabulary.load().coding)
    kinds = (
        *("document", "mention", "statement", "entity", "judgement", "standing"),
        *("copiedpassage", "contradiction", "inferreddate", "inferredyear"),
    )
    for record in _read(path, *kinds):
        if isinstance(record, Document):
            sources[record.id] = record.source
            yield _document(record)
        elif isinstance(record, Mention):
            yield _mention(record, sources[record.document], members.get((record.document, record.chain)))
        elif isinstance(record, Statement):
            yield _statement(
                record, sources[record.document], lambda document, chain: members.get((document, chain)), coding
            )
        elif isinstance(record, Entity):
            yield _entity(record, items.get(record.key))
        else:
            yield _across(record, sources)


def _across(record: Any, sources: Mapping[str, str]) -> dict[str, Any]:
    """What was found across articles: judgements of names, and the ledger of claims."""
    if isinstance(record, CopiedPassage):
        return _copied(record, sources)
    if isinstance(record, Contradiction):
        return _contradiction(record)
    if isinstance(record, InferredDate):
        return _inferred(record, sources)
    if isinstance(record, InferredYear):
        about = iris.node(record.kind, record.key).value
        return {"record": "inferred_time", "about": about, "time": record.edtf, "inferred": True}
    if isinstance(record, Judgement):
        return _judgement(record)
    place = {"record": "stands_for", "source": sources[record.document], **_span(record.span)}
    return {**place, "entity": iris.node("entity", record.entity).value}


def _copied(copied: CopiedPassage, sources: Mapping[str, str]) -> dict[str, Any]:
    return {
        "record": "copied_passage",
        "id": iris.node("copied", copied.key).value,
        "first_known_in": sources[copied.origin] if copied.origin else None,
        "passages": [_passage(passage, sources) for passage in copied.passages],
    }


def _contradiction(found: Contradiction) -> dict[str, Any]:
    return {
        "record": "contradiction",
        "id": iris.node("contradiction", found.key).value,
        "type": found.type,
        "about": iris.about(found.kind, found.about).value,
        "sides": [iris.node("claim", side).value for side in found.sides],
        "inherited_in": iris.node("copied", found.inherited).value if found.inherited else None,
    }


def _inferred(inferred: InferredDate, sources: Mapping[str, str]) -> dict[str, Any]:
    return {
        "record": "inferred_date",
        "source": sources[inferred.document],
        "published": inferred.edtf,
        "inferred": True,
        "reasons": [
            {"bound": reason.bound, "day": reason.day, "kind": reason.kind, **_passage(reason.passage, sources)}
            for reason in inferred.reasons
        ],
    }


def _passage(passage: Passage, sources: Mapping[str, str]) -> dict[str, Any]:
    return {"source": sources[passage.document], "start": passage.start, "end": passage.end, "text": passage.text}


def _document(document: Document) -> dict[str, Any]:
    return {
        "record": "document",
        "source": document.source,
        "id": document.id,
        "language": document.language,
        "published": document.published,
        "outlet": document.outlet,
        "title": document.title,
        "url": document.url,
    }


def _entity(entity: Entity, item: str | None) -> dict[str, Any]:
    return {
        "record": "entity",
        "id": iris.node("entity", entity.key).value,
        "type": entity.type,
        "subtype": entity.subtype,
        "label": dict(entity.labels),
        "aliases": sorted({name for _, name in entity.aliases}),
        "wikidata": item,
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "record": "judgement",
        "id": iris.node("judgement", judgement.key).value,
        "verdict": judgement.verdict,
        "names": list(judgement.names),
        "entities": [iris.node("entity", key).value for key in judgement.entities],
        "score": round(judgement.score, 3),
        "reasons": list(judgement.reasons),
        "by": judgement.by or None,
    }


def _mention(mention: Mention, source: str, entity: str | None) -> dict[str, Any]:
    """A name, or the description of a group, which has no name; other descriptions and pronouns are references."""
    line: dict[str, Any] = {
        "record": "mention" if mention.form == "name" or mention.type == "group" else "reference",
        "source": source,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.text,
        "type": mention.type,
        "entity": entity,
    }
    if mention.form == "name":
        line["reasons"] = list(mention.reasons)
    else:
        line["form"] = mention.form
    if mention.credit:
        line["credit"] = True
    return line


def _statement(statement: Statement, source: str, resolve: Resolve, coding: Coding) -> dict[str, Any]:
    def entities(chains: tuple[str, ...]) -> list[str]:
        found = (resolve(statement.document, chain) for chain in chains)
        return list(dict.fromkeys(iri for iri in found if iri))

    roles = {role: entities(chains) for role, chains in statement.roles}
    return {
        "record": "statement",
        "id": statement.id,
        "source": source,
        "type": statement.type,
        "coding": coding(statement.type),
        "trigger": _span(statement.trigger) if statement.trigger else None,
        "roles": {role: found for role, found in roles.items() if found},
        "position": statement.position,
        "time": _edtf(statement.time),
        "claim_time": _edtf(statement.said),
        "quantity": _quantity(statement.quantity) if statement.quantity else None,
        "attributed_to": entities(statement.attributed_to),
        "relayed_by": entities(statement.relayed_by),
        "modality": statement.modality,
        "evidence": _span(statement.evidence),
        "extractor": statement.extractor,
        "confidence": statement.confidence,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _edtf(time: Time | None) -> str | None:
    return time.edtf if time else None


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "measure": _HUMP.sub("_", quantity.measure).lower() if quantity.measure else None,
        "stated": _number(quantity.stated),
        "exactness": quantity.exactness,
        "lower": _number(quantity.lower),
        "upper": _number(quantity.upper),
        "unit": quantity.unit,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
