"""Read what stands on the timeline together with where on Kafka it came from: the beginning of a live feed."""

from __future__ import annotations

from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.cursor import ORDERS, Cursor, fingerprint
from store.query import EventQuery
from store.range_query import page_statement
from store.ranges import key_ranges


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it is stored, its key, and the partition and offset of the message that it came with."""

    key: str
    record: str
    partition: int
    offset: int


def read_standing_events(
    client: Client, query: EventQuery, cursor: Cursor | None, rows: int
) -> tuple[list[Standing], Cursor | None]:
    """Return so many events of a query behind a cursor, by time, and the cursor of what follows; None at the end.

    Raises:
        StoreError: when the store fails.
    """
    ranges = key_ranges(query, cursor)
    if not ranges:
        return [], None
    statement, parameters = page_statement(query, cursor, ranges, rows + 1, "record, partition, offset")
    found = ask(client, "reading the timeline", statement, parameters)
    width = len(ORDERS[query.sort].columns)
    events = [Standing(str(row[width - 1]), *row[width:]) for row in found[:rows]]
    more = len(found) > rows
    return events, Cursor(query.sort, tuple(found[rows - 1][:width]), fingerprint(query), {}) if more else None


def read_standing_windows(client: Client, after: str, rows: int) -> list[Standing]:
    """Return so many windows of either kind whose keys come after one, by key.

    Raises:
        StoreError: when the store fails.
    """
    statement = (
        "SELECT window, record, partition, offset FROM windows FINAL WHERE window > {after:String}"
        " ORDER BY window LIMIT {rows:UInt32}"
    )
    found = ask(client, "reading the windows", statement, {"after": after, "rows": rows})
    return [Standing(*row) for row in found]
