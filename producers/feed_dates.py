"""Dates as feeds write them: RFC 822 and its misuses, ISO 8601 and its relatives, asctime; never from pieces."""

from __future__ import annotations

import re

from schemas.civil import SECONDS_A_DAY, DateError, Moment, day_number

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "met": 60, "cest": 120,
    "mest": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "jst": 540, "kst": 540,
    "sgt": 480, "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Minutes east of UTC; names with two common meanings (IST) are left out, American ones are as in RFC 822."""

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"\s*\(?(?P<zone>(?:gmt|utc?)?\s*[+\-−]\d{1,2}(?::?\d{2})?|[a-z]{1,4}\b)?\)?.*"
_RFC822 = re.compile(
    r"(?:[a-z]+\.?\s*,?\s*)?(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?P<month>[a-z]{3})[a-z]*\.?[\s,./-]+"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,?[\s,T]+(?:{_CLOCK}{_ZONE})?)?",
    re.IGNORECASE | re.DOTALL,
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]+\.?\s*,?\s+)?(?P<month>[a-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>\d{{4}})(?:,?\s+(?:at\s+)?(?:{_CLOCK}{_ZONE})?)?",
    re.IGNORECASE | re.DOTALL,
)
_ASCTIME = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<month>[a-z]{3})[a-z]*\s+(?P<day>\d{1,2})\s+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s+(?P<zone>[a-z]{1,4}\s+|[+-]\d{4}\s+)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<join>[-/.]?)(?P<month>\d{1,2})(?P=join)(?P<day>\d{1,2})"
    rf"(?:(?:[T\s]\s*|\s*[T,]\s*)(?:{_CLOCK}|(?P<packed>\d{{6}}|\d{{4}})){_ZONE}|T?\s*)",
    re.IGNORECASE | re.DOTALL,
)
_ORDINAL = re.compile(r"(?P<year>\d{4})-?(?P<ordinal>\d{3})")
_PACKED_DAY = re.compile(r"\d{8}(?!\d)")
_OFFSET = re.compile(r"([+\-−])(\d{1,2})(?::?(\d{2}))?")


def read_feed_date(text: str | None) -> Moment | None:
    """Return the moment that a feed's date tells, or None when it tells no single day.

    A zone that is not given or not known leaves the time of day without one; 24:00 is the next midnight and hence no
    moment of that day, so only the day stays.
    """
    text = " ".join((text or "").split())[:100]
    if not text:
        return None
    for pattern in (_RFC822, _ISO, _MONTH_FIRST, _ASCTIME, _ORDINAL):
        match = pattern.fullmatch(text)
        if match and (pattern is not _ISO or match["join"] or _PACKED_DAY.match(text)):
            try:
                return _moment(match.groupdict())
            except (DateError, ValueError):
                return None
    return None


def _moment(part: dict[str, str | None]) -> Moment | None:
    year = int(part["year"] or 0)
    if len(part["year"] or "") == 2:
        year += 2000 if year < 70 else 1900  # RFC 2822, section 4.3, with the pivot of POSIX
    if part.get("ordinal"):
        return Moment(day_number(year) + int(part["ordinal"] or 0) - 1)
    named = part["month"] or ""
    month = int(named) if named.isdigit() else _MONTHS.get(named.lower())
    if month is None:
        return None
    day = day_number(year, month, int(part["day"] or 0))
    packed = part.get("packed")
    if packed:
        hour, minute, second = int(packed[:2]), int(packed[2:4]), int(packed[4:] or 0)
    elif part.get("hour"):
        hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), int(part.get("second") or 0)
    else:
        return Moment(day)
    half = (part.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return Moment(day)
    return Moment(day, min(hour * 3600 + minute * 60 + second, SECONDS_A_DAY - 1), _offset(part.get("zone")))


def _offset(zone: str | None) -> int | None:
    zone = (zone or "").strip().lower()
    if not zone:
        return None
    match = _OFFSET.search(zone)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes) * 60 if minutes <= 14 * 60 else None
    minutes_east = _ZONES.get(zone)
    return None if minutes_east is None else minutes_east * 60
