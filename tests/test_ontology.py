"""The ontology itself: complete, connected, consistent, and used by shapes and language data as it stands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyhermit import Reasoner
from pyowl_core import ImportPolicy, LoadOptions, load_snapshot

from kg import folder, ns, rdf, resources
from kg.rdf.context import KIND_CLASSES, camel_case
from kg.vocabulary import NAMESPACE, Vocabulary
from tests import example_graph, owl_api

EVENTS = [
    "AwardConferral",
    "Meeting",
    "PhoneCall",
    "Signing",
    "Deployment",
    "MilitaryOperation",
    "MilitaryExercise",
    "Demining",
    "Inauguration",
    "Groundbreaking",
    "Broadcast",
    "Commemoration",
    "ConstructionPlan",
    "Visit",
    "Attack",
    "Arrest",
    "Appointment",
    "Departure",
    "Election",
    "Disaster",
    "Accident",
    "Rescue",
    "Evacuation",
    "Launch",
    "Sanction",
    "Demonstration",
    "Trial",
]
SITUATIONS = ["PositionHeld", "UnitBelongsTo", "LocatedIn", "TreatyClause"]
PARTICIPANTS = ["initiator", "recipient", "attendee", "organizer", "party", "agent", "target", "victim"]
OTHER_ROLES = [
    "atPlace",
    "destination",
    "origin",
    "confers",
    "signed",
    "concernsSite",
    "commemorates",
    "instrument",
    "heldBy",
    "jurisdiction",
    "accreditedTo",
    "unit",
    "belongsTo",
    "location",
    "locatedIn",
    "agreement",
    "ofPopulation",
    "addressee",
    "about",
]
MEASURES = [
    "killed",
    "wounded",
    "missing",
    "deployed",
    "arrested",
    "evacuated",
    "areaCleared",
    "minesDestroyed",
    "duration",
    "amount",
    "participants",
    "displaced",
    "destroyed",
    "area",
    "length",
    "count",
]
MODALITIES = ["asserted", "reported", "estimated", "planned", "conditional", "denied", "confirmed"]
INCONSISTENT = 3  # the exit code of owlcheck.py


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def test_it_has_every_term_that_extractors_use(vocabulary: Vocabulary) -> None:
    assert all(vocabulary.is_subclass(name, "Event") for name in EVENTS)
    assert all(vocabulary.is_subclass(name, "Situation") for name in SITUATIONS)
    assert all(vocabulary.is_subproperty(name, "hasParticipant") for name in PARTICIPANTS)
    assert set(OTHER_ROLES) <= set(vocabulary.properties())
    assert set(vocabulary.members("Measure")) == set(MEASURES)
    assert set(vocabulary.members("Modality")) == set(MODALITIES)
    assert vocabulary.is_subclass("NoComment", "Statement")


def test_every_kind_of_mention_has_a_class_below_entity(vocabulary: Vocabulary) -> None:
    for class_ in KIND_CLASSES.values():
        assert vocabulary.is_subclass(class_.value.removeprefix(NAMESPACE), "Entity")


def test_every_term_is_labelled_and_defined_in_both_languages(vocabulary: Vocabulary) -> None:
    for name, term in vocabulary.terms.items():
        assert set(term.labels) == {"en", "vi"}, name
        assert set(term.definitions) == {"en", "vi"}, name
        assert all(text == text.strip() for text in (*term.labels.values(), *term.definitions.values())), name
        assert all(text.endswith(".") for text in term.definitions.values()), name


def test_labels_are_unique_within_a_kind(vocabulary: Vocabulary) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for name, term in vocabulary.terms.items():
        for language, label in term.labels.items():
            if term.kind != "individual":
                assert seen.setdefault((term.kind, language, label.lower()), name) == name


def test_names_follow_their_kind(vocabulary: Vocabulary) -> None:
    for name in vocabulary.classes():
        assert re.fullmatch(r"[A-Z][A-Za-z]*", name)
    for name in vocabulary.properties():
        assert re.fullmatch(r"[a-z][A-Za-z0-9]*", name)


def test_every_property_has_a_domain_and_a_range(vocabulary: Vocabulary) -> None:
    stated = {
        (triple.subject, triple.predicate)
        for triple in vocabulary.triples
        if triple.predicate in (ns.rdfs_domain, ns.rdfs_range)
    }
    for name in vocabulary.properties():
        above = [vocabulary.terms[other].iri for other in vocabulary.above(name)]
        for side in (ns.rdfs_domain, ns.rdfs_range):
            assert any((iri, side) in stated for iri in above), (name, side)


def test_there_is_one_header_with_a_version(vocabulary: Vocabulary) -> None:
    headers = [t.subject for t in vocabulary.triples if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology]
    assert headers == [ox.NamedNode(NAMESPACE.rstrip("#"))]
    [version] = [str(t.object) for t in vocabulary.triples if t.predicate == ns.owl_versionIRI]
    assert re.fullmatch(rf"<{NAMESPACE.rstrip('#')}/\d+\.\d+\.\d+>", version)


def test_no_data_property_has_a_datatype_outside_owl(vocabulary: Vocabulary) -> None:
    ranges = {
        t.object
        for t in vocabulary.triples
        if t.predicate in (ns.rdfs_range, ox.NamedNode(f"{ns.owl_onDatatype.value}"))
    }
    datatypes = {node for node in ranges if isinstance(node, ox.NamedNode) and "XMLSchema" in node.value}
    assert datatypes <= {ns.xsd_string, ns.xsd_decimal, ns.xsd_dateTime, ns.xsd_anyURI, ns.xsd_nonNegativeInteger}


def test_shapes_name_only_terms_that_exist(vocabulary: Vocabulary) -> None:
    for path in sorted(resources.shapes().glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"\bnk:(\w+)", text))
        assert named <= set(vocabulary.terms), path.name


def test_units_of_the_languages_are_units_of_measure(vocabulary: Vocabulary) -> None:
    for code in resources.languages():
        path = resources.language(code) / "numbers.toml"
        slots = tomllib.loads(path.read_text(encoding="utf-8"))["slot"]
        units = {*slots["unit"]["words"].values(), *slots["sign"]["words"].values()}
        assert {camel_case(unit) for unit in units} <= set(vocabulary.members("UnitOfMeasure"))


def is_consistent(document: bytes) -> bool:
    view = load_snapshot(document, options=LoadOptions(imports=ImportPolicy.RESOLVE_STRICT))
    with Reasoner(view) as reasoner:
        return bool(reasoner.is_consistent())


def test_it_is_consistent(vocabulary: Vocabulary) -> None:
    assert is_consistent(rdf.ontology_file(vocabulary, ox.RdfFormat.RDF_XML))


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("entity/luu", ns.rdf_type, ns.Place),
        ("entity/luu", ns.rdf_type, ns.Event),
        ("event/call", ns.rdf_type, ns.Signing),
        ("event/call", ns.confers, ns.killed),
        ("claim/c-call", ns.confidence, ox.Literal("1.5", datatype=ns.xsd_decimal)),
        ("claim/c-call", ns.modality, ns.denied),
        ("time/2025-04", ns.edtf, ox.Literal("tháng 4")),
        ("claim/c-call", ns.corroborates, ox.NamedNode(f"{rdf.iris.BASE}id/claim/c-call")),
    ],
)
def test_a_contradiction_makes_the_graph_inconsistent(
    vocabulary: Vocabulary, subject: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal
) -> None:
    quads = list(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))
    wrong = ox.Quad(ox.NamedNode(f"{rdf.iris.BASE}id/{subject}"), predicate, value)
    assert not is_consistent(rdf.owl_file([*quads, wrong], vocabulary))


def test_the_example_graph_is_consistent(vocabulary: Vocabulary) -> None:
    assert is_consistent(rdf.owl_file(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION), vocabulary))


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("syntax", [ox.RdfFormat.RDF_XML, ox.RdfFormat.TURTLE])
def test_the_owl_api_and_hermit_accept_the_ontology(
    vocabulary: Vocabulary, shared: Path, tmp_path: Path, syntax: ox.RdfFormat
) -> None:
    path = tmp_path / f"ontology.{syntax.file_extension}"
    path.write_bytes(rdf.ontology_file(vocabulary, syntax))
    assert owlcheck(shared, path)["exit"] == 0


@pytest.mark.shared
@pytest.mark.slow
def test_the_owl_api_and_hermit_accept_ontology_and_data(vocabulary: Vocabulary, shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.owl"
    store = ox.Store()
    store.extend(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))
    path.write_bytes(rdf.owl_file(store, vocabulary))
    found = owlcheck(shared, path)
    assert found["exit"] == 0
    assert found["anonymous_individuals"] == 0


@pytest.mark.shared
@pytest.mark.slow
def test_the_owl_api_opens_the_modules_together(shared: Path) -> None:
    found = owlcheck(shared, resources.ontology() / "all.ttl")
    assert found["exit"] == 0
    assert found["missing_imports"] == []
    assert found["undeclared_count"] == 0


@pytest.mark.shared
@pytest.mark.slow
def test_the_owl_api_and_hermit_accept_a_graph_of_real_articles(
    vocabulary: Vocabulary, shared: Path, seeds_graph: Path, tmp_path: Path
) -> None:
    path = tmp_path / "seeds.owl"
    path.write_bytes(rdf.owl_file(folder.read_only(seeds_graph), vocabulary))
    found = owlcheck(shared, path)
    assert found["exit"] == 0
    assert found["anonymous_individuals"] == 0


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(
    ("class_", "inside"),
    [
        ("IndependentCorroboration", 'a nk:Statement ; nk:origins "2"^^xsd:nonNegativeInteger'),
        ("EngineerUnit", "a nk:MilitaryUnit ; nk:branch nk:engineers"),
        ("Denial", "a nk:Statement ; nk:modality nk:denied"),
        ("CasualtyQuestion", "a nk:Question ; nk:measure nk:missing"),
    ],
)
def test_the_owl_api_s_hermit_puts_things_into_defined_classes(
    vocabulary: Vocabulary, shared: Path, tmp_path: Path, class_: str, inside: str
) -> None:
    label = 'rdfs:label "x"@en, "x"@vi'
    written = rdf.ontology_file(vocabulary, ox.RdfFormat.TURTLE).decode("utf-8")
    path = tmp_path / "story.ttl"
    path.write_text(
        f"{written}\nnk:Outside a owl:Class ; {label} ; owl:complementOf nk:{class_} .\n"
        f"nk:x a owl:NamedIndividual, nk:Outside ; {label} . nk:x {inside} .",
        encoding="utf-8",
    )
    assert owlcheck(shared, path)["exit"] == INCONSISTENT
    path.write_text(f"{written}\nnk:x a owl:NamedIndividual ; {label} . nk:x {inside} .", encoding="utf-8")
    assert owlcheck(shared, path)["exit"] == 0


@pytest.mark.shared
def test_the_quality_report_has_no_finding(vocabulary: Vocabulary, shared: Path, tmp_path: Path) -> None:
    ontology, shapes, data = (tmp_path / f"{name}.ttl" for name in ("ontology", "shapes", "data"))
    ontology.write_bytes(rdf.ontology_file(vocabulary, ox.RdfFormat.TURTLE))
    shapes.write_bytes(b"\n".join(path.read_bytes() for path in sorted(resources.shapes().glob("*.ttl"))))
    triples = {quad.triple for quad in rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION)}
    ox.serialize(triples, str(data), ox.RdfFormat.TURTLE)
    command = [sys.executable, str(shared / "tools" / "owl" / "ontoqa.py"), "--ns", NAMESPACE, str(ontology)]
    done = subprocess.run(
        [*command, "--shapes", str(shapes), "--data", str(data)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "0 errors, 0 warnings"


def owlcheck(shared: Path, path: Path) -> dict[str, object]:
    owl_api.require("java")
    tool = str(shared / "tools" / "owl" / "owlcheck.py")
    options = ["--lang", "en,vi", "--strict-datatypes", "--roundtrip"]
    environment = {**os.environ, "JDK_JAVA_OPTIONS": " ".join(owl_api.SOON)}
    command = [sys.executable, tool, *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return dict(json.loads(done.stdout))
