"""See whether the installation is sound, and whether a graph folder is what its manifest says."""

from __future__ import annotations

import hashlib
import platform
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from kg import edits, folder, lexicon, log, ns, questions, resources
from kg.errors import KgError
from kg.model import Claim, Document, Mention, Span, Statement
from kg.vocabulary import Vocabulary, render
from kg.wikidata.pack import BUNDLED, Pack

_OLDEST, _NEWEST = (3, 11), (3, 13)
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what, whether it is sound, and what was found."""

    name: str
    sound: bool
    found: str


def installation() -> Iterator[Check]:
    """The checks of what kg needs to run, one after the other."""
    version = sys.version_info[:2]
    yield Check("Python", _OLDEST <= version <= _NEWEST, platform.python_version())
    yield from _packages()
    for name, look in (
        ("word segmenter (pyvi)", _segmenter),
        ("ontology", _ontology),
        ("kg.ns in step with the ontology", _terms),
        ("shapes", _shapes),
        ("saved questions", _questions),
        ("languages", _languages),
        ("Wikidata pack", _pack),
    ):
        yield _looked(name, look)


def graph(path: Path) -> Iterator[Check]:
    """The checks of a graph folder: everything in it is read."""
    try:
        manifest = folder.manifest(path)
    except KgError as error:
        yield Check("manifest", sound=False, found=str(error))
        return
    yield Check("manifest", sound=True, found=f"format {manifest['format']}, written by kg {manifest['kg']}")
    yield _looked("quads", lambda: _quads(path))
    if edits.published(path):
        yield _looked("edits over HTTP", lambda: _edits(path))
    yield _looked("articles", lambda: _articles(path))
    yield _looked("spans", lambda: _spans(path))


def _looked(name: str, look: Callable[[], str]) -> Check:
    """The check `name`; sound if `look` ends without an error. Any error is a finding here, whatever its kind."""
    try:
        return Check(name, sound=True, found=look())
    except Exception as error:  # noqa: BLE001 - a doctor reports what it finds, and goes on
        return Check(name, sound=False, found=str(error) or type(error).__name__)


def _packages() -> Iterator[Check]:
    try:
        required = metadata.requires("newskg") or []
    except metadata.PackageNotFoundError:
        yield Check("package newskg", sound=False, found="not installed; run: pip install -e .")
        return
    for requirement in sorted(required):
        match = _REQUIREMENT.match(requirement)
        if match and "extra ==" not in requirement:
            name = match.group()
            yield _looked(f"package {name}", lambda name=name: metadata.version(name))  # type: ignore[misc]


def _segmenter() -> str:
    from pyvi import ViTokenizer  # noqa: PLC0415 - a second, and only when somebody asks

    segmented: str = ViTokenizer.tokenize("Hà Nội")
    if "_" not in segmented:
        raise KgError(f"it does not join the syllables of a word: {segmented!r}")
    return f"joins syllables: {segmented}"


def _ontology() -> str:
    vocabulary = Vocabulary.load()
    if not vocabulary.classes():
        raise KgError(f"no classes in {resources.ontology()}")
    return f"{len(vocabulary.classes())} classes, {len(vocabulary.properties())} properties in {resources.ontology()}"


def _terms() -> str:
    if Path(ns.__file__).read_text(encoding="utf-8") != render(Vocabulary.load()):
        raise KgError("they differ; run: kg terms")
    return "yes"


def _shapes() -> str:
    return _files(resources.shapes(), "*.ttl")


def _questions() -> str:
    untitled = [question.name for question in questions.saved() if not {"vi", "en"} <= question.titles.keys()]
    if untitled:
        raise KgError(f"without a title in Vietnamese and English: {', '.join(untitled)}")
    return _files(resources.queries(), "*.rq")


def _files(place: Path, pattern: str) -> str:
    found = list(place.glob(pattern))
    if not found:
        raise KgError(f"no {pattern} in {place}")
    return f"{len(found)} in {place}"


def _languages() -> str:
    counts = []
    for language in resources.languages():
        place = resources.language(language)
        tables, lists = sorted(place.rglob("*.toml")), sorted(place.rglob("*.jsonl"))
        for path in tables:
            lexicon.read_toml(path)
        for path in lists:
            lexicon.read_jsonl(path)
        counts.append(f"{language} ({len(tables) + len(lists)} files)")
    if not counts:
        raise KgError("there is no language data")
    return ", ".join(counts)


def _pack() -> str:
    with Pack.open(BUNDLED) as pack:
        pack.verify()
        return f"{len(pack):,} items, as of {pack.about.snapshot}"


def _quads(path: Path) -> str:
    manifest = folder.manifest(path)
    scan = folder.scan(folder.built(path))
    if (scan.quads, scan.sha256) != (manifest["quads"], manifest["sha256"]):
        raise KgError(f"{scan.quads} quads, SHA-256 {scan.sha256}: not what the manifest says; build the graph again")
    if scan.repeated:
        raise KgError(f"{scan.repeated} triples stand in more than one graph: queries count them twice")
    return f"{scan.quads} quads, SHA-256 {scan.sha256}, as the manifest says"


def _edits(path: Path) -> str:
    """Read every file of the newest published snapshot, and every quad."""
    snapshot = edits.published(path)
    assert snapshot is not None  # noqa: S101 - asked before
    told = edits.described(snapshot)
    files = edits.verify(snapshot)
    if told["built"] != folder.manifest(path)["sha256"]:
        raise KgError(f"{snapshot} was made from another build than the one beside it; restore a backup")
    scan = folder.scan(folder.read_only(path))
    return f"snapshot {told['number']} of {told['published']}: {files} files as published, {scan.quads} quads"


def _articles(path: Path) -> str:
    wanted = {article["raw_sha256"] for article in folder.manifest(path)["articles"]}
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (path / folder.ARTICLES).iterdir()}
    changed = sorted(name for name, sha256 in found.items() if name != sha256)
    missing = sorted(wanted - found.keys())
    if changed or missing:
        raise KgError(f"{len(changed)} changed, {len(missing)} missing: {', '.join([*changed, *missing][:3])}")
    return f"{len(found)} kept byte for byte"


def _spans(path: Path) -> str:
    """Re-read every span of the record log against the text of its document."""
    texts: dict[str, str] = {}
    count = 0
    for line in log.read_lines(path / folder.RECORDS):
        if line["record"] not in ("document", "mention", "statement", "claim"):
            continue
        record = log.restore(line)
        if isinstance(record, Document):
            texts[record.id] = record.text
            continue
        for document, span in _quoted(record):
            count += 1
            if texts.get(document, "")[span.start : span.end] != span.text:
                raise KgError(f"{document[:16]} {span.start}-{span.end} does not read {span.text!r}")
    return f"{count} re-read"


def _quoted(record: Mention | Statement | Claim) -> tuple[tuple[str, Span], ...]:
    if isinstance(record, Claim):
        return record.evidence
    return ((record.document, record.span if isinstance(record, Mention) else record.evidence),)
