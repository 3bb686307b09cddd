"""Dates in words: a When as people read it, as fine as it is known and no finer."""

from __future__ import annotations

import re

from schemas.civil import DateError, civil, format_offset, parse_moment
from schemas.when import When

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS_OF_YEAR = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "first quarter of", "34": "second quarter of", "35": "third quarter of", "36": "fourth quarter of",
    "40": "first half of", "41": "second half of",
}  # fmt: skip
_PARTS_OF_DAY = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_DATE = re.compile(r"(?P<year>-?\d{4,})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~%]?")
_DECADE = re.compile(r"(-?\d{3})X")
_CENTURY = re.compile(r"(\d\d)XX")


def in_words(when: When) -> str:
    """Say a When in words: `25 June 2025`, `March 2015`, `since 2014`, `26 June 2025 – 2035`, `44 BCE`."""
    if not when.resolved:
        return f"date unknown ({when.value})"
    if when.granularity in ("second", "minute", "hour") and when.start is not None:
        return _instant(when.start)
    if when.granularity == "part_of_day" and when.start is not None:
        part = _PARTS_OF_DAY.get(when.value.rpartition("T")[2], "part")
        return f"{part} of {_day(when.start)}"
    if when.granularity in ("week", "weekend") and when.start is not None:
        return f"{when.granularity} of {_day(when.start)}"
    return _edtf(when.edtf) if when.edtf else _bounds(when)


def _edtf(text: str) -> str:
    start, slash, end = text.partition("/")
    if not slash:
        return _one(start)
    if end in ("", ".."):
        return f"since {_one(start)}"
    if start in ("", ".."):
        return f"until {_one(end)}"
    return f"{_one(start)} – {_one(end)}"


def _one(text: str) -> str:
    """Say one EDTF date; what has no words here stands as it is."""
    if decade := _DECADE.fullmatch(text):
        return f"{decade[1]}0s"
    if century := _CENTURY.fullmatch(text):
        return f"{_ordinal(int(century[1]) + 1)} century"
    date = _DATE.fullmatch(text)
    if not date:
        return _instant(text) if "T" in text else text
    year, month, day = _year(int(date["year"])), date["month"], date["day"]
    if month is None:
        return year
    if month in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[month]} {year}"
    if not 1 <= int(month) <= 12:
        return text
    name = _MONTHS[int(month) - 1]
    return f"{name} {year}" if day is None else f"{int(day)} {name} {year}"


def _bounds(when: When) -> str:
    if when.start is None:
        return f"before {_day(when.end or '')}"
    return f"since {_day(when.start)}" if when.end is None else f"{_day(when.start)} to before {_day(when.end)}"


def _day(text: str) -> str:
    try:
        year, month, day = civil(parse_moment(text).day)
    except DateError:
        return text
    return f"{day} {_MONTHS[month - 1]} {_year(year)}"


def _instant(text: str) -> str:
    try:
        moment = parse_moment(text)
    except DateError:
        return text
    if moment.second is None:
        return _day(text)
    zone = {None: "", 0: " UTC"}.get(moment.offset, f" UTC{format_offset(moment.offset)}")
    return f"{_day(text)}, {moment.second // 3600:02d}:{moment.second // 60 % 60:02d}{zone}"


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BCE"


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
