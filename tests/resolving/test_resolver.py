"""What a resolver holds depends on the articles alone: not on their order, nor on what came and went before."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kg import edtf
from kg.model import Document, Extraction, Mention, Quantity, Span, Statement
from kg.resolving import Resolver, resolution

PEOPLE = ["Lê Văn Tám", "Le Van Tam", "Lê Văn Tâm", "Ivan Petrov", "Iwan Petrow"]
PLACES = [("Nga", "Q159"), ("Kursk", "Q3178"), ("Moscow", "Q649"), ("Lào", "Q819")]
TIMES = ["2025-08-12", "2025-08-13", "2025-08", "XXXX-08-12", None]
Fact = tuple[str, str, int, str | None, int, bool]
FACTS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(range(len(PLACES))),
        st.sampled_from(TIMES),
        st.sampled_from([3, 5]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


def article(number: int, facts: list[Fact]) -> Extraction:
    """An article that tells of meetings, of the dead, and of what lies where."""
    words: list[str] = []
    mentions: list[Mention] = []
    statements: list[Statement] = []
    text = f"{number}: " + "; ".join(f"{a} {b} {PLACES[p][0]} {n}" for a, b, p, _, n, _ in facts)
    document = Document(f"{number}.txt", text, "vi", published=f"2025-09-{number + 1:02}")
    at = 0
    for one, other, index, time, count, located in facts:
        place, key = PLACES[index]
        for name, kind, kb in ((one, "person", ""), (other, "person", ""), (place, "place", key)):
            at = text.index(name, at)
            mentions.append(Mention(document.id, Span(at, at + len(name), name), kind, name, kb=kb))  # type: ignore[arg-type]
            words.append(name)
        span = Span(at, at + len(place), place)
        when = edtf.to_time(time) if time else None
        statements.append(
            Statement(document.id, "Meeting", span, (("attendee", (one, other)), ("atPlace", (place,))), time=when)
        )
        statements.append(
            Statement(
                document.id,
                "QuantityClaim",
                span,
                (("atPlace", (place,)),),
                time=when,
                quantity=Quantity(Decimal(count), measure="killed"),
                attributed_to=(one,),
            )
        )
        if located:
            statements.append(
                Statement(document.id, "LocatedIn", span, (("location", (place,)), ("locatedIn", ("Nga",))))
            )
    return Extraction(document, tuple(mentions), tuple(dict.fromkeys(statements)))


def held(resolver: Resolver, extractions: list[Extraction]) -> object:
    return resolution(resolver)


@settings(deadline=None, max_examples=60)
@given(st.lists(FACTS, min_size=1, max_size=5), st.integers(0, 5), st.randoms(use_true_random=False))
def test_what_comes_and_goes_leaves_no_trace(articles: list[list[Fact]], cut: int, random: object) -> None:
    found = [article(number, facts) for number, facts in enumerate(articles)]
    whole, part = Resolver(), Resolver()
    whole.update(found)
    part.update(found[:cut])

    stepwise = Resolver()
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for one in shuffled:
        stepwise.update([one])
    assert held(stepwise, found) == held(whole, found)

    stepwise.update((), found[cut:])
    assert held(stepwise, found[:cut]) == held(part, found[:cut])
