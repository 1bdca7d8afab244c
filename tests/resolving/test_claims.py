"""One claim in many articles is one claim; numbers that exclude each other compete, and none is lost."""

from __future__ import annotations

from decimal import Decimal

from kg import edtf
from kg.model import Entity, Event, Exactness, Quantity, Span, Statement
from kg.resolving import claims, questions
from kg.resolving.claims import Said
from kg.resolving.events import Told


def killed(
    number: str,
    *,
    document: str,
    source: tuple[str, ...] = (),
    relay: tuple[str, ...] = (),
    exactness: Exactness = "exact",
    said: str | None = None,
) -> Said:
    stated = Decimal(number)
    spread = stated / 10 if exactness == "approximate" else Decimal(0)
    quantity = Quantity(stated, exactness, stated - spread, stated + spread, None, "killed")
    statement = Statement(
        document, "QuantityClaim", Span(0, 3, number), quantity=quantity, said=edtf.to_time(said) if said else None
    )
    return Said(Told(statement, {}), source, relay, "question", "QuantityClaim")


def test_the_same_claim_in_two_articles_is_one_with_both_spans() -> None:
    (claim,) = claims.resolve(
        [killed("600", document="a", source=("mps",)), killed("600", document="b", source=("mps",))]
    )
    assert [document for document, _ in claim.evidence] == ["a", "b"]


def test_an_open_year_joins_the_year_that_fits() -> None:
    (claim,) = claims.resolve(
        [
            killed("600", document="a", source=("mps",), said="XXXX-04"),
            killed("600", document="b", source=("mps",), said="2025-04"),
        ]
    )
    assert claim.said is not None
    assert claim.said.edtf == "2025-04"


def test_other_sources_make_other_claims() -> None:
    found = claims.resolve(
        [killed("600", document="a", source=("mps",)), killed("600", document="b", source=("agency",))]
    )
    assert {c.attributed_to for c in found} == {("mps",), ("agency",)}


def test_who_passes_on_answers_where_nobody_else_is_named() -> None:
    (claim,) = claims.resolve([killed("101", document="a", relay=("kcna",))])
    assert claim.attributed_to == ("kcna",)
    assert claim.relayed_by == ()


def test_numbers_that_exclude_each_other_compete_and_stay() -> None:
    found = claims.resolve(
        [
            killed("101", document="a", source=("kcna",)),
            killed("600", document="b", source=("mps",), exactness="approximate"),
            killed("610", document="c", source=("agency",), exactness="approximate"),
        ]
    )
    number = {c.key: c.quantity.stated for c in found if c.quantity}
    competing, corroborating = claims.compare(found)
    assert sorted(sorted((number[a], number[b])) for a, b in competing) == [[101, 600], [101, 610]]
    assert [sorted((number[a], number[b])) for a, b in corroborating] == [[600, 610]]


def test_one_source_does_not_corroborate_itself() -> None:
    found = claims.resolve(
        [
            killed("600", document="a", source=("mps",), exactness="approximate"),
            killed("610", document="b", source=("mps",)),
        ]
    )
    assert claims.compare(found) == ([], [])


def _event(kind: str, time: str | None, key: str) -> Event:
    return Event(key, kind, (("agent", ("kim",)), ("concernsSite", ("museum",))), edtf.to_time(time) if time else None)


def _claimed(event: str) -> Said:
    statement = Statement("a", "x", Span(0, 1, event))
    return Said(Told(statement, {}), (), (), event, "EventClaim")


def test_opened_and_begun_on_one_day_compete() -> None:
    told = claims.resolve([_claimed("opened"), _claimed("begun")])
    both = [_event("Inauguration", "2025-10-23", "opened"), _event("Groundbreaking", "2025-10-23", "begun")]
    assert len(claims.rivals(both, told, lambda a, b: a != b)) == 1
    later = [both[0], _event("Groundbreaking", "2020-05-01", "begun")]
    assert claims.rivals(later, told, lambda a, b: a != b) == []


TROOPS = Entity("troops", "group", (("vi", "binh sĩ Lào"),), belongs_to=("laos",))
PEOPLE = Entity("people", "group", (("vi", "người"),))
ENTITIES = {"troops": TROOPS, "people": PEOPLE}


def _counted(document: str, population: str, place: str | None) -> Told:
    quantity = Quantity(Decimal(3), measure="killed")
    statement = Statement(document, "QuantityClaim", Span(0, 1, "3"), quantity=quantity)
    return Told(statement, {"ofPopulation": (population,), **({"atPlace": (place,)} if place else {})})


def _asked(*told: Told, published: dict[str, str] | None = None) -> int:
    found, answers = questions.resolve(
        told, ENTITIES, lambda a, b: (a, b) == ("russia", "kursk"), (published or {}).get
    )
    assert set(answers) == {t.statement.id for t in told}
    return len(found)


def test_named_populations_are_one_question_across_articles() -> None:
    assert (
        _asked(_counted("a", "troops", "kursk"), _counted("b", "troops", "russia"), _counted("c", "troops", None)) == 1
    )


def test_unnamed_people_of_other_articles_are_other_questions() -> None:
    assert _asked(_counted("a", "people", None), _counted("b", "people", None)) == 2


def test_unnamed_people_at_one_place_within_a_month_are_one_question() -> None:
    days = {"a": "2025-09-08", "b": "2025-09-12", "c": "2026-09-12"}
    assert _asked(_counted("a", "people", "hue"), _counted("b", "people", "hue"), published=days) == 1
    assert _asked(_counted("a", "people", "hue"), _counted("c", "people", "hue"), published=days) == 2
