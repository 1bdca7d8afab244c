"""What edits do to a graph that has changed since they were made, and what stands against them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ns
from kg.building import overlaying
from kg.editing import Author, Conflict, Edit, Wording, locating, overlay, undo
from kg.editing.likeness import likeness
from kg.errors import UsageError
from kg.vocabulary import Vocabulary

GRAPH = Path(__file__).parents[1] / "shapes" / "event-asserted" / "good.ttl"
ID = "https://w3id.org/newskg/id/"
OFFICE, VILLAGE, FLOOD = (ox.NamedNode(ID + name) for name in ("entity/office", "entity/village", "event/flood"))
CLAIM, SPAN, ARTICLE = (ox.NamedNode(ID + n) for n in ("claim/flood", "article/aa/chars/10-51", "article/aa"))
MENTION = ox.NamedNode(ID + "article/aa/chars/0-12")
AUTHOR = Author("the desk", "2026-03-01T08:30:00", "asked them")
NAME = ox.Triple(OFFICE, ns.rdfs_label, ox.Literal("Cục Thủy văn", language="vi"))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def store() -> ox.Store:
    """A flood in a village, told by an office; some words of the article denote the office."""
    store = ox.Store()
    store.load(path=str(GRAPH), format=ox.RdfFormat.TURTLE)
    said(store, MENTION, ns.rdf_type, ns.Mention)
    for language in ("en", "vi"):
        said(store, MENTION, ns.rdfs_label, ox.Literal("words", language=language))
    said(store, MENTION, ns.inDocument, ARTICLE)
    said(store, MENTION, ns.denotes, OFFICE)
    for property_, number in ((ns.start, 0), (ns.end, 12)):
        said(store, MENTION, property_, ox.Literal(number))
    said(store, MENTION, ns.exact, ox.Literal("Cục Thủy văn"))
    return store


def said(store: ox.Store, subject: ox.NamedNode, property_: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> None:
    store.add(ox.Quad(subject, property_, value))


def unsaid(
    store: ox.Store, subject: ox.NamedNode | None, property_: ox.NamedNode | None, value: ox.NamedNode | None = None
) -> None:
    for quad in list(store.quads_for_pattern(subject, property_, value, None)):
        store.remove(quad)


def moved(store: ox.Store, old: ox.NamedNode, new: ox.NamedNode) -> None:
    """The thing has another IRI now, as when articles give it another first name."""
    for quad in [*store.quads_for_pattern(old, None, None, None), *store.quads_for_pattern(None, None, old, None)]:
        store.remove(quad)
        store.add(ox.Quad(*(new if term == old else term for term in quad.triple)))


def renamed(store: ox.Store) -> Edit:
    states = (ox.Triple(OFFICE, ns.rdfs_label, ox.Literal("Tổng cục Thủy văn", language="vi")),)
    return made(store, Edit("rename", (OFFICE.value,), (NAME,), states))


def made(store: ox.Store, edit: Edit) -> Edit:
    triples = () if edit.kind == "delete" else (*edit.withdraws, *edit.states)
    found = locating.remembered(store, triples, edit.subjects)
    return replace(edit, author=AUTHOR, version="0123456789abcdef", found=found)


def names(store: ox.Store, node: ox.NamedNode, property_: ox.NamedNode = ns.rdfs_label) -> set[str]:
    return {str(quad.object) for quad in store.quads_for_pattern(node, property_, None, None)}


def lines(store: ox.Store) -> list[str]:
    return sorted(map(str, store))


def only(conflicts: tuple[Conflict, ...]) -> tuple[str, tuple[str, ...], bool]:
    [one] = conflicts
    return one.reason, one.words, one.in_force


def test_a_name_that_articles_change_too_stays_and_theirs_is_kept_beside_it(store: ox.Store) -> None:
    edit = renamed(store)
    unsaid(store, OFFICE, ns.rdfs_label)
    said(store, OFFICE, ns.rdfs_label, ox.Literal("Hydrology Office", language="en"))
    said(store, OFFICE, ns.rdfs_label, ox.Literal("Cục Thủy văn Miền Trung", language="vi"))
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("changed", ("Cục Thủy văn Miền Trung (vi)",), True)
    assert '"Tổng cục Thủy văn"@vi' in names(store, OFFICE)
    assert '"Cục Thủy văn Miền Trung"@vi' not in names(store, OFFICE)
    assert names(store, OFFICE, ns.skos_altLabel) == {'"Cục Thủy văn Miền Trung"@vi'}


def test_a_name_that_articles_change_in_the_same_way_is_no_conflict(store: ox.Store) -> None:
    edit = renamed(store)
    unsaid(store, OFFICE, ns.rdfs_label)
    said(store, OFFICE, ns.rdfs_label, ox.Literal("Hydrology Office", language="en"))
    said(store, OFFICE, ns.rdfs_label, ox.Literal("Tổng cục Thủy văn", language="vi"))
    assert overlaying.lay(store, [edit]).conflicts == ()
    assert names(store, OFFICE) == {'"Hydrology Office"@en', '"Tổng cục Thủy văn"@vi'}


def test_a_class_that_articles_change_too_stays_and_theirs_is_listed(store: ox.Store) -> None:
    withdraws, states = (ox.Triple(OFFICE, ns.rdf_type, class_) for class_ in (ns.Organization, ns.GovernmentBody))
    edit = made(store, Edit("retype", (OFFICE.value,), (withdraws,), (states,)))
    unsaid(store, OFFICE, ns.rdf_type)
    said(store, OFFICE, ns.rdf_type, ns.Company)
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("changed", ("Company",), True)
    assert names(store, OFFICE, ns.rdf_type) == {str(ns.GovernmentBody)}


def test_a_number_that_articles_change_too_stays_and_theirs_is_listed(store: ox.Store) -> None:
    old, new, theirs = (ox.Literal(text, datatype=ns.xsd_decimal) for text in ("0.9", "1.0", "0.4"))
    edit = made(
        store,
        Edit(
            "change fact",
            (CLAIM.value,),
            (ox.Triple(CLAIM, ns.confidence, old),),
            (ox.Triple(CLAIM, ns.confidence, new),),
        ),
    )
    unsaid(store, CLAIM, ns.confidence)
    said(store, CLAIM, ns.confidence, theirs)
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("changed", ("0.4",), True)
    assert len(names(store, CLAIM, ns.confidence)) == 1


def test_a_thing_is_found_again_by_its_words(store: ox.Store) -> None:
    edit = renamed(store)
    other = ox.NamedNode(ID + "entity/another")
    moved(store, OFFICE, other)
    laid = overlaying.lay(store, [edit])
    assert laid.conflicts == ()
    assert '"Tổng cục Thủy văn"@vi' in names(store, other)
    assert names(store, overlay.node(edit), ns.edits) == {str(other)}


def test_an_event_is_found_again_by_the_words_of_its_claims(store: ox.Store) -> None:
    edit = made(store, Edit("remove fact", (FLOOD.value,), (ox.Triple(FLOOD, ns.atPlace, VILLAGE),)))
    other = ox.NamedNode(ID + "event/another")
    moved(store, FLOOD, other)
    assert [conflict for conflict in overlaying.lay(store, [edit]).conflicts if conflict.reason != "evidence"] == []
    assert names(store, other, ns.atPlace) == set()


def test_what_is_gone_is_listed_and_not_in_force(store: ox.Store) -> None:
    edit = renamed(store)
    unsaid(store, None, ns.denotes, OFFICE)
    unsaid(store, None, None, OFFICE)
    unsaid(store, OFFICE, None)
    unsaid(store, CLAIM, None)
    before = lines(store)
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("gone", (OFFICE.value,), False)
    assert lines(store) == before


def test_what_is_several_things_now_is_listed_and_not_in_force(store: ox.Store) -> None:
    second = ox.NamedNode(ID + "article/aa/chars/20-30")
    said(store, second, ns.denotes, OFFICE)
    edit = renamed(store)
    one, other = (ox.NamedNode(f"{ID}entity/{name}") for name in ("one", "other"))
    moved(store, OFFICE, one)
    unsaid(store, second, ns.denotes)
    said(store, second, ns.denotes, other)
    said(store, other, ns.rdf_type, ns.Organization)
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("split", (one.value, other.value), False)


def test_an_event_goes_with_the_claims_that_tell_it(store: ox.Store) -> None:
    edit = made(store, Edit("delete", (FLOOD.value,)))
    before = lines(store)
    laid = overlaying.lay(store, [replace(edit, articles=("aa",))])
    assert laid.conflicts == ()
    assert not [q for q in store if {q.subject, q.object} & {FLOOD, CLAIM} and q.predicate != ns.edits]
    undo(store, laid.withdrawn)
    assert lines(store) == before


def test_a_source_is_not_deleted_from_under_its_claims(store: ox.Store) -> None:
    edit = made(store, Edit("delete", (OFFICE.value,), articles=("aa",)))
    before = lines(store)
    [conflict] = overlaying.lay(store, [edit]).conflicts
    assert (conflict.reason, conflict.in_force) == ("shape", False)
    assert dict(conflict.messages)["en"] == "A claim names who makes it."
    assert lines(store) == before


def test_new_articles_that_tell_a_withdrawn_fact_are_named(store: ox.Store) -> None:
    edit = made(store, Edit("remove fact", (FLOOD.value,), (ox.Triple(FLOOD, ns.atPlace, VILLAGE),), articles=("aa",)))
    fresh, article = ox.NamedNode(ID + "article/bb/chars/0-9"), ox.NamedNode(ID + "article/bb")
    said(store, CLAIM, ns.hasEvidence, fresh)
    said(store, fresh, ns.inDocument, article)
    said(store, article, ns.sourceName, ox.Literal("moi.txt"))
    laid = overlaying.lay(store, [edit])
    assert only(laid.conflicts) == ("evidence", ("moi.txt",), True)
    assert names(store, FLOOD, ns.atPlace) == set()


def test_only_the_edit_that_breaks_a_shape_is_left_out(store: ox.Store) -> None:
    second = ox.Triple(OFFICE, ns.rdfs_label, ox.Literal("Another name", language="en"))
    bad = made(store, Edit("rename", (OFFICE.value,), (), (second,)))
    laid = overlaying.lay(store, [renamed(store), bad])
    assert [(c.edit.key, c.reason) for c in laid.conflicts] == [(bad.key, "shape")]
    assert '"Tổng cục Thủy văn"@vi' in names(store, OFFICE)


def test_what_was_broken_before_is_no_edits_fault(store: ox.Store) -> None:
    unsaid(store, CLAIM, ns.confidence)
    assert overlaying.lay(store, [renamed(store)]).conflicts == ()


@pytest.mark.parametrize("reason", ["changed", "evidence", "edit", "apart", "shape", "gone", "split"])
def test_every_conflict_is_said_in_both_languages(reason: str, store: ox.Store, vocabulary: Vocabulary) -> None:
    conflict = Conflict(renamed(store), reason, ("Công ty",), in_force=False)  # type: ignore[arg-type]
    english, vietnamese = (Wording(language, vocabulary).conflict(conflict) for language in ("en", "vi"))
    assert english.endswith("the edit is not in force")
    assert vietnamese.endswith("chỉnh sửa không có hiệu lực")
    assert "Công ty" in english
    assert "Công ty" in vietnamese


def test_an_overlay_reads_back(store: ox.Store, vocabulary: Vocabulary) -> None:
    edits = (renamed(store), made(store, Edit("delete", (FLOOD.value,), articles=("aa", "bb"))))
    assert overlay.parse(overlay.written(edits, vocabulary), "here") == overlay.ordered(edits)
    assert overlay.written((), vocabulary) == b""


@pytest.mark.parametrize(
    "content", [b"not turtle", b"<https://x.example/e> a <https://w3id.org/newskg/ontology#Edit> ."]
)
def test_a_damaged_overlay_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError, match=r"here: the edits cannot be read"):
        overlay.parse(content, "here")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ox.Literal("1.50", datatype=ns.xsd_decimal), ox.Literal("1.5", datatype=ns.xsd_decimal), True),
        (ox.Literal("7", datatype=ns.xsd_nonNegativeInteger), ox.Literal(7), True),
        (ox.Literal("x", language="vi-VN"), ox.Literal("x", language="vi-vn"), True),
        (ox.Literal("x", language="vi"), ox.Literal("x", language="en"), False),
        (ox.Literal("x"), ox.Literal("x", language="en"), False),
        (ox.Literal("a\r\nb"), ox.Literal("a\nb"), True),
        (ox.Literal("1"), ox.Literal(1), False),
        (ox.Literal("1", datatype=ns.xsd_decimal), ox.Literal("2", datatype=ns.xsd_decimal), False),
        (ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")), ox.Literal(True), True),  # noqa: FBT003
        (ox.Literal("many", datatype=ns.xsd_decimal), ox.Literal("many", datatype=ns.xsd_decimal), True),
    ],
)  # fmt: skip
def test_spelling_is_no_difference(one: ox.Literal, other: ox.Literal, same: bool) -> None:  # noqa: FBT001
    assert (likeness(ox.Triple(OFFICE, ns.stated, one)) == likeness(ox.Triple(OFFICE, ns.stated, other))) is same
