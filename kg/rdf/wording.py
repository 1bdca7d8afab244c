"""Write numbers and times the way English and Vietnamese readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg import edtf

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = ("en", "vi")

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {"en": ("spring", "summer", "autumn", "winter"), "vi": ("mùa xuân", "mùa hè", "mùa thu", "mùa đông")}
_FIRST_SEASON = 21
_MAX_SCALED_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """The small words of one language that labels are put together with."""

    group: str
    point: str
    scales: tuple[tuple[int, str], ...]
    about: str
    from_: str
    until: str
    year_unknown: str
    day_unknown: str


WORDINGS: dict[Language, Wording] = {
    "en": Wording(
        group=",", point=".", scales=((10**9, "billion"), (10**6, "million")),
        about="about", from_="from", until="until", year_unknown="year unknown", day_unknown="day unknown",
    ),
    "vi": Wording(
        group=".", point=",", scales=((10**9, "tỷ"), (10**6, "triệu")),
        about="khoảng", from_="từ", until="đến", year_unknown="không rõ năm", day_unknown="không rõ ngày",
    ),
}  # fmt: skip


def number(value: Decimal, language: Language) -> str:
    """`value` in words' company: 1500000 is "1.5 million" and "1,5 triệu", 42400 is "42,400" and "42.400"."""
    wording = WORDINGS[language]
    for scale, name in wording.scales:
        scaled = value / scale
        if abs(value) >= scale and scaled == round(scaled, _MAX_SCALED_DECIMALS):
            return f"{_digits(scaled, wording)} {name}"
    return _digits(value, wording)


def _digits(value: Decimal, wording: Wording) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    whole = whole.replace(",", wording.group)
    return f"{whole}{wording.point}{fraction}" if fraction else whole


def time(text: str, language: Language) -> str:
    """An EDTF value as readers write it, such as "12 August 2025" and "12/8/2025"; what is no EDTF of ours stays."""
    if not edtf.is_valid(text):
        return text
    value = edtf.parse(text)
    if isinstance(value, edtf.Moment):
        return _moment(value, language)
    wording = WORDINGS[language]
    if value.start is None or value.end is None:
        side = value.start or value.end
        word = wording.from_ if value.start else wording.until
        return f"{word} {_moment(side, language)}" if side else text
    return f"{_moment(value.start, language)} – {_moment(value.end, language)}"


def _moment(moment: edtf.Moment, language: Language) -> str:
    wording = WORDINGS[language]
    text = _english(moment) if language == "en" else _vietnamese(moment)
    if moment.year is None:
        unknown = wording.day_unknown if moment.month is None else wording.year_unknown
        text = f"{text} ({unknown})" if text else unknown
    if moment.clock:
        text = f"{moment.clock[0]:02}:{moment.clock[1]:02}, {text}"
    return f"{wording.about} {text}" if moment.approximate else text


def _english(moment: edtf.Moment) -> str:
    year = "" if moment.year is None else f"{moment.year}" + ("s" if moment.years > 1 else "")
    if moment.month is None:
        return year
    season = moment.month >= _FIRST_SEASON
    month = _SEASONS["en"][moment.month - _FIRST_SEASON] if season else _ENGLISH_MONTHS[moment.month - 1]
    return " ".join(part for part in (str(moment.day or ""), month, year) if part)


def _vietnamese(moment: edtf.Moment) -> str:
    year = "" if moment.year is None else str(moment.year)
    if moment.month is None:
        return f"những năm {year}" if moment.years > 1 else year and f"năm {year}"
    if moment.month >= _FIRST_SEASON:
        return f"{_SEASONS['vi'][moment.month - _FIRST_SEASON]} {year}".strip()
    parts = "/".join(part for part in (str(moment.day or ""), str(moment.month), year) if part)
    return parts if moment.day else f"tháng {parts}"
