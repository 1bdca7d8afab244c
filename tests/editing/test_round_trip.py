"""A graph goes out to an ontology editor, is edited there, comes back, and grows: the edits stay, and what disagrees is listed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import editing, folder, lookup, ns, plugins, rdf, validation
from kg.building import add, build, merge, overlaying, retract
from kg.building.editing import compare, drop, take
from kg.building.relinking import link_judgements
from kg.editing import Author
from kg.errors import UnreadableError, UsageError
from kg.rdf.entities import WIKIDATA
from kg.vocabulary import NAMESPACE, Vocabulary
from tests.editing.editors import Editor, Step, by_triples, owl_api

pytestmark = pytest.mark.slow
AUTHOR = Author("ban biên tập", "2026-03-01T08:30:00", "gọi điện hỏi lại")
MINE = "http://example.org/mine#"
NEWS = {
    "visit.txt": " date 2025-06-20 Bà Ingrid Solheim, Bộ trưởng Khí hậu Na Uy, gặp bà Beatriz Nogueira tại Oslo hôm 20/3/2025. "
    "Quỹ Amazon từ chối bình luận.",
    "drill.txt": " date 2025-06-21 Lữ đoàn Công binh 249 diễn tập ở Tuyên Quang trong tháng 5/2025, theo Báo Quân đội Nhân dân.",
}
KINDS = [
    "add class",
    "add fact",
    "add individual",
    "change fact",
    "delete",
    "link",
    "merge",
    "remove fact",
    "rename",
    "retype",
]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    place = tmp_path_factory.mktemp("articles")
    for number in ("05", "06", "07", "08"):
        [article] = (checkout / "examples" / "articles").glob(f"{number}-*.txt")
        shutil.copy(article, place)
    return place


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def plain(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the articles, without edits; tests copy it."""
    graph = tmp_path_factory.mktemp("plain") / "graph"
    build(articles, graph)
    return graph


@pytest.fixture(scope="module")
def steps(plain: Path) -> list[Step]:
    """Ten kinds of edit, on things found by their labels."""
    called = Called(plain)
    visit, meeting = (
        called("Visit: Jonas Gahr Støre, Luiz Inácio Lula da Silva; Brasília"),
        called("Meeting: Beatriz Nogueira, Ingrid Solheim; Oslo (2025-03-20)"),
    )
    claim = called.pointing(ns.asserts, meeting)
    return [
        ("label", called("Ingrid Solheim"), "vi", "Ingrid Solheim (Na Uy)"),
        ("type", called("Quỹ Amazon"), f"{NAMESPACE}Company"),
        ("rename", called("hội nghị khí hậu COP30"), called("hội nghị COP30")),
        ("delete", visit),
        ("fact", called("Tiểu đoàn 3"), f"{NAMESPACE}belongsTo", called("Quân khu 2")),
        ("unfact", meeting, called.property(meeting, called("Beatriz Nogueira")), called("Beatriz Nogueira")),
        ("number", claim, ns.confidence.value, "1", "integer"),
        ("class", f"{MINE}EngineerUnit", f"{NAMESPACE}MilitaryUnit"),
        ("new", f"{MINE}Battalion7", f"{MINE}EngineerUnit"),
        ("item", called("Jonas Gahr Støre"), ""),
    ]


class Called:
    """The things of a graph by their English labels."""

    def __init__(self, graph: Path) -> None:
        self._store = folder.read_only(graph)

    def __call__(self, label: str) -> str:
        quads = self._store.quads_for_pattern(None, ns.rdfs_label, ox.Literal(label, language="en"))
        told = ("/id/claim/", "/id/question/")
        [iri] = {str(quad.subject)[1:-1] for quad in quads if not any(kind in str(quad.subject) for kind in told)}
        return iri

    def pointing(self, property_: ox.NamedNode, iri: str) -> str:
        [quad] = self._store.quads_for_pattern(None, property_, ox.NamedNode(iri))
        assert isinstance(quad.subject, ox.NamedNode)
        return quad.subject.value

    def property(self, subject: str, value: str) -> str:
        [quad] = self._store.quads_for_pattern(ox.NamedNode(subject), None, ox.NamedNode(value))
        return quad.predicate.value

    def has(self, subject: str, property_: ox.NamedNode, value: object) -> bool:
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), property_, None)
        return any(quad.object == value for quad in quads)

    def is_there(self, iri: str) -> bool:
        patterns = ((ox.NamedNode(iri), None, None), (None, None, ox.NamedNode(iri)))
        return any(q.predicate != ns.edits for pattern in patterns for q in self._store.quads_for_pattern(*pattern))


