"""Validation of whole graphs and of changes: results quote the words that they are about; each shape has tests of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg import cli, ns, rdf, resources, validation
from kg.errors import StoreError, UnreadableError
from kg.rdf import iris
from kg.validation import reports
from kg.validation.graph import GraphView
from kg.validation.slices import slice_for_article, slices
from kg.vocabulary import Vocabulary
from tests import example_graph

SHAPES = "https://w3id.org/newskg/shapes#"


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return list(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a `kg` command."""
    with pytest.raises(SystemExit) as ended:
        cli.main.main(list(arguments))
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_a_change_is_looked_at_where_it_is(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    article = next(quad for quad in quads if quad.predicate == ns.sourceName)
    report = validation.validate_change(store, [article], [])
    assert 0 < report.nodes < validation.validate_store(store).nodes


# --- whole graphs -------------------------------------------------------------------------------------------------------


def test_what_the_mapping_writes_conforms(quads: list[ox.Quad]) -> None:
    report = validation.validate_quads(quads)
    assert report.conforms
    assert not report.fails("warning")
    assert report.nodes == len({q.subject for q in quads})


def test_results_do_not_depend_on_the_order_of_quads(quads: list[ox.Quad]) -> None:
    broken = [q for q in quads if q.predicate not in (ns.modality, ns.rdfs_label)]
    assert validation.validate_quads(broken) == validation.validate_quads(broken[::-1])


def test_every_node_is_in_exactly_one_slice(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    view = GraphView(store, Vocabulary.load())
    cut = [node for nodes in slices(view) for node in nodes]
    assert sorted(map(str, cut)) == sorted(map(str, view.nodes()))


def test_a_slice_holds_what_the_article_reaches_and_no_other_article(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    reached = slice_for_article(GraphView(store, Vocabulary.load()), iris.article(example_graph.FLOOD.id))
    assert {iris.node("event", "call"), iris.node("entity", "mori"), iris.time("2025-09-05")} <= set(reached)
    assert iris.article(example_graph.RELIEF.id) not in reached
    assert iris.node("claim", "s-thanks") not in reached


def test_what_no_article_reaches_is_checked_too(quads: list[ox.Quad]) -> None:
    orphan = iris.node("claim", "orphan")
    stray = ox.Quad(orphan, ns.rdf_type, ns.EventClaim, iris.resolved_graph())
    report = validation.validate_quads([*quads, stray])
    assert SHAPES + "claim-evidence" in {r.shape for r in report.results if r.focus == orphan.value}


def test_kinds_are_compared_across_graphs(quads: list[ox.Quad]) -> None:
    elsewhere = ox.Quad(iris.node("entity", "luu"), ns.rdf_type, ns.Place, iris.article_graph(example_graph.RELIEF.id))
    [result] = [r for r in validation.validate_quads([*quads, elsewhere]).results if r.severity == "violation"]
    assert (result.shape, result.focus) == (SHAPES + "one-kind", iris.node("entity", "luu").value)


def test_a_number_is_compared_across_articles() -> None:
    """The dead are in one article, those sent in another: no article's own slice shows the contradiction."""
    path = Path(__file__).parent / "shapes" / "killed-above-deployed" / "bad.ttl"
    text = path.read_text(encoding="utf-8")
    other = text[text.index("art:aa a") : text.index("\n", text.index("art:aa a"))].replace("art:aa", "art:bb")
    moved = text.replace("nk:inDocument art:aa ; nk:start 90", "nk:inDocument art:bb ; nk:start 90") + other
    found = validation.validate_quads(ox.parse(input=moved, format=ox.RdfFormat.TURTLE))
    assert [r.shape for r in found.results if r.severity == "violation"] == [SHAPES + "killed-above-deployed"]


def test_an_empty_graph_conforms() -> None:
    report = validation.validate_quads([])
    assert report.conforms
    assert report.nodes == 0


def test_blank_nodes_are_looked_at() -> None:
    text = f"<{SHAPES}> <x:y> [ a <{ns.Claim.value}> ] ."
    found = validation.validate_quads(ox.parse(input=text, format=ox.RdfFormat.TURTLE))
    assert {f"{SHAPES}claim", f"{SHAPES}claim-evidence"} <= {r.shape for r in found.results}


# --- words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "property_", "words"),
    [
        ("claim/n-dead-40", ns.modality, "khoảng 40 người dân xã Thọ Lâm thiệt mạng"),
        ("event/call", ns.rdfs_label, "Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji"),
        ("question/paddy", ns.measure, "gần 42.400 ha lúa"),
        ("time/2025-04", ns.edtf, "ông Mori Kenji được trao Huân chương Hữu nghị"),
        ("entity/medal", ns.rdfs_label, "Huân chương Hữu nghị"),
    ],
)
def test_a_result_quotes_the_words_it_is_about(
    quads: list[ox.Quad], node: str, property_: ox.NamedNode, words: str
) -> None:
    focus = ox.NamedNode(f"{iris.BASE}id/{node}")
    broken = [q for q in quads if (q.subject, q.predicate) != (focus, property_)]
    results = [r for r in validation.validate_quads(broken).results if r.severity == "violation"]
    assert {r.focus for r in results} == {focus.value}
    assert {r.quote.text for r in results if r.quote} == {words}
    [quote] = {r.quote for r in results if r.quote}
    document = example_graph.FLOOD if quote.source == example_graph.FLOOD.source else example_graph.RELIEF
    assert document.text[quote.start : quote.end] == words


def test_an_article_is_not_quoted(quads: list[ox.Quad]) -> None:
    results = [r for r in validation.validate_quads(quads).results if r.shape == SHAPES + "article-time"]
    assert [r.quote for r in results] == [None]


def test_a_number_of_another_type_than_decimal_is_found(quads: list[ox.Quad]) -> None:
    focus = iris.node("claim", "c-call")
    wrong = ox.Quad(focus, ns.confidence, ox.Literal(0.9), iris.resolved_graph())
    broken = [q for q in quads if (q.subject, q.predicate) != (focus, ns.confidence)]
    [result] = [r for r in validation.validate_quads([*broken, wrong]).results if r.severity == "violation"]
    assert (result.shape, result.value) == (SHAPES + "claim-confidence", "0.9")


# --- reports ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def broken() -> validation.Report:
    return validation.validate_file(Path(__file__).parent / "shapes" / "claim-confidence" / "bad.ttl")


def test_text_is_in_the_language_of_the_reader(broken: validation.Report) -> None:
    vietnamese = "\n".join(reports.text(broken, "vi"))
    assert "Vi phạm: Độ tin cậy là một số thập phân từ 0 đến 1. [nks:claim-confidence]" in vietnamese
    assert "nk:confidence = 1.5" in vietnamese
    assert "“Cục Thủy văn nói lũ về xã Thọ Lâm hôm 3/9” (ban-tin.txt, ký tự 10 đến 51)" in vietnamese
    assert vietnamese.endswith("chỗ thiếu.")
    assert "Violation: Confidence is one decimal from 0 to 1." in "\n".join(reports.text(broken, "en"))


def test_gaps_are_listed_on_request(quads: list[ox.Quad]) -> None:
    report = validation.validate_quads(quads)
    assert "Gap:" not in "\n".join(reports.text(report, "en"))
    assert "Gap: Nobody knows when the event happened." in "\n".join(reports.text(report, "en", gaps=True))


def test_json_holds_every_result(broken: validation.Report) -> None:
    found = json.loads(reports.as_json(broken))
    assert found["conforms"] is False
    [result] = [result for result in found["results"] if result["severity"] == "violation"]
    assert result["quote"] == {
        "text": "Cục Thủy văn nói lũ về xã Thọ Lâm hôm 3/9",
        "source": "ban-tin.txt",
        "start": 10,
        "end": 51,
        "span": "https://w3id.org/newskg/id/article/aa/chars/10-51",
        "article": "https://w3id.org/newskg/id/article/aa",
        "sentence": "",
        "line": 0,
        "column": 0,
    }


def test_turtle_is_a_shacl_report(broken: validation.Report) -> None:
    graph = rdflib.Graph().parse(data=reports.as_turtle(broken), format="turtle")
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)  # noqa: FBT003 - the value itself
    [result] = graph.subjects(SH.resultSeverity, SH.Violation)
    assert (report, SH.result, result) in graph
    assert graph.value(result, SH.sourceShape) == rdflib.URIRef(SHAPES + "claim-confidence")
    messages = [message for message in graph.objects(result, SH.resultMessage) if isinstance(message, rdflib.Literal)]
    assert {message.language for message in messages} == {"en", "vi"}


def test_reports_are_the_same_each_time(broken: validation.Report) -> None:
    again = validation.validate_file(Path(__file__).parent / "shapes" / "claim-confidence" / "bad.ttl")
    assert reports.as_turtle(again) == reports.as_turtle(broken)
    assert reports.as_json(again) == reports.as_json(broken)


# --- files --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "syntax"),
    [
        (".ttl", ox.RdfFormat.TURTLE),
        (".nt", ox.RdfFormat.N_TRIPLES),
        (".nq", ox.RdfFormat.N_QUADS),
        (".trig", ox.RdfFormat.TRIG),
        (".rdf", ox.RdfFormat.RDF_XML),
        (".jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_any_rdf_syntax_is_read(quads: list[ox.Quad], tmp_path: Path, suffix: str, syntax: ox.RdfFormat) -> None:
    path = tmp_path / f"graph{suffix}"
    content = quads if syntax.supports_datasets else [quad.triple for quad in quads]
    ox.serialize(content, str(path), syntax)
    report = validation.validate_file(path)
    assert report.conforms
    assert report.nodes == len({quad.subject for quad in quads})


def test_an_exported_owl_file_is_read(quads: list[ox.Quad], tmp_path: Path) -> None:
    path = tmp_path / "graph.owl"
    path.write_bytes(rdf.owl_file(quads, Vocabulary.load()))
    assert [r for r in validation.validate_file(path).results if r.severity != "info"] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.ttl", b"nk:Person a"),
        ("binary.ttl", b"\x00\xff\xfe"),
        ("remote.jsonld", b'{"@context": "https://example.org/context.jsonld", "@id": "x:y", "name": "A"}'),
        ("unknown.docx", b"PK"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError, match=re.escape(name)):
        validation.validate(tmp_path / name)


def test_a_missing_file_and_a_foreign_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        validation.validate(tmp_path / "missing.ttl")
    with pytest.raises(StoreError):
        validation.validate(tmp_path / "missing")
    with pytest.raises(StoreError):
        validation.validate(tmp_path)


# --- the commands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("claim-confidence/good.ttl", (), 0),
        ("claim-confidence/bad.ttl", (), 1),
        ("located-in-itself/bad.ttl", (), 0),
        ("located-in-itself/bad.ttl", ("--fail-on", "warning"), 1),
        ("missing.ttl", (), 3),
        ("missing", (), 4),
        ("claim-confidence/bad.ttl", ("--format", "pdf"), 2),
    ],
)
def test_the_exit_code_says_whether_it_conforms(
    capsys: pytest.CaptureFixture[str], name: str, options: tuple[str, ...], code: int
) -> None:
    path = Path(__file__).parent / "shapes" / name
    found, _, errors = run(capsys, "validate", str(path), *options)
    assert found == code
    assert bool(errors) is (code > 1)


@pytest.mark.parametrize("form", ["json", "ttl"])
def test_other_formats_go_to_stdout_alone(capsys: pytest.CaptureFixture[str], form: str) -> None:
    path = Path(__file__).parent / "shapes" / "claim-confidence" / "bad.ttl"
    code, out, errors = run(capsys, "validate", str(path), "--format", form)
    assert (code, errors) == (1, "")
    assert json.loads(out) if form == "json" else "sh:ValidationReport" in out


def test_terms_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "terms", "--check")[0] == 0


def test_terms_are_written_and_stale_ones_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    monkeypatch.setattr(resources, "ontology", lambda: Path(__file__).parents[1] / "ontology")
    assert run(capsys, "terms", "--check")[0] == 1
    assert run(capsys, "terms")[0] == 0
    assert (tmp_path / "ns.py").read_text(encoding="utf-8") == Path(ns.__file__).read_text(encoding="utf-8")
    (tmp_path / "ns.py").write_text("", encoding="utf-8")
    assert run(capsys, "terms", "--check")[0] == 1


@pytest.mark.parametrize("name", ["ontology.ttl", "ontology.owl"])
def test_the_ontology_is_written_as_one_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    assert run(capsys, "terms", "-o", str(tmp_path / name))[0] == 0
    triples = list(
        ox.parse(path=tmp_path / name, format=ox.RdfFormat.from_extension({"owl": "rdf"}.get(name[-3:], name[-3:])))
    )
    assert len(triples) == len(set(Vocabulary.load().triples))


def test_an_ontology_file_of_another_kind_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "terms", "-o", str(tmp_path / "ontology.pdf"))[0] == 2
