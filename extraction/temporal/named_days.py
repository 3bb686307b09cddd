"""Named days: fixed dates, the nth weekday of a month, days that count from Easter, and what countries celebrate."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

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


def day_in(rule: str, year: int, country: str | None = None) -> int | None:
    """Return the day number of a named day in a year, or None when nobody has told when it was or will be.

    Args:
        rule: `12-25` for a date, `1944-06-06` for a day of history, `11/4/4` for month, weekday (1 is Monday) and
            which of them (-1 the last), `11/4/4+1` for the day after it, `easter-2`, `holiday:SG:Diwali` for a
            country's holiday (`*` is the article's), `07-04@Independence Day` for that of the article's country, else
            the date.
        year: astronomical year.
        country: ISO 3166-1 alpha-2 code of the article's country, where it is known.
    """
    if rule.startswith("holiday:"):
        _, where, name = rule.split(":")
        where = (country or "") if where == "*" else where
        return _holiday(where, name, year) if where else None
    if "@" in rule:
        rule, _, name = rule.partition("@")
        local = _holiday(country, name, year) if country else None
        if local is not None:
            return local
    if rule.startswith("easter"):
        return easter(year) + int(rule[6:] or 0)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return parse_day(rule)
    if "/" in rule:
        which, _, days = rule.partition("+")
        return _nth_weekday(year, *map(int, which.split("/"))) + int(days or 0)
    month, day = map(int, rule.split("-"))
    return day_number(year, month, day)


@lru_cache(maxsize=4096)
def _holiday(country: str, name: str, year: int) -> int | None:
    """Return the day number of a country's holiday, by the `holidays` library; it knows decades, not centuries."""
    import holidays  # here: it takes a tenth of a second, and most texts name no such day

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of years that it does not know, and then has no days
        try:
            days = holidays.country_holidays(country, years=year, language="en_US")
        except (NotImplementedError, ValueError, OverflowError):
            return None
    called = (day for day, names in sorted(days.items()) if _is_called(names, name))
    first = next(called, None)
    return None if first is None else day_number(first.year, first.month, first.day)


def _is_called(names: str, name: str) -> bool:
    return any(each.strip().startswith(name) and "observed" not in each for each in names.split(";"))


def _nth_weekday(year: int, month: int, number: int, nth: int) -> int:
    if nth > 0:
        first = day_number(year, month)
        return first + (number - weekday(first)) % 7 + 7 * (nth - 1)
    last = day_number(year, month, month_length(year, month))
    return last - (weekday(last) - number) % 7


def named_day(match: Match) -> Reading | None:
    """Read "Christmas 2007", "last Thanksgiving", "Easter Monday last year"; else the nearest to publication."""
    rule = str(match.rule.options["day"])
    year = year_in(match)
    part = match.value("part")

    def reading(period: Period, **more: object) -> Reading:
        if part:
            period = Period("part_of_day", period.index, part=str(part))
        return Reading("TIME" if part else "DATE", period=period, mod=modifier(match), **more)  # type: ignore[arg-type]

    country = match.discourse.country

    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return reading(Period("day", parse_day(rule)))
    if year is not None:
        day = day_in(rule, year, country)
        return _unresolved(rule, f"{year:04d}") if day is None else reading(Period("day", day))
    base, anchor = match.discourse.now
    if base is None:
        return _unresolved(rule, "XXXX")
    start, around = bounds(base)[0], year_at(base)
    if "unit" in match:
        day = day_in(rule, around + int(match.value("relative", 0)), country)
        return _unresolved(rule, "XXXX") if day is None else reading(Period("day", day), anchor=anchor)
    known = [day_in(rule, around + offset, country) for offset in (-1, 0, 1)]
    days = [day for day in known if day is not None]
    if not days:
        return _unresolved(rule, "XXXX")
    relative = match.value("relative")
    if anchor == "earlier_date":
        chosen = min(days, key=lambda day: abs(day - (known[1] or day)))
    elif relative is not None and int(relative) < 0:
        chosen = max((day for day in days if day < start), default=days[0])
    elif relative is not None and int(relative) > 0:
        chosen = min((day for day in days if day > start), default=days[-1])
    else:
        dated = match.discourse.before(match.start) in match.language.values["DAY_PREPOSITION"]
        ahead = match.discourse.direction(match.start, match.end) if dated else 0  # "Christmas shopping" may be past
        side = [day for day in days if (day - start) * ahead >= 0]
        chosen = min(side or days, key=lambda day: abs(day - start))
    return reading(Period("day", chosen), anchor=anchor)


def _unresolved(rule: str, year: str) -> Reading:
    date = re.match(r"\d\d-\d\d", rule)
    value = f"{year}-{date[0]}" if date else f"{year}-XX-XX"
    return Reading("DATE", value, anchor="none", suffix=".unresolved", focus=False)
