"""Builders for what stands in a week: a weekday of last week, a numbered week, the night before a weekday."""

from __future__ import annotations

from dataclasses import replace

from extraction.temporal.anchors import unresolved
from extraction.temporal.build_calendar import calendar, modifier, year_in
from extraction.temporal.build_days import week_day
from extraction.temporal.build_relative import relative_unit
from extraction.temporal.period import Period, enclosing, shifted, year_at
from extraction.temporal.reading import Match, Reading
from schemas.civil import day_number
from schemas.vocabulary import Anchor


def weekday_of_week(match: Match) -> Reading | None:
    """Read "Tuesday of last week": the weekday within the week that the match names."""
    number = int(match.value("weekday"))
    week = relative_unit(match)
    if week is None or week.period is None:
        return unresolved(f"XXXX-WXX-{number}", modifier(match))
    return replace(week, period=Period("day", week.period.index + number - 1))


def week_of_date(match: Match) -> Reading | None:
    """Read "the week of 6 October": the week that holds the day."""
    day = calendar(match)
    if day is None or day.period is None:
        return None
    weeks = tuple(enclosing(other, "week") for other in day.alternatives)
    return replace(day, period=enclosing(day.period, "week"), alternatives=weeks)


def numbered_week(match: Match) -> Reading | None:
    """Read "calendar week 42", with or without a year: ISO 8601 weeks, of which the first holds 4 January."""
    number = int("".join(filter(str.isdigit, match.word("ordinal"))))
    year = year_in(match)
    anchor: Anchor = "explicit"
    if not 1 <= number <= 53:
        return None
    if year is None:
        base, anchor = match.discourse.now
        if base is None:
            return unresolved(f"XXXX-W{number:02d}", modifier(match))
        year = year_at(base)
    first = enclosing(Period("day", day_number(year, 1, 4)), "week")
    return Reading("DATE", period=shifted(first, number - 1), mod=modifier(match), anchor=anchor)


def night_before(match: Match) -> Reading | None:
    """Read German "in der Nacht zum Mittwoch", "zum 3. Mai": the night that begins on the day before."""
    day = calendar(match) if "month" in match else week_day(match)
    if day is None or day.period is None:
        return replace(unresolved("XXXX-XX-XXTNI"), type="TIME")

    def night(period: Period) -> Period:
        return Period("part_of_day", period.index - 1, part="NI")

    return replace(day, type="TIME", period=night(day.period), alternatives=tuple(map(night, day.alternatives)))
