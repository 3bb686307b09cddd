"""Periods: calendar units as integers, with their TIMEX3 value, their EDTF notation and their bounds.

A period is a unit and an index, so that "two quarters earlier" is a subtraction. Years are astronomical (0 is 1 BCE);
TIMEX3 writes BCE as `BC0044`, ISO 8601 and EDTF as `-0043`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas.civil import (
    END_DAY,
    MAX_YEAR,
    MIN_DAY,
    MIN_YEAR,
    DateError,
    civil,
    day_number,
    format_day,
    format_offset,
    format_year,
    month_length,
    weekday,
)
from schemas.vocabulary import Granularity

SEASONS = ("SP", "SU", "FA", "WI")
_YEARS_PER = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_PER_YEAR = {"half": 2, "quarter": 4, "month": 12, "season": 4}
_PART_HOURS = {"MO": (6, 12), "MI": (11, 14), "AF": (12, 18), "EV": (18, 22), "NI": (20, 30), "DT": (6, 20)}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        unit: its granularity.
        index: day number for day, part of day and times; the Monday's for week, the Saturday's for weekend; else the
            count of such units from year 0 (a month is year * 12 + month - 1). Decades and longer before the era
            count -1 for `BC000`, -2 for `BC001` and so on.
        part: code of a part of the day (`MO`, `AF`, `EV`, `NI`, `MI`, `DT`, `XX`).
        second: second of the day, for times.
        offset: seconds east of UTC, for times whose zone is known.
    """

    unit: Granularity
    index: int
    part: str = ""
    second: int = 0
    offset: int | None = None


def year_of(year: int) -> Period:
    """Return the period of an astronomical year."""
    return Period("year", year)


def month_of(year: int, month: int) -> Period:
    """Return the period of a month (1 to 12)."""
    return Period("month", year * 12 + month - 1)


def day_of(year: int, month: int, day: int) -> Period:
    """Return the period of a day.

    Raises:
        DateError: when the date does not exist or is out of range.
    """
    return Period("day", day_number(year, month, day))


def bounds(period: Period) -> tuple[int, int]:
    """Return the day numbers [start, end) that a period covers; a time of day covers its day.

    Raises:
        DateError: when it lies outside the years -9999 to 9999.
    """
    unit, index = period.unit, period.index
    if unit in _YEARS_PER:
        first, last = _year_range(period)
        return day_number(first), day_number(last + 1)
    if unit == "season":
        year, season = divmod(index, 4)
        start = day_number(year, 3 * season + 3)
        return start, day_number(year, 3 * season + 6) if season < 3 else day_number(year + 1, 3)
    if unit in _PER_YEAR:
        per_year = _PER_YEAR[unit]
        months = 12 // per_year
        return _month_start(index * months), _month_start((index + 1) * months)
    end = index + {"week": 7, "weekend": 2}.get(unit, 1)
    if not MIN_DAY <= index < end <= END_DAY:
        raise DateError(f"a {unit} that begins on day {index} is not within the years {MIN_YEAR} to {MAX_YEAR}")
    return index, end


def _month_start(months: int) -> int:
    year, month = divmod(months, 12)
    return day_number(year, month + 1)


def _year_range(period: Period) -> tuple[int, int]:
    """Return the first and last astronomical year of a year, decade, century or millennium."""
    size, index = _YEARS_PER[period.unit], period.index
    if period.unit == "year":
        return index, index
    if index >= 0:
        return index * size, index * size + size - 1
    before = -index - 1
    if period.unit == "decade":
        return 1 - (before * size + size - 1), min(1 - before * size, 0)
    return 1 - (before + 1) * size, 1 - (before * size + 1)


def year_at(period: Period) -> int:
    """Return the year in which a period begins."""
    unit, index = period.unit, period.index
    if unit in _PER_YEAR:
        return index // _PER_YEAR[unit]
    if unit in _YEARS_PER:
        return _year_range(period)[0]
    return civil(index)[0]


