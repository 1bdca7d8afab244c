"""What the reconciliation protocol 0.2 asks of answers, as JSON Schema, written from the text of the specification."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


def record(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def by_key(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


NAMED = record({"id": {**TEXT, "minLength": 1}, "name": {**TEXT, "minLength": 1}})
TEMPLATE: Schema = {**ADDRESS, "pattern": r"^https?://.*\{\{id\}\}"}
SERVICE = record({"service_url": ADDRESS, "service_path": {**TEXT, "pattern": "^/[^?]*$"}})

MANIFEST = record(
    {
        "versions": listed(TEXT, contains={"const": "0.2"}),
        "name": TEXT,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
    },
    defaultTypes=listed(NAMED, uniqueItems=True),
    documentation=ADDRESS,
    logo=ADDRESS,
    serviceVersion=TEXT,
    view=record({"url": TEMPLATE}),
    preview=record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
    suggest=record({}, entity=SERVICE, property=SERVICE, type=SERVICE),
    extend=record({}, propose_properties=SERVICE, property_settings=listed({"type": "object"})),
    batchSize={"type": "integer", "minimum": 1},
)
CANDIDATE = record(
    {"id": TEXT, "name": TEXT, "score": {"type": "number"}},
    description=TEXT,
    type=listed(NAMED),
    match={"type": "boolean"},
    features=listed(record({"id": TEXT, "value": {"type": ["boolean", "number"]}})),
)
RESULT = record({"result": listed(CANDIDATE)})
RESULTS = by_key(RESULT)
SUGGESTIONS = record({"result": listed({**NAMED, "properties": {**NAMED["properties"], "notable": listed(NAMED)}})})
PROPOSALS = record({"properties": listed(NAMED)}, type=TEXT, limit={"type": "integer"})
_VALUES = [
    {**record({"id": TEXT, "name": TEXT}), "additionalProperties": False},
    {**record({"str": TEXT}), "additionalProperties": False},
    {**record({"int": {"type": "integer"}}), "additionalProperties": False},
]
EXTENSION = record({"meta": listed(NAMED), "rows": by_key(by_key(listed({"oneOf": _VALUES})))})
