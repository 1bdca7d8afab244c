"""What may be proposed, as the ontology has it: for our own checks, and as a JSON schema for a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

import pyoxigraph as ox

from kg.model import NamedType
from kg.rdf.context import KIND_CLASSES
from kg.vocabulary import NAMESPACE, Vocabulary

MENTION_TYPES: Final[tuple[NamedType, ...]] = get_args(NamedType)
"""What a name may be of; groups have no name, and untyped is no answer."""
MOST_MENTIONS = 300
MOST_STATEMENTS = 100
LONGEST_NAME = 200
LONGEST_EVIDENCE = 1_500
SOURCE = "attributedTo"
_DOMAIN = "http://www.w3.org/2000/01/rdf-schema#domain"
_MOST_FILLERS = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """The classes of events with the roles that each may have, and how firmly something may be said."""

    roles: Mapping[str, tuple[str, ...]]
    modalities: tuple[str, ...]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Terms:
        """The terms of the ontology that a proposer may use."""
        named = {name: _named_domain(vocabulary, name) for name in vocabulary.names("object property")}
        parts = tuple(name for name in named if _takes_entities(vocabulary, name))
        return cls(
            roles={
                name: tuple(p for p in parts if vocabulary.may_have(name, p) and named[p] <= vocabulary.above(name))
                for name in vocabulary.below("Event")
                if name != "Event"
            },
            modalities=vocabulary.members("Modality"),
        )


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """A JSON schema of an answer, the ontology's definitions as descriptions."""
    terms = Terms.of(vocabulary)
    sets = {roles: f"roles{number}" for number, roles in enumerate(dict.fromkeys(terms.roles.values()), start=1)}
    used = sorted({role for roles in sets for role in roles})
    fillers = {"type": "array", "items": {"$ref": "#/$defs/name"}, "minItems": 1, "maxItems": _MOST_FILLERS}
    return {
        **_object({"mentions": _array("mention", MOST_MENTIONS), "statements": _array("statement", MOST_STATEMENTS)}),
        "$defs": {
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            "mention": _object(
                {
                    "words": {"$ref": "#/$defs/name", "description": "The name exactly as it stands in the passage."},
                    "type": {"anyOf": [_term(vocabulary, kind, _kind(kind)) for kind in MENTION_TYPES]},
                    "occurrence": {
                        "type": "integer",
                        "minimum": 1,
                        "description": "1 for the first place in the passage where the words stand, 2 for the second.",
                    },
                }
            ),
            **{role: {**fillers, "description": vocabulary.definition(role)} for role in used},
            **{
                name: {
                    "type": "object",
                    "properties": {role: {"$ref": f"#/$defs/{role}"} for role in roles},
                    "additionalProperties": False,
                    "minProperties": 1,
                }
                for roles, name in sets.items()
            },
            "statement": {"anyOf": [{"$ref": f"#/$defs/{name}Statement"} for name in sets.values()]},
            **{
                f"{name}Statement": _statement(
                    vocabulary, terms, [c for c, r in terms.roles.items() if r == roles], name
                )
                for roles, name in sets.items()
            },
        },
    }


def _statement(vocabulary: Vocabulary, terms: Terms, classes: list[str], roles: str) -> dict[str, Any]:
    return _object(
        {
            "class": {"anyOf": [_term(vocabulary, name, name) for name in classes]},
            "trigger": {
                "$ref": "#/$defs/name",
                "description": "The words of the evidence that say that it happened.",
            },
            "roles": {"$ref": f"#/$defs/{roles}", "description": "Names exactly as they stand in the evidence."},
            "evidence": {
                "type": "string",
                "minLength": 1,
                "maxLength": LONGEST_EVIDENCE,
                "description": "The sentence that says it, exactly as it stands in the passage.",
            },
            "modality": {"anyOf": [_term(vocabulary, name, name) for name in terms.modalities]},
            "attributed_to": {
                "type": "array",
                "items": {"$ref": "#/$defs/name"},
                "maxItems": _MOST_FILLERS,
                "description": "Who says so, by the names in the evidence; empty if the article itself does.",
            },
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: str, most: int) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{items}"}, "maxItems": most}


def _term(vocabulary: Vocabulary, value: str, name: str) -> dict[str, Any]:
    return {"const": value, "description": vocabulary.definition(name)}


def _kind(kind: NamedType) -> str:
    return KIND_CLASSES[kind].value.removeprefix(NAMESPACE)


def _takes_entities(vocabulary: Vocabulary, name: str) -> bool:
    """Whether the property is as exact as there is, and its values are things that articles name."""
    values = vocabulary.range(name)
    return (
        bool(values)
        and vocabulary.below(name) == (name,)
        and all(vocabulary.is_subclass(value, "Entity") for value in values)
    )


def _named_domain(vocabulary: Vocabulary, name: str) -> frozenset[str]:
    """The one class that has the property; a reasoner would conclude it of whatever else is given the property."""
    iris = {vocabulary.terms[above].iri for above in vocabulary.above(name)}
    return frozenset(
        triple.object.value.removeprefix(NAMESPACE)
        for triple in vocabulary.triples
        if triple.subject in iris and triple.predicate.value == _DOMAIN and isinstance(triple.object, ox.NamedNode)
    )
