"""Builders for dates that are counted from another: "two weeks ago", "three days later", "two Thursdays ago"."""

from __future__ import annotations

from extraction.temporal.anchors import UNDERSPECIFIED, UNIT_OF_CODE, published, unresolved, whole_clause
from extraction.temporal.build_calendar import modifier
from extraction.temporal.period import Period, bounds, enclosing, moved_year, shifted
from extraction.temporal.reading import Match, Reading
from schemas.civil import add_months, weekday
from schemas.vocabulary import Granularity


def ago(match: Match) -> Reading | None:
    """Read "two weeks ago", "three days later", "a year earlier", at the granularity people mean."""
    if match.word("side") in match.language.values["SIDE_PREPOSITION"] and not whole_clause(match):
        return None
    sign = int(match.value("side", -1))
    code = str(match.value("unit"))
    count = _count(match)
    if code == "FN" and count:
        code, count = "W", 2 * count
    origin = match.rule.options.get("from", "published")
    base, anchor = published(match) if origin == "published" else match.discourse.mentioned
    if base is None and origin == "published":
        base, anchor = match.discourse.now
    if count is None:
        if origin == "published":
            return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", focus=False, mod=modifier(match))
        return None
    unit = UNIT_OF_CODE[code]
    if base is None:
        return unresolved(UNDERSPECIFIED.get(unit, "XXXX-XX-XX"), modifier(match))
    period = displaced(base, unit, sign * count, match.discourse.domain)
    if period and modifier(match) and unit == "week":
        period = enclosing(period, "week")
    if period is None:
        return None
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor, focus=sign > 0)


def counted_from_day(match: Match) -> Reading | None:
    """Read "two days after tomorrow", "three weeks from now", "two days before yesterday"."""
    base, anchor = match.discourse.now
    unit, count = UNIT_OF_CODE.get(str(match.value("unit"))), _count(match)
    if unit is None or count is None:
        return None
    if base is None:
        return unresolved(UNDERSPECIFIED.get(unit, "XXXX-XX-XX"), modifier(match))
    day = Period("day", bounds(base)[0] + int(match.value("day", 0)))
    period = displaced(day, unit, int(match.value("side")) * count, match.discourse.domain)
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor) if period else None


def weekdays_away(match: Match) -> Reading | None:
    """Read "two Thursdays ago": the second one before the day of publication."""
    base, anchor = published(match)
    count, side = _count(match), int(match.value("side"))
    number = int(match.value("weekday"))
    if base is None or not count:
        return unresolved(f"XXXX-WXX-{number}")
    nearest = (number - weekday(base.index)) % 7 or 7
    away = nearest + 7 * (int(count) - 1) if side > 0 else nearest - 7 * int(count)
    return Reading("DATE", period=Period("day", base.index + away), anchor=anchor)


def ago_weekday(match: Match) -> Reading | None:
    """Read "a week ago Tuesday": the Tuesday on or before the day a week ago."""
    base, anchor = published(match)
    number, weeks = int(match.value("weekday")), match.number("count") if "count" in match else 1.0
    if base is None or weeks is None:
        return unresolved(f"XXXX-WXX-{number}")
    day = base.index - 7 * int(weeks)
    return Reading("DATE", period=Period("day", day - (weekday(day) - number) % 7), anchor=anchor)


def _count(match: Match) -> float | None:
    if "count" not in match:
        return 1.0
    return (
        (match.number("count") or 1.0) + 0.5
        if "half" in match
        else match.number("count")
        or (1.0 if set(match.words("count")) <= set(match.language.values["ARTICLE"]) else None)
    )


def displaced(base: Period, unit: Granularity, count: float, domain: str) -> Period | None:
    """Move a period by a number of units; the result is as fine as people mean it.

    "Five months ago" is a month and "two years ago" a year; short posts count to the day.
    """
    if unit in ("hour", "minute", "second"):
        return None
    if unit == "day":
        return Period("day", bounds(base)[0] + round(count))
    if unit == "week":
        moved = Period("day", bounds(base)[0] + round(count * 7))
        return moved if abs(count) <= 2 and base.unit == "day" else enclosing(moved, "week")
    if unit in ("month", "quarter"):
        months = round(count * (3 if unit == "quarter" else 1))
        if domain == "colloquial" and base.unit == "day":
            return Period("day", add_months(base.index, months))
        if unit == "quarter":
            return shifted(enclosing(base, "quarter"), round(count))
        return shifted(enclosing(base, "month"), months)
    count *= {"year": 1, "decade": 10, "century": 100}.get(unit, 1)
    if count != int(count):
        return shifted(enclosing(base, "month"), round(count * 12))
    years = round(count)
    if domain == "colloquial" and base.unit == "day":
        return moved_year(base, years)
    return shifted(enclosing(base, "year"), years)
