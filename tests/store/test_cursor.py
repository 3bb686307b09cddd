"""Cursors: opaque, exact, and refused when they are none."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cursor import BadCursor, Cursor, parse_cursor
from store.query import EventQuery
from store.timeline_store import TimelineStore
from tests.store.records import ORIGIN, an_event


@given(st.integers(-(2**31) + 1, 2**31 - 1), st.integers(0, 86_399), st.text(), st.booleans())
def test_a_cursor_is_read_as_it_was_written(day: int, second: int, event_id: str, newest_first: bool) -> None:
    cursor = Cursor(day, second, event_id, newest_first)
    assert parse_cursor(str(cursor), newest_first=newest_first) == cursor


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    ["nonsense", "ä", "====", "a", encoded("[]"), encoded("7"), encoded('["1",2,"e","a"]'), encoded('[1,2,3,"a"]'),
     encoded('[1,2,"e","x"]'), encoded("[" * 100_000), encoded('[99999999999,0,"e","a"]'), encoded('[true,0,"e","a"]')],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor, match="no cursor of this service"):
        parse_cursor(text, newest_first=False)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadCursor):
        parse_cursor(text, newest_first=False)


def test_a_cursor_of_the_other_direction_is_refused(store: TimelineStore) -> None:
    store.write_events([(an_event("e_1"), ORIGIN), (an_event("e_2"), ORIGIN)])
    page = store.events(EventQuery(limit=1))
    with pytest.raises(BadCursor, match="other direction"):
        store.events(EventQuery(limit=1, cursor=page.next, newest_first=True))


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
