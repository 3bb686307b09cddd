"""Whatever is on the timeline and whatever is asked: the store answers as plain Python does."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.civil import END_DAY, MIN_DAY, Moment, civil, parse_day
from schemas.event import Event
from store.interval import BOUNDED_SPANS
from store.query import BucketUnit, EventQuery
from store.timeline_store import TimelineStore
from tests.store import naive
from tests.store.records import ORIGIN, an_event

NAMES = ["Donald Trump", "Trump Organization", "O'Neil \\ Sons", "Zürich", "Łódź\tOld Town", "trumpet"]
WORDS = ["fire", "Fire!", "don't", "Straße", "STRASSE", "a_b", "ceasefire", "100%", "{x:Int32}", "naïve"]

# near each other, so that ranges touch; and at the ends of time
DAYS = st.one_of(
    st.integers(19_000, 19_060), st.integers(MIN_DAY, END_DAY - 1), st.integers(-735_000, -734_970),
    st.sampled_from([MIN_DAY, MIN_DAY + 1, END_DAY - 1, END_DAY]),
)  # fmt: skip
SECONDS = st.one_of(st.none(), st.sampled_from([0, 1, 43_200, 86_399]), st.integers(0, 86_399))
LENGTHS = st.one_of(
    st.integers(0, 40), st.sampled_from([n + d for n in BOUNDED_SPANS for d in (0, 1)]), st.integers(0, 7_000_000)
)


@st.composite
def moments(draw: st.DrawFn, days: st.SearchStrategy[int] = DAYS) -> Moment:
    day = draw(days)
    return Moment(day, None if day == END_DAY else draw(SECONDS))


@st.composite
def events(draw: st.DrawFn) -> Event:
    start = draw(moments())
    end = draw(moments(st.just(min(start.day + draw(LENGTHS), END_DAY))))
    if (end.day, end.second or 0) < (start.day, start.second or 0):
        end = start  # an instant
    shape = draw(st.sampled_from(["closed", "closed", "closed", "open end", "open start"]))
    return an_event(
        f"e_{uuid.UUID(int=draw(st.integers(0, 2**64)))}",
        None if shape == "open start" else str(start),
        None if shape == "open end" else str(end),
        granularity=draw(st.sampled_from(["second", "day", "month", "open"])),
        title=" ".join(draw(st.lists(st.sampled_from(WORDS), max_size=4))),
        evidence=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2))),
        actors=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        places=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        category=draw(st.sampled_from([None, "politics", "sport"])),
        type=draw(st.sampled_from([None, "meet", "it's"])),
        modality=draw(st.sampled_from(["asserted", "planned"])),
        source_count=draw(st.integers(0, 3)),
        retracted=draw(st.sampled_from([False, False, False, True])),
        redirect_to=draw(st.sampled_from([None, None, None, "e_other"])),
    )


def some(values: Sequence[str]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Nothing, or one or two of the values."""
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple))


RANGES = st.builds(
    EventQuery,
    start=st.one_of(st.none(), moments()),
    end=st.one_of(st.none(), moments()),
    match=st.sampled_from(["overlap", "within"]),
    newest_first=st.booleans(),
)
FILTERS = st.builds(
    EventQuery,
    granularity=some(["day", "month"]),
    category=some(["politics", "sport"]),
    type=some(["meet", "it's"]),
    actor=some([*NAMES, "Trump", "donald", "o'neil", "Town"]),
    place=some([*NAMES, "zürich", "ŁÓDŹ"]),
    modality=some(["asserted", "planned", "denied"]),
    min_sources=st.integers(1, 3),
    q=st.one_of(st.none(), st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)),
)
UNITS: list[BucketUnit] = ["day", "week", "month", "quarter", "year", "decade", "century"]

# a timeline is costly to write and cheap to ask, so each is asked many questions
TIMELINES = st.lists(events(), max_size=25, unique_by=lambda event: event.event_id)
EFFORT = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                                                          HealthCheck.data_too_large],
)  # fmt: skip


def write(store: TimelineStore, timeline: list[Event]) -> None:
    for table in ("events", "event_keys"):
        store._client().command(f"TRUNCATE TABLE {table}")
    store.write_events([(event, ORIGIN) for event in timeline])


def read_all(store: TimelineStore, query: EventQuery) -> list[Event]:
    read: list[Event] = []
    while True:
        page = store.events(query)
        assert len(page.events) <= query.limit
        read += page.events
        if page.next is None:
            return read
        query = replace(query, cursor=page.next)


@EFFORT
@given(timeline=TIMELINES, ranges=st.lists(RANGES, min_size=4, max_size=6))
def test_ranges(store: TimelineStore, timeline: list[Event], ranges: list[EventQuery]) -> None:
    write(store, timeline)
    for query in ranges:
        assert store.events(query).events == naive.answer(timeline, query)


@EFFORT
@given(timeline=TIMELINES, questions=st.lists(FILTERS, min_size=4, max_size=6))
def test_filters(store: TimelineStore, timeline: list[Event], questions: list[EventQuery]) -> None:
    write(store, timeline)
    for query in questions:
        assert store.events(query).events == naive.answer(timeline, query)


@EFFORT
@given(timeline=TIMELINES, query=RANGES, limit=st.integers(1, 7))
def test_pages_neither_skip_nor_repeat(
    store: TimelineStore, timeline: list[Event], query: EventQuery, limit: int
) -> None:
    write(store, timeline)
    assert read_all(store, replace(query, limit=limit)) == naive.answer(timeline, query)


@EFFORT
@given(timeline=TIMELINES, query=RANGES)
def test_buckets(store: TimelineStore, timeline: list[Event], query: EventQuery) -> None:
    write(store, timeline)
    for unit in UNITS:
        buckets = store.buckets(query, unit)
        counted = {}
        for bucket in buckets:
            day = parse_day(bucket.start)
            counted[naive.START_OF[unit](day, *civil(day))] = bucket.count
            assert bucket.count == sum(bucket.by_category.values())
        assert {key: n for key, n in counted.items() if n} == naive.count(timeline, query, unit)
        if buckets:
            assert buckets[0].count > 0
            assert buckets[-1].count > 0
        if sum(bucket.count == 0 for bucket in buckets):
            assert all(one.end == other.start for one, other in itertools.pairwise(buckets))
