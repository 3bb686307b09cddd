"""Cursors: opaque, exact, and refused when they are none."""

from __future__ import annotations

import base64
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cursor import BadCursor, Cursor, fingerprint, parse_cursor
from store.query import EventQuery, Origin, Sort
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event

QUERIES = st.builds(EventQuery, sort=st.sampled_from(["time", "-time"]), q=st.one_of(st.none(), st.text()))
FEEDS = st.dictionaries(st.tuples(st.text(), st.integers(0, 2**31 - 1)), st.integers(0, 2**63), max_size=4)


@given(st.integers(-(2**31), 2**31 - 1), st.integers(0, 86_399), st.text(), QUERIES, FEEDS)
def test_a_cursor_is_read_as_it_was_written(
    day: int, second: int, event_id: str, query: EventQuery, feed: dict[tuple[str, int], int]
) -> None:
    cursor = Cursor(query.sort, (day, second, event_id), fingerprint(query), feed)
    assert parse_cursor(str(cursor), replace(query, limit=7, cursor="x")) == cursor


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    ["nonsense", "ä", "====", "a", encoded("[]"), encoded("7"), encoded('["time",["1",2,"e"],"",[]]'),
     encoded('["time",[1,2,3],"",[]]'), encoded('["x",[1,2,"e"],"",[]]'), encoded("[" * 100_000),
     encoded('["time",[99999999999,0,"e"],"",[]]'), encoded('["time",[true,0,"e"],"",[]]'),
     encoded('["time",[1,0,"e"],"",[["t",0]]]'), encoded('["time",[1,0,"e"],"",[["t",0,-1]]]'),
     encoded('[["time"],[1,0,"e"],"",[]]')],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor, match="no cursor of this service"):
        parse_cursor(text, EventQuery())


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadCursor):
        parse_cursor(text, EventQuery())


def test_a_cursor_of_another_query_is_refused(store: TimelineStore) -> None:
    store.write_events([(an_event("e_1"), ORIGIN), (an_event("e_2"), ORIGIN)])
    page = store.events(EventQuery(limit=1))
    with pytest.raises(BadCursor, match="made for the order time, not -time"):
        store.events(EventQuery(limit=1, cursor=page.next, sort="-time"))
    with pytest.raises(BadCursor, match="other filters"):
        store.events(EventQuery(limit=1, cursor=page.next, min_sources=2))


def test_the_last_page_has_no_next(store: TimelineStore) -> None:
    store.write_events([(an_event(f"e_{n}"), ORIGIN) for n in range(4)])
    first = store.events(EventQuery(limit=2))
    last = store.events(EventQuery(limit=2, cursor=first.next))
    assert [event.event_id for event in first.events + last.events] == ["e_0", "e_1", "e_2", "e_3"]
    assert last.next is None


def test_events_that_arrive_between_pages_are_neither_skipped_nor_doubled(store: TimelineStore) -> None:
    store.write_events([(an_event(f"e_{n}"), ORIGIN) for n in (2, 4, 6)])
    first = store.events(EventQuery(limit=2))
    store.write_events([(an_event(f"e_{n}"), ORIGIN) for n in (1, 5)])
    rest = store.events(EventQuery(limit=10, cursor=first.next))
    assert [event.event_id for event in rest.events] == ["e_5", "e_6"]


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_range_is_refused(store: TimelineStore, limit: int) -> None:
    with pytest.raises(ValueError, match="limit must be between 1 and 1000"):
        store.events(EventQuery(limit=limit))


@pytest.mark.parametrize("sort", ["time", "-time", "-importance", "changed", "-changed"])
def test_every_order_can_be_paged(store: TimelineStore, sort: Sort) -> None:
    events = [an_event(f"e_{n}", source_count=n % 3) for n in range(12)]
    store.write_events([(event, Origin("events", 0, n, n // 4 * 1000)) for n, event in enumerate(events)])
    query = EventQuery(sort=sort, limit=5)
    pages = [store.events(query)]
    while pages[-1].next:
        pages.append(store.events(replace(query, cursor=pages[-1].next)))
    read = [event for page in pages for event in page.events]
    assert [len(page.events) for page in pages] == [5, 5, 2]
    assert read == store.events(EventQuery(sort=sort)).events
    assert sorted(read, key=lambda event: event.event_id) == sorted(events, key=lambda event: event.event_id)


def test_pages_and_the_feed_behind_them_miss_nothing(store: TimelineStore) -> None:
    store.write_events([(an_event(f"e_{n}", f"2025-06-0{n}", f"2025-06-1{n}"), Origin("events", 1, n)) for n in (2, 4)])
    first = store.events(EventQuery(limit=1))
    assert first.feed == {("events", 1): 5}
    moved = an_event("e_4", "2025-05-01", "2025-05-02", revision=2)  # to where the reader has been already
    store.write_events([(moved, Origin("events", 1, 5))])
    last = store.events(EventQuery(limit=1, cursor=first.next))
    assert last.events == []
    assert last.feed == first.feed  # so whoever follows from there gets the revision at offset 5
    assert store.feed_position() == {("events", 1): 6}


def test_all_records_come_in_batches(store: TimelineStore) -> None:
    store.write_events([(an_event(f"e_{n}"), ORIGIN) for n in range(7)])
    batches = list(store.records(EventQuery(sort="-time"), 3))
    assert [len(batch) for batch in batches] == [3, 3, 1]
    assert [json.loads(record)["event_id"] for batch in batches for record in batch] == [f"e_{n}" for n in range(7)][
        ::-1
    ]


@pytest.mark.parametrize("sort", ["time", "-time", "-importance", "-changed"])
def test_pages_while_events_arrive_give_each_that_was_there_once(store: TimelineStore, sort: Sort) -> None:
    there = [an_event(f"e_{n}", f"2025-06-{1 + n % 28:02d}", "2025-07-01", source_count=n % 5) for n in range(60)]
    store.write_events([(event, Origin("events", 0, n, n % 7)) for n, event in enumerate(there)])

    def arrive() -> None:
        for batch in range(12):
            new = [
                an_event(f"f_{batch}_{n}", f"2025-06-{1 + n * 2:02d}", "2025-07-01", source_count=n) for n in range(5)
            ]
            store.write_events([(event, Origin("events", 0, 100 + batch, batch)) for event in new])

    with ThreadPoolExecutor(1) as pool:
        arriving = pool.submit(arrive)
        query = EventQuery(sort=sort, limit=7)
        page = store.events(query)
        read = [event.event_id for event in page.events]
        while page.next:
            page = store.events(replace(query, cursor=page.next))
            read += [event.event_id for event in page.events]
        arriving.result()
    assert len(read) == len(set(read))
    assert {event.event_id for event in there} <= set(read)
