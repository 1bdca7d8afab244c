from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Document, Extraction, Mention, MentionType, Statement
from kg.proposers import Proposals, ProposedMention, ProposedStatement
from kg.proposers._checking import Checks, quoted

DOCUMENT = Document(source="a.txt", text="Ông An gặp bà Bé. An đi Huế, An khác ở lại. Hội thăm An.", language="vi")


@pytest.fixture(scope="module")
def checks() -> Checks:
    return Checks.load("llm:m")


def named(start: int, end: int, kind: MentionType = "person", chain: str = "") -> Mention:
    span = DOCUMENT.span(start, end)
    return Mention(DOCUMENT.id, span, kind, chain or span.text, extractor="mentions")


def joined(checks: Checks, known: tuple[Mention, ...], *proposed: ProposedMention) -> Extraction:
    return checks.joined(Extraction(DOCUMENT, known), Proposals(mentions=proposed))


AN_AGAIN = ProposedMention(DOCUMENT.span(18, 20), "person")


def test_another_place_of_a_known_name_joins_its_chain(checks: Checks) -> None:
    extraction = joined(checks, (named(4, 6, chain="Hoàng An"),), AN_AGAIN)
    assert [mention.chain for mention in extraction.mentions] == ["Hoàng An", "Hoàng An"]


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ((named(4, 6, "organization"),), "it is a organization elsewhere"),
        ((named(4, 6), named(29, 31, chain="An khác")), "several things are called so"),
    ],
)
def test_name_that_is_something_else_elsewhere_is_rejected(
    checks: Checks, known: tuple[Mention, ...], why: str
) -> None:
    extraction = joined(checks, known, AN_AGAIN)
    assert extraction.mentions == known
    assert why in extraction.rejected[0]


def test_description_gives_way_to_no_name_at_its_own_place(checks: Checks) -> None:
    around = replace(named(0, 6, "group"), form="nominal")
    assert len(joined(checks, (around,), ProposedMention(DOCUMENT.span(4, 6), "person")).mentions) == 2
    assert len(joined(checks, (around,), ProposedMention(DOCUMENT.span(0, 6), "person")).mentions) == 1


def test_same_proposal_twice_is_one(checks: Checks) -> None:
    meeting = ProposedStatement("Meeting", DOCUMENT.span(7, 10), DOCUMENT.span(0, 17), (("party", ("An", "Bé", "An")),))
    known = (named(4, 6), named(14, 16))
    extraction = checks.joined(Extraction(DOCUMENT, known), Proposals(statements=(meeting, meeting)))
    (told,) = extraction.statements
    assert (told.roles, told.evidence.text) == ((("party", ("An", "Bé")),), "An gặp bà Bé")


def test_our_statement_of_another_class_does_not_hinder(checks: Checks) -> None:
    ours = Statement(DOCUMENT.id, "Death", DOCUMENT.span(4, 16))
    meeting = ProposedStatement("Meeting", DOCUMENT.span(7, 10), DOCUMENT.span(0, 17), (("party", ("An",)),))
    encounter = replace(ours, type="Encounter")
    known = Extraction(DOCUMENT, (named(4, 6),), (ours,))
    assert len(checks.joined(known, Proposals(statements=(meeting,))).statements) == 2
    assert len(checks.joined(replace(known, statements=(encounter,)), Proposals(statements=(meeting,))).statements) == 1


def test_reason_quotes_little_and_nothing_that_does_not_print() -> None:
    assert quoted("x" * 900) == repr("x" * 80)
    assert quoted("Huế\x1b[2J\ud800") == r"'Hu\u1ebf\x1b[2J\ud800'"
    quoted({"a": "\ud800"}).encode()
