"""Rows that others have replaced lie in the table until parts are merged, and no answer shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import Event
from store.query import BucketUnit, EventQuery, Grouping, Origin, Sort
from store.timeline_store import TimelineStore
from store.unsettled import settle
from tests.store import naive
from tests.store.records import ORIGIN, an_event
from tests.store.test_against_naive import EFFORT, FILTERS, RANGES, histories, read_all, write


@pytest.fixture
def unmerged(store: TimelineStore) -> Iterator[TimelineStore]:
    """A store that merges nothing by itself."""
    store._client().command("SYSTEM STOP MERGES events")
    yield store
    store._client().command("SYSTEM START MERGES events")


def rows(store: TimelineStore, table: str) -> int:
    return int(store._client().query(f"SELECT count() FROM {table}").result_rows[0][0])


def write_all(store: TimelineStore, batches: list[list[tuple[Event, int]]]) -> list[Event]:
    """Write batches, the last one twice, and return what holds."""
    write(store, [])
    for batch in batches + batches[-1:]:
        store.write_events([(event, Origin("events", 0, 0, time)) for event, time in batch])
    return list({event.event_id: event for batch in batches for event, _ in batch}.values())


@EFFORT
@given(batches=histories(), questions=st.lists(st.one_of(RANGES, FILTERS), min_size=3, max_size=4))
def test_pages(unmerged: TimelineStore, batches: list[list[tuple[Event, int]]], questions: list[EventQuery]) -> None:
    held = write_all(unmerged, batches)
    for query in (*questions, EventQuery()):
        expected = naive.answer(held, query)
        assert unmerged.events(query).events == expected
        assert read_all(unmerged, replace(query, limit=1)) == expected


@EFFORT
@given(batches=histories(), questions=st.lists(st.one_of(RANGES, FILTERS), min_size=2, max_size=3))
def test_counts(unmerged: TimelineStore, batches: list[list[tuple[Event, int]]], questions: list[EventQuery]) -> None:
    held = write_all(unmerged, batches)
    units: list[BucketUnit] = ["day", "century"]
    groupings: list[Grouping] = ["category", "country"]
    for query in (*questions, EventQuery()):
        found = naive.answer(held, query)
        facets = unmerged.facets(query, ["category", "actor"])
        assert facets.total == len(found)
        categories = Counter(event.category for event in found if event.category)
        assert {facet.value: facet.count for facet in facets.values["category"]} == categories
        starting = naive.starting(held, query)
        for unit in units:
            for group_by in groupings:
                histogram = unmerged.buckets(query, unit, group_by)
                assert histogram.coarser == sum(naive.is_coarser(event, unit) for event in starting)
                assert sum(bucket.count for bucket in histogram.buckets) == len(starting) - histogram.coarser


def test_a_page_is_filled_behind_what_was_replaced(unmerged: TimelineStore) -> None:
    events = [an_event(f"e_{n:02d}", title="old", category="sport") for n in range(30)]
    unmerged.write_events([(event, ORIGIN) for event in events])
    revised = [event.model_copy(update={"revision": 2, "category": "politics"}) for event in events[:25]]
    unmerged.write_events([(event, ORIGIN) for event in revised])
    assert rows(unmerged, "events") == 55
    assert unmerged.events(EventQuery(category=("sport",), limit=3)).events == events[25:28]
    assert unmerged.events(EventQuery(category=("politics",), limit=3)).events == revised[:3]


@pytest.mark.parametrize("sort", ["time", "-time", "-importance"])
def test_two_rows_in_one_place_at_the_end_of_a_page(unmerged: TimelineStore, sort: Sort) -> None:
    """An event whose length changes keeps its place in the order under another key."""
    unmerged.write_events([(an_event("e_1", "2025-06-01", "2025-06-02"), ORIGIN)])
    last = an_event("e_1", "2025-06-01", "2025-07-01", granularity="month", revision=2)
    unmerged.write_events([(last, ORIGIN), (an_event("e_2", "2025-06-01", "2025-06-02"), ORIGIN)])
    found = read_all(unmerged, EventQuery(sort=sort, limit=1))
    assert sorted(found, key=lambda event: event.event_id)[:1] == [last]
    assert len(found) == 2


def test_settling_merges_and_forgets(store: TimelineStore) -> None:
    for revision in (1, 2, 3):
        store.write_events([(an_event(f"e_{n}", revision=revision), ORIGIN) for n in range(3)])
    assert rows(store, "unsettled") > 0
    settle(store._client(), pause=0)
    assert rows(store, "events") == 3
    assert rows(store, "unsettled") > 0  # noted too lately to be forgotten
    store._client().command("INSERT INTO events SELECT * FROM events WHERE event_id = 'e_0'")
    settle(store._client(), pause=0, longest_batch=-5)
    assert rows(store, "unsettled") == 0
    assert [event.revision for event in store.events(EventQuery()).events] == [3, 3, 3]


def test_names_longer_than_the_runs_that_are_indexed(store: TimelineStore) -> None:
    long = an_event("e_1", actors=("Organisation for the Prohibition of Chemical Weapons",))
    parts = an_event("e_2", actors=("Organisation for the Prohibition", "for the Prohibition of Chemical",
                                    "the Prohibition of Chemical Weapons"))  # fmt: skip
    store.write_events([(long, ORIGIN), (parts, ORIGIN)])
    for name, found in [
        ("organisation for the prohibition of chemical weapons", [long]),
        ("the prohibition of chemical weapons", [long, parts]),
        ("for the prohibition of chemical weapons", [long]),
        ("prohibition of", [long, parts]),
        ("of prohibition", []),
    ]:
        assert store.events(EventQuery(actor=(name,))).events == found
    both = EventQuery(actor=("of prohibition", "organisation for the prohibition of chemical weapons"))
    assert store.events(both).events == [long]
