"""Check what files say of themselves: one ontology each, a version that fits, and no import that has to be fetched."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ns
from kg.checkup.ontology.finding import Finding
from kg.checkup.ontology.reading import IMPORTS
from kg.checkup.ontology.view import View


def check(view: View) -> Iterator[Finding]:
    """Imports of what is not beside the file, several headers in one file, versions that are not their ontology's."""
    known = {header for file in view.files for header in file.headers()}
    known |= {t.object for t in view.with_predicate(ns.owl_versionIRI.value)}  # type: ignore[misc]
    for triple in view.given:
        if triple.predicate == IMPORTS and triple.object not in known:
            yield view.finding("import", triple, triple.object)
        elif triple.predicate == ns.owl_versionIRI:
            iri, version = (getattr(node, "value", "") for node in (triple.subject, triple.object))
            told = view.objects(triple.subject, ns.owl_versionInfo.value)
            number = version.rpartition("/")[2]
            if not version.startswith(iri) or any(not getattr(info, "value", "").startswith(number) for info in told):
                yield view.finding("version", triple, version)
    for file in view.files:
        for header in file.headers()[1:] if file.given else ():
            yield Finding(file.name, view.name(header), "headers", (view.name(file.headers()[0]),))
