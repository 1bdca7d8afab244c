"""Whatever a person does to an export, it comes back as edits that give the same file again, and goes without a trace."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ns, rdf
from kg.building import overlaying
from kg.editing import Author, Edited, differences, locating, overlay, undo
from kg.rdf import iris
from kg.vocabulary import NAMESPACE, Vocabulary
from tests import example_graph
from tests.editing.editors import Step, edited

VOCABULARY = Vocabulary.load()
QUADS = list(rdf.quads(example_graph.EXTRACTIONS, example_graph.RESOLUTION))
AUTHOR = Author("the desk", "2026-03-01T08:30:00", "asked them")
MINE = "http://example.org/mine#"
ENTITIES = sorted({str(q.subject)[1:-1] for q in QUADS if str(q.subject).startswith(f"<{iris.BASE}id/entity/")})
EVENTS = sorted({str(q.subject)[1:-1] for q in QUADS if str(q.subject).startswith(f"<{iris.BASE}id/event/")})
CLASSES = [NAMESPACE + name for name in ("Person", "Company", "Group", "State", "Award", "MilitaryUnit")]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12).filter(str.strip)
things = st.sampled_from(ENTITIES + EVENTS)
steps = st.one_of(
    st.tuples(st.just("label"), things, st.sampled_from(["en", "vi"]), TEXTS),
    st.tuples(st.just("alias"), things, st.sampled_from(["en", "vi"]), TEXTS),
    st.tuples(st.just("type"), st.sampled_from(ENTITIES), st.sampled_from(CLASSES)),
    st.tuples(st.just("delete"), things),
    st.tuples(st.just("rename"), st.sampled_from(ENTITIES), st.sampled_from([*ENTITIES, f"{MINE}Another"])),
    st.tuples(st.just("fact"), st.sampled_from(ENTITIES), st.just(ns.belongsTo.value), st.sampled_from(ENTITIES)),
    st.tuples(st.just("new"), st.sampled_from([f"{MINE}One", f"{MINE}Two"]), st.sampled_from(CLASSES)),
    st.tuples(st.just("class"), st.just(f"{MINE}Kind"), st.sampled_from(CLASSES)),
)  # fmt: skip


def graph() -> ox.Store:
    store = ox.Store()
    store.extend(QUADS)
    return store


def lines(store: ox.Store) -> list[str]:
    return sorted(map(str, store))


@settings(max_examples=20, deadline=None)
@given(st.lists(steps, min_size=1, max_size=5))
def test_edits_come_back_and_go_without_a_trace(chosen: list[Step]) -> None:
    store = graph()
    before = lines(store)
    triples = set(rdf.owl_data(store))
    for step in chosen:
        triples = edited(triples, *step)
    file = Edited("0", {}, frozenset(triples))
    found = differences(rdf.owl_data(store), file, VOCABULARY)
    edits = [
        replace(
            edit,
            author=AUTHOR,
            version="0",
            found=locating.remembered(
                store, () if edit.kind == "delete" else (*edit.withdraws, *edit.states), edit.subjects
            ),
        )
        for edit in found.edits
    ]
    kept = overlay.joined((), edits)
    assert overlay.parse(overlay.written(kept, VOCABULARY), "here") == kept
    laid = overlaying.lay(store, [edit for edit in kept if edit.kind not in ("merge", "link")], VOCABULARY)
    after = rdf.owl_data(store)
    assert differences(after, Edited("0", {}, after), VOCABULARY).edits == ()
    silent = {conflict.edit.key for conflict in laid.conflicts if not conflict.in_force}
    in_force = {edit.key for edit in laid.edits} - silent
    again = differences(after, file, VOCABULARY)
    assert not in_force & {edit.key for edit in again.edits}
    undo(store, laid.withdrawn)
    assert lines(store) == before


def test_nothing_is_found_where_nothing_was_done() -> None:
    data = rdf.owl_data(graph())
    found = differences(data, Edited("0", {}, data), VOCABULARY)
    assert (found.edits, found.notes) == ((), ())
