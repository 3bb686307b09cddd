"""Named days: fixed dates, the nth weekday of a month, and days that count from Easter."""

from __future__ import annotations

import re

from extraction.temporal.build_calendar import modifier, year_in
from extraction.temporal.period import Period, bounds, year_at
from extraction.temporal.reading import Match, Reading
from schemas.civil import day_number, month_length, parse_day, weekday


def easter(year: int) -> int:
    """Return the day number of Easter Sunday (Gregorian; the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    quotient, leap = century // 4, century % 4
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - quotient - correction + 15) % 30
    days = (32 + 2 * leap + 2 * (rest // 4) - epact - rest % 4) % 7
    moon = (golden + 11 * epact + 22 * days) // 451
    month, day = divmod(epact + days - 7 * moon + 114, 31)
    return day_number(year, month, day + 1)


def day_in(rule: str, year: int) -> int:
    """Return the day number of a named day in a year.

    Args:
        rule: `12-25` for a date, `1944-06-06` for a day of history, `11/4/4` for month, weekday (1 is Monday) and which
            of them (-1 the last), `easter-2`.
        year: astronomical year.
    """
    if rule.startswith("easter"):
        return easter(year) + int(rule[6:] or 0)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return parse_day(rule)
    if "/" in rule:
        return _nth_weekday(year, *map(int, rule.split("/")))
    month, day = map(int, rule.split("-"))
    return day_number(year, month, day)


def _nth_weekday(year: int, month: int, number: int, nth: int) -> int:
    if nth > 0:
        first = day_number(year, month)
        return first + (number - weekday(first)) % 7 + 7 * (nth - 1)
    last = day_number(year, month, month_length(year, month))
    return last - (weekday(last) - number) % 7


def named_day(match: Match) -> Reading | None:
    """Read "Christmas 2007", "last Thanksgiving", "Easter Monday"; without a year, the nearest to publication."""
    rule = str(match.rule.options["day"])
    year = year_in(match)
    part = match.value("part")

    def reading(period: Period, **more: object) -> Reading:
        if part:
            period = Period("part_of_day", period.index, part=str(part))
        return Reading("TIME" if part else "DATE", period=period, mod=modifier(match), **more)  # type: ignore[arg-type]

    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return reading(Period("day", parse_day(rule)))
    if year is not None:
        return reading(Period("day", day_in(rule, year)))
    base, anchor = match.discourse.now
    if base is None:
        value = f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX"
        return Reading("DATE", value, anchor="none", suffix=".unresolved", focus=False)
    start, around = bounds(base)[0], year_at(base)
    days = [day_in(rule, around + offset) for offset in (-1, 0, 1)]
    relative = match.value("relative")
    if anchor == "earlier_date":
        chosen = days[1]
    elif relative is not None and int(relative) < 0:
        chosen = max(day for day in days if day < start)
    elif relative is not None and int(relative) > 0:
        chosen = min(day for day in days if day > start)
    else:
        chosen = min(days, key=lambda day: abs(day - start))
    return reading(Period("day", chosen), anchor=anchor)
