from __future__ import annotations

import json

import pytest

from kg.proposers._schema import MENTION_TYPES, Terms, json_schema
from kg.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def test_every_class_of_events_has_roles(vocabulary: Vocabulary) -> None:
    terms = Terms.of(vocabulary)
    assert set(terms.roles) == set(vocabulary.below("Event")) - {"Event"}
    assert {"agent", "victim", "atPlace"} <= set(terms.roles["Death"])


def test_role_stays_with_its_own_class(vocabulary: Vocabulary) -> None:
    roles = Terms.of(vocabulary).roles
    assert "confers" in roles["AwardConferral"]
    assert "confers" not in roles["Meeting"]
    assert not {"hasParticipant", "hasTime", "subEventOf", "heldBy", "asserts"} & {
        r for each in roles.values() for r in each
    }


def test_schema_holds_together(vocabulary: Vocabulary) -> None:
    schema = json_schema(vocabulary)
    text = json.dumps(schema, ensure_ascii=False)
    assert vocabulary.definition("PhoneCall") in text
    assert vocabulary.definition("victim") in text
    assert all(f'"const": "{kind}"' in text for kind in (*MENTION_TYPES, "planned", "Inauguration"))
    defined = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert set(json.loads(json.dumps(_references(schema)))) <= defined


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [found for inner in part.values() for found in _references(inner)]
    return [found for inner in part for found in _references(inner)] if isinstance(part, list) else []
