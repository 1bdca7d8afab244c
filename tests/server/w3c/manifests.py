"""The W3C's test suites, read from the folder beside the checkout: manifests, their tests, and what is known to be missed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from _pytest.mark import ParameterSet

SUITES = Path(__file__).resolve().parents[4] / "shared" / "w3c" / "rdf-tests" / "sparql"
BASE = "http://w3c.example/sparql/"
MISSES = Path(__file__).parent / "misses.toml"

Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal


class Manifest:
    """A manifest with its tests, which describe in RDF what is done and what is expected."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=iri(path))

    def value(self, subject: Value | None, *names: str) -> Value | None:
        """The end of a path of properties, named by the ends of their IRIs; None where it breaks."""
        for name in names:
            found = self.values(subject, name)
            if not found:
                return None
            subject = found[0]
        return subject

    def text(self, subject: Value | None, *names: str) -> str:
        found = self.value(subject, *names)
        assert found is not None, names
        return found.value

    def values(self, subject: Value | None, name: str) -> list[Value]:
        assert isinstance(subject, Node), name
        objects = [
            quad.object for quad in self.store.quads_for_pattern(subject, None, None) if ends(quad.predicate, name)
        ]
        return [value for value in objects if not isinstance(value, ox.Triple)]

    def items(self, node: Value | None) -> Iterator[Value]:
        while node is not None and (first := self.value(node, "first")) is not None:
            yield first
            node = self.value(node, "rest")

    def tests(self, *kinds: str) -> list[Node]:
        """The tests of these kinds among the entries of the manifest, in their order."""
        entries = [
            quad.object for quad in self.store.quads_for_pattern(None, None, None) if ends(quad.predicate, "entries")
        ]
        return [
            test
            for node in entries
            if not isinstance(node, ox.Triple)
            for test in self.items(node)
            if isinstance(test, Node) and any(ends(kind, *kinds) for kind in self.values(test, "type"))  # type: ignore[arg-type]
        ]


def ends(node: Node, *names: str) -> bool:
    return node.value.rpartition("#")[2].rpartition("/")[2] in names


def iri(path: Path) -> str:
    return BASE + path.relative_to(SUITES).as_posix()


def file(address: str) -> Path:
    return SUITES / address.removeprefix(BASE)


def cases(suite: str, kinds: tuple[str, ...], *places: str) -> list[ParameterSet]:
    """The tests of these kinds in the manifests at `places`, those listed as missed marked as such."""
    if not SUITES.is_dir():
        return []
    known = misses(suite)
    found = []
    for place in places:
        manifest = Manifest(SUITES / place)
        for test in manifest.tests(*kinds):
            name = f"{place.split('/')[1]}/{test.value.rpartition('#')[2]}"
            marks = [pytest.mark.xfail(reason=known.pop(name), strict=True)] if name in known else []
            found.append(pytest.param(manifest, test, id=name, marks=marks))
    assert not known, f"misses that are no tests: {sorted(known)}"
    return found


def included(name: str) -> list[str]:
    """The manifests that a manifest of SPARQL 1.1 includes."""
    if not SUITES.is_dir():
        return []
    manifest = Manifest(SUITES / "sparql11" / name)
    lists = [
        quad.object for quad in manifest.store.quads_for_pattern(None, None, None) if ends(quad.predicate, "include")
    ]
    return [
        file(item.value).relative_to(SUITES).as_posix()
        for node in lists
        if not isinstance(node, ox.Triple)
        for item in manifest.items(node)
    ]


def misses(suite: str) -> dict[str, str]:
    """The tests of a suite that are missed, each with the reason."""
    return {
        name: told["reason"]
        for told in tomllib.loads(MISSES.read_text(encoding="utf-8"))[suite].get("missed", ())
        for name in told["tests"]
    }


def by_value(suite: str) -> set[str]:
    """The tests of a suite that are missed by the spelling of their values only."""
    listed = tomllib.loads(MISSES.read_text(encoding="utf-8"))[suite].get("missed", ())
    return {name for told in listed if told.get("by_value") for name in told["tests"]}


def total(suite: str) -> int:
    """How many tests the suite has."""
    number: int = tomllib.loads(MISSES.read_text(encoding="utf-8"))[suite]["tests"]
    return number
