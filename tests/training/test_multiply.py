"""Other names for the same articles: which may stand for which, and that nothing else changes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training import corpus, multiply
from training.articles import Article
from training.corpus import Block

TEXT = """\
### a-001 | published=2025-03-14 | genre=article
{place:1|Tân Hưng Đông} - {nom:2|Giám đốc {organization:3|Công ty Sông Lam}} {person:2|Trần Quang Lộc} {ev:e1:Visit|thăm} {place:4|Hungary}.
Ông {person:2|Lộc} gặp {person:5|Barnaby Johnstone}; ông {person:5|Johnstone} rời {organization:6|UBND xã Tân Hưng Đông}.
---
e1 Visit agent=2 destination=4 source=2 cue="thăm" position="Giám đốc Công ty Sông Lam"
said source=2 cue="gặp" about="Ông Lộc gặp Barnaby Johnstone"
"""
NAMES = {
    multiply.build("person", "Trần Quang Lộc"): ["Phạm Văn Sự"],
    multiply.build("person", "Barnaby Johnstone"): ["Darren Holcroft"],
    multiply.build("place", "Tân Hưng Đông"): ["Mỹ Lộc Tây"],
    multiply.build("place", "Hungary"): ["Slovakia"],
    multiply.build("organization", "Công ty Sông Lam"): ["Công ty Hoa Mai"],
}
POOL = {build: names for build, names in NAMES.items() if build}


def block(folder: Path, text: str = TEXT) -> Block:
    path = folder / "a.news"
    path.write_text(text, encoding="utf-8")
    (found,) = corpus.read_blocks(path, [])
    return found


def other(folder: Path, text: str = TEXT) -> Block:
    found = multiply.multiplied(block(folder, text), POOL, random.Random(0))  # noqa: S311 - as the tool chooses
    assert found is not None
    return found


def labels(article: Article) -> dict[str, object]:
    """What an article says, words and places left out."""
    return {
        "mentions": [(m["type"], m["entity"], m.get("credit")) for m in article["mentions"]],
        "nominals": [n["entities"] for n in article["nominals"]],
        "values": [[v["value"] for v in article[key]] for key in ("times", "durations", "quantities")],
        "triggers": [(t["event"], t["class"]) for t in article["triggers"]],
        "lines": [
            {k: v for k, v in line.items() if k not in {"about", "cue", "position", "charge", "money"}}
            for line in (*article["events"], *article["said"])
        ],
    }


def test_all_names_change_throughout_and_in_short_forms(tmp_path: Path) -> None:
    first, second = other(tmp_path).body.splitlines()
    assert first.startswith(
        "{place:1|Mỹ Lộc Tây} - {nom:2|Giám đốc {organization:3|Công ty Hoa Mai}} {person:2|Phạm Văn Sự}"
    )
    assert first.endswith(" {ev:e1:Visit|thăm} {place:4|Slovakia}.")
    assert second.startswith("Ông {person:2|Sự} gặp {person:5|Darren Holcroft}; ông {person:5|Holcroft} rời")
    assert second.endswith(" {organization:6|UBND xã Mỹ Lộc Tây}.")


def test_the_words_of_the_lines_follow(tmp_path: Path) -> None:
    assert other(tmp_path).lines == [
        'e1 Visit agent=2 destination=4 source=2 cue="thăm" position="Giám đốc Công ty Hoa Mai"',
        'said source=2 cue="gặp" about="Ông Sự gặp Darren Holcroft"',
    ]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Ông {person:2|Lộc}", "Ông {person:2|Lộc} ở Phúc Lộc,", "{person:2|Trần Quang Lộc}"),  # a syllable elsewhere
        ("Ông {person:2|Lộc}", "Ông {person:2|ngài Lộc}", "{person:2|Trần Quang Lộc}"),  # no part of the full name
        ("{person:2|Lộc}", "{person:2|Lộc} và {person:9|Lộc}", "{person:2|Trần Quang Lộc}"),  # two of one name
        ("Công ty Sông Lam}}", "Công ty {place:8|Sông Lam}}}", "{organization:3|Công ty {place:8|Sông Lam}}"),
        ("{person:5|Barnaby Johnstone}", "{person:5|Phạm Văn Sự}", "{person:2|Trần Quang Lộc}"),  # the name is taken
    ],
)
def test_what_is_not_sure_is_left_alone(tmp_path: Path, old: str, new: str, kept: str) -> None:
    assert kept in other(tmp_path, TEXT.replace(old, new)).body


def test_an_article_without_names_to_change_gives_none(tmp_path: Path) -> None:
    assert multiply.multiplied(block(tmp_path), {}, random.Random(0)) is None  # noqa: S311 - as above


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("person", "Trần Quang Lộc", "Phạm Văn Sự"),
        ("person", "Barnaby Johnstone", "Darren Holcroft"),
        ("place", "Pháp", "Lào"),
        ("place", "hồ Vị Xuyên", "hồ Thác Bà"),
        ("organization", "Công ty Sông Lam", "Công ty Hoa Mai"),
    ],
)
def test_names_of_one_build_stand_for_each_other(kind: str, one: str, two: str) -> None:
    assert multiply.build(kind, one) == multiply.build(kind, two) is not None


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("person", "Trần Quang Lộc", "Barnaby Johnstone"),
        ("person", "Trần Quang Lộc", "Trần Lộc"),
        ("person", "Lộc", "Johnstone"),
        ("place", "Pháp", "Huế"),
        ("place", "hồ Vị Xuyên", "đèo Vị Xuyên"),
        ("place", "TP Huế", "Thanh Huế"),
        ("organization", "Công ty Sông Lam", "Đội Sông Lam Mới"),
    ],
)
def test_names_of_other_builds_do_not(kind: str, one: str, two: str) -> None:
    assert multiply.build(kind, one) != multiply.build(kind, two)


@pytest.mark.parametrize(
    ("kind", "name"), [("person", "Vladimir Putin"), ("organization", "NATO"), ("place", "quận 13")]
)
def test_real_persons_and_bodies_and_numbered_places_are_left_alone(kind: str, name: str) -> None:
    assert multiply.build(kind, name) is None


# --- on our corpus --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return [b for path in corpus.files([corpus.folder(multiply.LANGUAGE)])[:4] for b in corpus.read_blocks(path, [])]


@pytest.fixture(scope="module")
def generated(blocks: list[Block]) -> list[Block]:
    return list(multiply.generate(blocks, copies=2, seed=7))


def test_what_is_generated_has_no_problems_and_the_labels_of_its_source(
    blocks: list[Block], generated: list[Block]
) -> None:
    sources = {found.ident: corpus.article_of(found)[0] for found in blocks}
    for found in generated:
        article, problems = corpus.article_of(found)
        source = sources[found.ident.partition("-")[2]]
        assert problems == []
        assert labels(article) == labels(source)
        assert article["text"] != source["text"]


def test_one_thing_has_one_name(generated: list[Block]) -> None:
    for found in generated:
        for thing in multiply.things(corpus.article_of(found)[0]):
            assert all(set(form.split()) <= set(thing.full.split()) for form in thing.forms)


def test_held_out_articles_are_neither_multiplied_nor_lend_names(blocks: list[Block], generated: list[Block]) -> None:
    assert not any(found.ident.endswith("5") for found in generated)
    learned = [found for found in blocks if not found.ident.endswith("5")]
    assert list(multiply.generate(learned, copies=2, seed=7)) == generated


def test_seed_and_copy_choose_the_names(blocks: list[Block], generated: list[Block]) -> None:
    assert list(multiply.generate(blocks[:3], copies=1, seed=1)) == list(
        multiply.generate(blocks[:3], copies=1, seed=1)
    )
    assert list(multiply.generate(blocks, copies=1, seed=8)) != generated[: len(generated) // 2]
    assert {found.ident.partition("-")[0] for found in generated} == {"x1", "x2"}


def test_the_command_writes_a_file_or_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.news"
    path.write_text(TEXT + TEXT.replace("a-001", "a-002").replace("Hungary", "Slovakia"), encoding="utf-8")
    assert multiply.main([str(path), "-o", str(tmp_path / "generated" / "a.news")]) == 0
    assert multiply.main([str(path)]) == 0
    written = (tmp_path / "generated" / "a.news").read_text(encoding="utf-8")
    assert written == capsys.readouterr().out
    assert "{place:4|Slovakia}" in written.partition("x1-a-002")[0]


def test_a_corpus_with_problems_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.news"
    path.write_text(TEXT.replace("genre=article", "genre=essay"), encoding="utf-8")
    assert multiply.main([str(path)]) == 1
    assert "unknown genre 'essay'" in capsys.readouterr().err
