"""A small but complete extraction and resolution, in our own words and made up, that several tests map and check."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.edtf import to_time
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Link,
    Mention,
    MentionType,
    Quantity,
    Question,
    Resolution,
    Span,
)

FLOOD = Document(
    source="lu-song-ma.txt",
    text=(
        "Lũ trên sông Mã làm nhiều người chết\n"
        "Theo Bộ Nông nghiệp, khoảng 40 người dân xã Thọ Lâm thiệt mạng trong trận lũ ngày 3/9. "
        "Hôm 5/9, Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji. "
        "Đại đội Công binh 17 thuộc Quân khu 9 đã đến xã Thọ Lâm. (Ảnh: Đài Miền Xanh)"
    ),
    language="vi",
    published="2025-09-06",
    title="Lũ trên sông Mã làm nhiều người chết",
    outlet="Báo Miền Xanh",
    url="https://example.org/lu-song-ma",
)
RELIEF = Document(
    source="cuu-tro.txt",
    text=(
        "Đài Miền Xanh đưa tin hơn 1,5 triệu đồng cho mỗi hộ và gần 42.400 ha lúa được bồi thường. "
        "Đài này nói 12 người dân xã Thọ Lâm thiệt mạng. "
        "Ông Trần Văn Lựu cảm ơn Đại sứ Nhật Bản Mori Kenji. Bộ Nông nghiệp chưa bình luận. "
        "Hồi tháng 4, hai bên ký Hiệp định Ứng phó Thiên tai và ông Mori Kenji được trao Huân chương Hữu nghị. "
        "Tàu Hải Âu 3 dự lễ khánh thành Trạm Thủy văn Thọ Lâm trong Chiến dịch Mùa Mưa theo Nghị định 77. XK-9 có mặt."
    ),
    language="vi",
)


REASONS = {
    "luu": ("title: Ông", "shape"),
    "mori": ("title: Đại sứ", "elsewhere: title: ông"),
    "ministry": ("head: Bộ", "model: 0.97 (untyped)"),
}


def place(document: Document, words: str) -> Span:
    """Where `words` first stand in a document."""
    start = document.text.index(words)
    return document.span(start, start + len(words))


def _mention(document: Document, words: str, kind: MentionType, chain: str, *, credit: bool = False) -> Mention:
    if credit:
        start = document.text.rindex(words)
        return Mention(document.id, document.span(start, start + len(words)), kind, chain, credit=True)
    return Mention(document.id, place(document, words), kind, chain, reasons=REASONS.get(chain, ()))


def _entity(key: str, kind: MentionType, vi: str, en: str, *chains: Document, subtype: str | None = None) -> Entity:
    return Entity(
        key,
        kind,
        (("en", en), ("vi", vi)),
        aliases=(("vi", f"{vi} (tên khác)"),),
        members=tuple((document.id, key) for document in chains),
        subtype=subtype,
    )


ENTITIES = (
    _entity("luu", "person", "Trần Văn Lựu", "Trần Văn Lựu", FLOOD, RELIEF),
    _entity("mori", "person", "Mori Kenji", "Mori Kenji", FLOOD, RELIEF),
    _entity("japan", "place", "Nhật Bản", "Japan", FLOOD, RELIEF, subtype="State"),
    _entity("tho-lam", "place", "xã Thọ Lâm", "Thọ Lâm commune", FLOOD, RELIEF),
    _entity(
        "ministry", "organization", "Bộ Nông nghiệp", "Ministry of Agriculture", FLOOD, RELIEF, subtype="GovernmentBody"
    ),
    _entity("radio", "organization", "Đài Miền Xanh", "Miền Xanh Radio", FLOOD, RELIEF, subtype="MediaOrganization"),
    _entity("company-17", "unit", "Đại đội Công binh 17", "17th Engineer Company", FLOOD),
    _entity("region-9", "organization", "Quân khu 9", "Military Region 9", FLOOD, subtype="MilitaryOrganization"),
    _entity("villagers", "group", "người dân xã Thọ Lâm", "villagers of Thọ Lâm", FLOOD, RELIEF),
    _entity("accord", "treaty", "Hiệp định Ứng phó Thiên tai", "Disaster Response Agreement", RELIEF),
    _entity("medal", "award", "Huân chương Hữu nghị", "Friendship Order", RELIEF),
    _entity("ship", "equipment", "Hải Âu 3", "Hải Âu 3", RELIEF),
    _entity("station", "facility", "Trạm Thủy văn Thọ Lâm", "Thọ Lâm Hydrological Station", RELIEF),
    _entity("campaign", "event", "Chiến dịch Mùa Mưa", "Rainy Season Campaign", RELIEF),
    _entity("decree", "document", "Nghị định 77", "Decree 77", RELIEF),
    _entity("xk9", "untyped", "XK-9", "XK-9", RELIEF),
)
_NAMES = {entity.key: (entity.label("vi"), entity.type) for entity in ENTITIES}


def _extraction(document: Document) -> Extraction:
    mentions = [
        _mention(document, words, kind, key)
        for key, (words, kind) in _NAMES.items()
        if words in document.text and not (document is FLOOD and key == "radio")
    ]
    if document is FLOOD:
        mentions.append(_mention(document, "Đài Miền Xanh", "organization", "radio", credit=True))
    return Extraction(document, tuple(mentions))


def _number(text: str, measure: str, **rest: Any) -> Quantity:
    return Quantity(Decimal(text), measure=measure, **rest)


EVENTS = (
    Event("call", "PhoneCall", (("initiator", ("luu",)), ("recipient", ("mori",))), time=to_time("2025-09-05")),
    Event("flood", "Disaster", (("atPlace", ("tho-lam",)), ("victim", ("villagers",))), time=to_time("2025-09-03")),
    Event("move", "Deployment", (("agent", ("company-17",)), ("destination", ("tho-lam",)))),
    Event("signing", "Signing", (("party", ("japan",)), ("signed", ("accord",))), time=to_time("XXXX-04")),
    Event("award", "AwardConferral", (("confers", ("medal",)), ("recipient", ("mori",))), time=to_time("2025-04")),
    Event(
        "opening",
        "Inauguration",
        (("concernsSite", ("station",)), ("hasParticipant", ("ship",)), ("target", ("tho-lam",))),
    ),
    Event("help", "Rescue", (("agent", ("xk9",)), ("instrument", ("ship",))), time=to_time("2025-09-03/..")),
    Event("mourning", "Commemoration", (("commemorates", ("campaign", "villagers")), ("organizer", ("japan",)))),
    Event(
        "office",
        "PositionHeld",
        (("accreditedTo", ("tho-lam",)), ("heldBy", ("mori",)), ("jurisdiction", ("japan",))),
        position="Đại sứ",
    ),
    Event("unit-of", "UnitBelongsTo", (("belongsTo", ("region-9",)), ("unit", ("company-17",)))),
    Event("lies-in", "LocatedIn", (("locatedIn", ("tho-lam",)), ("location", ("station",)))),
    Event("denied-in", "LocatedIn", (("locatedIn", ("japan",)), ("location", ("station",)))),
    Event("clause", "TreatyClause", (("agreement", ("accord",)),)),
)
QUESTIONS = (
    Question("dead", "killed", population="villagers", place="tho-lam", event="flood", unit="person"),
    Question("paddy", "area", population="ministry", unit="hectare"),
    Question("money", "amount", unit="bag"),
)


def _claims() -> tuple[Claim, ...]:
    def flood(words: str) -> tuple[str, Span]:
        return FLOOD.id, place(FLOOD, words)

    def relief(words: str) -> tuple[str, Span]:
        return RELIEF.id, place(RELIEF, words)

    told = {
        "call": flood("Chủ tịch tỉnh Trần Văn Lựu điện đàm với Đại sứ Nhật Bản Mori Kenji"),
        "flood": flood("trận lũ ngày 3/9"),
        "move": flood("Đại đội Công binh 17 thuộc Quân khu 9 đã đến xã Thọ Lâm"),
        "signing": relief("Hồi tháng 4, hai bên ký Hiệp định Ứng phó Thiên tai"),
        "award": relief("ông Mori Kenji được trao Huân chương Hữu nghị"),
        "opening": relief("Tàu Hải Âu 3 dự lễ khánh thành Trạm Thủy văn Thọ Lâm"),
        "help": relief("XK-9 có mặt"),
        "mourning": relief("Chiến dịch Mùa Mưa"),
        "office": flood("Đại sứ Nhật Bản Mori Kenji"),
        "unit-of": flood("Đại đội Công binh 17 thuộc Quân khu 9"),
        "lies-in": relief("Trạm Thủy văn Thọ Lâm"),
        "denied-in": relief("Trạm Thủy văn Thọ Lâm"),
        "clause": relief("Hiệp định Ứng phó Thiên tai"),
    }
    situations = {"office", "unit-of", "lies-in", "denied-in", "clause"}
    events = tuple(
        Claim(
            f"c-{key}",
            "SituationClaim" if key in situations else "EventClaim",
            subject=key,
            modality="denied" if key == "denied-in" else "asserted",
            evidence=(evidence,),
            happened=to_time("2025-09-05") if key == "call" else None,
        )
        for key, evidence in told.items()
    )
    dead, fewer = flood("khoảng 40 người dân xã Thọ Lâm thiệt mạng"), relief("12 người dân xã Thọ Lâm thiệt mạng")
    numbers = (
        Claim("n-dead-40", "QuantityClaim", "dead", attributed_to=("ministry",), modality="estimated",
              quantity=_number("40", "killed", exactness="approximate", lower=Decimal(36), upper=Decimal(44), unit="person"),
              evidence=(dead,)),
        Claim("n-dead-12", "QuantityClaim", "dead", attributed_to=("radio",), relayed_by=("decree",), said=to_time("2025-09"),
              quantity=_number("12", "killed", lower=Decimal(12), upper=Decimal(12), unit="person"), evidence=(fewer,)),
        Claim("n-paddy", "QuantityClaim", "paddy", attributed_to=("radio",),
              quantity=_number("42400", "area", exactness="less_than", upper=Decimal(42400), unit="hectare"),
              evidence=(relief("gần 42.400 ha lúa"),)),
        Claim("n-money", "QuantityClaim", "money", attributed_to=("radio",),
              quantity=_number("1500000", "amount", exactness="more_than", lower=Decimal(1500000), unit="bag"),
              evidence=(relief("hơn 1,5 triệu đồng"),)),
        Claim("s-thanks", "Statement", roles=(("about", ("japan",)), ("addressee", ("mori",))), attributed_to=("luu",),
              evidence=(relief("Ông Trần Văn Lựu cảm ơn Đại sứ Nhật Bản Mori Kenji"),)),
        Claim("s-silence", "NoComment", roles=(("agent", ("ministry",)),),
              evidence=(relief("Bộ Nông nghiệp chưa bình luận"),)),
    )  # fmt: skip
    return tuple(replace(claim, extractors=("frames/test",), confidence=0.875) for claim in (*events, *numbers))


EXTRACTIONS = (_extraction(FLOOD), _extraction(RELIEF))
RESOLUTION = Resolution(
    entities=ENTITIES,
    events=EVENTS,
    questions=QUESTIONS,
    claims=_claims(),
    links=(Link("japan", "Q17", 0.97, ("label", "type")),),
    competing=(("n-dead-12", "n-dead-40"),),
    corroborating=(("c-call", "c-flood"),),
)
