"""Make a release of the ontology: `python -m docs.ontology.release dist`; the same sources give the same bytes.

`newskg.ttl`, `.owl` and `.nt` are the whole ontology as one file, `newskg.html` is the page about it; `ontology`, `shapes` and
`queries` hold the sources as they are. `SHA256SUMS` is what `sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

from docs.ontology import page
from docs.ontology.axioms import OWL, Axioms
from kg import rdf, resources
from kg.errors import KgError
from kg.vocabulary import NAMESPACE, Vocabulary

_CHECKOUT = Path(__file__).resolve().parents[2]
_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "owl": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}
_SUMS = "SHA256SUMS"
_NOT_OURS = shutil.ignore_patterns(".*", "*~")  # what editors and desktops leave in folders
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")


def make(out: Path) -> Path:
    """Write the release into a folder of its own below `out`, which is returned; one of the same version is replaced.

    A KgError says that the header of the ontology names no version, or another one than its version IRI.
    """
    vocabulary = Vocabulary.load()
    name = f"newskg-ontology-{version(vocabulary)}"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=f".{name}-") as place:
        folder = Path(place) / name
        folder.mkdir()
        _write(folder, vocabulary)
        shutil.rmtree(out / name, ignore_errors=True)
        folder.rename(out / name)
    return out / name


def version(vocabulary: Vocabulary) -> str:
    """The version that the header of the ontology names: 0.1.0."""
    axioms = Axioms(vocabulary)
    header = ox.NamedNode(NAMESPACE.removesuffix("#"))
    named = [value.value for value in axioms.values(header, f"{OWL}versionInfo") if isinstance(value, ox.Literal)]
    iris = [value.value for value in axioms.values(header, f"{OWL}versionIRI") if isinstance(value, ox.NamedNode)]
    if len(named) != 1 or not _VERSION.fullmatch(named[0]) or iris != [f"{header.value}/{named[0]}"]:
        raise KgError(f"the header of the ontology names the versions {named} and {iris}; one is wanted, as 1.2.3")
    return named[0]


def _write(folder: Path, vocabulary: Vocabulary) -> None:
    for suffix, format_ in _FORMATS.items():
        (folder / f"newskg.{suffix}").write_bytes(rdf.ontology_file(vocabulary, format_))
    for source in (resources.ontology(), resources.shapes(), resources.queries()):
        shutil.copytree(source, folder / source.name, ignore=_NOT_OURS, copy_function=shutil.copyfile)
    shutil.copyfile(_CHECKOUT / "LICENSE-DATA", folder / "LICENSE-DATA")
    beside = sorted({path.relative_to(folder).parts[0] for path in folder.rglob("*")} | {_SUMS})
    (folder / "newskg.html").write_text(page.render(vocabulary, beside), encoding="utf-8")
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in _files(folder)
    ]
    (folder / _SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))  # noqa: T201 - says where it is
