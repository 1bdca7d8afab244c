"""RDF files: what is wrong is told with what, where and how to mend it; so is what other people's shapes find."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import folder, log, validation
from kg.errors import UnreadableError, UsageError
from kg.validation import reports
from kg.validation.shapes import SHAPES

EXAMPLES = Path(__file__).parents[1] / "shapes"
NK = "https://w3id.org/newskg/ontology#"
GOOD = (EXAMPLES / "claim-evidence" / "good.ttl").read_text(encoding="utf-8")
ON_THIS = "The ontology does not allow this property on a thing of this kind"
THIS_VALUE = "The ontology does not allow this value for the property"


def written(path: Path, *changes: tuple[str, str]) -> Path:
    """The good graph with other words in it."""
    text = GOOD
    for words, instead in changes:
        assert words in text
        text = text.replace(words, instead, 1)
    path.write_text(text, encoding="utf-8")
    return path


def found(path: Path, shape: str) -> validation.ValidationResult:
    [result] = [result for result in validation.validate(path).results if result.shape == SHAPES + shape]
    return result


# --- what and where -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "shape", "words", "line"),
    [
        ((("nk:atPlace", "nk:atPlce"),), "unknown-term", "The ontology has no such term.", "nk:atPlce"),
        ((("nk:Disaster ;", "nk:Calamity ;"),), "unknown-term", "The ontology has no such term.", "nk:Calamity"),
        (
            (("nk:atPlace", "<https://example.org/near>"),),
            "unknown-term",
            "Neither the ontology nor the graph declares this property.",
            "<https://example.org/near>",
        ),
        (
            (("a owl:NamedIndividual, nk:Disaster", "a owl:NamedIndividual, owl:Class, nk:Disaster"),),
            "punned",
            "A thing is described and declared as a class or a property as well.",
            "owl:Class",
        ),
        (
            (("nk:Disaster ;", "nk:Disaster, nk:PhoneCall ;"),),
            "disjoint",
            "Nothing is both: Disaster and Phone call.",
            "nk:PhoneCall",
        ),
        (
            (("nk:attributedTo ent:office", "nk:attributedTo ent:office ; nk:agent ent:office"),),
            "domain",
            f"{ON_THIS}: “agent” is for Event, No comment, this is Event claim.",
            "nk:agent",
        ),
        (
            (("nk:atPlace ent:village", "nk:atPlace cl:flood"),),
            "range",
            f"{THIS_VALUE}: “at place” leads to Organization, Place, this is Event claim.",
            "nk:atPlace",
        ),
        (
            (("nk:atPlace ent:village", 'nk:atPlace "Thọ Lâm"'),),
            "range",
            f"{THIS_VALUE}: “at place” leads to Organization, Place, this is a literal.",
            "nk:atPlace",
        ),
        (
            (("nk:atPlace ent:village", "nk:atPlace ent:nowhere"),),
            "undescribed",
            "The graph refers to something that it does not describe.",
            "ent:nowhere",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], shape: str, words: str, line: str
) -> None:
    path = written(tmp_path / "edited.ttl", *changes)
    result = found(path, shape)
    assert result.messages["en"] == words
    assert result.messages["vi"]
    assert result.place
    assert line in path.read_text(encoding="utf-8").splitlines()[result.place.line - 1]
    assert f"{path}, line {result.place.line}" in "\n".join(reports.text(validation.validate(path), "en"))


@pytest.mark.parametrize(
    "syntax", [ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML]
)
def test_it_is_located_in_other_syntaxes(tmp_path: Path, syntax: ox.RdfFormat) -> None:
    bad = (EXAMPLES / "claim-confidence" / "bad.ttl").read_text(encoding="utf-8")
    path = tmp_path / f"edited.{syntax.file_extension}"
    ox.serialize(ox.parse(input=bad, format=ox.RdfFormat.TURTLE), str(path), syntax)
    place = found(path, "claim-confidence").place
    assert place
    assert "confidence" in path.read_text(encoding="utf-8").splitlines()[place.line - 1]


def test_a_declared_property_of_another_vocabulary_is_allowed(tmp_path: Path) -> None:
    declared = "<https://example.org/near> a owl:AnnotationProperty .\nent:office a"
    path = written(tmp_path / "edited.ttl", ("nk:atPlace", "<https://example.org/near>"), ("ent:office a", declared))
    assert validation.validate(path).conforms


def test_a_syntax_error_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "edited.ttl", ("nk:end 51", "nk:end "))
    line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "nk:end  ;" in text)
    with pytest.raises(UnreadableError, match=rf"edited\.ttl cannot be read .* line {line}"):
        validation.validate(path)


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    head, _, rest = GOOD.partition("ent:office a")
    prefixes = "\n".join(line for line in head.splitlines() if line.startswith("@prefix"))
    first.write_text(head, encoding="utf-8")
    second.write_text(f"{prefixes}\nent:office a{rest}", encoding="utf-8")
    assert not validation.validate(second).conforms
    assert validation.validate(first, second).conforms


def test_folders_and_files_are_not_mixed(demo_graph: Path) -> None:
    with pytest.raises(UsageError):
        validation.validate(demo_graph, EXAMPLES / "claim" / "good.ttl")


def test_blank_nodes_are_called_alike_each_time() -> None:
    first, second = (validation.validate(EXAMPLES / "claim" / "bad.ttl") for _ in range(2))
    assert reports.as_json(first) == reports.as_json(second)
    assert "b1" in {result.focus for result in first.results}


# --- mends --------------------------------------------------------------------------------------------------------------


def test_swapped_ends_are_turned(tmp_path: Path) -> None:
    turned = "ent:office nk:attributedTo cl:flood .\nent:village a"
    result = found(written(tmp_path / "edited.ttl", ("ent:village a", turned)), "domain")
    assert result.mend
    claim, office = (f"https://w3id.org/newskg/id/{name}" for name in ("claim/flood", "entity/office"))
    assert result.mend.added == (f"<{claim}> <{NK}attributedTo> <{office}> .",)
    assert result.mend.gone == (f"<{office}> <{NK}attributedTo> <{claim}> .",)


def test_what_has_no_clear_mend_gets_none() -> None:
    for name in ("one-kind", "domain", "range", "claim-evidence", "undescribed"):
        results = validation.validate(EXAMPLES / name / "bad.ttl").results
        assert {result.mend for result in results if result.shape == SHAPES + name} == {None}


def test_a_second_label_becomes_an_alternative_one() -> None:
    result = found(EXAMPLES / "one-label-per-language" / "bad.ttl", "one-label-per-language")
    assert result.mend
    assert [line.replace("rdf-schema#label", "") for line in result.mend.gone]
    assert all("altLabel" in line for line in result.mend.added)


def test_offsets_are_mended_from_the_article() -> None:
    store = ox.Store()
    moved = GOOD.replace("nk:start 10 ; nk:end 51", "nk:start 12 ; nk:end 53")
    store.extend(ox.parse(input=moved, format=ox.RdfFormat.TURTLE))
    article = (EXAMPLES / "span-words" / "article.txt").read_text(encoding="utf-8")
    report = validation.validate_store(store, texts={"https://w3id.org/newskg/id/article/aa": article})
    [result] = [result for result in report.results if result.severity == "violation"]
    assert result.shape == SHAPES + "span-words"
    assert result.mend
    assert result.mend.messages["en"] == "the words stand at characters 10-51"


def test_the_words_of_a_graph_are_those_of_its_articles(demo_graph: Path) -> None:
    """Words of the same length at another place do not escape: the graph's texts are at hand."""
    store = ox.Store()
    store.bulk_extend(folder.read_only(demo_graph))
    exact = ox.NamedNode(f"{NK}exact")
    quad = min(store.quads_for_pattern(None, exact, None, None), key=str)
    assert isinstance(quad.object, ox.Literal)
    store.remove(quad)
    store.add(ox.Quad(quad.subject, exact, ox.Literal(quad.object.value[::-1]), quad.graph_name))
    texts = {
        f"https://w3id.org/newskg/id/article/{record['id'][:16]}": record["text"]
        for record in log.read_lines(demo_graph / folder.RECORDS)
        if record["record"] == "document"
    }
    [result] = [r for r in validation.validate_store(store, texts=texts).results if r.severity == "violation"]
    assert result.shape == SHAPES + "span-words"
    assert result.focus == getattr(quad.subject, "value", None)


