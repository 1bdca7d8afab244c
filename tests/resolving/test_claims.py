"""One claim in many articles is one claim; numbers that exclude each other compete, and none is lost."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from kg import edtf
from kg.model import Claim, Event, Exactness, Quantity, Span, Statement
from kg.resolving import claims
from kg.resolving.claims import Said
from kg.resolving.counting import counted_in
from kg.resolving.questions import Questions, number
from kg.resolving.stages import Change
from kg.resolving.told import Told
from kg.tables import MemoryTables


def killed(
    number: str,
    *,
    document: str,
    source: tuple[str, ...] = (),
    relay: tuple[str, ...] = (),
    exactness: Exactness = "exact",
    said: str | None = None,
    place: str = "",
) -> Said:
    stated = Decimal(number)
    spread = stated / 10 if exactness == "approximate" else Decimal(0)
    quantity = Quantity(stated, exactness, stated - spread, stated + spread, None, "killed")
    statement = Statement(
        document, "QuantityClaim", Span(0, 3, number), quantity=quantity, said=edtf.to_time(said) if said else None
    )
    roles = {"atPlace": (place,)} if place else {}
    return Said(Told(statement, roles, source, relay, kind="QuantityClaim"), "question")


def resolved(*said: Said) -> tuple[Claim, ...]:
    """The claims behind statements, those of one content together."""
    groups: dict[tuple[object, ...], list[tuple[str, Said]]] = defaultdict(list)
    for one in said:
        groups[one.content()].append((one.told.statement.id, one))
    return tuple(claim for group in groups.values() for claim in claims.resolve(group))


def test_the_same_claim_in_two_articles_is_one_with_both_spans() -> None:
    (claim,) = resolved(killed("600", document="a", source=("mps",)), killed("600", document="b", source=("mps",)))
    assert [document for document, _ in claim.evidence] == ["a", "b"]


def test_one_number_of_a_country_and_of_a_province_is_two_claims() -> None:
    country, province, nowhere = (killed("23", document=p or "x", place=p) for p in ("Q881", "Q33304", ""))
    assert len(resolved(country, province, nowhere)) == 2
    assert len(resolved(province, nowhere)) == len(resolved(country, nowhere)) == 1


def test_an_open_year_joins_the_year_that_fits() -> None:
    (claim,) = resolved(
        killed("600", document="a", source=("mps",), said="XXXX-04"),
        killed("600", document="b", source=("mps",), said="2025-04"),
    )
    assert claim.said is not None
    assert claim.said.edtf == "2025-04"


def test_other_sources_make_other_claims() -> None:
    found = resolved(killed("600", document="a", source=("mps",)), killed("600", document="b", source=("agency",)))
    assert {c.attributed_to for c in found} == {("mps",), ("agency",)}


def test_who_passes_on_answers_where_nobody_else_is_named() -> None:
    (claim,) = resolved(killed("101", document="a", relay=("kcna",)))
    assert claim.attributed_to == ("kcna",)
    assert claim.relayed_by == ()


def test_numbers_that_exclude_each_other_compete_and_stay() -> None:
    found = resolved(
        killed("101", document="a", source=("kcna",)),
        killed("600", document="b", source=("mps",), exactness="approximate"),
        killed("610", document="c", source=("agency",), exactness="approximate"),
    )
    number = {c.key: c.quantity.stated for c in found if c.quantity}
    competing, corroborating = claims.compare(found)
    assert sorted(sorted((number[a], number[b])) for a, b in competing) == [[101, 600], [101, 610]]
    assert [sorted((number[a], number[b])) for a, b in corroborating] == [[600, 610]]


def test_one_source_does_not_corroborate_itself() -> None:
    found = resolved(
        killed("600", document="a", source=("mps",), exactness="approximate"),
        killed("610", document="b", source=("mps",)),
    )
    assert claims.compare(found) == ([], [])


def _told(document: str, day: str | None) -> Said:
    statement = Statement(document, "Signing", Span(0, 1, "x"), time=edtf.to_time(day) if day else None)
    return Said(Told(statement, {"signed": ("pact",)}), "event")


def test_days_that_are_told_of_one_event_are_claims_of_their_own() -> None:
    found = resolved(_told("a", "2025-11-12"), _told("b", "XXXX-11-13"), _told("c", "2025-11"), _told("d", None))
    days = {
        claim.happened.edtf: sorted(document for document, _ in claim.evidence) for claim in found if claim.happened
    }
    assert days == {"2025-11-12": ["a", "c", "d"], "XXXX-11-13": ["b"]}
    assert len({claim.key for claim in found}) == 2


def test_what_an_article_leaves_vague_is_on_the_day_that_it_names_itself() -> None:
    found = resolved(_told("a", "2025-11-12"), _told("b", "2025-11-13"), _told("b", "2025-11-10/2025-11-16"))
    assert sorted(sorted({document for document, _ in claim.evidence}) for claim in found) == [["a"], ["b"]]


def test_a_day_that_agrees_makes_no_other_claim() -> None:
    (claim,), (alone,) = resolved(_told("a", "2025-11-12"), _told("b", "2025-11")), resolved(_told("a", None))
    assert claim.key == alone.key
    assert claim.happened == edtf.to_time("2025-11-12")


def _event(kind: str, time: str | None, key: str) -> Event:
    return Event(key, kind, (("agent", ("kim",)), ("concernsSite", ("museum",))), edtf.to_time(time) if time else None)


def _claimed(event: str) -> Said:
    statement = Statement("a", "x", Span(0, 1, event))
    return Said(Told(statement, {}), event)


def test_opened_and_begun_on_one_day_compete() -> None:
    told = resolved(_claimed("opened"), _claimed("begun"))
    both = [_event("Inauguration", "2025-10-23", "opened"), _event("Groundbreaking", "2025-10-23", "begun")]
    assert len(claims.rivals(both, told, lambda a, b: a != b)) == 1
    later = [both[0], _event("Groundbreaking", "2020-05-01", "begun")]
    assert claims.rivals(later, told, lambda a, b: a != b) == []


AROUND = {"kursk": ("russia",), "hue": ("vietnam",)}


def _counted(document: str, population: str, place: str | None, *, category: str = "", time: str | None = None) -> Told:
    quantity = Quantity(Decimal(3), measure="killed")
    span = Span(0, 1, "3")
    statement = Statement(document, "QuantityClaim", span, quantity=quantity, time=edtf.to_time(time) if time else None)
    roles = {"ofPopulation": (population,), **({"atPlace": (place,)} if place else {})}
    around = ((place, AROUND[place]),) if place in AROUND else ()
    return Told(statement, roles, around=around, kind="QuantityClaim", category=category)


def _asked(*told: Told, event: str | None = None, published: dict[str, str] | None = None) -> int:
    found = Questions(MemoryTables())
    days = published or {}
    numbers = (number(one, event, days.get(one.statement.document)) for one in told)
    found.update({f"{i}": Change(None, one) for i, one in enumerate(numbers)})
    return len(list(found.questions.table.items()))


def test_named_populations_are_one_question_across_articles() -> None:
    assert (
        _asked(_counted("a", "troops", "kursk"), _counted("b", "troops", "russia"), _counted("c", "troops", None)) == 1
    )


def test_unnamed_people_of_other_articles_are_other_questions() -> None:
    people = [_counted(document, f"people {document}", None, category="người") for document in "ab"]
    assert _asked(*people) == 2


def test_unnamed_people_in_one_event_or_on_one_day_at_one_place_are_one_question() -> None:
    anywhere = [_counted(document, f"people {document}", None, category="người") for document in "ab"]
    assert _asked(*anywhere, event="the flood") == 1
    days = ["2025-09-08", "2025-09-08", "2025-09-12"]
    there = [_counted(d, f"people {d}", "hue", category="người", time=day) for d, day in zip("abc", days, strict=True)]
    assert _asked(*there) == 2


def test_unnamed_people_at_one_place_in_articles_of_one_month_are_one_question() -> None:
    there = [_counted(document, f"people {document}", "hue", category="người") for document in "abc"]
    assert _asked(*there, published={"a": "2025-09-08", "b": "2025-09-12", "c": "2026-09-12"}) == 2


def test_the_dead_are_those_of_the_fire_told_before_and_not_of_one_elsewhere() -> None:
    dead = _counted("a", "people", "hue", category="người")
    fires = [
        Told(Statement("a", "Accident", Span(10 * i, 10 * i + 1, "x")), {"atPlace": (place,)})
        for i, place in enumerate(["kursk", "vietnam"], start=1)
    ]
    above = {"Accident": frozenset({"Accident"})}
    assert counted_in(dead, fires, above) == fires[1]
    assert counted_in(dead, fires[:1], above) is None
    troops = _counted("a", "troops", "hue")
    assert counted_in(troops, fires, above) is None


def test_the_dead_of_a_province_are_not_those_of_a_landslide_in_one_of_its_villages() -> None:
    dead = _counted("a", "people", "hue", category="người")
    around = (("a village", ("hue",)),)
    storm = Told(Statement("a", "Disaster", Span(1, 2, "x")), {})
    slide = Told(Statement("a", "Disaster", Span(11, 12, "x")), {"atPlace": ("a village",)}, around=around)
    above = {"Disaster": frozenset({"Disaster"})}
    assert counted_in(dead, [storm, slide], above) == storm
    assert counted_in(dead, [slide], above) == slide
    for known in (around, ()):
        both = Told(Statement("a", "Disaster", Span(11, 12, "x")), {"atPlace": ("a village", "hue")}, around=known)
        assert counted_in(dead, [storm, both], above) == storm
        assert counted_in(dead, [both], above) == both
