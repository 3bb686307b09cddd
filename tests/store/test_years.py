"""Dates that ClickHouse's own types would clamp go in and come out exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.civil import format_day, parse_day, parse_moment, parse_period
from store.query import Bucket, BucketUnit, EventQuery, Histogram
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event

YEARS = {
    "e_cannae": ("-9999-01-01", "-9999-01-02"),
    "e_caesar": ("-0043-03-15", "-0043-03-16"),
    "e_hastings": ("1066-10-14", "1066-10-15"),
    "e_titanic": ("1912-04-14T23:40:00-03:00", "1912-04-14T23:41:00-03:00"),
    "e_plan": ("2250-01-01", "2251-01-01"),
    "e_last": ("9999-12-31", "+10000-01-01"),
}


@pytest.fixture
def filled(store: TimelineStore) -> TimelineStore:
    store.write_events([(an_event(event_id, *when), ORIGIN) for event_id, when in YEARS.items()])
    return store


def test_all_come_out_as_they_went_in(filled: TimelineStore) -> None:
    assert {e.event_id: (e.when.start, e.when.end) for e in filled.events(EventQuery()).events} == YEARS


@pytest.mark.parametrize("event_id", YEARS)
def test_each_is_found_in_its_day_alone(filled: TimelineStore, event_id: str) -> None:
    day = YEARS[event_id][0].partition("T")[0]
    start, end = parse_moment(day), parse_moment(day)
    end = type(end)(parse_period(day)[1])
    assert [e.event_id for e in filled.events(EventQuery(start=start, end=end)).events] == [event_id]
    within = EventQuery(start=start, end=end, match="within")
    expected = [] if event_id == "e_plan" else [event_id]  # a year does not lie within a day
    assert [e.event_id for e in filled.events(within).events] == expected


def test_an_event_belongs_to_the_day_of_its_own_clock(filled: TimelineStore) -> None:
    query = EventQuery(start=parse_moment("1912-04-14T23:40:00"), end=parse_moment("1912-04-14T23:40:30"))
    assert [e.event_id for e in filled.events(query).events] == ["e_titanic"]  # in UTC it is the 15th


@pytest.mark.parametrize(
    ("unit", "day", "start", "end"),
    [
        ("day", "-0043-03-15", "-0043-03-15", "-0043-03-16"),
        ("week", "-0043-03-15", "-0043-03-11", "-0043-03-18"),
        ("month", "-0043-03-15", "-0043-03-01", "-0043-04-01"),
        ("quarter", "-0043-03-15", "-0043-01-01", "-0043-04-01"),
        ("year", "-0043-03-15", "-0043-01-01", "-0042-01-01"),
        ("decade", "-0043-03-15", "-0050-01-01", "-0040-01-01"),
        ("century", "-0043-03-15", "-0100-01-01", "0000-01-01"),
        ("century", "-9999-01-01", "-9999-01-01", "-9900-01-01"),
        ("week", "-9999-01-09", "-9999-01-08", "-9999-01-15"),
        ("month", "1912-04-15", "1912-04-01", "1912-05-01"),
        ("century", "9999-12-31", "9900-01-01", "+10000-01-01"),
        ("week", "9999-12-31", "9999-12-27", "+10000-01-01"),
    ],
)
def test_buckets_before_1970_and_at_the_ends_of_time(
    store: TimelineStore, unit: BucketUnit, day: str, start: str, end: str
) -> None:
    store.write_events([(an_event(start=day, end=format_day(parse_day(day) + 1)), ORIGIN)])
    assert store.buckets(EventQuery(), unit) == Histogram([Bucket(start, end, 1, {"none": 1})], 0)


def test_gaps_are_filled_between_the_first_and_the_last(store: TimelineStore) -> None:
    store.write_events([
        (an_event("e_1", "2024-12-30", "2024-12-31", category="sport"), ORIGIN),
        (an_event("e_2", "2025-02-01", "2025-02-02"), ORIGIN),
        (an_event("e_3", "2025-02-03", "2025-02-04", category="sport"), ORIGIN),
    ])  # fmt: skip
    assert store.buckets(EventQuery(), "month").buckets == [
        Bucket("2024-12-01", "2025-01-01", 1, {"sport": 1}),
        Bucket("2025-01-01", "2025-02-01", 0, {}),
        Bucket("2025-02-01", "2025-03-01", 2, {"none": 1, "sport": 1}),
    ]


def test_gaps_of_millennia_are_left(filled: TimelineStore) -> None:
    buckets = filled.buckets(EventQuery(), "day").buckets
    assert [bucket.start for bucket in buckets] == [
        start.partition("T")[0] for start, end in YEARS.values() if parse_moment(end).day <= parse_moment(start).day + 1
    ]


def test_gaps_are_filled_up_to_the_bounds_of_the_range(store: TimelineStore) -> None:
    store.write_events([(an_event(start="2025-06-25", end="2025-06-26"), ORIGIN)])
    query = EventQuery(start=parse_moment("2025-06-25T22:30:00"), end=parse_moment("2025-06-26T01:00:00"))
    assert [bucket.start for bucket in store.buckets(query, "hour").buckets] == [
        "2025-06-25T22:00:00", "2025-06-25T23:00:00", "2025-06-26T00:00:00",
    ]  # fmt: skip
    assert [bucket.end for bucket in store.buckets(replace(query, start=None), "month").buckets] == ["2025-07-01"]


@pytest.mark.parametrize(("unit", "coarser"), [("day", 3), ("month", 2), ("year", 1), ("century", 1)])
def test_what_is_dated_too_coarsely_stands_in_no_bucket(store: TimelineStore, unit: BucketUnit, coarser: int) -> None:
    spans = {"2015-01-01": "2016-01-01", "2015-03-01": "2015-04-01", "2014-01-01": None, "2015-03-02": "2015-03-03"}
    store.write_events([(an_event(f"e_{start}", start, end), ORIGIN) for start, end in spans.items()])
    histogram = store.buckets(EventQuery(), unit)
    assert histogram.coarser == coarser
    assert sum(bucket.count for bucket in histogram.buckets) == len(spans) - coarser


def test_an_event_that_began_before_the_range_counts_in_no_bucket_of_it(store: TimelineStore) -> None:
    store.write_events([(an_event(start="2014-01-01", end=None), ORIGIN)])
    query = EventQuery(start=parse_moment("2025-01-01"), end=parse_moment("2026-01-01"))
    assert len(store.events(query).events) == 1
    histogram = store.buckets(query, "month")
    assert [bucket.count for bucket in histogram.buckets] == [0] * 12
    assert histogram.coarser == 0


def test_one_write_may_span_many_centuries(store: TimelineStore) -> None:
    # tables partitioned by date refuse it (code 252)
    rows = [(an_event(f"e_{year:04d}", f"{year:04d}-01-01", f"{year:04d}-01-02"), ORIGIN) for year in range(0, 2000, 5)]
    store.write_events(rows)
    assert store.counts()["events"] == 400


@pytest.mark.parametrize(
    ("start", "end", "complaint"), [(None, None, "unresolved"), ("2025-06-25", "2025-06-24", "before it starts")]
)
def test_what_has_no_place_on_a_timeline_is_refused(
    store: TimelineStore, start: str | None, end: str | None, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        store.write_events([(an_event(), ORIGIN), (an_event("e_2", start, end, bucket="undated"), ORIGIN)])
    assert store.counts()["events"] == 0
