"""A part of a graph is whole in itself: it names nothing that it does not describe."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import folder, lookup, ns, plugins, validation
from kg.cli import main
from kg.rdf import iris

OURS = f"<{iris.BASE}id/"


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def called(graph: Path, name: str) -> str:
    reader = lookup.Reader(folder.read_only(graph))
    [hit] = lookup.find(reader, name)
    return hit.iri


def limited(graph: Path, **names: str) -> dict[str, str]:
    given = {name.rstrip("_"): text for name, text in names.items()}
    return {k: called(graph, text) if k in ("entity", "place") else text for k, text in given.items()}


@pytest.mark.parametrize(
    "names",
    [
        {"entity": "Siam Grain"},
        {"place": "Quảng Bình"},
        {"from_": "2024-10", "to": "2024-10"},
        {"place": "Quảng Bình", "from_": "2024-10-09"},
        {"entity": "Ingrid Solheim", "to": "2025"},
    ],
    ids=str,
)
def test_it_is_closed_labelled_and_conforms(demo_graph: Path, names: dict[str, str]) -> None:
    store = folder.read_only(demo_graph)
    quads = lookup.excerpt(demo_graph, store, limited(demo_graph, **names))
    assert 0 < len(quads) < len(store) / 2
    assert quads < set(store)
    described = {quad.subject for quad in quads}
    assert {q.object for q in quads if str(q.object).startswith(OURS)} <= described
    for node in described:
        labels = {
            q.object.language
            for q in quads
            if q.subject == node and q.predicate == ns.rdfs_label and isinstance(q.object, ox.Literal)
        }
        assert labels == {"en", "vi"}, node
    assert validation.validate_quads(quads).conforms


def test_it_has_each_claim_about_what_it_tells(demo_graph: Path) -> None:
    store = folder.read_only(demo_graph)
    place = called(demo_graph, "Quảng Bình")
    quads = lookup.excerpt(demo_graph, store, {"place": place})
    events = {q.subject for q in quads if q.predicate == ns.atPlace and q.object == ox.NamedNode(place)}
    assert events
    for event in events:
        for property_ in (ns.asserts, ns.answers):
            claims = {q.subject for q in store.quads_for_pattern(None, property_, event)}
            assert claims <= {q.subject for q in quads}


def test_a_time_that_nothing_is_told_of_has_nothing(demo_graph: Path) -> None:
    assert lookup.excerpt(demo_graph, folder.read_only(demo_graph), {"to": "1850"}) == frozenset()
    done = kg("export", demo_graph, "--format", "owl", "--to", "1850")
    assert (done.exit_code, done.stderr) == (1, "nothing is told within these limits\n")


def test_the_command_writes_it(demo_graph: Path, tmp_path: Path) -> None:
    done = kg("export", demo_graph, "--entity", "siam grain", "-o", tmp_path / "part.owl")
    assert done.exit_code == 0
    out = io.BytesIO()
    plugins.find("kg.exporters", "owl").export(demo_graph, out)
    whole = {q.triple for q in ox.parse(input=out.getvalue(), format=ox.RdfFormat.RDF_XML)}
    part = {q.triple for q in ox.parse(path=tmp_path / "part.owl", format=ox.RdfFormat.RDF_XML)}
    header = ox.NamedNode(f"{iris.BASE}graph")
    ours = {t for t in part if str(t.subject).startswith(OURS)}
    assert 0 < len(ours) < len(whole) / 4
    assert ours < whole
    [info] = [t.object.value for t in part if t.subject == header and t.predicate == ns.owl_versionInfo]
    assert info.partition("?")[2].startswith("entity=https%3A")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "ttl", "--entity", "Siam Grain"], "do not fit ttl"),
        (["--format", "owl", "--from", "soon"], "take times such as 2024"),
    ],
)
def test_limits_that_do_not_fit_are_refused(demo_graph: Path, arguments: list[str], message: str) -> None:
    done = kg("export", demo_graph, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_an_unknown_name_gets_a_hint(demo_graph: Path) -> None:
    done = kg("export", demo_graph, "--format", "owl", "--place", "Quảng Bìn")
    assert done.exit_code == 1
    assert "did you mean" in done.stderr
