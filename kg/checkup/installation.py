"""See whether everything is there that kg needs to run."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from kg import lexicon, ns, questions, resources
from kg.checkup.check import Check, looked
from kg.errors import KgError
from kg.vocabulary import Vocabulary, render
from kg.wikidata.pack import BUNDLED, Pack

_OLDEST, _NEWEST = (3, 11), (3, 13)
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


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
        yield looked(name, look)


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
            yield looked(f"package {name}", lambda name=name: metadata.version(name))  # type: ignore[misc]


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
