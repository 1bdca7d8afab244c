"""Read the files of an ontology, with what they import from beside them, without ever reaching for the network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import ns, resources
from kg.errors import UnreadableError
from kg.vocabulary import NAMESPACE

WHOLE = ox.NamedNode(NAMESPACE.rstrip("#"))
IMPORTS = ox.NamedNode("http://www.w3.org/2002/07/owl#imports")
_CATALOG = "catalog-v001.xml"
_ENTRY = re.compile(r'<uri\b[^>]*?\bname="(?P<name>[^"]+)"[^>]*?\buri="(?P<uri>[^"]+)"')
_ALSO = {"owl": ox.RdfFormat.RDF_XML, "xml": ox.RdfFormat.RDF_XML}


@dataclass(frozen=True, slots=True)
class File:
    """What one file says; one that is not `given` is read only so that the others can be understood."""

    name: str
    triples: tuple[ox.Triple, ...]
    prefixes: Mapping[str, str]
    given: bool

    def headers(self) -> list[ox.NamedNode]:
        """The ontologies that the file says it is, sorted; none for plain data."""
        found = {t.subject for t in self.triples if t.predicate == ns.rdf_type and t.object == ns.owl_Ontology}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def classes(self) -> set[ox.NamedNode | ox.BlankNode | ox.Triple]:
        """The classes that the file declares."""
        return {t.subject for t in self.triples if t.predicate == ns.rdf_type and t.object == ns.owl_Class}


def read(paths: Sequence[Path]) -> list[File]:
    """The files at `paths`, what their catalogs say they import, and our ontology unless it is among them."""
    files = list(_given(paths))
    ours = [_parsed(path, given=False) for path in sorted(resources.ontology().glob("*.ttl"))]
    named = {header for file in files for header in file.headers()}
    declared = {node for file in files for node in file.classes()}
    known = {node for file in ours for node in file.classes()}
    parts = any(header.value.startswith(f"{WHOLE.value}/") for header in named)
    # An exported graph has the ontology in it, under a header of its own: it declares most of what we do.
    if WHOLE in named or (not parts and len(declared & known) * 2 > len(known)):
        return files
    return files + [file for file in ours if not named.intersection(file.headers())]


def _given(paths: Sequence[Path]) -> Iterator[File]:
    waiting, seen = list(paths), set()
    while waiting:
        path = waiting.pop(0)
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        file = _parsed(path, given=True)
        yield file
        catalog = _catalog(path.parent)
        wanted = [t.object.value for t in file.triples if t.predicate == IMPORTS and isinstance(t.object, ox.NamedNode)]
        waiting += [path.parent / catalog[name] for name in sorted(wanted) if name in catalog]


def _catalog(folder: Path) -> dict[str, str]:
    """Where the catalog of a folder says that ontologies lie; files that are not there are left out."""
    path = folder / _CATALOG
    if not path.is_file():
        return {}
    entries = _ENTRY.finditer(path.read_text(encoding="utf-8"))
    return {entry["name"]: entry["uri"] for entry in entries if (folder / entry["uri"]).is_file()}


def _parsed(path: Path, *, given: bool) -> File:
    suffix = path.suffix.lower().removeprefix(".")
    syntax = _ALSO.get(suffix) or ox.RdfFormat.from_extension(suffix)
    if syntax is None:
        raise UnreadableError(f"{path}: the end of its name is none of an RDF file's, such as .ttl or .owl")
    try:
        parser = ox.parse(path=path, format=syntax, rename_blank_nodes=True)
        triples = tuple({quad.triple: None for quad in parser})
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read as {syntax}: {error}") from error
    return File(path.name, triples, dict(parser.prefixes), given)
