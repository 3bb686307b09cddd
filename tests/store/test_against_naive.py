"""Whatever is on the timeline and whatever is asked: the store answers as plain Python does."""

from __future__ import annotations

import itertools
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.civil import END_DAY, MIN_DAY, Moment
from schemas.event import Event
from schemas.mention import Place
from store.interval import BOUNDED_SPANS
from store.query import Box, BucketUnit, Circle, EventQuery, FacetField, Grouping, Origin
from store.timeline_store import TimelineStore
from tests.store import naive
from tests.store.records import ORIGIN, an_event

NAMES = ["Donald Trump", "Trump Organization", "O'Neil \\ Sons", "Zürich", "Łódź\tOld Town", "trumpet"]
WORDS = ["fire", "Fire!", "don't", "Straße", "STRASSE", "a_b", "ceasefire", "100%", "{x:Int32}", "naïve"]

SOURCES = ["Example.org", "the it's times", "news.example"]
LANGUAGES = ["en", "en-GB", "de", "enm"]
LATITUDES = st.one_of(st.sampled_from([-90.0, 0.0, 50.0, 90.0]), st.integers(-900, 900).map(lambda n: n / 10))
LONGITUDES = st.one_of(st.sampled_from([-180.0, 0.0, 180.0]), st.integers(-1800, 1800).map(lambda n: n / 10))
PLACES = st.builds(
    Place,
    name=st.sampled_from(NAMES),
    country=st.sampled_from([None, "PL", "CH"]),
    latitude=st.one_of(st.none(), LATITUDES),
    longitude=LONGITUDES,
    precision=st.sampled_from([None, "country", "city"]),
)

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
        places=tuple(draw(st.lists(PLACES, max_size=2))),
        sources=tuple(draw(st.lists(st.sampled_from(SOURCES), max_size=2))),
        languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True))),
        article_count=draw(st.integers(0, 1100)),
        confidence=draw(st.integers(0, 999)) / 999,
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
    sort=st.sampled_from(["time", "-time", "-importance"]),
)
FILTERS = st.builds(
    EventQuery,
    granularity=some(["day", "month"]),
    category=some(["politics", "sport"]),
    type=some(["meet", "it's"]),
    actor=some([*NAMES, "Trump", "donald", "o'neil", "Town"]),
    place=some([*NAMES, "zürich", "ŁÓDŹ"]),
    country=some(["PL", "CH", "FR"]),
    box=st.one_of(st.none(), st.builds(Box, LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)),
    # a radius that no distance between the places hits by chance
    near=st.one_of(st.none(), st.builds(Circle, LATITUDES, LONGITUDES, st.floats(0.001, 20_000))),
    source=some([*SOURCES, "EXAMPLE.ORG"]),
    language=some([*LANGUAGES, "EN"]),
    modality=some(["asserted", "planned", "denied"]),
    min_sources=st.integers(1, 3),
    q=st.one_of(st.none(), st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)),
)
UNITS: list[BucketUnit] = ["minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"]

# a timeline is costly to write and cheap to ask, so each is asked many questions
TIMELINES = st.lists(events(), max_size=25, unique_by=lambda event: event.event_id)
EFFORT = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                                                          HealthCheck.data_too_large],
)  # fmt: skip


def write(store: TimelineStore, timeline: list[Event]) -> None:
    for table in ("events", "event_keys", "event_history"):
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
        histogram = store.buckets(query, unit)
        counted = {}
        for bucket in histogram.buckets:
            counted[naive.START_OF[unit](naive.seconds(bucket.start))] = bucket.count
            assert bucket.count == sum(bucket.groups.values())
        assert {key: n for key, n in counted.items() if n} == naive.count(timeline, query, unit)
        found = naive.starting(timeline, query)
        assert histogram.coarser == sum(naive.is_coarser(event, unit) for event in found)
        if sum(bucket.count == 0 for bucket in histogram.buckets):
            assert all(one.end == other.start for one, other in itertools.pairwise(histogram.buckets))