def exported(graph: Path, target: Path) -> Path:
    out = io.BytesIO()
    plugins.find("kg.exporters", "owl").export(graph, out)
    target.write_bytes(out.getvalue())
    return target


def copied(graph: Path, place: Path) -> Path:
    shutil.copytree(graph, place)
    return place


def sha(graph: Path) -> str:
    found: str = folder.manifest(graph)["sha256"]
    assert folder.scan(folder.read_only(graph)).sha256 == found
    return found


def files(graph: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in graph.iterdir() if path.is_file()}


def named(param: tuple[Editor, str]) -> str:
    return f"{param[0].__name__}{param[1]}"


@pytest.fixture(scope="module", params=[(owl_api, ".owl"), (owl_api, ".ttl"), (by_triples, ".ttl")], ids=named)
def editor(request: pytest.FixtureRequest) -> Editor:
    """Every tool and every syntax."""
    edit, suffix = request.param
    return lambda source, steps, target: edit(source, steps, target.with_suffix(suffix))


@pytest.fixture(scope="module", params=[(owl_api, ".owl"), (by_triples, ".ttl")], ids=named)
def either(request: pytest.FixtureRequest) -> Editor:
    """Every tool, where the syntax makes no difference."""
    edit, suffix = request.param
    return lambda source, steps, target: edit(source, steps, target.with_suffix(suffix))


