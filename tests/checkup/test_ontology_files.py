"""The doctor refuses each broken ontology for what is wrong with it, and says nothing of sound ones."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import rdf, resources
from kg.checkup import ontology
from kg.checkup.ontology import reasoning
from kg.checkup.ontology.wording import texts
from kg.cli import main
from kg.vocabulary import Vocabulary
from tests import example_graph

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.ttl"))
# What only a reasoner sees; everything else is found without one.
REASONED = ("empty", "inconsistent", "unmapped")


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", "--ontology", *map(str, arguments)])


def wanted(path: Path) -> tuple[str, str]:
    """The rule that refuses a broken file, and the term that it names."""
    said = path.read_text(encoding="utf-8").splitlines()[1]
    rule, _, term = said.removeprefix("# Found: ").partition(" ")
    return rule, term


def test_there_are_thirty_broken_files_and_more_and_one_for_each_rule() -> None:
    assert len(BROKEN) >= 30
    assert {wanted(path)[0] for path in BROKEN} == texts()["en"].keys() - {"reasoner"}
    assert texts()["vi"].keys() == texts()["en"].keys()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_for_what_is_wrong_and_for_nothing_else(path: Path) -> None:
    rule, term = wanted(path)
    report = ontology.check([path], reason=rule in REASONED)
    assert [(finding.file, finding.rule, finding.term) for finding in report.findings] == [(path.name, rule, term)]


@pytest.mark.parametrize("path", BROKEN[::6], ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_command_says_what_is_wrong_and_where(path: Path, language: str) -> None:
    rule, term = wanted(path)
    options = () if rule in REASONED else ("--no-reasoner",)
    done = doctor(path, "--lang", language, *options)
    assert done.exit_code == 1
    sentence = texts()[language][rule].partition("{")[0]
    assert done.stdout.startswith(f"{path.name}: {term} {sentence}")


@pytest.mark.parametrize("path", [path for path in BROKEN if wanted(path)[0] in REASONED], ids=lambda path: path.stem)
def test_what_only_a_reasoner_sees_is_not_seen_without(path: Path) -> None:
    assert ontology.check([path], reason=False).findings == ()


def test_our_ontology_is_sound() -> None:
    done = doctor()
    assert (done.exit_code, done.stdout) == (0, "")
    assert "A reasoner was asked" in done.stderr


@pytest.mark.parametrize("path", sorted(resources.ontology().glob("*.ttl")), ids=lambda path: path.stem)
def test_a_module_is_sound_by_itself(path: Path) -> None:
    assert ontology.check([path], reason=False).findings == ()


@pytest.mark.parametrize("syntax", [ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML])
def test_the_ontology_as_one_file_is_sound(tmp_path: Path, syntax: ox.RdfFormat) -> None:
    path = tmp_path / f"ontology.{syntax.file_extension}"
    path.write_bytes(rdf.ontology_file(Vocabulary.load(), syntax))
    assert ontology.check([path], reason=False).findings == ()


def test_a_graph_is_sound_with_the_ontology_in_it_or_without(tmp_path: Path) -> None:
    quads = list(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))
    exported, alone = tmp_path / "graph.owl", tmp_path / "graph.nt"
    exported.write_bytes(rdf.owl_file(quads, Vocabulary.load()))
    ox.serialize({quad.triple for quad in quads}, str(alone), ox.RdfFormat.N_TRIPLES)
    assert ontology.check([exported]) == ontology.Report((), "asked")
    assert ontology.check([alone], reason=False).findings == ()


def test_what_looks_like_a_fault_and_is_none_is_let_be() -> None:
    assert ontology.check([HERE / "sound" / "more-terms.ttl"]) == ontology.Report((), "asked")


def test_what_two_files_say_together_is_seen(tmp_path: Path) -> None:
    header = "@prefix nk: <https://w3id.org/newskg/ontology#> . @prefix : <https://w3id.org/newskg/id/> .\n"
    label = '<http://www.w3.org/2000/01/rdf-schema#label> "Ba Vì"@en, "Ba Vì"@vi'
    first, second = tmp_path / "first.ttl", tmp_path / "second.ttl"
    first.write_text(f"{header}:x a nk:NaturalFeature ; {label} .", encoding="utf-8")
    second.write_text(f"{header}:x a nk:Person .", encoding="utf-8")
    assert ontology.check([first], reason=False).findings == ()
    assert [finding.rule for finding in ontology.check([first, second], reason=False).findings] == ["excluded"]


def test_a_part_of_the_ontology_that_is_broken_is_found_where_it_stands(tmp_path: Path) -> None:
    for path in resources.ontology().iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "events.ttl":
            assert text.count("a owl:Class ; rdfs:subClassOf nk:Encounter ;") > 1
            text = text.replace(
                "a owl:Class ; rdfs:subClassOf nk:Encounter ;", "a owl:Class ; rdfs:subClassOf nk:Meetup ;", 1
            )
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    [finding] = ontology.check([tmp_path / "all.ttl"], reason=False).findings
    assert (finding.file, finding.rule, finding.term) == ("events.ttl", "undeclared-class", "nk:Meetup")


def test_without_a_reasoner_it_says_so_and_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoning, "find_spec", lambda _name: None)
    done = doctor(HERE / "broken" / "empty-by-reasoning.ttl", "--lang", "en")
    assert done.exit_code == 0
    assert "newskg[reasoner]" in done.stderr


def test_a_reasoner_that_is_too_slow_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoning, "_SECONDS", 0.001)
    assert ontology.check([HERE / "sound" / "more-terms.ttl"]) == ontology.Report((), "slow")


def test_findings_for_programs() -> None:
    done = doctor(HERE / "broken" / "person-is-a-place.ttl", "--json", "--no-reasoner", "--lang", "en")
    [found] = json.loads(done.stdout)
    assert found["file"] == "person-is-a-place.ttl"
    assert found["rule"] == "excluded"
    assert found["sentence"] == "is in nk:Person and in nk:Place, which exclude each other"


def test_a_file_that_is_no_rdf_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "torn.ttl"
    path.write_text("nk:Person a owl:Class", encoding="utf-8")
    done = CliRunner().invoke(main, ["doctor", "--ontology", str(path)])
    assert done.exit_code == 3
    assert "torn.ttl" in done.output


def test_a_second_graph_is_no_call_that_makes_sense() -> None:
    assert CliRunner().invoke(main, ["doctor", "one", "two"]).exit_code == 2