GROUPINGS: list[Grouping] = ["category", "type", "modality", "granularity", "country", "language"]


@EFFORT
@given(timeline=TIMELINES, query=FILTERS)
def test_groups_of_buckets(store: TimelineStore, timeline: list[Event], query: EventQuery) -> None:
    write(store, timeline)
    placed = [event for event in naive.starting(timeline, query) if not naive.is_coarser(event, "century")]
    for group_by in GROUPINGS:
        found: Counter[str] = Counter()
        for bucket in store.buckets(query, "century", group_by).buckets:
            found.update(bucket.groups)
        assert found == Counter(group for event in placed for group in naive.groups_of(event, group_by))
    assert sum(bucket.count for bucket in store.buckets(query, "century", None).buckets) == len(placed)


FIELDS: list[FacetField] = ["category", "actor", "country", "source", "language"]


@EFFORT
@given(timeline=TIMELINES, query=RANGES)
def test_facets(store: TimelineStore, timeline: list[Event], query: EventQuery) -> None:
    write(store, timeline)
    found = naive.answer(timeline, query)
    facets = store.facets(query, FIELDS)
    assert facets.total == len(found)
    values: dict[FacetField, list[set[str]]] = {
        "category": [{event.category} if event.category else set() for event in found],
        "actor": [{" ".join(naive.words(actor.name)) for actor in event.actors} for event in found],
        "country": [{place.country for place in event.places if place.country} for event in found],
        "source": [{source.lower() for source in event.sources} for event in found],
        "language": [{tag.lower() for tag in event.languages} for event in found],
    }
    for field in FIELDS:
        counts = Counter(value for each in values[field] for value in each)
        assert {facet.value: facet.count for facet in facets.values[field]} == counts
        assert [facet.count for facet in facets.values[field]] == sorted(counts.values(), reverse=True)
    first = store.facets(query, FIELDS, 1)
    assert all(first.values[field] == facets.values[field][:1] for field in FIELDS)


@st.composite
def histories(draw: st.DrawFn) -> list[list[tuple[Event, int]]]:
    """Batches of (event, when it was sent): each event in the order of its revisions, the times never going back."""
    revisions: Counter[str] = Counter()
    clock = 0
    timed = []
    for event in draw(st.lists(events(), max_size=14)):
        event_id = draw(st.sampled_from(["e_1", "e_2", "e_3"]))
        revisions[event_id] += 1
        clock += draw(st.integers(0, 3)) * 1000
        timed.append((event.model_copy(update={"event_id": event_id, "revision": revisions[event_id]}), clock))
    cuts = sorted(draw(st.sets(st.integers(0, len(timed)))) | {0, len(timed)})
    return [timed[a:b] for a, b in itertools.pairwise(cuts)]


@EFFORT
@given(batches=histories(), data=st.data())
def test_the_timeline_as_it_was(
    store: TimelineStore, batches: list[list[tuple[Event, int]]], data: st.DataObject
) -> None:
    write(store, [])
    again = batches[-1:] if data.draw(st.booleans()) else []
    for batch in batches + again:
        store.write_events([(event, Origin("events", 0, 0, time)) for event, time in batch])
    sent = [pair for batch in batches for pair in batch]
    times = {(event.event_id, event.revision): time for event, time in sent}
    revisions = [event for event, _ in sent]
    for second in range(0, (max(times.values(), default=0) // 1000) + 2, 2):
        then = replace(data.draw(RANGES), as_of=Moment(0, second))
        for query in (then, replace(then, start=None, end=None), EventQuery(as_of=Moment(0, second), sort="changed")):
            assert store.events(query).events == naive.answer(revisions, query, times)
        since = EventQuery(changed_since=Moment(0, second), sort="-changed")
        assert store.events(since).events == naive.answer(revisions, since, times)
    for event_id in {event.event_id for event in revisions}:
        history = store.history(event_id)
        assert [one.event for one in history] == [event for event in revisions if event.event_id == event_id]
        assert [one.recorded for one in history] == [times[event_id, one.event.revision] for one in history]
