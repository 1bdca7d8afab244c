"""What a user judges overrules the rules, and is undone by deleting it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Document, Extraction, Mention, MentionType
from kg.rdf import iris
from kg.resolving import chains, judgements
from kg.resolving.entities import Identified, identify


def article(name: str, kind: MentionType = "person", language: str = "vi", number: int = 0) -> Extraction:
    """An article that names one thing."""
    document = Document(f"{number}.txt", f"{name} {number}", language)
    return Extraction(document, (Mention(document.id, document.span(0, len(name)), kind, name),))


def identified(text: str, *articles: Extraction) -> Identified:
    """What the articles name, under the judgements of the file `text`."""
    parts = [part for extraction in articles for part in chains.parts(extraction)]
    return identify(parts, judgements.parse(text, "judgements.tsv"))


LONG, SHORT = article("Ngô Bảo Vinh Quang"), article("Ngô Bảo Quang", number=1)
SPELLINGS = article("Sergei Volkonsky", number=2), article("Sergey Volkonsky", number=3)


def test_same_joins_what_rules_keep_apart() -> None:
    assert len(identified("", LONG, SHORT).entities) == 2
    found = identified("same\tNgô Bảo Vinh Quang\tNgô Bảo Quang\tban biên tập\t2025-03-01", LONG, SHORT)
    assert len(found.entities) == 1
    (record,) = found.judgements
    assert (record.verdict, record.by, record.reasons) == ("same", "ban biên tập", ("2025-03-01",))


def test_not_same_parts_what_rules_join() -> None:
    assert len(identified("", *SPELLINGS).entities) == 1
    found = identified("not same\tSergei Volkonsky\tSergey Volkonsky\tan editor", *SPELLINGS)
    assert len(found.entities) == 2
    assert [(j.verdict, len(j.entities)) for j in found.judgements] == [("not same", 2)]


def test_a_path_is_cut_where_it_is_weakest() -> None:
    names = ("Joseph Calloway", "Joe Calloway", "Joseph Rupert Calloway")
    three = [article(name, language="en", number=n) for n, name in enumerate(names)]
    assert len(identified("", *three).entities) == 1
    parted = identified("not same\tJoe Calloway\tJoseph Rupert Calloway\tan editor", *three)
    assert sorted(len(e.members) for e in parted.entities) == [1, 2]
    assert parted == identified("not same\tJoseph Rupert Calloway\tJoe Calloway\tan editor", *reversed(three))


def test_an_iri_names_what_a_graph_calls_so() -> None:
    long, short = (identified("", one).entities[0].key for one in (LONG, SHORT))
    line = "\t".join(("same", *(iris.node("entity", key).value for key in (long, short)), "me"))
    assert len(identified(line, LONG, SHORT).entities) == 1


def test_a_listed_thing_is_called_by_its_names_and_its_iri() -> None:
    unknown = article("Xứ Kim Chi", "place", number=5)
    listed = article("Hàn Quốc", "place", number=6)
    for name in ("Hàn Quốc", "South Korea", iris.node("entity", "Q884").value):
        found = identified(f"same\tXứ Kim Chi\t{name}\tme", unknown, listed)
        assert [e.key for e in found.entities] == ["Q884"]


def test_a_judgement_of_what_no_article_names_is_told() -> None:
    found = identified("same\tNgô Bảo Quang\tLý Thị Không Đâu\tme", SHORT)
    assert [(line.first, line.second) for line in found.idle] == [("Lý Thị Không Đâu", "Ngô Bảo Quang")]


def test_lines_that_contradict_each_other_are_told() -> None:
    third = article("Ngô Quang", number=4)
    text = (
        "same\tNgô Bảo Quang\tNgô Quang\tme\n"
        "same\tNgô Quang\tNgô Bảo Vinh Quang\tme\n"
        "not same\tNgô Bảo Quang\tNgô Bảo Vinh Quang\tme\n"
    )
    found = identified(text, LONG, SHORT, third)
    assert len(found.entities) == 2
    assert len(found.idle) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("same\tA B\tC D", "3 columns"),
        ("maybe\tA B\tC D\tme", "the verdict is 'maybe'"),
        ("same\tA B\t\tme", "missing"),
        ("not same\tKim Jong-un\tKim Jong Un\tme", "are one name"),
        ("same\tA B\tC D\tme\nnot same\tC D\tA B\tyou", "the same and not the same"),
    ],
)
def test_bad_lines_say_what_is_wrong(line: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        judgements.parse(f"# by hand\n\n{line}\n", "judgements.tsv")


def test_the_message_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("# by hand\nsame\tA B\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"own\.tsv:2: 2 columns"):
        judgements.read(file)
