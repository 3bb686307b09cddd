"""Builders for quarters and halves, and for what business reports compare with: "a year earlier", "the period"."""

from __future__ import annotations

import re

from extraction.temporal.anchors import unresolved
from extraction.temporal.build_calendar import calendar, modifier, two_digit_year, year_in
from extraction.temporal.build_counted import ago
from extraction.temporal.period import Period, bounds, enclosing, moved_year, shifted, year_at
from extraction.temporal.reading import Match, Reading
from schemas.vocabulary import Granularity

_NEAR_TOKENS = 90
_REPORT_LAG_DAYS = 75
_NEAR_MATCH = 12
_NEAR_TOLD = 8  # tokens behind a full date: "on 4 June 1995. A year earlier"
_CODE = re.compile(r"(?:(?P<kind>[1-4]q|q[1-4]|[12]h|h[12])|fy)['’]?(?P<year>\d{4}|\d\d)")


def quarter(match: Match) -> Reading | None:
    """Read "the third quarter", "the 1988 second quarter", "the first half of 1990", "Q3 2014"."""
    unit: Granularity = "half" if match.rule.options.get("unit") == "half" else "quarter"
    per_year = 2 if unit == "half" else 4
    number = int(match.value("ordinal"))
    number = per_year if number < 0 else number
    if not 1 <= number <= per_year:
        return None
    year = year_in(match)
    if year is not None:
        return Reading("DATE", period=Period(unit, year * per_year + number - 1), mod=modifier(match))
    base, anchor = match.discourse.now
    if base is None:
        return unresolved(f"XXXX-{'H' if unit == 'half' else 'Q'}{number}", modifier(match))
    beside = _beside(match, unit)
    if beside is not None and match.value("relative") is None:
        period = Period(unit, year_at(beside) * per_year + number - 1)
        return Reading("DATE", period=period, mod=modifier(match), anchor="earlier_date")
    if match.value("relative") is not None:
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


def season_part(match: Match) -> Reading | None:
    """Read "the first half", "the third quarter" of a business year, unless the sentence tells of a match."""
    discourse = match.discourse
    first = discourse.sentence_start(match.start)
    near = discourse.words[first : match.end + _NEAR_MATCH]
    return None if any(word in match.language.values["SPORT"] for word in near) else quarter(match)


def _beside(match: Match, unit: Granularity) -> Period | None:
    """Return the quarter or half that the sentence has named with its year: "the first of 2015 and … the second"."""
    discourse = match.discourse
    sentence = discourse.sentence_start(match.start)
    for spoken in reversed(discourse.spoken[-3:]):
        period = spoken.reading.period
        if spoken.start < sentence:
            break
        if period and period.unit == unit and spoken.reading.anchor == "explicit" and spoken.reading.focus:
            return period
    return None


def quarter_code(match: Match) -> Reading | None:
    """Read the short forms of business tables: 3Q14, Q3'14, 1H2014, FY14, FY2013."""
    parsed = _CODE.fullmatch(match.word("code"))
    if parsed is None:
        return None
    digits = parsed["year"]
    year = int(digits) if len(digits) == 4 else two_digit_year(match, int(digits))
    kind, number = (parsed["kind"] or "").strip("0123456789"), int(re.sub(r"\D", "", parsed["kind"] or "") or 0)
    if kind == "q":
        return Reading("DATE", period=Period("quarter", year * 4 + number - 1))
    if kind == "h":
        return Reading("DATE", period=Period("half", year * 2 + number - 1))
    return Reading("DATE", period=Period("year", year))


def ended_quarter(match: Match) -> Reading | None:
    """Read "the quarter" before "ended Sept. 30": the one that the date lies in."""
    day = calendar(match)
    if day is None or day.period is None:
        return None
    period = enclosing(day.period, "quarter")
    match.discourse.quarter = period
    return Reading("DATE", period=period, anchor=day.anchor)


def current_quarter(match: Match) -> Reading | None:
    """Read "the quarter", "the latest quarter", "the period": the one the text reports on, else the last full one."""
    found = match.discourse.quarter
    if found:
        return Reading("DATE", period=found, anchor="earlier_date", mod=modifier(match))
    today = match.discourse.today
    if today is None or match.value("known"):
        return None
    return Reading("DATE", period=shifted(enclosing(today, "quarter"), -1), anchor="publication_date")


def year_earlier(match: Match) -> Reading | None:
    """Read "a year earlier", "the year-ago period": what the text compares with, a quarter, a day or a year before.

    What it compares is the nearest quarter, duration of months or day before it; far from any, the year of publication.
    """
    discourse = match.discourse
    for earlier in reversed(discourse.spoken[-6:]):
        if match.start - earlier.start > _NEAR_TOKENS:
            break
        period = earlier.reading.period
        if earlier.reading.type == "DURATION" and earlier.reading.value.endswith("M"):
            break
        if period and period.unit == "quarter" and earlier.reading.focus:
            return Reading("DATE", period=shifted(period, -4), anchor="earlier_date", mod=modifier(match), focus=False)
        if period and period.unit == "day" and discourse.before(earlier.start) in match.language.values["ENDED"]:
            return Reading("DATE", period=moved_year(period, -1), anchor="earlier_date", focus=False)
    if match.value("compared"):
        return None
    told = discourse.spoken[-1] if discourse.spoken else None
    if told and told.reading.anchor == "explicit" and told.reading.period and match.start - told.end <= _NEAR_TOLD:
        base = told.reading.period
        if base.unit in ("day", "month", "year") and match.word("side") not in match.language.values["SIDE"]:
            period = shifted(enclosing(base, "year"), -1)
            return Reading("DATE", period=period, anchor="earlier_date", mod=modifier(match), focus=False)
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
