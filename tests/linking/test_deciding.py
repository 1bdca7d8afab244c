"""Links rest on what articles say of a name, a user's judgement wins, and nothing else in a graph depends on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import kg
from kg import cli, folder, linking, log, ns, rdf
from kg.building.relinking import judge, link_judgements
from kg.building.stages import resolve
from kg.errors import UsageError
from kg.linking import Shelf, judgements
from kg.linking.judgements import Line
from kg.lookup import links
from kg.model import Document, Extraction, Link
from kg.vocabulary import Vocabulary
from tests.linking import measuring

WITH_TITLE = "Quân đội Ukraine bắn phá tỉnh Kursk của Nga. Ông Trần Văn Bưởi, thợ hàn ở Nam Định, kể lại."
IN_TOWN = "Thị trưởng thành phố Kursk kêu gọi người dân ở trong nhà."


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The items of the bundled pack."""
    return Shelf.open()


def read(name: str, text: str) -> Extraction:
    """An article in Vietnamese as the program reads it."""
    extraction: Extraction = measuring.pipeline("vi")(Document(name, text, "vi"))
    return extraction


def decided(text: str, name: str) -> Link:
    """The decision on what `name` stands for in a text."""
    found = resolve([read("one.txt", text)])
    [key] = [e.key for e in found.entities if name in {label for _, label in (*e.labels, *e.aliases)}]
    [link] = [link for link in found.links if link.entity == key]
    return link


def test_a_class_word_decides_between_things_of_one_name() -> None:
    assert decided(WITH_TITLE, "Kursk").target.endswith("/Q3178")
    assert decided(IN_TOWN, "Kursk").target.endswith("/Q3159")


def test_a_private_person_has_no_item() -> None:
    link = decided(WITH_TITLE, "Trần Văn Bưởi")
    assert (link.verdict, link.target) == ("none", "")
    assert link.reasons


def test_a_decision_says_on_what_it_rests() -> None:
    link = decided(WITH_TITLE, "Kursk")
    assert link.runner_up == "http://www.wikidata.org/entity/Q3159"
    assert (link.layer, len(link.snapshot)) == ("bundled", 10)
    assert 0.5 < link.score <= 1
    assert any("kind" in reason for reason in link.reasons)


def test_every_item_was_read_in_a_pack(shelf: Shelf) -> None:
    found = resolve([read("one.txt", WITH_TITLE), read("two.txt", IN_TOWN)])
    items = {link.target.rpartition("/")[2] for link in found.links if link.target}
    assert items
    assert all(shelf.item(qid) for qid in items)


def test_without_links_the_graph_is_the_same() -> None:
    articles = [read("one.txt", WITH_TITLE), read("two.txt", IN_TOWN)]
    found = resolve(articles)
    said = {ns.skos_exactMatch, ns.skos_closeMatch}
    linked, bare = (set(rdf.quads(articles, one)) for one in (found, replace(found, links=())))
    assert {quad for quad in linked if quad.predicate not in said} == bare
    assert linked != bare
    lines, without = (list(log.lines(articles, one)) for one in (found, replace(found, links=())))
    assert [line for line in lines if line["record"] != "link"] == without


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [read("one.txt", WITH_TITLE), read("two.txt", IN_TOWN)]
    assert resolve(articles).links == resolve(articles[::-1]).links


def test_doubtful_items_are_close_matches() -> None:
    resolution = resolve([read("one.txt", WITH_TITLE)])
    doubtful = tuple(replace(link, verdict="review") for link in resolution.links if link.target)
    quads = set(rdf.quads([read("one.txt", WITH_TITLE)], replace(resolution, links=doubtful)))
    assert any(quad.predicate == ns.skos_closeMatch for quad in quads)
    assert not any(quad.predicate == ns.skos_exactMatch for quad in quads)


def test_a_judgement_wins_and_its_loss_undoes_it() -> None:
    articles = [read("one.txt", WITH_TITLE)]
    entities = resolve(articles).entities
    ruled = linking.link(articles, entities)
    judged = linking.link(articles, entities, lines=(Line("Kursk", "NIL", "an editor", "2025-09-01"),))
    [changed] = [new for old, new in zip(ruled, judged, strict=True) if old != new]
    assert (changed.verdict, changed.target, changed.by) == ("none", "", "an editor")
    assert linking.link(articles, entities) == ruled


@pytest.mark.parametrize("line", ["Kursk\tQ3178", "Kursk\tQ03\tme", "\tQ1\tme", "Kursk\tnil\tme\t2025\tmore"])
def test_a_bad_line_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(UsageError, match="a file:1: "):
        judgements.parse(line, "a file")


@pytest.mark.slow
def test_judgements_change_links_only_and_survive_a_build(tmp_path: Path) -> None:
    graph, texts = tmp_path / "graph", tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text(WITH_TITLE, encoding="utf-8")
    kg.build([texts], graph)
    before = set(folder.read_only(graph))
    assert judge(graph, (Line("Kursk", "Q3159", "me", "2025-09-01"),)) == 1
    after = set(folder.read_only(graph))
    assert Counter(quad.predicate for quad in before ^ after) == {ns.skos_exactMatch: 2}
    sha256 = folder.manifest(graph)["sha256"]
    kg.build([texts], graph)
    assert folder.manifest(graph)["sha256"] == sha256
    [decision] = links.decisions(graph, name="Kursk")
    assert (decision.link.by, decision.link.target[-5:]) == ("me", "Q3159")
    assert judge(graph, ()) == 1
    assert set(folder.read_only(graph)) == before
    assert link_judgements(graph) == ()


@pytest.mark.slow
def test_the_command_explains_reviews_and_lists(tmp_path: Path) -> None:
    graph, texts = tmp_path / "graph", tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text("Cháy rừng ở [Alexandria], Virginia.".replace("[", "").replace("]", ""), "utf-8")
    (texts / "two.txt").write_text(WITH_TITLE, encoding="utf-8")
    kg.build([texts], graph)

    def run(*words: str, answers: str = "") -> str:
        done = CliRunner().invoke(cli.main, ["link", str(graph), *words], input=answers)
        assert done.exit_code == 0, done.output
        return done.output

    assert "because: " in run("--explain", "kursk")
    assert '"verdict": "link"' in run("--explain", "Kursk", "--json")
    assert "owl#sameAs" in run("--same-as")
    run("--review", "--by", "me", answers="n\n" * 9)
    assert not links.decisions(graph, verdict="review")
    owl = ox.parse(rdf.owl_file(folder.read_only(graph), Vocabulary.load()), ox.RdfFormat.RDF_XML)
    assert any(quad.predicate == ns.schema_sameAs for quad in owl)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "accuracy", "error"), [("mentions-dev", 0.97, 0.05), ("aside", 0.92, 0.05), ("mentions", 0.91, 0.05)]
)
def test_names_in_context_are_linked_and_known_how_well(name: str, accuracy: float, error: float, shelf: Shelf) -> None:
    rows = measuring.marked(name) if name == "aside" else measuring.rows(name)
    judged = measuring.judge(measuring.read(rows, shelf, complete=True), shelf, Vocabulary.load())
    assert measuring.accuracy(judged) >= accuracy
    assert measuring.calibration_error(judged) <= error
