"""Answer a range query with one page of events in timeline order."""

from __future__ import annotations

from clickhouse_connect.driver.client import Client

from schemas.event import Event
from store.conditions import Conditions, after_cursor, filters, overlapping, within
from store.cursor import Cursor, parse_cursor
from store.errors import explained
from store.query import MAX_LIMIT, EventPage, EventQuery
from store.ranges import KeyRange, groups, key_ranges

_KEY = "start_day, start_second, event_id"


def read_page(client: Client, query: EventQuery) -> EventPage:
    """Return one page of the events that a query asks for, by (start, event_id), and the cursor of the next.

    Raises:
        BadCursor: when the cursor was not made by such a query.
        ValueError: when the limit is out of range.
        StoreError: when the store fails.
    """
    if not 1 <= query.limit <= MAX_LIMIT:
        raise ValueError(f"limit must be between 1 and {MAX_LIMIT}, not {query.limit}")
    cursor = parse_cursor(query.cursor, newest_first=query.newest_first) if query.cursor else None
    ranges = key_ranges(query, cursor)
    if not ranges:
        return EventPage([], None)
    statement, parameters = page_statement(query, cursor, ranges)
    with explained("reading events"):
        rows = client.query(statement, parameters=parameters).result_rows
    events = [Event.model_validate_json(record) for *_, record in rows[: query.limit]]
    if len(rows) <= query.limit:
        return EventPage(events, None)
    day, second, event_id, _ = rows[query.limit - 1]
    return EventPage(events, str(Cursor(day, second, event_id, query.newest_first)))


def page_statement(query: EventQuery, cursor: Cursor | None, ranges: list[KeyRange]) -> tuple[str, dict[str, object]]:
    """Return the statement of a page, one row more than its limit, and its parameters.

    The keys are found first; only those that win have their records read, which are most of an event's bytes.
    """
    conditions = filters(query)
    (within if query.match == "within" else overlapping)(query, conditions)
    if cursor is not None:
        after_cursor(cursor, conditions)
    order = ", ".join(f"{column} DESC" if query.newest_first else column for column in _KEY.split(", "))
    found = [
        f"(SELECT span_class, {_KEY} FROM events FINAL WHERE {_in_ranges(group, conditions)} AND {conditions}"
        f" ORDER BY {order} LIMIT {{rows:UInt32}})"
        for group in groups(query, ranges)
    ]
    conditions.parameters["rows"] = query.limit + 1
    keys = f"SELECT * FROM ({' UNION ALL '.join(found)}) ORDER BY {order} LIMIT {{rows:UInt32}}"
    statement = (
        f"SELECT {_KEY}, record FROM events FINAL"
        f" WHERE (span_class, {_KEY}) IN ({keys}) AND NOT hidden ORDER BY {order}"
    )
    return statement, conditions.parameters


def _in_ranges(group: list[KeyRange], conditions: Conditions) -> str:
    terms = []
    for one in group:
        first, last = f"first_day{one.span_class}", f"last_day{one.span_class}"
        conditions.parameters.update({first: one.first_day, last: one.last_day})
        terms.append(f"span_class = {one.span_class} AND start_day BETWEEN {{{first}:Int32}} AND {{{last}:Int32}}")
    return f"({' OR '.join(terms)})"
