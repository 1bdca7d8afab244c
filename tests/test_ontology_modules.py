"""The ontology as its users get it: modules that open together, versions, examples, and where its matches were read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ns, rdf, resources
from kg.vocabulary import NAMESPACE, Vocabulary

WHOLE = ox.NamedNode(NAMESPACE.rstrip("#"))
IMPORTS = ox.NamedNode("http://www.w3.org/2002/07/owl#imports")
ISSUE = {"core", "events", "claims", "codes", "align"}
WIKIDATA = "http://www.wikidata.org/"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def module(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


def modules() -> dict[str, Path]:
    return {path.stem: path for path in resources.ontology().glob("*.ttl") if path.stem != "all"}


def imported(path: Path) -> set[str]:
    return {t.object.value for t in module(path) if t.predicate == IMPORTS and isinstance(t.object, ox.NamedNode)}


def test_one_file_imports_all_modules_and_the_catalog_says_where_they_lie() -> None:
    assert modules().keys() >= ISSUE
    wanted = {f"{WHOLE.value}/{name}": path.name for name, path in modules().items()}
    assert imported(resources.ontology() / "all.ttl") == wanted.keys()
    catalog = (resources.ontology() / "catalog-v001.xml").read_text(encoding="utf-8")
    listed = dict(re.findall(r'<uri name="([^"]+)" uri="([^"]+)"/>', catalog))
    assert listed.items() >= wanted.items()
    assert {path for name, path in listed.items() if name not in wanted} == {"all.ttl"}


def test_nothing_of_others_is_imported() -> None:
    for path in modules().values():
        assert all(iri.startswith(f"{WHOLE.value}/") for iri in imported(path)), path.name


def test_modules_say_which_they_are() -> None:
    for name, path in modules().items():
        headers = [t.subject for t in module(path) if t.object == ns.owl_Ontology]
        assert headers == [ox.NamedNode(f"{WHOLE.value}/{name}")]


def test_the_whole_is_one_ontology_without_imports(vocabulary: Vocabulary) -> None:
    written = rdf.ontology_file(vocabulary, ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in ox.parse(input=written, format=ox.RdfFormat.TURTLE)]
    assert [t.subject for t in triples if t.object == ns.owl_Ontology] == [WHOLE]
    assert not any(t.predicate == IMPORTS for t in triples)


def test_the_version_is_the_same_in_header_catalog_and_list_of_changes(vocabulary: Vocabulary) -> None:
    told = {
        t.predicate: t.object.value for t in vocabulary.triples if t.subject == WHOLE and hasattr(t.object, "value")
    }
    version, before = told[ns.owl_versionInfo], told[ns.owl_priorVersion].rpartition("/")[2]
    assert told[ns.owl_versionIRI] == f"{WHOLE.value}/{version}"
    assert [int(part) for part in before.split(".")] < [int(part) for part in version.split(".")]
    changes = (resources.ontology() / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+\.\d+\.\d+) ", changes, re.MULTILINE)[:2] == [version, before]
    assert f"{WHOLE.value}/{version}" in (resources.ontology() / "catalog-v001.xml").read_text(encoding="utf-8")


def test_every_term_has_an_example_in_both_languages(vocabulary: Vocabulary) -> None:
    told: dict[object, set[str | None]] = {}
    for triple in vocabulary.triples:
        if triple.predicate == ns.skos_example and isinstance(triple.object, ox.Literal):
            assert triple.object.value.strip()
            told.setdefault(triple.subject, set()).add(triple.object.language)
    for name, term in vocabulary.terms.items():
        assert told.get(term.iri) == {"en", "vi"}, name


def matches(vocabulary: Vocabulary, namespace: str) -> list[tuple[str, str]]:
    return [
        (str(t.subject.value).removeprefix(NAMESPACE), t.object.value.removeprefix(namespace))
        for t in vocabulary.triples
        if t.predicate == ns.skos_closeMatch
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
        and t.object.value.startswith(namespace)
    ]


def test_items_of_wikidata_are_those_of_the_table_that_names_their_sources(vocabulary: Vocabulary) -> None:
    path = resources.PACKAGE / "wikidata" / "classes.toml"
    rows = {(row[2], row[0]) for row in tomllib.loads(path.read_text(encoding="utf-8"))["rows"]}
    found = matches(vocabulary, f"{WIKIDATA}entity/")
    assert len(found) > 10
    assert set(found) <= rows


def test_a_term_is_near_one_property_of_wikidata_at_most(vocabulary: Vocabulary) -> None:
    found = [name for name, _ in matches(vocabulary, f"{WIKIDATA}prop/direct/")]
    assert len(found) > 20
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("namespace", ["https://schema.org/", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/org#"])
def test_only_terms_of_ours_have_matches(vocabulary: Vocabulary, namespace: str) -> None:
    found = matches(vocabulary, namespace)
    assert found
    assert {name for name, _ in found} <= vocabulary.terms.keys()