@pytest.fixture(scope="module")
def edited(plain: Path, steps: list[Step], editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that comes back from an editor."""
    place = tmp_path_factory.mktemp("edited")
    return editor(exported(plain, place / "export.owl"), steps, place / "edited")


@pytest.fixture(scope="module")
def taken(plain: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> Path:
    """The graph with the edits; tests copy it."""
    place = tmp_path_factory.mktemp("taken")
    file = by_triples(exported(plain, place / "export.owl"), steps, place / "edited.owl")
    graph = copied(plain, place / "graph")
    assert take(graph, compare(graph, file, AUTHOR).edits) == ()
    return graph


def test_a_file_that_was_only_saved_has_no_edits(plain: Path, editor: Editor, tmp_path: Path) -> None:
    saved = editor(exported(plain, tmp_path / "export.owl"), [], tmp_path / "saved")
    assert saved.read_bytes() != (tmp_path / "export.owl").read_bytes()
    found = compare(plain, saved, AUTHOR)
    assert (found.edits, found.notes, found.conflicts) == ((), (), ())


def test_ten_kinds_of_edit_are_seen(plain: Path, edited: Path, taken: Path) -> None:
    found = compare(plain, edited, AUTHOR)
    assert sorted(edit.kind for edit in found.edits) == KINDS
    assert (found.notes, found.conflicts) == ((), ())
    assert {edit.key for edit in found.edits} == {edit.key for edit in overlaying.edits_of(taken)}


def test_they_are_in_the_graph_and_it_conforms(plain: Path, taken: Path, steps: list[Step]) -> None:
    before, after = Called(plain), Called(taken)
    by = {step[0]: step[1:] for step in steps}
    assert after.has(by["label"][0], ns.rdfs_label, ox.Literal(by["label"][2], language="vi"))
    assert after.has(by["type"][0], ns.rdf_type, ns.Company)
    assert not after.has(by["type"][0], ns.rdf_type, ns.Organization)
    assert not (after.is_there(by["rename"][0]) and after.is_there(by["rename"][1]))
    assert before.is_there(by["delete"][0])
    assert not after.is_there(by["delete"][0])
    assert after.has(by["fact"][0], ns.belongsTo, ox.NamedNode(by["fact"][2]))
    assert not after.has(by["unfact"][0], ox.NamedNode(by["unfact"][1]), ox.NamedNode(by["unfact"][2]))
    assert after.has(by["new"][0], ns.rdf_type, ns.MilitaryUnit)
    assert after("Battalion7") == by["new"][0]
    assert before.has(by["item"][0], ns.skos_exactMatch, ox.NamedNode(f"{WIKIDATA}Q467948"))
    assert not after.has(by["item"][0], ns.skos_exactMatch, ox.NamedNode(f"{WIKIDATA}Q467948"))
    assert validation.validate(taken).conforms


def test_every_added_fact_stands_in_the_graph_of_its_edit(taken: Path, plain: Path) -> None:
    store = folder.read_only(taken)
    query = """SELECT ?by ?when ?why { GRAPH ?edit { ?battalion nk:belongsTo ?area }
        ?edit a nk:Edit ; nk:editedBy ?by ; nk:editedAt ?when ; nk:editReason ?why ; nk:edits ?battalion }"""
    rows = store.query(query, prefixes={"nk": NAMESPACE}, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    [row] = rows
    assert [value.value for value in row] == [AUTHOR.by, AUTHOR.when, AUTHOR.why]
    names = {str(name) for name in folder.read_only(plain).named_graphs()}
    more = {str(name) for name in store.named_graphs()} - names
    assert {name[1:-1].rpartition("/")[2] for name in more} == {edit.key for edit in overlaying.edits_of(taken)}


def test_a_person_is_named_where_no_article_can_be(taken: Path, steps: list[Step]) -> None:
    reader = lookup.Reader(folder.read_only(taken), language="vi")
    card = lookup.card(reader, steps[0][1])
    assert card is not None
    assert [(one.by, one.when, one.why) for one in card.edits] == [(AUTHOR.by, AUTHOR.when, AUTHOR.why)]
    assert "đổi tên" in card.edits[0].edit.label


def test_merges_and_items_use_the_forms_that_the_graph_has_for_them(taken: Path, steps: list[Step]) -> None:
    judged = (taken / folder.JUDGEMENTS).read_text(encoding="utf-8")
    first, second = sorted(steps[2][1:])
    assert judged == f"same\t{first}\t{second}\tban biên tập\t2026-03-01: gọi điện hỏi lại\n"
    assert [(line.entity, line.item) for line in link_judgements(taken)] == [(steps[9][1], "NIL")]


def test_a_rebuild_of_the_same_articles_is_the_same_graph(taken: Path, articles: Path, tmp_path: Path) -> None:
    graph = copied(taken, tmp_path / "graph")
    report = build(articles, graph)
    assert (report.sha256, report.edits_in_conflict) == (sha(taken), 0)
    assert files(graph)["overlay.ttl"] == files(taken)["overlay.ttl"]
    assert files(graph)["overlay.json"] == files(taken)["overlay.json"]


def test_a_new_folder_takes_the_overlay_along(taken: Path, articles: Path, tmp_path: Path) -> None:
    users = {"judgements": taken / folder.JUDGEMENTS, "links": taken / folder.LINKS, "overlay": taken / folder.OVERLAY}
    assert build(articles, tmp_path / "graph", **users).sha256 == sha(taken)  # type: ignore[arg-type]


def test_importing_the_same_edits_again_changes_nothing(taken: Path, edited: Path, tmp_path: Path) -> None:
    graph = copied(taken, tmp_path / "graph")
    before = files(graph)
    found = compare(graph, edited, Author("another", "2026-04-01T00:00:00", "again"))
    assert (found.edits, found.known) == ((), len(KINDS))
    assert take(graph, found.edits) == ()
    assert files(graph) == before


def test_the_edited_graph_goes_out_and_comes_back_without_edits(taken: Path, either: Editor, tmp_path: Path) -> None:
    saved = either(exported(taken, tmp_path / "export.owl"), [], tmp_path / "saved")
    found = compare(taken, saved, AUTHOR)
    assert (found.edits, found.known, found.notes) == ((), 0, ())


def test_dropping_them_gives_the_graph_back(plain: Path, taken: Path, tmp_path: Path) -> None:
    graph = copied(taken, tmp_path / "graph")
    assert len(drop(graph)) == len(KINDS)
    assert sha(graph) == sha(plain)
    assert files(graph).keys() == files(plain).keys()
    assert files(graph)["manifest.json"] == files(plain)["manifest.json"]


def test_one_is_dropped_by_its_key(taken: Path, steps: list[Step], tmp_path: Path) -> None:
    graph = copied(taken, tmp_path / "graph")
    [key] = [edit.key for edit in overlaying.edits_of(graph) if edit.kind == "rename"]
    drop(graph, [key])
    assert Called(graph)("Quỹ Amazon") == steps[1][1]
    assert not Called(graph).has(steps[0][1], ns.rdfs_label, ox.Literal(steps[0][3], language="vi"))
    assert len(overlaying.edits_of(graph)) == len(KINDS) - 1
    with pytest.raises(UsageError, match="no edit nonsense"):
        drop(graph, ["nonsense"])


def test_new_articles_leave_the_edits_and_what_disagrees_is_listed(
    taken: Path, articles: Path, news: Path, steps: list[Step], tmp_path: Path
) -> None:
    graph = copied(taken, tmp_path / "graph")
    report = add(graph, [news])
    found = overlaying.conflicts_of(graph)
    told = {(one.edit.kind, one.reason): one for one in found}
    assert told["remove fact", "evidence"].words == ("visit.txt",)
    assert all(one.in_force for one in found)
    assert report.edits_in_conflict == len({one.edit.key for one in found})
    after = Called(graph)
    assert after.has(steps[0][1], ns.rdfs_label, ox.Literal(steps[0][3], language="vi"))
    assert after.has(steps[1][1], ns.rdf_type, ns.Company)
    assert not after.is_there(steps[3][1])
    assert validation.validate(graph).conforms
    both = copied(taken, tmp_path / "both")
    assert build([articles, news], both).sha256 == sha(graph)
    assert files(both)["overlay.json"] == files(graph)["overlay.json"]
    retract(graph, list(NEWS))
    assert sha(graph) == sha(taken)
    assert overlaying.conflicts_of(graph) == ()


def test_a_merge_of_graphs_keeps_the_edits_of_both(taken: Path, news: Path, articles: Path, tmp_path: Path) -> None:
    build(news, tmp_path / "news")
    merge(taken, tmp_path / "news", tmp_path / "both")
    assert {e.key for e in overlaying.edits_of(tmp_path / "both")} == {e.key for e in overlaying.edits_of(taken)}
    again = copied(taken, tmp_path / "again")
    assert build([articles, news], again).sha256 == sha(tmp_path / "both")


def test_what_was_exported_must_be_known(
    plain: Path, news: Path, either: Editor, steps: list[Step], tmp_path: Path
) -> None:
    base = exported(plain, tmp_path / "export.owl")
    file = either(base, steps, tmp_path / "edited")
    graph = copied(plain, tmp_path / "graph")
    add(graph, [news])
    with pytest.raises(UsageError, match="--base"):
        compare(graph, file, AUTHOR)
    with pytest.raises(UsageError, match="not as it was exported"):
        compare(graph, file, AUTHOR, base=file)
    found = compare(graph, file, AUTHOR, base=base)
    assert sorted(edit.kind for edit in found.edits) == KINDS
    told = {(one.edit.kind, one.reason) for one in take(graph, found.edits)}
    assert ("remove fact", "evidence") in told


def test_a_retype_that_breaks_a_shape_is_listed_and_not_in_force(plain: Path, either: Editor, tmp_path: Path) -> None:
    graph = copied(plain, tmp_path / "graph")
    person = Called(graph)("Ingrid Solheim")
    steps = [("type", person, f"{NAMESPACE}Award"), ("label", person, "vi", "Bà Solheim")]
    found = compare(graph, either(exported(graph, tmp_path / "e.owl"), steps, tmp_path / "f"), AUTHOR)
    [conflict] = take(graph, found.edits)
    assert (conflict.edit.kind, conflict.reason, conflict.in_force) == ("retype", "shape", False)
    assert Called(graph).has(person, ns.rdf_type, ns.Person)
    assert Called(graph).has(person, ns.rdfs_label, ox.Literal("Bà Solheim", language="vi"))
    assert validation.validate(graph).conforms


def test_what_a_judgement_keeps_apart_stays_apart(plain: Path, either: Editor, articles: Path, tmp_path: Path) -> None:
    first, second = Called(plain)("hội nghị khí hậu COP30"), Called(plain)("hội nghị COP30")
    line = f"not same\t{first}\t{second}\tthe desk\n"
    (tmp_path / "own.tsv").write_text(line, encoding="utf-8")
    graph = tmp_path / "graph"
    build(articles, graph, judgements=tmp_path / "own.tsv")
    file = either(exported(graph, tmp_path / "e.owl"), [("same", first, second)], tmp_path / "f")
    found = compare(graph, file, AUTHOR)
    assert [(one.edit.kind, one.reason) for one in found.conflicts] == [("merge", "apart")]
    [conflict] = take(graph, found.edits)
    assert (conflict.reason, conflict.in_force) == ("apart", False)
    assert (graph / folder.JUDGEMENTS).read_text(encoding="utf-8") == line


def test_an_iri_that_was_renamed_is_followed(plain: Path, either: Editor, tmp_path: Path) -> None:
    person = Called(plain)("Ingrid Solheim")
    steps = [("rename", person, f"{MINE}Solheim"), ("alias", f"{MINE}Solheim", "en", "I. Solheim")]
    found = compare(plain, either(exported(plain, tmp_path / "e.owl"), steps, tmp_path / "f"), AUTHOR)
    assert [(note.kind, note.about) for note in found.notes] == [("iri", person)]
    assert [(edit.kind, edit.subjects) for edit in found.edits] == [("add fact", (person,))]


def test_what_an_article_says_is_not_edited(plain: Path, either: Editor, tmp_path: Path) -> None:
    store = folder.read_only(plain)
    [article, *_] = sorted(q.subject.value for q in store.quads_for_pattern(None, ns.rdf_type, ns.Article))  # type: ignore[union-attr]
    file = either(exported(plain, tmp_path / "e.owl"), [("label", article, "en", "Another title")], tmp_path / "f")
    found = compare(plain, file, AUTHOR)
    assert (found.edits, [(note.kind, note.about) for note in found.notes]) == ((), [("evidence", article)])


def test_a_later_edit_replaces_and_undoes_an_earlier_one(
    taken: Path, plain: Path, steps: list[Step], tmp_path: Path
) -> None:
    graph = copied(taken, tmp_path / "graph")
    person = steps[0][1]
    file = by_triples(exported(graph, tmp_path / "e.owl"), [("label", person, "vi", "Bà Solheim")], tmp_path / "f.ttl")
    take(graph, compare(graph, file, Author("the desk", "2026-03-02T00:00:00", "shorter")).edits)
    [edit] = [one for one in overlaying.edits_of(graph) if one.kind == "rename"]
    assert [t.object.value for t in (*edit.withdraws, *edit.states)] == ["Ingrid Solheim", "Bà Solheim"]  # type: ignore[union-attr]
    assert edit.author.by == "the desk"
    file = by_triples(
        exported(graph, tmp_path / "g.owl"), [("label", person, "vi", "Ingrid Solheim")], tmp_path / "h.ttl"
    )
    take(graph, compare(graph, file, Author("the desk", "2026-03-03T00:00:00", "as it was")).edits)
    assert [one for one in overlaying.edits_of(graph) if one.kind == "rename"] == []


@pytest.mark.parametrize("suffix", ["owx", "ofn", "omn"])
def test_another_syntax_is_refused_with_how_to_save(plain: Path, suffix: str, tmp_path: Path) -> None:
    file = owl_api(exported(plain, tmp_path / "e.owl"), [], tmp_path / f"saved.{suffix}")
    with pytest.raises(UnreadableError, match="choose File, Save as, RDF/XML Syntax"):
        editing.read(file, Vocabulary.load())


def test_a_comment_on_an_axiom_is_told_not_taken(plain: Path, tmp_path: Path) -> None:
    person = Called(plain)("Ingrid Solheim")
    file = owl_api(exported(plain, tmp_path / "e.owl"), [("comment", person, "is she?")], tmp_path / "f.owl")
    found = compare(plain, file, AUTHOR)
    assert (found.edits, [note.kind for note in found.notes]) == ((), ["anonymous"])


def test_an_edit_of_a_part_of_the_graph_deletes_nothing_else(plain: Path, either: Editor, tmp_path: Path) -> None:
    person = Called(plain)("Vũ Hồng Sâm")
    store = folder.read_only(plain)
    limits = {"entity": person}
    part = lookup.excerpt(plain, store, limits)
    (tmp_path / "e.owl").write_bytes(rdf.owl_file(part, Vocabulary.load(), limits=limits))
    file = either(tmp_path / "e.owl", [("label", person, "en", "Vu Hong Sam")], tmp_path / "f")
    found = compare(plain, file, AUTHOR)
    assert [(edit.kind, edit.subjects) for edit in found.edits] == [("rename", (person,))]


def test_the_overlay_is_a_graph_that_reads_back(taken: Path) -> None:
    edits = overlaying.edits_of(taken)
    content = (taken / folder.OVERLAY).read_bytes()
    assert editing.overlay.written(edits, Vocabulary.load()) == content
    assert validation.validate_file(taken / folder.OVERLAY).conforms
    noted = json.loads((taken / folder.EFFECTS).read_text(encoding="utf-8"))
    assert noted["conflicts"] == []


def test_an_item_that_is_judged_twice_leaves_no_line_behind(plain: Path, tmp_path: Path) -> None:
    graph = copied(plain, tmp_path / "graph")
    person = Called(graph)("Jonas Gahr Støre")
    for number, item in enumerate(("Q42", "Q80")):
        file = by_triples(exported(graph, tmp_path / "e.owl"), [("item", person, WIKIDATA + item)], tmp_path / "f.ttl")
        author = Author("the desk", f"2026-03-0{number + 1}T00:00:00", "looked it up")
        assert take(graph, compare(graph, file, author).edits) == ()
        assert Called(graph).has(person, ns.skos_exactMatch, ox.NamedNode(WIKIDATA + item))
    assert [line.item for line in link_judgements(graph)] == ["Q80"]
    drop(graph)
    assert files(graph).keys() == files(plain).keys()
    assert sha(graph) == sha(plain)
