"""Builders for dates in figures alone: 16/08/2014, 2014-08-16T10:30, 16/8, 2015-03."""

from __future__ import annotations

import re

from extraction.temporal.build_calendar import two_digit_year
from extraction.temporal.choose import month_near
from extraction.temporal.period import Period, day_of, month_of
from extraction.temporal.reading import Match, Reading
from schemas.civil import DateError, parse_moment
from schemas.vocabulary import Granularity


def numeric(match: Match) -> Reading | None:
    """Read 16/08/2014, 08/16/14, 16.08.2014 or 2014/08/16; the country decides what 03/04 means."""
    word = match.word("date")
    if match.discourse.before(match.start) in match.language.values["NUMBERED"]:
        return None
    parts = re.split(r"[/.-]", word)
    if len(parts[0]) == 4:
        return Reading("DATE", period=day_of(*map(int, parts)))
    first, second, year = int(parts[0]), int(parts[1]), int(parts[2])
    if len(parts[2]) == 2:
        year = two_digit_year(match, year)
    month_first = match.discourse.month_first and "." not in word
    orders = [(first, second), (second, first)] if month_first else [(second, first), (first, second)]
    readings = []
    for month, day in orders:
        try:
            readings.append(day_of(year, month, day))
        except DateError:
            continue
    if not readings:
        return None
    other = tuple(period for period in readings[1:] if period != readings[0])
    return Reading("DATE", period=readings[0], alternatives=other)


def iso(match: Match) -> Reading | None:
    """Read an ISO 8601 date or instant."""
    moment = parse_moment(re.sub(r"\.\d+", "", match.discourse.tokens[match.start].rstrip()))
    if moment.second is None:
        return Reading("DATE", period=Period("day", moment.day))
    unit: Granularity = "second" if match.word("date").count(":") > 1 and moment.second % 60 else "minute"
    return Reading("TIME", period=Period(unit, moment.day, second=moment.second, offset=moment.offset))


def day_month(match: Match) -> Reading | None:
    """Read 16/8 or 16.8 beside a weekday or a preposition of date; the country decides the order."""
    first, second = map(int, re.findall(r"\d+", match.word("date")))
    month, day = (first, second) if match.discourse.month_first and "." not in match.word("date") else (second, first)
    if month > 12:
        month, day = day, month
    if month > 12:
        return None
    return month_near(match, month, day, None)


def year_month(match: Match) -> Reading | None:
    """Read 2015-03, 2015/3."""
    year, month = map(int, re.split(r"[-/]", match.word("date")))
    return Reading("DATE", period=month_of(year, month)) if 1 <= month <= 12 else None
