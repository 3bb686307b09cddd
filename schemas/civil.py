"""Civil dates as day numbers, for every year from -9999 to 9999.

`datetime.date` starts at year 1, so this module carries the proleptic Gregorian calendar itself. A day number counts
days from 1970-01-01 (day 0), as ClickHouse's `Date32` does. Years are astronomical: year 0 is 1 BCE, -43 is 44 BCE.

The conversion formulas are Howard Hinnant's `days_from_civil` and `civil_from_days`
(http://howardhinnant.github.io/date_algorithms.html).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_YEAR = -9999
MAX_YEAR = 9999
SECONDS_A_DAY = 86_400

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE = re.compile(r"([+-]?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")
_MOMENT = re.compile(
    r"(?P<date>[+-]?\d{4,}-\d\d-\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


class DateError(ValueError):
    """A date that does not exist, cannot be read, or lies outside the years -9999 to 9999."""


def is_leap(year: int) -> bool:
    """Tell whether a proleptic Gregorian year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return the number of days in a month (1 to 12)."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day number of a civil date.

    Raises:
        DateError: when the date does not exist or its year is out of range. Year 10000 is accepted on 1 January alone,
            as the exclusive end of what lies in 9999.
    """
    if not MIN_YEAR <= year <= MAX_YEAR and (year, month, day) != (MAX_YEAR + 1, 1, 1):
        raise DateError(f"year {year} is outside {MIN_YEAR} to {MAX_YEAR}")
    if not 1 <= month <= 12:
        raise DateError(f"month {month} does not exist; months run from 1 to 12")
    if not 1 <= day <= month_length(year, month):
        raise DateError(f"day {day} does not exist in {year:04d}-{month:02d}")
    shifted = year - (month <= 2)
    era = shifted // 400
    year_of_era = shifted - era * 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


MIN_DAY = day_number(MIN_YEAR)
END_DAY = day_number(MAX_YEAR + 1)


def civil(day: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a day number.

    Raises:
        DateError: when the day lies outside the supported years.
    """
    if not MIN_DAY <= day <= END_DAY:
        raise DateError(f"day number {day} is outside the years {MIN_YEAR} to {MAX_YEAR}")
    shifted = day + 719_468
    era = shifted // 146_097
    day_of_era = shifted - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_index = (5 * day_of_year + 2) // 153
    month = month_index + (3 if month_index < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * month_index + 2) // 5 + 1


def weekday(day: int) -> int:
    """Return the ISO weekday of a day number: 1 is Monday, 7 is Sunday."""
    return (day + 3) % 7 + 1


def add_months(day: int, months: int) -> int:
    """Move a day number by whole months; a day that the target month lacks becomes its last (31 Jan + 1 → 28 Feb)."""
    year, month, day_of_month = civil(day)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day_number(year, month, min(day_of_month, month_length(year, month)) if MIN_YEAR <= year <= MAX_YEAR else 1)


def format_year(year: int) -> str:
    """Write a year in ISO 8601: four digits, a minus before BCE, a plus beyond 9999."""
    return f"-{-year:04d}" if year < 0 else f"+{year}" if year > MAX_YEAR else f"{year:04d}"


def format_day(day: int) -> str:
    """Write a day number as an ISO 8601 date; the day after 9999-12-31 is written +10000-01-01."""
    year, month, day_of_month = civil(day)
    return f"{format_year(year)}-{month:02d}-{day_of_month:02d}"


def parse_day(text: str) -> int:
    """Read an ISO 8601 calendar date such as `2025-06-25` or `-0043-03-15`.

    Raises:
        DateError: when the text is no full date, or the date does not exist or is out of range.
    """
    if text.strip().lstrip("+-").count("-") != 2:
        raise DateError(f"{text!r} is no full date; write it as YYYY-MM-DD")
    return parse_period(text)[0]


def parse_period(text: str) -> tuple[int, int]:
    """Read an ISO year, month or day (`2015`, `2015-03`, `2015-03-04`, `-0043`) as [start, end) day numbers.

    Raises:
        DateError: when the text is none of these, or the period does not exist or is out of range.
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise DateError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = match.groups()
    if day is not None:
        start = day_number(int(year), int(month), int(day))
        return start, start if start == END_DAY else start + 1
    if month is not None:
        start = day_number(int(year), int(month))
        return start, start + month_length(int(year), int(month))
    start = day_number(int(year))
    return start, start if start == END_DAY else day_number(int(year) + 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A civil day, with the time of day and the zone where they are known.

    Attributes:
        day: day number of the civil date in its own zone.
        second: second of that day (0 to 86,399; 86,399 for a leap second), or None when only the day is known.
        offset: seconds east of UTC, or None when no zone is known.
    """

    day: int
    second: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        """Write the moment in ISO 8601, with just the parts that are known."""
        if self.second is None:
            return format_day(self.day)
        clock = f"{self.second // 3600:02d}:{self.second // 60 % 60:02d}:{self.second % 60:02d}"
        return f"{format_day(self.day)}T{clock}{format_offset(self.offset)}"

    @property
    def utc_second(self) -> int:
        """Seconds since 1970-01-01T00:00:00Z; a missing time counts as midnight, a missing zone as UTC."""
        return self.day * SECONDS_A_DAY + (self.second or 0) - (self.offset or 0)


def format_offset(offset: int | None) -> str:
    """Write a zone offset (seconds east of UTC) as `Z`, `+05:30` or, when unknown, nothing."""
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    minutes = abs(offset) // 60
    return f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def parse_moment(text: str) -> Moment:
    """Read an ISO 8601 date (`2025-06-26`) or date and time (`2025-06-26T08:30:00+02:00`).

    Fractions of a second are dropped.

    Raises:
        DateError: when the text is neither, or names a date, time or zone that does not exist or is out of range.
    """
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise DateError(f"{text!r} is no ISO 8601 date or instant; write 2025-06-26 or 2025-06-26T08:30:00+02:00")
    day = parse_day(match["date"])
    if match["hour"] is None:
        return Moment(day)
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 60:
        raise DateError(f"{text!r} has a time of day that does not exist")
    return Moment(day, min(hour * 3600 + minute * 60 + second, SECONDS_A_DAY - 1), _parse_offset(match["zone"]))


def _parse_offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 18 or minutes > 59:
        raise DateError(f"{zone!r} is no UTC offset; offsets run from -18:00 to +18:00")
    return (-1 if zone[0] == "-" else 1) * (hours * 3600 + minutes * 60)
