"""A described unit may be the named one of the same owner, arm and place; it is said, and nothing is joined."""

from __future__ import annotations

from kg.model import Document, Extraction, Judgement, Mention, MentionType, Statement
from kg.resolving import resolve

SEVENTH, ELEVENTH = "Tiểu đoàn Công binh 7", "Tiểu đoàn Công binh 11"
DESCRIBED = "một đơn vị công binh Lào"


def told(*sentences: tuple[str, str, str], owner: str = "Lào", place: str = "Attapeu") -> tuple[Judgement, ...]:
    """What is judged after an article of sentences (unit, verb, place); each named unit belongs to the owner."""
    text = " ".join(f"{unit} của {owner} {verb} ở {where}." for unit, verb, where in sentences)
    document = Document("a.txt", text, "vi")
    mentions, statements, at = [], [], 0
    for unit, _verb, where in sentences:
        start, end = text.index(unit, at), text.index(".", at) + 1
        evidence = document.span(start, end - 1)
        kind: MentionType = "group" if unit.startswith("một") else "unit"
        form, of = ("nominal", owner) if kind == "group" else ("name", "")
        whose, there = text.index(owner, start + len(unit)), text.index(where, start)
        mentions += [
            Mention(document.id, document.span(start, start + len(unit)), kind, unit, form=form, of=of),  # type: ignore[arg-type]
            Mention(document.id, document.span(whose, whose + len(owner)), "place", owner, kb="Q819"),
            Mention(document.id, document.span(there, there + len(where)), "place", where),
        ]
        statements.append(Statement(document.id, "Demining", evidence, (("agent", (unit,)), ("atPlace", (where,)))))
        if kind == "unit":
            roles = (("unit", (unit,)), ("belongsTo", (owner,)))
            statements.append(Statement(document.id, "UnitBelongsTo", evidence, roles))
        at = end
    found = resolve([Extraction(document, tuple(mentions), tuple(statements))])
    assert len([e for e in found.entities if e.type in {"unit", "group"}]) == len(sentences)  # nothing is joined
    return found.judgements


def test_one_named_unit_of_that_kind_may_be_meant() -> None:
    (judgement,) = told((DESCRIBED, "rà mìn", "Attapeu"), (SEVENTH, "rà phá mìn", "Attapeu"))
    assert (judgement.verdict, judgement.names) == ("unsure", (SEVENTH, DESCRIBED))
    assert [reason for reason in judgement.reasons if "rà phá mìn" in reason]


def test_of_two_named_units_neither_is_meant() -> None:
    named = ((SEVENTH, "rà mìn", "Attapeu"), (ELEVENTH, "gỡ mìn", "Attapeu"))
    assert not told((DESCRIBED, "dò mìn", "Attapeu"), *named)


def test_another_place_or_arm_says_nothing() -> None:
    assert not told((DESCRIBED, "rà mìn", "Attapeu"), (SEVENTH, "rà mìn", "Sekong"))
    assert not told((DESCRIBED, "rà mìn", "Attapeu"), ("Tiểu đoàn Pháo binh 7", "rà mìn", "Attapeu"))


def test_soldiers_are_no_unit() -> None:
    assert not told(("một số công binh Lào", "rà mìn", "Attapeu"), (SEVENTH, "rà mìn", "Attapeu"))
