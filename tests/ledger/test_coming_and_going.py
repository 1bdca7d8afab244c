"""The ledger depends on the articles alone: whatever came and went before, in memory or in a file, it is that of a fresh start."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import edtf, readers
from kg.model import Document, Extraction, Mention, MentionType, Modality, Quantity, Resolution, Statement
from kg.resolving import Changed, Resolver, resolution
from kg.resolving.stages import Change
from kg.sqlite_tables import SqliteTables


@dataclass(frozen=True)
class Name:
    """A name as the articles use it; `of` says whose people it is."""

    type: MentionType
    kb: str = ""
    of: str = ""


@dataclass(frozen=True)
class Fact:
    """A sentence of an article and what it tells; empty `kind` for one that is only there to be copied."""

    words: str
    kind: str = ""
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    time: str | None = None
    by: tuple[str, ...] = ()
    modality: Modality = "asserted"
    number: int | None = None
    measure: str = "killed"
    said: str | None = None
    unit: str | None = None


NAMES = {
    "Lào": Name("place", "Q819"),
    "Attapeu": Name("place"),
    "làng Nong": Name("place"),
    "Lê Văn Tám": Name("person"),
    "Trần Thị Mai": Name("person"),
    "cầu Sông Vang": Name("facility"),
    "Hiệp ước Sông Vang": Name("treaty"),
    "Bộ Y tế": Name("organization"),
    "Hội Chữ thập đỏ": Name("organization"),
    "bảo vệ cầu": Name("group", of="cầu Sông Vang"),
    "binh sĩ Lào": Name("group", of="Lào"),
    "thợ máy của Hội Chữ thập đỏ": Name("group", of="Hội Chữ thập đỏ"),
    "Tiểu đoàn Công binh 7": Name("unit"),
    "Tiểu đoàn Công binh 11": Name("unit"),
    "một đơn vị công binh Lào": Name("group", of="Lào"),
}
WIRE = (
    "Nước sông Vang lên nhanh từ đêm thứ Hai và làm ngập hai con đường dẫn vào chợ.",
    "Các hộ ven sông được phát áo phao, đèn pin và lương khô đủ dùng một tuần.",
    "Đội cứu hộ của huyện trực suốt đêm ở ba khúc cua hẹp nhất trên sông này.",
)
CALL = (("hasParticipant", ("Lê Văn Tám", "Trần Thị Mai")),)
TRIP = (("hasParticipant", ("Lê Văn Tám",)), ("atPlace", ("Attapeu",)))
SIGNED = (("signed", ("Hiệp ước Sông Vang",)),)
STRUCK = (("target", ("cầu Sông Vang",)),)
SITE = (("concernsSite", ("cầu Sông Vang",)),)
ARREST = (("target", ("Trần Thị Mai",)),)
CLEARED = "Theo Bộ Y tế, Lê Văn Tám và Trần Thị Mai đã gặp nhau ở cầu Sông Vang trước khi trời sáng và nói chuyện rất lâu về việc sửa đường, dù mưa lớn và nước sông đang lên nhanh."
EDITED = "Theo Hội Chữ thập đỏ, Lê Văn Tám và Trần Thị Mai đã gặp nhau ở cầu Sông Vang trước khi trời sáng và nói chuyện rất lâu về việc sửa đường, dù mưa lớn và nước sông đang lên nhanh."


def phoned(day: str, words: str = "") -> Fact:
    return Fact(words or f"Lê Văn Tám gọi cho Trần Thị Mai hôm {day}.", "PhoneCall", CALL, day)


def killed(number: int, who: str, *by: str, place: str = "", measure: str = "killed") -> Fact:
    where = (("atPlace", (place,)),) if place else ()
    words = f"Có {number} {who} là nạn nhân{f' ở {place}' if place else ''}{f', {by[0]} nói' if by else ''}."
    return Fact(words, "QuantityClaim", (("ofPopulation", (who,)), *where), None, by, number=number, measure=measure)


def carried(number: int, unit: str, *places: str, by: tuple[str, ...] = ()) -> Fact:
    words = f"Xe chở {number} {unit} gạo tới {' và '.join(places)} qua cầu Sông Vang."
    return Fact(words, "QuantityClaim", (("atPlace", places),), None, by, number=number, measure="amount", unit=unit)


def struck(place: str) -> Fact:
    return Fact(f"Bão đánh vào cầu Sông Vang ở {place}.", "Attack", (*STRUCK, ("atPlace", (place,))), "2025-08-24")


def worked(unit: str, place: str = "Attapeu") -> Iterator[Fact]:
    """What a unit of Laos did; a named one belongs to it."""
    yield Fact(f"{unit} của Lào rà phá mìn ở {place}.", "Demining", (("agent", (unit,)), ("atPlace", (place,))))
    if not unit.startswith("một"):
        yield Fact(f"{unit} là của Lào.", "UnitBelongsTo", (("unit", (unit,)), ("belongsTo", ("Lào",))))


def held(person: str, body: str) -> Fact:
    return Fact(f"{person} đứng đầu {body}.", "PositionHeld", (("heldBy", (person,)), ("jurisdiction", (body,))))


LOCATED = Fact("Attapeu thuộc Lào.", "LocatedIn", (("location", ("Attapeu",)), ("locatedIn", ("Lào",))))
VILLAGE = Fact("làng Nong thuộc Attapeu.", "LocatedIn", (("location", ("làng Nong",)), ("locatedIn", ("Attapeu",))))
TRAVELLED = Fact(
    "Lê Văn Tám đi Attapeu hôm 10/8, Bộ Y tế nói hôm 11/8.",
    "Visit",
    TRIP,
    "XXXX-08-10",
    ("Bộ Y tế",),
    said="XXXX-08-11",
)
SILENT = Fact("Bộ Y tế chưa lên tiếng về việc này.", "NoComment", (("agent", ("Bộ Y tế",)),))
DIED = (("victim", ("binh sĩ Lào",)), ("atPlace", ("Attapeu",)))
OPENED = (("concernsSite", ("cầu Sông Vang",)), ("attendee", ("Lê Văn Tám", "Trần Thị Mai")))
QUIET = Fact("Lê Văn Tám hỏi, Hội Chữ thập đỏ chưa trả lời.", "NoComment", (("agent", ("Hội Chữ thập đỏ",)),))
OWNED_UP = Fact(
    "Hội Chữ thập đỏ xác nhận đã nhầm, Lê Văn Tám nói.", "Statement", by=("Hội Chữ thập đỏ",), modality="confirmed"
)
ARTICLES: tuple[tuple[str | None, tuple[Fact, ...]], ...] = (
    ("2025-08-13", (phoned("2025-08-12"), *map(Fact, WIRE))),
    ("2025-08-14", (phoned("2025-08-13"), Fact(WIRE[0]))),
    ("2025-08-15", (phoned("2025-08-13", "Trần Thị Mai nhận điện của Lê Văn Tám hôm ấy."), LOCATED)),
    (None, (phoned("XXXX-08-12"), *map(Fact, WIRE), TRAVELLED)),
    (None, (phoned("XXXX-08-13"), Fact(WIRE[2].replace("suốt đêm ", "")), Fact(WIRE[1]), Fact(WIRE[0]))),
    ("2025-08-20", (Fact("Hiệp ước Sông Vang được ký hôm 15/8.", "Signing", SIGNED, "2025-08-15"), VILLAGE)),
    ("2025-08-21", (Fact("Hiệp ước Sông Vang được ký hôm 19/8.", "Signing", SIGNED, "2025-08-19"),)),
    ("2025-09-30", (Fact("Hiệp ước Sông Vang sẽ được ký.", "Signing", SIGNED, "2025-08-15", modality="planned"),)),
    ("2025-08-01", (Fact("Khởi công cầu Sông Vang hôm 1/8.", "Groundbreaking", SITE, "2025-08-01"),)),
    ("2025-08-02", (Fact("Khánh thành cầu Sông Vang hôm 1/8.", "Inauguration", SITE, "2025-08-01"),)),
    ("2025-08-03", (Fact("Trần Thị Mai đang bị giữ.", "Arrest", ARREST),)),
    ("2025-08-02", (Fact("Trần Thị Mai được thả hôm 1/8.", "Release", ARREST, "2025-08-01"),)),
    ("2025-08-04", (killed(12, "binh sĩ Lào", "Bộ Y tế", place="Attapeu"), LOCATED)),
    ("2025-08-05", (killed(19, "binh sĩ Lào", "Hội Chữ thập đỏ", place="Attapeu"),)),
    ("2025-08-06", (killed(240, "binh sĩ Lào", "Bộ Y tế", place="làng Nong"), VILLAGE)),
    ("2025-08-09", (killed(240, "binh sĩ Lào", "Hội Chữ thập đỏ", place="làng Nong"),)),
    ("2025-08-10", (killed(240, "binh sĩ Lào", place="Lào"), held("Trần Thị Mai", "Hội Chữ thập đỏ"))),
    ("2025-08-11", (killed(50, "thợ máy của Hội Chữ thập đỏ", "Bộ Y tế", measure="wounded"),)),
    ("2025-08-12", (killed(50, "Hội Chữ thập đỏ", "Lê Văn Tám", measure="wounded"),)),
    ("2025-08-06", (Fact(CLEARED, "Meeting", CALL, "2025-08-05", ("Bộ Y tế",)),)),
    ("2025-08-09", (Fact(EDITED, "Meeting", CALL, "2025-08-05", ("Hội Chữ thập đỏ",)), held("Lê Văn Tám", "Bộ Y tế"))),
    (
        "2025-08-07",
        (
            Fact("Hội Chữ thập đỏ nói binh sĩ Lào tử nạn ở Attapeu.", "Death", DIED, by=("Hội Chữ thập đỏ",)),
            SILENT,
        ),
    ),
    (
        "2025-08-08",
        (
            Fact(
                "Lê Văn Tám xác nhận binh sĩ Lào tử nạn ở Attapeu.",
                "Death",
                DIED,
                by=("Lê Văn Tám",),
                modality="confirmed",
            ),
            held("Lê Văn Tám", "Bộ Y tế"),
        ),
    ),
    (
        "2025-08-08",
        (
            Fact(
                "Hội Chữ thập đỏ nói Lê Văn Tám đánh bảo vệ cầu.",
                "Attack",
                (("agent", ("Lê Văn Tám",)), ("target", ("bảo vệ cầu",))),
                by=("Hội Chữ thập đỏ",),
            ),
            Fact(
                "Lê Văn Tám bác tin đánh bảo vệ cầu.",
                "Attack",
                (("agent", ("Lê Văn Tám",)), ("target", ("bảo vệ cầu",))),
                by=("Lê Văn Tám",),
                modality="denied",
            ),
        ),
    ),
    ("2025-08-25", (struck("làng Nong"),)),
    ("2025-08-26", (struck("Attapeu"), LOCATED)),
    (
        "2025-10-03",
        (Fact("Khánh thành cầu Sông Vang ngày 2/10 với Lê Văn Tám.", "Inauguration", OPENED, "2025-10-02"),),
    ),
    (
        "2025-10-04",
        (Fact("Khánh thành cầu Sông Vang ngày 3/10 với Lê Văn Tám.", "Inauguration", OPENED, "2025-10-03"),),
    ),
    ("2025-10-05", (Fact("Lê Văn Tám và Trần Thị Mai khánh thành cầu Sông Vang.", "Inauguration", OPENED),)),
    (
        "2025-10-06",
        (
            Fact(
                "Cầu Sông Vang sẽ khánh thành, Trần Thị Mai nói.", "Inauguration", OPENED, "2026-02", modality="planned"
            ),
            Fact(
                "Hội Chữ thập đỏ cùng Lê Văn Tám xem cầu Sông Vang, nói cầu chưa mở.",
                "Inauguration",
                OPENED,
                modality="denied",
            ),
        ),
    ),
    ("2025-10-12", (carried(12, "tonne", "Attapeu"), QUIET)),
    ("2025-10-13", (carried(9000, "kilogram", "Attapeu", by=("Bộ Y tế",)), OWNED_UP)),
    (
        "2025-10-15",
        (
            carried(3000, "litre", "Attapeu", by=("Bộ Y tế",)),
            carried(5000, "litre", "Attapeu", by=("Hội Chữ thập đỏ",)),
        ),
    ),
    ("2025-10-14", (carried(12000, "kilogram", "Attapeu", "làng Nong", by=("Lê Văn Tám",)),)),
    ("2025-08-22", (*worked("Tiểu đoàn Công binh 7"), LOCATED)),
    ("2025-08-23", tuple(worked("một đơn vị công binh Lào"))),
    ("2025-08-24", tuple(worked("Tiểu đoàn Công binh 11"))),
)


def article(number: int, day: str | None, facts: Sequence[Fact]) -> Extraction:
    text = "\n\n".join((*(fact.words for fact in facts), f"Hết bài số {number}."))
    document = Document(f"{number}.txt", text, "vi", published=day)
    mentions, statements, at = [], [], 0
    for fact in facts:
        start, at = at, at + len(fact.words) + 2
        for chain, name in NAMES.items():
            place = fact.words.find(chain)
            if place >= 0:
                span = document.span(start + place, start + place + len(chain))
                form = "nominal" if name.type == "group" else "name"
                kept = name.of if name.of in fact.words else ""
                mentions.append(Mention(document.id, span, name.type, chain, form=form, kb=name.kb, of=kept))  # type: ignore[arg-type]
        if fact.kind:
            quantity = (
                Quantity(
                    Decimal(fact.number),
                    lower=Decimal(fact.number),
                    upper=Decimal(fact.number),
                    unit=fact.unit,
                    measure=fact.measure,
                )
                if fact.number
                else None
            )
            statements.append(
                Statement(
                    document.id,
                    fact.kind,
                    document.span(start, start + len(fact.words)),
                    fact.roles,
                    edtf.to_time(fact.time) if fact.time else None,
                    edtf.to_time(fact.said) if fact.said else None,
                    quantity,
                    fact.by,
                    modality=fact.modality,
                )
            )
    return Extraction(document, tuple(mentions), tuple(statements))


POOL = [article(number, day, facts) for number, (day, facts) in enumerate(ARTICLES)]
SECOND_UNIT = len(POOL) - 1  # beside it nobody knows which unit the described one is
DAYS = (None, "2025-08-16")  # an article may come back with another day, or with none
LEDGER = ("copies", "contradictions", "dates", "years", "forces")
Step = list[tuple[int, int]]
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(range(len(POOL))), st.sampled_from((0, 0, 1, 2))), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
)


class Present:
    """The articles of a graph, and what their ledger is, kept by the changes alone."""

    def __init__(self) -> None:
        self.articles: dict[int, Extraction] = {}
        self.known: dict[str, dict[str, object]] = {name: {} for name in LEDGER}

    def step(self, resolver: Resolver, step: Step) -> None:
        """What is there goes, if it is not to have another day; what is not comes."""
        added: dict[int, Extraction] = {}
        removed: dict[int, Extraction] = {}
        for number, version in step:
            day = (POOL[number].document.published, *DAYS)[version]
            new = replace(POOL[number], document=replace(POOL[number].document, published=day))
            old = self.articles.get(number)
            if old:
                removed[number] = old
            if old != new:
                added[number] = new
        changed = resolver.update(list(added.values()), list(removed.values()))
        self.articles = {n: e for n, e in self.articles.items() if n not in removed} | added
        self.follow(changed)

    def follow(self, changed: Changed) -> None:
        for name in LEDGER:
            changes: dict[str, Change[object]] = getattr(changed, name)
            for key, change in changes.items():
                assert self.known[name].get(key) == change.old
                assert change.old != change.new
                self.known[name] = {k: v for k, v in self.known[name].items() if k != key}
                if change.new is not None:
                    self.known[name][key] = change.new

    def agrees(self, resolver: Resolver) -> None:
        fresh = Resolver()
        fresh.update(list(self.articles.values()))
        expected = resolution(fresh)
        assert resolution(resolver) == expected
        for name in ("copies", "contradictions", "dates"):
            assert tuple(one for _, one in sorted(self.known[name].items())) == getattr(expected, name)
        assert set(self.known["years"].values()) == set(expected.years)
        assert set(self.known["forces"].values()) <= set(expected.judgements)


def test_the_articles_have_all_that_a_ledger_may_hold() -> None:
    whole, less = Resolver(), Resolver()
    whole.update(POOL)
    less.update(POOL[:SECOND_UNIT])
    found = resolution(whole)
    assert {one.type for one in found.contradictions} == {"value", "date", "status", "attribution", "stale", "scope"}
    about = {(one.type, one.kind) for one in found.contradictions}
    assert about >= {("attribution", "question"), ("attribution", "event"), ("status", "entity"), ("status", "event")}
    opened = next(one for one in found.events if one.time and one.time.edtf == "2025-10-02/2025-10-03")
    told = {(one.type, one.words[1:]) for one in found.contradictions if one.about == opened.key}
    assert told == {("date", ("2025-10-03",)), ("status", ("denied", "planned"))}
    claims = {one.key: one for one in found.claims}
    weighed = {one.words for one in found.contradictions if one.type == "value"}
    assert ("12000", "9000") in weighed
    stale = [one for one in found.contradictions if one.type == "stale"]
    assert {claims[side].type for one in stale for side in one.sides} >= {"NoComment", "Statement"}
    assert len(found.copies) > len(WIRE)
    assert len(found.dates) == 2
    assert {year.kind for year in found.years} == {"event", "claim"}
    assert not [one for one in found.judgements if one.verdict == "unsure"]
    assert [one.verdict for one in resolution(less).judgements] == ["unsure"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(range(len(POOL))), max_size=8), STEPS)
def test_what_comes_and_goes_leaves_no_trace(absent: set[int], steps: list[Step]) -> None:
    resolver, present = Resolver(), Present()
    for step in ([(number, 0) for number in range(len(POOL)) if number not in absent], *steps):
        present.step(resolver, step)
    present.agrees(resolver)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(range(len(POOL))), max_size=8), STEPS)
def test_nor_in_a_file_that_is_closed_and_opened_in_between(absent: set[int], steps: list[Step]) -> None:
    present = Present()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        for step in ([(number, 0) for number in range(len(POOL)) if number not in absent], *steps):
            with SqliteTables(path) as tables:
                present.step(Resolver(tables), step)
                tables.commit()
        with SqliteTables(path, read_only=True) as tables:
            present.agrees(Resolver(tables))


def test_all_that_comes_one_by_one_and_goes_one_by_one() -> None:
    resolver, present = Resolver(), Present()
    order = random.Random(7).sample(range(len(POOL)), len(POOL))  # noqa: S311 - no secret
    for number in order:
        present.step(resolver, [(number, 0)])
        present.agrees(resolver)
    for number in order:
        present.step(resolver, [(number, 0)])
        present.agrees(resolver)
    assert resolution(resolver) == Resolution()


@pytest.mark.shared
def test_the_seeds_come_and_go(shared: Path, extract: Callable[[Document], Extraction]) -> None:
    read = [extract(item) for item in readers.read([shared / "seeds"]) if isinstance(item, Document)]
    resolver = Resolver()
    for one in read:
        resolver.update([one])
    whole = Resolver()
    whole.update(read)
    assert resolution(resolver) == resolution(whole)
    for number, one in enumerate(read):
        resolver.update([], [one])
        less = Resolver()
        less.update([other for other in read if other is not one])
        assert resolution(resolver) == resolution(less), number
        resolver.update([one])
    assert resolution(resolver) == resolution(whole)