# --- other people's shapes, and several processes -----------------------------------------------------------------------

OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix nk: <https://w3id.org/newskg/ontology#> . @prefix : <https://example.org/> .
:direct a sh:NodeShape ; sh:targetClass nk:Article ; sh:property [ sh:path nk:outlet ; sh:minCount 1 ; sh:message "No outlet."@en ] .
:far a sh:NodeShape ; sh:targetClass nk:Claim ;
    sh:property [ sh:severity sh:Warning ; sh:path ( nk:hasEvidence nk:inDocument nk:outlet ) ; sh:minCount 1 ; sh:message "Nobody published it."@en ] .
:asked a sh:NodeShape ; sh:targetSubjectsOf nk:attributedTo ; sh:severity sh:Warning ; sh:sparql [ sh:message "Nobody passes it on."@en ;
    sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this <https://w3id.org/newskg/ontology#relayedBy> ?who } }" ] .
"""


def test_shapes_of_ones_own_are_held_against_the_graph(tmp_path: Path) -> None:
    own, data = tmp_path / "own.ttl", written(tmp_path / "data.ttl")
    own.write_text(OWN, encoding="utf-8")
    assert validation.validate(data).conforms
    results = validation.validate(data, shapes=[own]).results
    told = {(r.severity, r.messages["en"]) for r in results if r.severity != "info"}
    assert told == {
        ("violation", "No outlet."),
        ("warning", "Nobody published it."),
        ("warning", "Nobody passes it on."),
    }
    turtle = reports.as_turtle(validation.validate(data, EXAMPLES / "claim" / "bad.ttl", shapes=[own]))
    assert "sh:sourceShape _:shape" in turtle
    assert "sh:focusNode _:b1" in turtle


def test_shapes_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    own, data = tmp_path / "own.ttl", written(tmp_path / "data.ttl")
    own.write_text(OWN.replace("sh:minCount 1 ;", 'sh:minCount "one" ;'), encoding="utf-8")
    with pytest.raises(UnreadableError, match="shapes cannot be used"):
        validation.validate(data, shapes=[own])


def test_the_report_is_the_same_for_any_number_of_processes(demo_graph: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(OWN, encoding="utf-8")
    nquads = tmp_path / "demo.nq"
    folder.read_only(demo_graph).dump(nquads, ox.RdfFormat.N_QUADS)
    for paths in ([demo_graph], [nquads, EXAMPLES / "claim" / "bad.ttl"]):
        alone, three = (reports.as_json(validation.validate(*paths, shapes=[own], jobs=jobs)) for jobs in (1, 3))
        assert alone == three
        assert "Nobody published it." in alone


def test_what_stops_a_process_is_told(tmp_path: Path) -> None:
    own, data = tmp_path / "own.ttl", written(tmp_path / "data.ttl")
    own.write_text(OWN.replace("sh:minCount 1 ;", 'sh:minCount "one" ;'), encoding="utf-8")
    with pytest.raises(UnreadableError, match="shapes cannot be used"):
        validation.validate(data, shapes=[own], jobs=2)
