from __future__ import annotations

import pytest

from schemas.vocabulary import Granularity
from schemas.when import When
from timeline.bucket import bucket_of, mention_key


def when(start: str | None, end: str | None, granularity: Granularity, value: str, edtf: str | None) -> When:
    return When(start=start, end=end, granularity=granularity, value=value, edtf=edtf, anchor="explicit", rule="test")


@pytest.mark.parametrize(
    ("given", "bucket"),
    [
        (when("2025-06-25", "2025-06-26", "day", "2025-06-25", "2025-06-25"), "2025-06-25"),
        (
            when("2025-06-25T20:00:00+02:00", "2025-06-25T20:01:00+02:00", "minute", "2025-06-25T20:00", None),
            "2025-06-25",
        ),
        (when("2015-03-01", "2015-04-01", "month", "2015-03", "2015-03"), "2015-03"),
        (when("2014-01-01", None, "open", "2014", "2014/.."), "2014/.."),
        (when("-0043-03-15", "-0043-03-16", "day", "-0043-03-15", "-0043-03-15"), "-0043-03-15"),
        (when(None, None, "unknown", "XXXX-WXX-3", None), "undated"),
    ],
)
def test_a_day_gathers_what_is_finer_and_coarser_grains_keep_their_own(given: When, bucket: str) -> None:
    assert bucket_of(given) == bucket


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (when("2025-06-25", "2025-06-26", "day", "2025-06-25", "2025-06-25"), "2025"),
        (when("2025-06-25T20:00:00+02:00", "2025-06-25T20:01:00+02:00", "minute", "x", None), "2025"),
        (when("2025-06-01", "2025-07-01", "month", "2025-06", "2025-06"), "2025"),
        (when("2025-06-30", "2025-07-07", "week", "2025-W27", None), "2025"),
        (when("2025-06-26", None, "open", "FUTURE_REF", "2025-06-26/.."), "2025"),
        (when(None, "2025-06-26", "open", "PAST_REF", "../2025-06-26"), "2025"),
        (when("2025-04-01", "2025-07-01", "quarter", "2025-Q2", "2025-34"), "2025"),
        (when("2025-01-01", "2026-01-01", "year", "2025", "2025"), "2025"),
        (when("2010-01-01", "2020-01-01", "decade", "201", "201X"), "201X"),
        (when("-0043-03-15", "-0043-03-16", "day", "-0043-03-15", "-0043-03-15"), "-0043"),
    ],
)
def test_days_meet_the_year_that_contains_them_and_coarser_grains_their_own(given: When, key: str) -> None:
    assert mention_key(given, "a1") == key


def test_undated_mentions_spread_over_the_partitions() -> None:
    undated = when(None, None, "unknown", "PRESENT_REF", None)
    assert mention_key(undated, "a1") != mention_key(undated, "a2")
