from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.civil import (
    END_DAY,
    MIN_DAY,
    DateError,
    Moment,
    add_months,
    civil,
    day_number,
    format_day,
    parse_day,
    parse_moment,
    parse_period,
    weekday,
)

days = st.integers(MIN_DAY, END_DAY - 1)
EPOCH = date(1970, 1, 1).toordinal()


@given(days)
def test_a_day_survives_the_way_to_civil_and_to_text_and_back(day: int) -> None:
    assert day_number(*civil(day)) == day
    assert parse_day(format_day(day)) == day


@given(st.dates())
def test_the_calendar_is_pythons_where_python_has_one(given_date: date) -> None:
    day = given_date.toordinal() - EPOCH
    assert civil(day) == (given_date.year, given_date.month, given_date.day)
    assert weekday(day) == given_date.isoweekday()
    assert format_day(day) == given_date.isoformat()


@given(days, st.integers(-2400, 2400))
def test_months_are_added_in_whole_and_never_spill_over(day: int, months: int) -> None:
    year, month, day_of_month = civil(day)
    index = year * 12 + month - 1 + months
    if -9999 <= index // 12 <= 9999:
        moved = civil(add_months(day, months))
        assert moved[:2] == (index // 12, index % 12 + 1)
        assert moved[2] <= day_of_month


@pytest.mark.parametrize(
    ("text", "year"), [("-0043-03-15", -43), ("0000-01-01", 0), ("0044-03-15", 44), ("9999-12-31", 9999)]
)
def test_years_before_christ_and_far_ahead_are_exact(text: str, year: int) -> None:
    assert civil(parse_day(text))[0] == year
    assert format_day(parse_day(text)) == text


def test_the_exclusive_end_of_9999_can_be_said() -> None:
    assert parse_period("9999") == (day_number(9999), END_DAY)
    assert format_day(END_DAY) == "+10000-01-01"
    assert parse_moment("+10000-01-01") == Moment(END_DAY)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("30000-01-01", "year 30000 is outside -9999 to 9999"),
        ("-10000-01-01", "year -10000 is outside"),
        ("2025-13-01", "month 13"),
        ("2025-02-29", "day 29 does not exist in 2025-02"),
        ("0000-00-00", "month 0"),
        ("2016/6/29", "is no ISO 8601"),
        ("2025-06-26T25:00:00Z", "time of day"),
        ("2025-06-26T08:00:00+19:00", "offset"),
        ("yesterday", "is no ISO 8601"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str, problem: str) -> None:
    with pytest.raises(DateError, match=problem):
        parse_moment(text)


@pytest.mark.parametrize(
    ("given_text", "normal"),
    [
        ("2025-06-26", "2025-06-26"),
        ("2025-06-26T08:30+02:00", "2025-06-26T08:30:00+02:00"),
        ("2025-06-26 08:30:15.123Z", "2025-06-26T08:30:15Z"),
        ("2025-06-26T08:30:00-0530", "2025-06-26T08:30:00-05:30"),
        ("1987-02-26T15:52:25", "1987-02-26T15:52:25"),
    ],
)
def test_moments_keep_their_zone_and_what_is_unknown_stays_unknown(given_text: str, normal: str) -> None:
    assert str(parse_moment(given_text)) == normal


def test_moments_are_ordered_in_utc() -> None:
    assert parse_moment("2025-06-26T01:00:00+02:00").utc_second == parse_moment("2025-06-25T23:00:00Z").utc_second
