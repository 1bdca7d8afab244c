"""Shapes: each says what it means in both languages, is about terms that exist, and has examples that break it and do not."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from pyparsing import ParserElement
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery

from kg import ns, resources, validation
from kg.validation import queries
from kg.validation import shapes as shapes_
from kg.vocabulary import NAMESPACE, Vocabulary

SHAPES = shapes_.SHAPES
EXAMPLES = Path(__file__).parents[1] / "shapes"
CASES = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
OF_THE_ONTOLOGY = {"domain", "range", "undescribed", "unknown-term", "punned", "disjoint"}
COMPONENTS = {
    parameter: f"{name}ConstraintComponent"
    for parameter, name in (
        *((SH.minCount, "MinCount"), (SH.maxCount, "MaxCount"), (SH["class"], "Class"), (SH.datatype, "Datatype")),
        *((SH.nodeKind, "NodeKind"), (SH.minInclusive, "MinInclusive"), (SH.maxInclusive, "MaxInclusive")),
        *((SH.minLength, "MinLength"), (SH.pattern, "Pattern"), (SH.disjoint, "Disjoint"), (SH.sparql, "SPARQL")),
        *((SH.lessThan, "LessThan"), (SH.lessThanOrEquals, "LessThanOrEquals"), (SH.xone, "Xone"), (SH["not"], "Not")),
    )
}
NO_CONSTRAINTS = {RDF.type, SH.targetClass, SH.path, SH.message, SH.severity}
CLOSED_LISTS = {
    "CodedValue",
    "Echelon",
    "Exactness",
    "Measure",
    "MilitaryBranch",
    "Modality",
    "UnitOfMeasure",
    "Verdict",
}
"""Their members stand in the ontology, not in a graph: range and closed list of each property are checked instead."""


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return shapes_.read(resources.shapes())


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def case(path: Path) -> str:
    return path.name


def texts(path: Path) -> dict[str, str]:
    """The text of the article of an example, where it needs one."""
    article = path / "article.txt"
    return {"https://w3id.org/newskg/id/article/aa": article.read_text(encoding="utf-8")} if article.exists() else {}


def checked(path: Path, turtle: str) -> tuple[validation.ValidationResult, ...]:
    store = ox.Store()
    store.extend(ox.parse(input=turtle, format=ox.RdfFormat.TURTLE))
    return validation.validate_store(store, texts=texts(path)).results


def serious(results: tuple[validation.ValidationResult, ...], name: str) -> set[str]:
    """The shapes that find something worth a look, and the shape itself."""
    found = {result.shape.removeprefix(SHAPES) for result in results if result.severity != "info"}
    return found | {name for result in results if result.shape == SHAPES + name}


def more(path: Path) -> list[Mapping[str, str]]:
    file = path / "more.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["bad"] if file.exists() else []


# --- examples -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=case)
def test_a_broken_graph_gives_its_own_result(path: Path) -> None:
    results = checked(path, (path / "bad.ttl").read_text(encoding="utf-8"))
    assert serious(results, path.name) == {path.name}
    [messages] = {tuple(result.messages) for result in results if result.shape == SHAPES + path.name}
    assert set(messages) == {"en", "vi"}


@pytest.mark.parametrize("path", CASES, ids=case)
def test_its_good_twin_gives_none(path: Path) -> None:
    assert serious(checked(path, (path / "good.ttl").read_text(encoding="utf-8")), path.name) == set()


@pytest.mark.parametrize(
    ("path", "bad"),
    [pytest.param(path, bad, id=f"{path.name}-{bad['component']}") for path in CASES for bad in more(path)],
)
def test_it_is_broken_in_every_way(path: Path, bad: Mapping[str, str]) -> None:
    good = (path / "good.ttl").read_text(encoding="utf-8")
    assert bad["words"] in good
    results = checked(path, good.replace(bad["words"], bad["instead"], 1))
    found = {part for result in results if result.shape == SHAPES + path.name for part in result.components}
    assert f"{bad['component']}ConstraintComponent" in found
    assert serious(results, path.name) - OF_THE_ONTOLOGY - set(bad.get("also", "").split()) == {path.name}


def test_each_constraint_has_a_good_and_a_bad_example(shapes: rdflib.Graph) -> None:
    named = {path.name: path for path in CASES}
    missing = []
    for shape in ours(shapes):
        path = named.get(shape.removeprefix(SHAPES))
        wanted = set(constraints(shapes, shape))
        if path and (path / "good.ttl").exists():
            results = checked(path, (path / "bad.ttl").read_text(encoding="utf-8"))
            wanted -= {part for result in results if result.shape == str(shape) for part in result.components}
            wanted -= {f"{bad['component']}ConstraintComponent" for bad in more(path)}
        missing += [f"{shape.removeprefix(SHAPES)}: {part}" for part in sorted(wanted)]
    assert missing == []
    assert set(named) <= {shape.removeprefix(SHAPES) for shape in ours(shapes)} | OF_THE_ONTOLOGY


@pytest.mark.parametrize("path", CASES, ids=case)
def test_what_a_change_breaks_is_found_at_the_change(path: Path) -> None:
    if texts(path):
        pytest.skip("a change is read again beforehand: it needs no texts here")
    good, bad = (set(ox.parse(path=path / f"{name}.ttl")) for name in ("good", "bad"))
    if any(isinstance(quad.subject, ox.BlankNode) for quad in bad):
        pytest.skip("what has no name is no change of anything")
    store = ox.Store()
    store.extend(bad)
    changed = validation.validate_change(store, bad - good, good - bad)
    own = [result for result in validation.validate_store(store).results if result.shape == SHAPES + path.name]
    assert [result for result in changed.results if result.shape == SHAPES + path.name] == own


# --- the shapes themselves ----------------------------------------------------------------------------------------------


def ours(shapes: rdflib.Graph) -> list[rdflib.URIRef]:
    return sorted({s for s in shapes.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and s.startswith(SHAPES)})


def constraints(shapes: rdflib.Graph, shape: rdflib.URIRef) -> Iterator[str]:
    for predicate in set(shapes.predicates(shape)) - NO_CONSTRAINTS:
        yield COMPONENTS[rdflib.URIRef(str(predicate))]


def local_names(shapes: rdflib.Graph) -> set[str]:
    """The terms of the ontology that shapes speak of, in Core and in SPARQL."""
    terms = {
        str(term).removeprefix(NAMESPACE) for triple in shapes for term in triple if str(term).startswith(NAMESPACE)
    }
    asked = [str(query) for query in shapes.objects(None, SH.select)]
    return {name for name in terms if name} | {name for query in asked for name in re.findall(r"\bnk:(\w+)", query)}


def test_every_shape_speaks_both_languages(shapes: rdflib.Graph) -> None:
    for shape in ours(shapes):
        messages = [message for message in shapes.objects(shape, SH.message) if isinstance(message, rdflib.Literal)]
        assert {message.language for message in messages} == {"en", "vi"}, shape


def test_shapes_speak_of_terms_that_exist(shapes: rdflib.Graph) -> None:
    assert unknown(shapes, vocabulary()) == set()


def unknown(shapes: rdflib.Graph, terms: Vocabulary) -> set[str]:
    return local_names(shapes) - set(terms.terms)


def test_a_shape_on_a_vanished_term_is_found(shapes: rdflib.Graph) -> None:
    for name in ("Contradiction", "modality", "denied"):
        fewer = Vocabulary(
            [t for t in vocabulary().triples if t.subject != ox.NamedNode(NAMESPACE + name)], vocabulary().prefixes
        )
        assert unknown(shapes, fewer) == {name}


def test_each_class_has_a_shape_of_its_own_or_of_a_class_above(shapes: rdflib.Graph) -> None:
    assert shapeless(shapes, vocabulary()) == CLOSED_LISTS


def test_the_table_of_classes_is_up_to_date() -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "shapes.py"))
    assert script["TARGET"].read_text(encoding="utf-8") == script["table"](vocabulary()), "run `make docs`"


def shapeless(shapes: rdflib.Graph, terms: Vocabulary) -> set[str]:
    aimed = {str(target).removeprefix(NAMESPACE) for target in shapes.objects(None, SH.targetClass)}
    return {name for name in terms.classes() if not terms.above(name) & aimed} - {"InformationObject"}


def test_a_class_without_a_shape_is_found(shapes: rdflib.Graph) -> None:
    fewer = rdflib.Graph()
    for triple in shapes:
        if triple[1:] != (SH.targetClass, rdflib.URIRef(ns.Question.value)):
            fewer.add(triple)
    assert shapeless(fewer, vocabulary()) == {*CLOSED_LISTS, *vocabulary().below("Question")}


def test_each_data_property_is_held_to_a_datatype(shapes: rdflib.Graph) -> None:
    """The ontology's ranges are for reasoners; a wrong datatype must be found in validation."""
    held = {
        str(path).removeprefix(NAMESPACE)
        for shape in ours(shapes)
        if (shape, SH.datatype, None) in shapes or (shape, SH.pattern, None) in shapes
        for path in shapes.objects(shape, SH.path)
    }
    assert set(vocabulary().names("data property")) <= held


