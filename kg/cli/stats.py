"""The command `kg stats`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli._terminal import graph_argument, json_option, lang_option, print_json, print_table

_SOURCES = """
SELECT ?source (COUNT(?claim) AS ?claims) { ?claim nk:attributedTo ?source }
GROUP BY ?source ORDER BY DESC(?claims) ?source
"""


@click.command()
@graph_argument
@lang_option
@json_option
def command(graph: Path, lang: str, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Count what GRAPH holds: articles, things by class, sources."""
    found = _counts(graph, lang)
    if as_json:
        print_json(found)
        return
    languages = ", ".join(f"{count} {language}" for language, count in sorted(found["languages"].items()))
    click.echo(f"{found['articles']} articles ({languages}), {found['set_aside']} set aside")
    click.echo(f"{found['quads']} quads in {found['graphs']} graphs, SHA-256 {found['sha256']}")
    if found["edited"]:
        click.echo(
            f"edited over HTTP, snapshot {found['edited']['number']} of {found['edited']['published']}; "
            "the counts of quads and classes are those of the build"
        )
    click.echo("\nthings by class:")
    print_table(["class", "number"], [(entry["label"], str(entry["number"])) for entry in found["classes"]])
    click.echo("\nclaims by source:")
    print_table(["source", "claims"], [(entry["label"], str(entry["claims"])) for entry in found["sources"]])


def _counts(graph: Path, lang: str) -> dict[str, Any]:
    import pyoxigraph as ox  # noqa: PLC0415

    from kg import edits, folder, lookup, ns, store  # noqa: PLC0415

    manifest = folder.manifest(graph)
    snapshot = edits.published(graph)
    edited = edits.described(snapshot) if snapshot else None
    reader = lookup.Reader(store.read_only(graph), language=lang)
    classes = {name: count for name, count in manifest["classes"].items() if name != ns.owl_NamedIndividual.value}
    sources = store.collect(store.answer(reader.store, _SOURCES))
    return {
        "articles": len(manifest["articles"]),
        "languages": manifest["languages"],
        "set_aside": len(folder.quarantine(graph)),
        "quads": manifest["quads"],
        "graphs": len(manifest["graphs"]),
        "sha256": manifest["sha256"],
        "edited": {name: edited[name] for name in ("number", "published")} if edited else None,
        "classes": [
            {"iri": name, "label": reader.term(ox.NamedNode(name)), "number": count}
            for name, count in sorted(classes.items(), key=lambda item: (-item[1], item[0]))
        ],
        "sources": [
            {"iri": iri, "label": reader.label(ox.NamedNode(iri)), "claims": claims}
            for iri, claims in (sources if isinstance(sources, store.Rows) else ())
        ],
    }
