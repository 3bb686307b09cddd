"""Dates as pages write them: those of feeds, epochs, months in many languages, figures, zones by name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from producers.feed_dates import read_feed_date
from schemas.civil import DateError, Moment, civil, day_number

_WORDS = Path(__file__).parent / "date_words.toml"
_LONGEST = 200
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_IANA = re.compile(r"\[?\b((?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/]+)\]?")
_SCRIPT = re.compile(  # JavaScript's Date.toString: Tue Nov 03 2020 10:00:00 GMT+0100
    r"[a-z]{3} (?P<month>[a-z]{3}) (?P<day>\d\d) (?P<year>\d{4}) (?P<clock>[\d:]{8}) (?P<zone>(?:gmt|utc)\S*).*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<clock>(?P<hour>[01]?\d|2[0-3])[:h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?|"
    r"(?P<dotted>(?:[01]?\d|2[0-3])\.[0-5]\d)(?=\s*(?:uhr|[ap]\.?m|$)))(?![\d.])"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?:uhr|hrs?)\b)?\s*\(?(?P<zone>(?:(?:GMT|UTC)?\s*[+\-−]\d{1,2}(?::?\d\d)?)(?!\d)|"
    r"[A-Z]{1,4}\b)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<join>[-/.年]|\. )(?P<month>\d{1,2})(?:(?P=join)|月)(?P<day>\d{1,2})(?!\d)"
)
_YEAR_LAST = re.compile(
    r"(?<![\d.:])(?P<first>\d{1,2})(?P<join>[-/.]|\. )(?P<second>\d{1,2})(?P=join)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d\d)(?!\d|\.\d)")
_LITTLE_ELSE = 40  # characters; 3.5.21 is a date only where hardly anything else stands
_WORDED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|º|ª)?(?:\s+de|\s+of)?[\s\-/]+(?P<month>[^\W\d_]{3,12})\.?,?(?:\s+de[l]?)?[\s\-/,]+(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<month2>[^\W\d_]{3,12})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<year3>(?:19|20)\d\d)\.?[\s,]+(?P<month3>[^\W\d_]{3,12})\.?\s+(?P<day3>\d{1,2})(?!\d)"
)


def read_date(text: str | None, month_first: bool | None = None) -> Moment | None:
    """Return the moment that a field or attribute tells, None when it tells no single day.

    Args:
        text: the value of a field that holds a date.
        month_first: how 3/4/2021 is meant; None leaves such a date unread.
    """
    text = " ".join((text or "")[:_LONGEST].split())
    if not text:
        return None
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        days, second = divmod(int(epoch[1]), 86_400)
        return Moment(day_number(1970) + days, second, 0)
    script = _SCRIPT.fullmatch(text)
    if script:
        text = f"{script['day']} {script['month']} {script['year']} {script['clock']} {script['zone']}"
    moment = read_feed_date(_IANA.sub("", text).strip()) or find_date(text, month_first)
    return _in_named_zone(moment, text)


def _in_named_zone(moment: Moment | None, text: str) -> Moment | None:
    """Give a clock without a zone that of the place named beside it (2021-06-01T08:00[Europe/Berlin])."""
    named = _IANA.search(text)
    if moment is None or moment.second is None or moment.offset is not None or named is None:
        return moment
    year, month, day = civil(moment.day)
    try:
        local = datetime(year, month, day, moment.second // 3600, moment.second // 60 % 60, tzinfo=ZoneInfo(named[1]))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment
    offset = local.utcoffset()
    return moment if offset is None else replace(moment, offset=int(offset.total_seconds()))


def find_date(text: str, month_first: bool | None = None) -> Moment | None:
    """Return the first date within running words, with the time of day that stands beside it.

    Args:
        text: words such as a byline; its first 200 characters are read.
        month_first: how 3/4/2021 is meant; None leaves such a date unread.
    """
    found = first_date(" ".join(text[:_LONGEST].split()), month_first)
    return None if found is None else found[0]


def first_date(text: str, month_first: bool | None = None) -> tuple[Moment, int] | None:
    """Return the first date within running words, as `find_date` does, and where in them it begins."""
    for pattern, read in (
        (_WORDED, _worded),
        (_YEAR_FIRST, _year_first),
        (_YEAR_LAST, _year_last),
        (_SHORT_YEAR, _short_year),
    ):
        for match in pattern.finditer(text):
            day = read(match, month_first)
            if day is not None:
                return _with_clock(day, text[: match.start()] + " \n " + text[match.end() :]), match.start()
    return None


def _worded(match: re.Match[str], _month_first: bool | None) -> int | None:
    for suffix in ("", "2", "3"):
        if match["year" + suffix]:
            month = months().get(match["month" + suffix].lower())
            return None if month is None else _day(match["year" + suffix], month, match["day" + suffix])
    return None


def _year_first(match: re.Match[str], _month_first: bool | None) -> int | None:
    return _day(match["year"], int(match["month"]), match["day"])


def _year_last(match: re.Match[str], month_first: bool | None) -> int | None:
    first, second = int(match["first"]), int(match["second"])
    if "." in match["join"]:
        month_first = False  # no country writes the month first before full stops
    elif first > 12 or second > 12:
        month_first = second > 12
    if month_first is None and first != second:
        return None
    month, day = (first, second) if month_first else (second, first)
    return _day(match["year"], month, str(day))


def _short_year(match: re.Match[str], _month_first: bool | None) -> int | None:
    if len(match.string) > _LITTLE_ELSE:
        return None
    year = int(match["year"])
    return _day(str(year + (2000 if year < 70 else 1900)), int(match["month"]), match["day"])


def _day(year: str, month: int, day: str) -> int | None:
    try:
        return day_number(int(year), month, int(day))
    except DateError:
        return None


def _with_clock(day: int, rest: str) -> Moment:
    match = _CLOCK.search(rest)
    if not match:
        return Moment(day)
    hour, minute = match["hour"], match["minute"]
    if match["dotted"]:
        hour, minute = match["dotted"].split(".")
    clock = f"{int(hour):02d}:{minute}:{match['second'] or '00'}"
    half = f" {match['half']}m" if match["half"] else ""
    read = read_feed_date(f"2001-01-01T{clock}{half} {match['zone'] or ''}".strip())
    return Moment(day) if read is None or read.second is None else replace(read, day=day)


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return the month that each spelling names, 1 to 12."""
    tables: dict[str, str] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["months"]
    return {
        spelling: number
        for table in tables.values()
        for number, spellings in enumerate(table.split(), 1)
        for spelling in spellings.split("|")
    }
