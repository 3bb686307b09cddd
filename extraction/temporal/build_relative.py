"""Builders for units beside another: "last week", "next year", "the same month", "that winter", "the weekend"."""

from __future__ import annotations

from dataclasses import replace

from extraction.temporal.anchors import UNDERSPECIFIED, UNIT_OF_CODE, base_of, unresolved
from extraction.temporal.build_calendar import day_in, modifier
from extraction.temporal.period import (
    SEASONS,
    Period,
    bounds,
    day_of,
    enclosing,
    month_of,
    shifted,
    timex_value,
    year_at,
)
from extraction.temporal.reading import Match, Reading
from schemas.vocabulary import Granularity


def relative_unit(match: Match) -> Reading | None:
    """Read last, this or next week, month, quarter, year; "that day", "the same year", "the following month"."""
    unit = UNIT_OF_CODE[str(match.value("unit"))]
    offset = int(match.value("relative", match.value("offset", 0)))
    base, anchor = base_of(match)
    if base is None:
        return unresolved(UNDERSPECIFIED[unit], modifier(match))
    if unit in ("day", "week", "weekend") and base.unit in ("month", "quarter", "season", "half", "year", "decade"):
        return replace(unresolved(_within(base, unit), modifier(match)), anchor=anchor)
    period = shifted(enclosing(base, unit), offset)
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor)


def _within(base: Period, unit: Granularity) -> str:
    value = timex_value(base)
    if base.unit == "month":
        return f"{value}-XX"
    return (
        f"{value[:-3] if base.unit in ('quarter', 'season', 'half') else value}-{'XX-XX' if unit == 'day' else 'WXX'}"
    )


def relative_month(match: Match) -> Reading | None:
    """Read "last February", "this September", "next May", "May last year", "3 May last year"."""
    base, anchor = base_of(match)
    month, day = int(match.value("month")), day_in(match)
    if base is None:
        return unresolved(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), modifier(match))
    relative = int(match.value("relative", match.value("offset", 0)))
    if "unit" in match:
        year = year_at(base) + relative
        period = day_of(year, month, day) if day else month_of(year, month)
        return Reading("DATE", period=period, mod=modifier(match), anchor=anchor)
    current = enclosing(base, "month").index
    index = current - current % 12 + month - 1
    if relative < 0 and index >= current - 1:
        index -= 12
    if relative > 0 and index <= current:
        index += 12
    return Reading("DATE", period=Period("month", index), mod=modifier(match), anchor=anchor)


def relative_month_day(match: Match) -> Reading | None:
    """Read "the 20th of next month", "the 3rd of the same month"."""
    month = relative_unit(match)
    day = day_in(match)
    if month is None or month.period is None or day is None:
        return month
    year, before = divmod(month.period.index, 12)
    return replace(month, period=day_of(year, before + 1, day))


def relative_season(match: Match) -> Reading | None:
    """Read "last summer", "this spring", "next winter"."""
    base, anchor = base_of(match)
    code = str(match.value("season"))
    if base is None:
        return unresolved(f"XXXX-{code}", modifier(match))
    relative = int(match.value("relative", match.value("offset", 0)))
    index = year_at(base) * 4 + SEASONS.index(code)
    if "unit" in match:
        index += 4 * relative
    elif relative:
        period = Period("season", index)
        if relative < 0 and bounds(period)[1] > bounds(base)[0]:
            index -= 4
        if relative > 0 and bounds(period)[0] <= bounds(base)[0]:
            index += 4
    return Reading("DATE", period=Period("season", index), mod=modifier(match), anchor=anchor)


def month_of_text(match: Match) -> Reading | None:
    """Read "October of that year", "January 24 of the same year"."""
    base, anchor = match.discourse.mentioned
    month, day = int(match.value("month")), match.value("day")
    if base is None:
        return unresolved(f"XXXX-{month:02d}")
    year = year_at(base)
    if day is None:
        return Reading("DATE", period=month_of(year, month), anchor=anchor)
    return Reading("DATE", period=day_of(year, month, int(day)), anchor=anchor)


def season_after(match: Match) -> Reading | None:
    """Read "that winter": the season that holds the last mention, or else the next one of that name."""
    base, anchor = match.discourse.mentioned
    code = str(match.value("season"))
    if base is None:
        return unresolved(f"XXXX-{code}")
    season = Period("season", year_at(base) * 4 + SEASONS.index(code))
    if bounds(shifted(season, -4))[1] > bounds(base)[0]:
        season = shifted(season, -4)
    elif base.unit != "year" and bounds(season)[1] <= bounds(base)[0]:
        season = shifted(season, 4)
    return Reading("DATE", period=season, anchor=anchor)


def weekend(match: Match) -> Reading | None:
    """Read "the weekend": the last one, or the next when the sentence looks ahead."""
    base, anchor = base_of(match)
    if base is None or base.unit not in ("day", "week", "part_of_day", "minute", "second"):
        return unresolved("XXXX-WXX-WE")
    saturday = enclosing(Period("day", bounds(base)[0]), "weekend")
    ahead = match.discourse.direction(match.start, match.end)
    if saturday.index > bounds(base)[0] and ahead <= 0:
        return Reading("DATE", period=shifted(saturday, -1), anchor=anchor, alternatives=(saturday,))
    return Reading("DATE", period=saturday, anchor=anchor)
