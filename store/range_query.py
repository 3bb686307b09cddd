"""Answer a range query with pages of events in the order that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.conditions import after_cursor, filters, in_range
from store.cursor import ORDERS, Cursor, fingerprint, parse_cursor
from store.feed_positions import read_feed_position
from store.query import MAX_LIMIT, EventPage, EventQuery, FeedPosition
from store.ranges import KeyRange, groups, is_narrow, key_ranges, within_ranges
from store.snapshot import FILTERED, holding, relation
from store.unsettled import KEY, Key, among, read_unsettled


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An event's place in the order, the key of its row, and the columns that were wanted."""

    at: tuple[Any, ...]
    key: Key
    values: tuple[Any, ...]


def _columns(query: EventQuery) -> list[str]:
    return list(dict.fromkeys([*ORDERS[query.sort].columns, *KEY]))


def _row(values: Sequence[Any], query: EventQuery) -> FoundRow:
    names = _columns(query)
    of = dict(zip(names, values, strict=False))  # what is wanted stands behind them
    at, key = (tuple(of[name] for name in wanted) for wanted in (ORDERS[query.sort].columns, KEY))
    return FoundRow(at, key, tuple(values[len(names) :]))


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
    rows, more = read_rows(client, query, cursor, limit, feed, "record")
    return _Page([str(*row.values) for row in rows], more, feed)


def read_rows(
    client: Client, query: EventQuery, cursor: Cursor | None, limit: int, feed: FeedPosition, wanted: str
) -> tuple[list[FoundRow], Cursor | None]:
    """Return so many rows of a query behind a cursor, and the cursor of what follows; None at the end.

    Args:
        client: the connection.
        query: what is asked.
        cursor: the last row that was read.
        limit: most rows returned.
        feed: the position on the feed that the new cursor carries.
        wanted: the columns that each row is to have, as SQL writes them.

    Raises:
        StoreError: when the store fails.
    """
    kept: list[FoundRow] = []
    rows = limit + 2
    while len(kept) <= limit and (ranges := key_ranges(query, cursor)):
        statement, parameters = page_statement(query, cursor, ranges, rows, wanted)
        found = [_row(row, query) for row in ask(client, "reading events", statement, parameters)]
        last = len(found) < rows
        if not last:  # what has the place of the last row may lie behind it: an event that was moved, or its revision
            found = [row for row in found if row.at != found[-1].at]
        if found:
            kept += found if query.as_of is not None else _holding(client, query, found, wanted)
            cursor = Cursor(query.sort, found[-1].at, "", feed)
        if last:
            break
        rows = rows if found else rows * 2
    more = Cursor(query.sort, kept[limit - 1].at, fingerprint(query), feed) if len(kept) > limit else None
    return kept[:limit], more


def _holding(client: Client, query: EventQuery, found: list[FoundRow], wanted: str) -> list[FoundRow]:
    """Return the rows that no other has replaced, and for those that may have been what holds at their keys.

    A row that holds there is taken when the query wants it and it has the place of the one that was found: what came in
    between and moved it is behind the feed's position, and what was there before is found at its own place.
    """
    unsettled = read_unsettled(client, [row.key for row in found])
    if not unsettled:
        return found
    conditions = filters(query, indexed=False)
    in_range(query, conditions)
    rows_of = holding(f"{FILTERED}, {wanted}")
    statement = f"SELECT {', '.join(_columns(query))}, {wanted} FROM {rows_of} AND {conditions}"
    rows = ask(client, "reading what is revised", statement, conditions.parameters | among(unsettled))
    current = {(row.key, row.at): row for row in (_row(row, query) for row in rows)}
    kept = {(row.key, row.at): current.get((row.key, row.at)) if row.key in unsettled else row for row in found}
    return [row for row in kept.values() if row is not None]


def page_statement(
    query: EventQuery, cursor: Cursor | None, ranges: list[KeyRange], rows: int, wanted: str
) -> tuple[str, dict[str, Any]]:
    """Return the statement of so many rows behind a cursor: the columns of its order, of the key, and what is wanted.

    Records are most of an event's bytes, and only those of the rows that win are read: the engine does so by itself
    where one read finds the rows; where several do, they find the keys first.
    """
    conditions = filters(query, indexed=query.as_of is None)
    in_range(query, conditions)
    if cursor is not None:
        after_cursor(cursor, conditions)
    order = ORDERS[query.sort]
    by = ", ".join(f"{column} DESC" if order.descending else column for column in order.columns)
    key = ", ".join(_columns(query))
    conditions.parameters["rows"] = rows
    parts = groups(query, ranges)
    if query.as_of is None and len(parts) == 1:
        rows_of = f"events WHERE {within_ranges(ranges, conditions.parameters)} AND {conditions}"
        if not is_narrow(query):
            # how far the page reaches is found from one narrow column, and only up to there the others are read
            first, (least, sign) = order.columns[0], ("min", ">=") if order.descending else ("max", "<=")
            reach = f"SELECT {first} FROM {rows_of} ORDER BY {by.partition(',')[0]} LIMIT {{rows:UInt32}}"
            rows_of += f" AND {first} {sign} (SELECT {least}({first}) FROM ({reach}))"
        return f"SELECT {key}, {wanted} FROM {rows_of} ORDER BY {by} LIMIT {{rows:UInt32}}", conditions.parameters
    found = [
        f"(SELECT {key} FROM {relation(query, within_ranges(part, conditions.parameters), conditions)}"
        f" AND {conditions} ORDER BY {by} LIMIT {{rows:UInt32}})"
        for part in parts
    ]
    keys = f"SELECT {', '.join(KEY)} FROM ({' UNION ALL '.join(found)}) ORDER BY {by} LIMIT {{rows:UInt32}}"
    winners = relation(query, f"({', '.join(KEY)}) IN ({keys})", conditions, f"importance, recorded, {wanted}")
    # without as_of, rows that others have replaced lie beside them
    return f"SELECT {key}, {wanted} FROM {winners} AND NOT hidden ORDER BY {by}", conditions.parameters
