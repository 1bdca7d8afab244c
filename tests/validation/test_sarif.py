"""SARIF: the log has the form of the standard, names article, offsets and sentence, and fixes what can be fixed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from kg import folder, log
from kg.cli import main

EXAMPLES = Path(__file__).parents[1] / "shapes"
TEXT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string"}},
}
COUNT = {"type": "integer", "minimum": 0}
PLACE = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = {
    "type": "object",
    "additionalProperties": False,
    "anyOf": [{"required": ["startLine"]}, {"required": ["charOffset"]}],
    "dependencies": {"endLine": ["startLine"], "endColumn": ["startColumn", "endLine"], "charLength": ["charOffset"]},
    "properties": {
        **dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), PLACE),
        **dict.fromkeys(("charOffset", "charLength"), COUNT),
        "snippet": TEXT,
    },
}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$"}},
}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {"artifactLocation": ARTIFACT, "region": REGION},
        },
        "logicalLocations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "fullyQualifiedName": {"type": "string"}},
            },
        },
    },
}
FIX = {
    "type": "object",
    "required": ["artifactChanges"],
    "additionalProperties": False,
    "properties": {
        "description": TEXT,
        "artifactChanges": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["artifactLocation", "replacements"],
                "additionalProperties": False,
                "properties": {
                    "artifactLocation": ARTIFACT,
                    "replacements": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["deletedRegion"],
                            "additionalProperties": False,
                            "properties": {"deletedRegion": REGION, "insertedContent": TEXT},
                        },
                    },
                },
            },
        },
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "helpUri": {"type": "string", "format": "uri"},
        "defaultConfiguration": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"level": LEVEL},
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": COUNT,
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "fixes": {"type": "array", "items": FIX, "uniqueItems": True},
        "properties": {"type": "object"},
    },
}
LOG = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "informationUri": {"type": "string", "format": "uri"},
                                    "rules": {"type": "array", "items": RULE, "uniqueItems": True},
                                },
                            }
                        },
                    },
                    "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What the standard asks of the parts of a log that we write; its own schema is used as well where `SARIF_SCHEMA` names it."""


def validated(*arguments: str) -> dict[str, Any]:
    answer = CliRunner().invoke(main, ["validate", "--format", "sarif", *arguments])
    assert answer.exit_code in (0, 1), answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    jsonschema.validate(found, LOG, cls=jsonschema.Draft7Validator)
    if schema := os.environ.get("SARIF_SCHEMA"):
        jsonschema.validate(found, json.loads(Path(schema).read_text(encoding="utf-8")), cls=jsonschema.Draft4Validator)
    [run] = found["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    return run  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/bad.ttl")), ids=lambda path: path.parent.name)
def test_every_kind_of_result_has_the_form_of_the_standard(path: Path) -> None:
    run = validated(str(path))
    wanted = [result for result in run["results"] if result["ruleId"] == path.parent.name]
    assert wanted or path.parent.name == "span-words"  # which needs the article
    for result in wanted:
        [place] = result["locations"]
        named = place["logicalLocations"][0]["fullyQualifiedName"].startswith("http")
        assert not named or place["physicalLocation"]["region"]["startLine"]  # a blank node has no name to look for


def test_a_graph_is_located_in_its_articles(demo_graph: Path) -> None:
    run = validated(str(demo_graph), "--lang", "vi")
    texts = {
        record["source"]: record["text"]
        for record in log.read_lines(demo_graph / folder.RECORDS)
        if record["record"] == "document"
    }
    places = [
        place["physicalLocation"]
        for result in run["results"]
        for place in result["locations"]
        if "physicalLocation" in place
    ]
    assert places
    for place in places:
        text, region = texts[place["artifactLocation"]["uri"]], place["region"]
        words = region["snippet"]["text"]
        assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == words
        lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
        lines[-1] = lines[-1][: region["endColumn"] - 1]
        lines[0] = lines[0][region["startColumn"] - 1 :]
        assert "\n".join(lines) == words


def test_the_message_holds_the_sentence(demo_graph: Path) -> None:
    results = validated(str(demo_graph), "--lang", "en")["results"]
    told = [result["message"]["text"] for result in results if "physicalLocation" in result["locations"][0]]
    assert all("The article says: “" in message for message in told)


@pytest.mark.parametrize(
    ("words", "instead", "fixed"),
    [
        ("nk:confidence 0.9", "nk:confidence 9.0e-1", None),
        ("nk:confidence 0.9", 'nk:confidence "0.9"', 'nk:confidence "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("nk:modality", "nk:modalty", "nk:modality"),
        ("nk:Disaster ;", "nk:Disastr ;", "nk:Disaster ;"),
    ],
)
def test_what_is_clear_is_fixed(tmp_path: Path, words: str, instead: str, fixed: str | None) -> None:
    good = (EXAMPLES / "claim-evidence" / "good.ttl").read_text(encoding="utf-8")
    assert words in good
    path = tmp_path / "đồ thị.ttl"
    path.write_text(good.replace(words, instead), encoding="utf-8")
    fixes = [fix for result in validated(str(path))["results"] for fix in result.get("fixes", ())]
    if fixed is None:
        assert fixes == []
        return
    [fix] = fixes
    [change] = fix["artifactChanges"]
    lines = path.read_text(encoding="utf-8").splitlines()
    for replacement in change["replacements"]:
        region = replacement["deletedRegion"]
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
        )
    assert "\n".join(lines) + "\n" == good.replace(words, fixed)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert CliRunner().invoke(main, ["validate", str(path)]).exit_code == 0
