"""Read what stands on the timeline together with where on Kafka it came from: the beginning of a live feed."""

from __future__ import annotations

from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from store.asking import ask
from store.cursor import Cursor
from store.query import EventQuery
from store.range_query import read_rows


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
    found, more = read_rows(client, query, cursor, rows, {}, "record, partition, offset")
    return [Standing(str(row.key[-1]), *row.values) for row in found], more


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
