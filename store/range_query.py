"""Answer a range query with pages of events in the order that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.conditions import Conditions, after_cursor, filters, in_range
from store.cursor import ORDERS, Cursor, fingerprint, parse_cursor
from store.feed_positions import read_feed_position
from store.query import MAX_LIMIT, EventPage, EventQuery, FeedPosition
from store.ranges import KeyRange, groups, key_ranges
from store.snapshot import relation

_KEY = ("span_class", "start_day", "start_second", "event_id")


@dataclass(frozen=True, slots=True)
class _Page:
    """Records as they are stored, and the cursor of what follows; None on the last page."""

    records: list[str]
    cursor: Cursor | None
    feed: FeedPosition


def read_page(client: Client, query: EventQuery) -> EventPage:
    """Return one page of the events that a query asks for, and the cursor of the next.

    An event that keeps its place in the order is neither skipped nor repeated from page to page, whatever arrives
    meanwhile; one that changes its place does so on the feed too, behind the page's `feed` position.

    Raises:
        BadCursor: when the cursor was not made by such a query.
        ValueError: when the limit is out of range.
        StoreError: when the store fails.
    """
    if not 1 <= query.limit <= MAX_LIMIT:
        raise ValueError(f"limit must be between 1 and {MAX_LIMIT}, not {query.limit}")
    page = _read(client, query, parse_cursor(query.cursor, query) if query.cursor else None, query.limit)
    return EventPage(page.records, str(page.cursor) if page.cursor else None, page.feed)


def read_records(client: Client, query: EventQuery, rows: int) -> Iterator[list[str]]:
    """Yield the events of a query as their JSON, so many at a time, from the cursor on; the limit plays no part.

    What lies in memory does not grow with the answer.

    Raises:
        BadCursor, StoreError: as `read_page`.
    """
    cursor = parse_cursor(query.cursor, query) if query.cursor else None
    while True:
        page = _read(client, query, cursor, rows)
        if page.records:
            yield page.records
        if page.cursor is None:
            return
        cursor = page.cursor


def _read(client: Client, query: EventQuery, cursor: Cursor | None, limit: int) -> _Page:
    # before the events: what is written in between is then both in the page and behind the position
    feed = cursor.feed if cursor is not None else read_feed_position(client)
    ranges = key_ranges(query, cursor)
    if not ranges:
        return _Page([], None, feed)
    statement, parameters = page_statement(query, cursor, ranges, limit + 1)
    rows = ask(client, "reading events", statement, parameters)
    records = [str(record) for *_, record in rows[:limit]]
    if len(rows) <= limit:
        return _Page(records, None, feed)
    return _Page(records, Cursor(query.sort, tuple(rows[limit - 1][:-1]), fingerprint(query), feed), feed)


def page_statement(
    query: EventQuery, cursor: Cursor | None, ranges: list[KeyRange], rows: int, columns: str = "record"
) -> tuple[str, dict[str, Any]]:
    """Return the statement of so many rows behind a cursor, each the columns of its order and those that are wanted.

    The keys are found first; only those that win have their records read, which are most of an event's bytes.
    """
    conditions = filters(query)
    in_range(query, conditions)
    if cursor is not None:
        after_cursor(cursor, conditions)
    order = ORDERS[query.sort]
    by = ", ".join(f"{column} DESC" if order.descending else column for column in order.columns)
    key = ", ".join(dict.fromkeys([*_KEY, *order.columns]))
    found = [
        f"(SELECT {key} FROM {relation(query, within_ranges(group, conditions), conditions)} AND {conditions}"
        f" ORDER BY {by} LIMIT {{rows:UInt32}})"
        for group in groups(query, ranges)
    ]
    conditions.parameters["rows"] = rows
    keys = f"SELECT {', '.join(_KEY)} FROM ({' UNION ALL '.join(found)}) ORDER BY {by} LIMIT {{rows:UInt32}}"
    winners = relation(query, f"({', '.join(_KEY)}) IN ({keys})", conditions, f"importance, recorded, {columns}")
    return (
        f"SELECT {', '.join(order.columns)}, {columns} FROM {winners} AND NOT hidden ORDER BY {by}",
        conditions.parameters,
    )


def within_ranges(ranges: list[KeyRange], conditions: Conditions) -> str:
    """Return the condition that a row lies in one of the key ranges; `conditions` gets its parameters."""
    terms = []
    for one in ranges:
        first, last = f"first_day{one.span_class}", f"last_day{one.span_class}"
        conditions.parameters.update({first: one.first_day, last: one.last_day})
        terms.append(f"span_class = {one.span_class} AND start_day BETWEEN {{{first}:Int32}} AND {{{last}:Int32}}")
    return f"({' OR '.join(terms)})"
