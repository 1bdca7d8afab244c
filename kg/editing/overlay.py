"""The overlay: the edits of a graph as a file in Turtle, and as individuals of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import ns, sparql
from kg.editing.model import Author, Edit, Found, Name
from kg.editing.wording import Wording
from kg.errors import UsageError
from kg.rdf import iris
from kg.rdf.wording import LANGUAGES
from kg.vocabulary import Vocabulary

_COMMENT = b"# What people changed in the graph by hand: written by kg import-edits, which also drops edits.\n"
_SPACE = " "


def node(edit: Edit) -> ox.NamedNode:
    """The IRI of an edit, which is also the name of the graph of what it adds."""
    return iris.node("edit", edit.key)


def read(path: Path) -> tuple[Edit, ...]:
    """The edits of the file `path`; none where there is no such file. A UsageError says what is wrong with it."""
    if not path.is_file():
        return ()
    return parse(path.read_bytes(), str(path))


def parse(content: bytes, source: str) -> tuple[Edit, ...]:
    """The edits of the `content` of a file that messages call `source`; empty content has none."""
    values: dict[ox.NamedNode, dict[ox.NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(input=content, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
                values[quad.subject][quad.predicate].append(quad.object.value)
        return ordered(_edit(found) for found in values.values())
    except (SyntaxError, ValueError, LookupError) as error:
        raise UsageError(f"{source}: the edits cannot be read: {error!r}") from error


def written(edits: Iterable[Edit], vocabulary: Vocabulary) -> bytes:
    """The edits as a file in Turtle, the same bytes each time; nothing where there is none."""
    known = ordered(edits)
    if not known:
        return b""
    triples = sorted((t for edit in known for t in described(edit, vocabulary)), key=str)
    out = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=sparql.PREFIXES) or b""
    lines = out.splitlines(keepends=True)
    declared = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join([_COMMENT, *sorted(declared), *lines[len(declared) :]])


def described(edit: Edit, vocabulary: Vocabulary) -> Iterator[ox.Triple]:
    """An edit as an individual: who, when, why, what it takes away and what it adds."""
    subject = node(edit)
    yield ox.Triple(subject, ns.rdf_type, ns.owl_NamedIndividual)
    yield ox.Triple(subject, ns.rdf_type, ns.Edit)
    for language in LANGUAGES:
        yield ox.Triple(
            subject, ns.rdfs_label, ox.Literal(Wording(language, vocabulary).label(edit), language=language)
        )
    texts = (
        *((ns.editKind, edit.kind), (ns.editedBy, edit.author.by), (ns.editReason, edit.author.why)),
        (ns.editedVersion, edit.version),
        *((ns.withdraws, f"{triple} .") for triple in edit.withdraws),
        *((ns.states, f"{triple} .") for triple in edit.states),
        *((ns.knownArticle, article) for article in edit.articles),
        *((ns.calledThen, _SPACE.join((name.iri, name.language, name.text))) for name in edit.names),
        *((ns.foundBy, _SPACE.join((one.iri, one.class_ or "-", *one.spans))) for one in edit.found),
    )
    for property_, text in texts:
        yield ox.Triple(subject, property_, ox.Literal(text))
    yield ox.Triple(subject, ns.editedAt, ox.Literal(edit.author.when, datatype=ns.xsd_dateTime))
    for iri in edit.subjects:
        yield ox.Triple(subject, ns.edits, ox.NamedNode(iri))
    for iri in edit.introduces:
        yield ox.Triple(subject, ns.introduces, ox.NamedNode(iri))


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits by time, each change once: the first who made it stands."""
    found: dict[str, Edit] = {}
    for edit in sorted(edits, key=lambda e: (e.author.when, e.author.by, e.key)):
        found.setdefault(edit.key, edit)
    return tuple(found.values())


def joined(edits: Collection[Edit], more: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits with `more` that were made after them: what undoes an earlier one cancels it, what changes it again replaces it."""
    known = {edit.key: edit for edit in edits}
    for edit in more:
        if edit.key in known:
            continue
        made: Edit | None = edit
        for earlier in [one for one in known.values() if _meet(one, edit)]:
            del known[earlier.key]
            made = _composed(earlier, made) if made else earlier
        if made:
            known[made.key] = made
    return ordered(known.values())


def _meet(earlier: Edit, later: Edit) -> bool:
    """Whether the later edit takes back something of the earlier one."""
    return bool({*earlier.states} & {*later.withdraws} or {*earlier.withdraws} & {*later.states})


def _composed(first: Edit, second: Edit) -> Edit | None:
    """What two edits come to together, on the word of who made the second; None if it is nothing."""
    withdraws = ({*first.withdraws} - {*second.states}) | ({*second.withdraws} - {*first.states})
    states = ({*first.states} - {*second.withdraws}) | ({*second.states} - {*first.withdraws})
    if not (withdraws or states) or (first.introduces and second.kind == "delete"):
        return None
    kept = first if first.introduces else second
    found = {one.iri: one for one in (*first.found, *second.found)}
    return Edit(
        kind=kept.kind,
        subjects=kept.subjects,
        withdraws=tuple(sorted(withdraws, key=str)),
        states=tuple(sorted(states, key=str)),
        author=second.author,
        version=first.version,
        articles=tuple(sorted({*first.articles, *second.articles})),
        found=tuple(found[iri] for iri in sorted(found)),
        names=tuple(sorted({*first.names, *second.names})),
    )


def _edit(values: dict[ox.NamedNode, list[str]]) -> Edit:
    def one(property_: ox.NamedNode) -> str:
        [text] = values[property_]
        return text

    def triples(property_: ox.NamedNode) -> tuple[ox.Triple, ...]:
        lines = "\n".join(values[property_])
        return tuple(sorted((q.triple for q in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)), key=str))

    found = (line.split(_SPACE) for line in values[ns.foundBy])
    names = (line.split(_SPACE, 2) for line in values[ns.calledThen])
    return Edit(
        kind=one(ns.editKind),  # type: ignore[arg-type]  # the shapes look at it
        subjects=tuple(sorted(values[ns.edits])),
        withdraws=triples(ns.withdraws),
        states=triples(ns.states),
        author=Author(one(ns.editedBy), one(ns.editedAt), one(ns.editReason)),
        version=one(ns.editedVersion),
        articles=tuple(sorted(values[ns.knownArticle])),
        found=tuple(sorted(Found(iri, "" if kind == "-" else kind, tuple(spans)) for iri, kind, *spans in found)),
        names=tuple(sorted(Name(iri, language, text) for iri, language, text in names)),
    )
