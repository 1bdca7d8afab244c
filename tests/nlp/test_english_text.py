"""English text is cut into the tokens, sentences, quotations and regions that a reader sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from kg import nlp
from kg.model import Document
from kg.nlp.tokenizer import make_tokenizer

Annotate = Callable[..., Doc]
TOKENIZER = make_tokenizer("en")(spacy.blank("en"))


@pytest.fixture(scope="module")
def annotate() -> Annotate:
    pipeline = nlp.load("en")
    return lambda text: nlp.annotate(pipeline, Document(source="a.txt", text=text, language="en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin's aide and the soldiers' homes", ["Putin", "'s", "aide", "and", "the", "soldiers", "'", "homes"]),
        ("Russia’s well-known don't", ["Russia", "’s", "well-known", "don't"]),
        ("a US-led, pro-Russian force", ["a", "US", "-", "led", ",", "pro", "-", "Russian", "force"]),
        (
            "Seoul-Washington ties, EU-China talks",
            ["Seoul", "-", "Washington", "ties", ",", "EU", "-", "China", "talks"],
        ),
        ("Kim Jong-un flew an F-16", ["Kim", "Jong-un", "flew", "an", "F-16"]),
        ("1,250.5 of $3.2bn", ["1,250.5", "of", "$", "3.2bn"]),
        ("the 528th in the 1990s", ["the", "528th", "in", "the", "1990s"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text) if not token.is_space] == expected


SENTENCES = [
    ("Gen. Brolik met Mr. Vela. They left.", ["Gen. Brolik met Mr. Vela.", "They left."]),
    ("He was in the U.S. The talks failed.", ["He was in the U.S.", "The talks failed."]),
    ("The U.S. Navy left. The U.N. Security Council met.", ["The U.S. Navy left.", "The U.N. Security Council met."]),
    ("It began at 5:30 a.m. Police came.", ["It began at 5:30 a.m.", "Police came."]),
    ("It began at 5 p.m. Tuesday in Kyiv.", ["It began at 5 p.m. Tuesday in Kyiv."]),
    ("He was held on Aug. 12 in St. Ives. No. 5 won.", ["He was held on Aug. 12 in St. Ives.", "No. 5 won."]),
    ("George W. Harlan spoke. J. R. Meer left.", ["George W. Harlan spoke.", "J. R. Meer left."]),
    ("Prices rose 3.5 percent. Sales fell.", ["Prices rose 3.5 percent.", "Sales fell."]),
    ('"We go," he said. "They stay."', ['"We go," he said.', '"They stay."']),
    ('"We go." They stayed.', ['"We go."', "They stayed."]),
    ("Acme Inc. and Hooli Corp. merged. It was big.", ["Acme Inc. and Hooli Corp. merged.", "It was big."]),
    ("Acme sued Hooli Inc. The court ruled.", ["Acme sued Hooli Inc.", "The court ruled."]),
    ("Why? Nobody knows! So it goes…", ["Why?", "Nobody knows!", "So it goes…"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sentences(annotate: Annotate, text: str, expected: list[str]) -> None:
    assert [sentence.text.strip() for sentence in annotate(text).sents] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("He said “no” twice.", ["“no”"]),
        ("‘We go,’ he said. ‘They stay.’", ["‘We go,’", "‘They stay.’"]),
        ("She called it ‘the soldiers’ war’ again.", ["‘the soldiers’ war’"]),
        ("It was a ‘loss’ for all.", ["‘loss’"]),
        ("The soldiers’ homes and Anna’s boat.", []),
        ("“We will go.\n\n“We will stay.”", ["“We will go.", "“We will stay.”"]),
    ],
)
def test_quotations(annotate: Annotate, text: str, expected: list[str]) -> None:
    doc = annotate(text)
    assert [quote.text for quote in doc.spans["quotes"]] == expected


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Anna Brolik at the gate. (Photo: Reuters)\n\nShe spoke.", "(Photo: Reuters)"),
        ("SEOUL (Yonhap) — A court ruled.\n\nIt sat.", "(Yonhap)"),
        ("WASHINGTON, Nov 20 (AP) - A court ruled.\n\nIt sat.", "(AP)"),
        ("By Jane Smith, Staff Writer\n\nA court ruled.", "By Jane Smith, Staff Writer"),
        (
            "A court ruled.\n\nReporting by Jane Smith; editing by John Brown",
            "Reporting by Jane Smith; editing by John Brown",
        ),
    ],
)
def test_credits(annotate: Annotate, text: str, credit: str) -> None:
    doc = annotate(text)
    assert [span.text for span in doc.spans["credits"]] == [credit]


@pytest.mark.parametrize(
    "text", ["The agency (NCSR) — a small one — moved.\n\nIt did.", "By noon it rained.\n\nIt did."]
)
def test_brackets_and_words_of_the_story_are_no_credits(annotate: Annotate, text: str) -> None:
    doc = annotate(text)
    assert not list(doc.spans["credits"])


def test_a_capital_behind_a_dateline_opens_a_sentence(annotate: Annotate) -> None:
    doc = annotate("WASHINGTON, Nov 20 (AP) — The Supreme Court ruled.")
    assert "Supreme Court" in {name.text for name in doc.spans["names"]}
