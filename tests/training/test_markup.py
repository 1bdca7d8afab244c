"""The inline markup: braces of every kind, and writing what was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import markup

WORDS = st.text(alphabet="aơĐ |:,.\n-#", min_size=1, max_size=6)
HEADS = st.text(alphabet="ab1:+!", max_size=5)
RAW = st.recursive(
    WORDS,
    lambda inner: st.lists(
        st.one_of(inner, st.tuples(HEADS, inner).map(lambda t: f"{{{t[0]}|{t[1]}}}")), min_size=1, max_size=4
    ).map("".join),
    max_leaves=12,
)


def test_spans_count_code_points_of_the_text_without_markup() -> None:
    parsed = markup.parse("Ông {nom:1|bộ trưởng {organization:2|Quốc phòng}} {person:1|Lộc}.")
    assert parsed.text == "Ông bộ trưởng Quốc phòng Lộc."
    assert [(span["head"], span["text"]) for span in parsed.spans] == [
        ("nom:1", "bộ trưởng Quốc phòng"),
        ("organization:2", "Quốc phòng"),
        ("person:1", "Lộc"),
    ]
    assert all(parsed.text[span["start"] : span["end"]] == span["text"] for span in parsed.spans)
    assert parsed.problems == []


@pytest.mark.parametrize(
    ("raw", "text", "problems"),
    [
        ("", "", []),
        ("a|b", "a|b", []),
        ("{a|b", "b", ["unclosed {a|"]),
        ("{a|{b|c}", "c", ["unclosed {a|"]),
        ("a}", "a", ["stray '}' near 'a}'"]),
        ("{a|b}}", "b", ["stray '}' near '{a|b}}'"]),
        ("{a b", "a b", ["'{' without '|' near '{a b'"]),
        ("{a\n|b}", "a\n|b", ["'{' without '|' near '{a\\n|b}'", "stray '}' near '{a\\n|b}'"]),
        ("{a{b|c}", "ac", ["'{' without '|' near '{a{b|c}'"]),
        ("{}", "", ["'{' without '|' near '{}'", "stray '}' near '{}'"]),
    ],
)
def test_broken_braces_are_told_and_the_rest_is_read(raw: str, text: str, problems: list[str]) -> None:
    parsed = markup.parse(raw)
    assert (parsed.text, parsed.problems) == (text, problems)


@pytest.mark.parametrize("piece", ["{", "}", "{a|", "{a", "{a|b}", "|", "{|}"])
def test_a_hundred_thousand_of_anything_end(piece: str) -> None:
    parsed = markup.parse(piece * 100_000)
    assert len(parsed.problems) == (0 if piece in {"{a|b}", "|", "{|}"} else 100_000)


def test_markup_may_nest_beyond_the_stack() -> None:
    raw = "{a|" * 20_000 + "x" + "}" * 20_000
    parsed = markup.parse(raw)
    assert (len(parsed.spans), parsed.problems) == (20_000, [])
    assert markup.write(parsed.text, parsed.spans) == raw


@given(RAW)
def test_what_is_written_reads_back_the_same(raw: str) -> None:
    parsed = markup.parse(raw)
    again = markup.parse(markup.write(parsed.text, parsed.spans))
    assert again == parsed
    assert parsed.problems == []


def test_spans_that_cross_cannot_be_written() -> None:
    crossing = [
        markup.Marked(start=0, end=3, text="abc", head="x"),
        markup.Marked(start=2, end=4, text="cd", head="y"),
    ]
    with pytest.raises(ValueError, match="cross at 'cd'"):
        markup.write("abcd", crossing)
