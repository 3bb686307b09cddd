"""Write events: a batch is one insert a table, and writing the same again changes nothing.

What stood where before is looked up for every event, first revisions too: an agent that was killed sends again, behind
what it had sent, and a process that died may have written what comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from clickhouse_connect.driver.client import Client

from store import rows
from store.errors import explained
from store.event_table import cancelling_table, event_table
from store.feed_positions import write_feed_position
from store.identifiers import IDS_A_QUERY, chunks
from store.incoming import Incoming
from store.moves import EventKey, Standing, plan
from store.query import Origin
from store.unsettled import note_unsettled

AS_IT_IS = {"optimize_on_insert": 0}
"""A batch holds one row a key, so there is nothing to merge in it: that would cost a third of the insert."""


def write_events(client: Client, batch: Sequence[tuple[Incoming, Origin]]) -> None:
    """Write events; the higher revision holds, wherever on the timeline the lower ones stood.

    One writer at a time may write a given event, as one partition's consumer does.
    """
    if not batch:
        return
    told = [
        Standing(one.fields.event_id, one.fields.revision, one.interval.key, origin.time, at)
        for at, (one, origin) in enumerate(batch)
    ]
    known = known_keys(client, [one.event_id for one in told])
    note_unsettled(client, known)
    todo = plan(told, known)
    table = event_table(batch)
    keep_superseded(client, todo.superseded)
    _insert(client, rows.EVENT_HISTORY, _taken(table, todo.passed, todo.left_between))
    last = _taken(table, sorted(todo.last), todo.left)
    # keys first: a row of `events` under a key that is not known could never be cancelled
    _insert(client, rows.EVENT_KEYS, last.slice(0, len(last) - len(todo.left)).select(rows.EVENT_KEYS.columns))
    _insert(client, rows.EVENTS, last)
    write_feed_position(client, [origin for _, origin in batch])


def _taken(table: pa.Table, places: Sequence[int], left: Sequence[Standing]) -> pa.Table:
    """Return some rows of a batch, and behind them the rows that cancel what was left."""
    chosen = table if len(places) == len(table) else table.take(pa.array(places, pa.int64()))
    return pa.concat_tables([chosen, cancelling_table(left)]) if left else chosen


def _insert(client: Client, into: rows.Table, table: pa.Table) -> None:
    if len(table):
        with explained(f"writing {into.name}"):
            client.insert_arrow(into.name, table, settings=AS_IT_IS)


def keep_superseded(client: Client, keys: Sequence[tuple[Any, ...]]) -> None:
    """Copy rows of `events` into history, by (span_class, start_day, start_second, event_id).

    Rows that others have replaced already are copied once more: history holds them, so it does not change.
    """
    columns = ", ".join(rows.EVENTS.columns)
    keys = sorted(keys)  # each statement reads a stretch of the table of its own
    for first in range(0, len(keys), IDS_A_QUERY):
        classes, days, seconds, event_ids = map(list, zip(*keys[first : first + IDS_A_QUERY], strict=True))
        with explained("writing history"):
            client.command(
                f"INSERT INTO event_history ({columns}) SELECT {columns} FROM events"
                " WHERE (span_class, start_day, start_second, event_id) IN (SELECT arrayJoin(arrayZip("
                "{classes:Array(UInt8)}, {days:Array(Int32)}, {seconds:Array(Int32)}, {ids:Array(String)})))",
                parameters={"classes": classes, "days": days, "seconds": seconds, "ids": event_ids},
            )


def known_keys(client: Client, event_ids: Sequence[str]) -> dict[str, dict[EventKey, int]]:
    """Return per event the keys it was written under, each with the highest revision written there."""
    known: dict[str, dict[EventKey, int]] = defaultdict(dict)
    for chunk in chunks(sorted(set(event_ids))):
        with explained("looking up events"):
            answer = client.query(
                "SELECT event_id, span_class, start_day, start_second, max(revision) FROM event_keys"
                " WHERE event_id IN {ids:Array(String)} GROUP BY event_id, span_class, start_day, start_second",
                parameters={"ids": chunk},
            )
        for event_id, span_class, day, second, revision in answer.result_rows:
            known[event_id][span_class, day, second] = revision
    return known
