"""The generated constants."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg import ns
from kg.vocabulary import Vocabulary, render


def test_the_constants_are_what_the_ontology_says() -> None:
    written = Path(ns.__file__).read_text(encoding="utf-8")
    assert written == render(Vocabulary.load()), "run kg terms"


def test_every_term_is_a_constant_of_its_own_name() -> None:
    for name in Vocabulary.load().names():
        assert getattr(ns, name) == ox.NamedNode(ns.NAMESPACE + name)


def test_terms_of_other_vocabularies_carry_their_prefix() -> None:
    assert ns.rdf_type.value == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert ns.schema_sameAs.value == "https://schema.org/sameAs"


def test_the_source_is_the_same_each_time() -> None:
    assert render(Vocabulary.load()) == render(Vocabulary.load())
