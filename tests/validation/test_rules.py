"""What the build derives about pairs of claims is what a rule over the finished graph derives: two tellings of one thing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg import building, folder, ns

RULE = (Path(__file__).parent / "rules.rq").read_text(encoding="utf-8")
ARTICLES = {
    "mot.txt": " date 2025-09-06 Bộ Quốc phòng Nga cho biết 40 binh sĩ Ukraine thiệt mạng tại thành phố Sumy ngày 5/9.\n",
    "hai.txt": " date 2025-09-07 Bộ Quốc phòng Ukraine cho biết 12 binh sĩ Ukraine thiệt mạng tại thành phố Sumy ngày 5/9.\n",
    "ba.txt": " date 2025-09-08 Hãng tin Yonhap cho biết 40 binh sĩ Ukraine thiệt mạng tại thành phố Sumy ngày 5/9.\n",
}

Pair = tuple[str, frozenset[str]]


def derived(store: ox.Store) -> set[Pair]:
    """The pairs by the rule."""
    found = store.query(RULE, use_default_graph_as_union=True)
    assert isinstance(found, ox.QueryTriples)
    return {pair(triple.predicate, triple.subject, triple.object) for triple in found}


def written(store: ox.Store) -> set[Pair]:
    """The pairs that the build wrote, of claims about numbers in one unit."""
    found = set()
    for property_ in (ns.competesWith, ns.corroborates):
        for quad in store.quads_for_pattern(None, property_, None):
            units = [unit(store, node) for node in (quad.subject, quad.object)]
            if None not in units and units[0] == units[1]:
                found.add(pair(property_, quad.subject, quad.object))
    return found


def unit(store: ox.Store, claim: object) -> frozenset[str] | None:
    """The unit of the number of a claim, empty if it has none; None for a claim without a number."""
    assert isinstance(claim, ox.NamedNode)
    numbers = {quad.object for quad in store.quads_for_pattern(claim, ns.quantity, None)}
    if not numbers:
        return None
    [number] = numbers
    assert isinstance(number, ox.NamedNode)
    return frozenset(str(quad.object) for quad in store.quads_for_pattern(number, ns.unitOfMeasure, None))


def pair(property_: ox.NamedNode, *ends: object) -> Pair:
    return property_.value, frozenset(map(str, ends))


def test_the_rule_derives_what_the_build_wrote_for_the_demo(demo_graph: Path) -> None:
    store = folder.read_only(demo_graph)
    assert derived(store) == written(store)
    assert {property_ for property_, _ in written(store)} == {ns.competesWith.value, ns.corroborates.value}


def test_the_rule_derives_agreement_too(tmp_path: Path) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    building.build([str(tmp_path / name) for name in ARTICLES], tmp_path / "graph")
    store = folder.read_only(tmp_path / "graph")
    found = written(store)
    assert {property_ for property_, _ in found} == {ns.competesWith.value, ns.corroborates.value}
    assert derived(store) == found


def test_a_pair_that_is_left_out_is_noticed(demo_graph: Path) -> None:
    store = ox.Store()
    store.bulk_extend(folder.read_only(demo_graph))
    missing = min(written(store), key=lambda one: (one[0], sorted(one[1])))
    for quad in list(store.quads_for_pattern(None, ox.NamedNode(missing[0]), None)):
        if pair(quad.predicate, quad.subject, quad.object) == missing:
            store.remove(quad)
    assert derived(store) - written(store) == {missing}