def enclosing(period: Period, unit: Granularity) -> Period:
    """Return the period of another unit that holds a period's first day (a longer or a shorter one)."""
    if unit == period.unit:
        return period
    if unit in ("year", "decade", "century", "millennium"):
        return _years(unit, year_at(period))
    day = bounds(period)[0]
    if unit == "week":
        return Period("week", day - weekday(day) + 1)
    if unit == "weekend":
        return Period("weekend", day - weekday(day) + 6)
    year, month, _ = civil(day)
    if unit == "month":
        return month_of(year, month)
    if unit == "quarter":
        return Period("quarter", year * 4 + (month - 1) // 3)
    if unit == "half":
        return Period("half", year * 2 + (month - 1) // 6)
    if unit == "season":
        index = year * 4 + (month - 3) // 3
        return Period("season", index)
    return Period("day", day)


def _years(unit: Granularity, year: int) -> Period:
    size = _YEARS_PER[unit]
    if size == 1 or year >= 1:
        return Period(unit, year // size)
    before = 1 - year
    return Period(unit, -((before if unit == "decade" else before - 1) // size) - 1)


def shifted(period: Period, count: int) -> Period:
    """Move a period by a number of its own units."""
    step = 7 if period.unit in ("week", "weekend") else 1
    return replace(period, index=period.index + count * step)


def moved_year(period: Period, years: int) -> Period:
    """Move a period by whole years at its own granularity; 29 February becomes the 28th."""
    if period.unit in _PER_YEAR:
        return shifted(period, years * _PER_YEAR[period.unit])
    if period.unit in _YEARS_PER:
        return _years(period.unit, year_at(period) + years)
    year, month, day = civil(period.index)
    target = year + years
    if not MIN_YEAR <= target <= MAX_YEAR:
        raise DateError(f"year {target} is outside {MIN_YEAR} to {MAX_YEAR}")
    moved = day_number(target, month, min(day, month_length(target, month)))
    if period.unit == "week":
        return Period("week", moved - weekday(moved) + 1)
    return replace(period, index=moved)


def iso_bounds(period: Period) -> tuple[str, str]:
    """Return start and exclusive end as ISO 8601 dates, or instants for times and parts of the day.

    Raises:
        DateError: when it lies outside the years -9999 to 9999.
    """
    start, end = bounds(period)
    length = {"second": 1, "minute": 60, "hour": 3600}.get(period.unit)
    if length:
        zone = format_offset(period.offset)
        return (
            _instant(start, period.second) + zone,
            _instant(start, period.second + length) + zone,
        )
    hours = _PART_HOURS.get(period.part)
    if hours:
        return _instant(start, hours[0] * 3600), _instant(start, hours[1] * 3600)
    return format_day(start), format_day(end)


def _instant(day: int, second: int) -> str:
    day, second = day + second // 86_400, second % 86_400
    return f"{format_day(day)}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def timex_value(period: Period, *, pad_weeks: bool = True, zones: bool = True) -> str:
    """Write a period's TIMEX3 value, such as `1998-W08`, `1989-Q3`, `197`, `BC0480-SU` or `1998-02-12TEV`.

    Args:
        period: the period.
        pad_weeks: write weeks as ISO 8601 does (`W08`); TimeBank writes `W8`.
        zones: write the zone of a time where it is known.
    """
    unit, index = period.unit, period.index
    if unit in ("week", "weekend"):
        thursday = index + (3 if unit == "week" else -2)
        year = civil(thursday)[0]
        week = (thursday - day_number(year)) // 7 + 1
        number = f"{week:02d}" if pad_weeks else str(week)
        return f"{_timex_year(year)}-W{number}{'-WE' if unit == 'weekend' else ''}"
    if unit in _PER_YEAR:
        year, rest = divmod(index, _PER_YEAR[unit])
        code = {"month": f"{rest + 1:02d}", "quarter": f"Q{rest + 1}", "half": f"H{rest + 1}"}.get(unit)
        return f"{_timex_year(year)}-{code or SEASONS[rest]}"
    if unit == "year":
        return _timex_year(index)
    if unit in _YEARS_PER:
        digits = {"decade": 3, "century": 2, "millennium": 1}[unit]
        return f"{index:0{digits}d}" if index >= 0 else f"BC{-index - 1:0{digits}d}"
    year, month, day = civil(index)
    date = f"{_timex_year(year)}-{month:02d}-{day:02d}"
    if period.part:
        return f"{date}T{period.part}"
    if unit == "day":
        return date
    clock = f"{period.second // 3600:02d}:{period.second // 60 % 60:02d}"
    clock += f":{period.second % 60:02d}" if unit == "second" else ""
    return f"{date}T{clock}{_timex_zone(period.offset) if zones else ''}"


def _timex_year(year: int) -> str:
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def _timex_zone(offset: int | None) -> str:
    if offset is None:
        return ""
    zone = format_offset(offset)
    return zone.removesuffix(":00")


def edtf(period: Period, *, approximate: bool = False) -> str:
    """Write a period in EDTF (ISO 8601-2), level 2: seasons `-21` to `-24`, quarters `-33` to `-36`, halves `-40`.

    Units that EDTF lacks (weeks, weekends, parts of the day, decades before the era) are written as intervals.

    Raises:
        DateError: when the period lies outside the years -9999 to 9999.
    """
    unit, index = period.unit, period.index
    start, end = iso_bounds(period)
    mark = "~" if approximate else ""
    if unit in _PER_YEAR:
        year, rest = divmod(index, _PER_YEAR[unit])
        code = rest + {"month": 1, "quarter": 33, "half": 40, "season": 21}[unit]
        return f"{format_year(year)}-{code:02d}{mark}"
    if unit == "year":
        return format_year(index) + mark
    if unit in _YEARS_PER and index >= 0:
        return timex_value(period).ljust(4, "X") + mark
    if unit == "day":
        return start + mark
    if unit in ("second", "minute", "hour"):
        return start
    if unit == "part_of_day":
        return f"{start}/{end}" if period.part in _PART_HOURS else format_day(index)
    first, last = bounds(period)
    if unit in _YEARS_PER:
        years = _year_range(period)
        return f"{format_year(years[0])}/{format_year(years[1])}"
    return f"{format_day(first)}/{format_day(last - 1)}"