def test_all_shapes_run_over_slices_or_in_the_store(shapes: rdflib.Graph) -> None:
    assert len(shapes_.sort(shapes).others) == 0


# --- queries ------------------------------------------------------------------------------------------------------------


def test_the_subjects_of_queries_are_those_that_a_parser_finds(shapes: rdflib.Graph) -> None:
    constraints = queries.constraints(shapes_.sort(shapes).queries)
    assert len(constraints) > 15
    for constraint in constraints:
        assert queries.subjects(constraint.query) == parsed_subjects(constraint.query), constraint.shape


def parsed_subjects(query: str) -> tuple[str, ...]:
    found: set[str] = set()
    open_ = [prepareQuery(query).algebra]
    ParserElement.reset_cache()  # it keeps failed attempts with their tracebacks
    while open_:
        part = open_.pop()
        triples = part["triples"] if "triples" in part else ()  # noqa: SIM401 - its `get` raises
        found |= {str(subject) for subject, _, _ in triples if isinstance(subject, rdflib.Variable)}
        open_ += [part[name] for name in ("p", "p1", "p2") if name in part]
    return tuple(sorted(found))


def test_paths_of_queries_lead_over_what_never_changes(shapes: rdflib.Graph) -> None:
    """Whatever else stands inside a path could change without being a variable that the check of a change can bind."""
    for query in shapes.objects(None, SH.select):
        for first in re.findall(r"nk:(\w+)(?=/)", str(query)):
            assert first in {"hasTime", "toldTime", "hasEvidence", "quantity"}, query


