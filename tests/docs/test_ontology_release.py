"""A release of the ontology is whole, says the same in each format, and is the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from docs.ontology import release
from kg import resources
from kg.errors import KgError
from kg.vocabulary import NAMESPACE, Vocabulary

CHECKOUT = Path(__file__).resolve().parents[2]
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "owl": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release.make(tmp_path_factory.mktemp("dist"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def triples(path: Path) -> set[str]:
    dataset = ox.Dataset(ox.parse(path=path, format=FORMATS[path.suffix.removeprefix(".")]))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def test_it_is_called_by_the_version_of_the_ontology(made: Path) -> None:
    assert made.name == f"newskg-ontology-{release.version(Vocabulary.load())}"
    assert f"<{NAMESPACE.removesuffix('#')}/{made.name.rsplit('-', 1)[1]}>" in (made / "newskg.nt").read_text()


def test_each_format_says_the_same_and_all_of_it(made: Path) -> None:
    said = triples(made / "newskg.ttl")
    assert said == triples(made / "newskg.owl") == triples(made / "newskg.nt")
    assert len(said) == len(set(Vocabulary.load().triples))


def test_the_sources_lie_in_it_as_they_are(made: Path) -> None:
    for source in (resources.ontology(), resources.shapes(), resources.queries()):
        assert contents(made / source.name) == contents(source)
        assert contents(source)


def test_every_file_has_its_sum_and_is_named_on_the_page(made: Path) -> None:
    lines = (made / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: told for told, name in (line.split("  ") for line in lines)}
    files = {
        name: hashlib.sha256(content).hexdigest() for name, content in contents(made).items() if name != "SHA256SUMS"
    }
    assert sums == files
    page = (made / "newskg.html").read_text(encoding="utf-8")
    assert {path.name for path in made.iterdir()} - {"newskg.html"} <= set(re.findall(r'<a href="([^"#:]+)">', page))


@pytest.mark.slow
def test_it_is_the_same_each_time_and_takes_the_place_of_the_last(made: Path, tmp_path: Path) -> None:
    for seed in "12":
        subprocess.run(
            [sys.executable, "-m", "docs.ontology.release", tmp_path],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)},
            check=True,
        )
        assert contents(tmp_path / made.name) == contents(made)
        (tmp_path / made.name / "of-yesterday.txt").write_text("left over")
    assert [path.name for path in tmp_path.iterdir()] == [made.name]


@pytest.mark.parametrize(
    "version", ["", 'owl:versionInfo "new" ;', 'owl:versionInfo "0.2.0" ;', 'owl:versionInfo "0.1.0", "0.2.0" ;']
)
def test_an_ontology_without_one_version_is_not_released(version: str, tmp_path: Path) -> None:
    (tmp_path / "all.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        f"<{NAMESPACE.removesuffix('#')}> a owl:Ontology ; {version} owl:versionIRI <{NAMESPACE.removesuffix('#')}/0.1.0> .\n"
    )
    with pytest.raises(KgError, match="versions"):
        release.version(Vocabulary.load(tmp_path))
