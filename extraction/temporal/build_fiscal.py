"""Builders for quarters and halves, and for what business reports compare with: "a year earlier", "the period"."""

from __future__ import annotations

from extraction.temporal.build_calendar import modifier, year_in
from extraction.temporal.build_relative import ago, unresolved
from extraction.temporal.period import Period, bounds, enclosing, shifted, year_at
from extraction.temporal.reading import Match, Reading
from schemas.vocabulary import Granularity

_NEAR_TOKENS = 120
_REPORT_LAG_DAYS = 75


def quarter(match: Match) -> Reading | None:
    """Read "the third quarter", "the 1988 second quarter", "the first half of 1990", "Q3 2014"."""
    unit: Granularity = "half" if match.rule.options.get("unit") == "half" else "quarter"
    per_year = 2 if unit == "half" else 4
    number = int(match.value("ordinal"))
    if not 1 <= number <= per_year:
        return None
    year = year_in(match)
    if year is not None:
        return Reading("DATE", period=Period(unit, year * per_year + number - 1), mod=modifier(match))
    base, anchor = match.discourse.now
    if base is None:
        return unresolved(f"XXXX-{'H' if unit == 'half' else 'Q'}{number}", modifier(match))
    if "relative" in match:
        period = Period(unit, (year_at(base) + int(match.value("relative"))) * per_year + number - 1)
        return Reading("DATE", period=period, mod=modifier(match), anchor=anchor)
    period = Period(unit, year_at(base) * per_year + number - 1)
    ahead = match.discourse.direction(match.start, match.end)
    if (
        bounds(period)[0] > bounds(base)[0] + _REPORT_LAG_DAYS
        and ahead <= 0
        and enclosing(base, unit).index % per_year == 0
    ):
        period = shifted(period, -per_year)
    return Reading("DATE", period=period, mod=modifier(match), anchor=anchor)


def _focus(match: Match) -> Period | None:
    discourse = match.discourse
    return discourse.quarter if match.start - discourse.quarter_token <= _NEAR_TOKENS else None


def current_quarter(match: Match) -> Reading | None:
    """Read "the quarter", "the latest quarter", "the period": the quarter spoken of, else the last full one."""
    found = match.discourse.quarter
    if found:
        return Reading("DATE", period=found, anchor="earlier_date", mod=modifier(match))
    today = match.discourse.today
    if today is None or match.rule.options.get("known"):
        return None
    return Reading("DATE", period=shifted(enclosing(today, "quarter"), -1), anchor="publication_date")


def year_earlier(match: Match) -> Reading | None:
    """Read "a year earlier", "a year ago", "the year-ago period": beside a quarter, the same quarter a year before."""
    found = _focus(match)
    spoken = match.discourse.spoken
    for earlier in reversed(spoken[-4:]):
        if match.start - earlier.start > 60:
            break
        if earlier.reading.type == "DURATION" and earlier.reading.value in ("P9M", "P6M", "P12M"):
            found = None
            break
        if earlier.reading.period and earlier.reading.period.unit == "quarter":
            break
    if found:
        return Reading("DATE", period=shifted(found, -4), anchor="earlier_date", mod=modifier(match), focus=False)
    return ago(match)


def year_period(match: Match) -> Reading | None:
    """Read "the 1988 period", "the 1988 quarter": in a report on a quarter, that quarter of the year named."""
    year = year_in(match)
    if year is None:
        return None
    found = match.discourse.quarter
    if found is None:
        return Reading("DATE", period=Period("year", year))
    return Reading("DATE", period=Period("quarter", year * 4 + found.index % 4), focus=False)