# --- other engines ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hierarchy() -> rdflib.Graph:
    """Of the ontology what shapes need: which class is below which, and the members of closed lists."""
    graph = rdflib.Graph()
    for triple in vocabulary().triples:
        if triple.predicate in (ns.rdfs_subClassOf, ns.rdf_type) and isinstance(triple.object, ox.NamedNode):
            graph.parse(data=f"{triple} .", format="nt11")
    return graph


@pytest.mark.parametrize("path", [path for path in CASES if path.name not in OF_THE_ONTOLOGY], ids=case)
def test_pyshacl_alone_finds_the_same(path: Path, shapes: rdflib.Graph, hierarchy: rdflib.Graph) -> None:
    if texts(path):
        pytest.skip("no other engine has the words of articles")
    shape, turtle = rdflib.URIRef(SHAPES + path.name), (path / "bad.ttl").read_text(encoding="utf-8")
    alone = rdflib.Graph()
    alone += shapes.triples((rdflib.URIRef(SHAPES.removesuffix("#")), None, None))
    for node in (
        shape,
        *shapes.objects(None, SH.declare),
        *(n for n in shapes.all_nodes() if isinstance(n, rdflib.BNode)),
    ):
        alone += shapes.triples((node, None, None))
    quads = [quad for quad in ox.parse(input=turtle, format=ox.RdfFormat.TURTLE) if quad.subject not in terms()]
    data = rdflib.Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt11")
    _, report, _ = pyshacl.validate(data, shacl_graph=alone, ont_graph=hierarchy)
    found = {
        (
            str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2],
            named(str(report.value(result, SH.focusNode))),
            named(str(report.value(result, SH.value))) if (result, SH.value, None) in report else None,
        )
        for result in report.subjects(SH.sourceShape, shape)
    }
    own = {
        (component, named(result.focus), result.value and named(result.value))
        for result in checked(path, turtle)
        if result.shape == str(shape)
        for component in result.components
    }
    # In SPARQL without ?value SHACL repeats the node itself as the value, which tells nobody anything.
    assert {(part, focus, value or focus) for part, focus, value in own} == {
        (part, focus, value or focus) for part, focus, value in found
    }


def terms() -> set[ox.NamedNode]:
    return {term.iri for term in vocabulary().terms.values()}


def named(node: str) -> str:
    """A node without the name that an engine gives a blank one, and a number as another writes it."""
    return re.sub(r"^([Nn]?[0-9a-f]{30,}b?\d*)$", "blank", re.sub(r"^(\d+)\.0$", r"\1", node))
