"""Which keys of `events` may hold more than one row, so that all others can be read without FINAL.

A key is noted here before a second row is written under it. Whoever reads `events` therefore takes the rows as they
lie, and looks again at those of the noted keys alone: of a page only they are read once more, and from counts the rows
that others replaced are subtracted (store/snapshot.py).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from store.asking import SECONDS_A_QUERY, ask
from store.errors import explained
from store.moves import Known

KEY = ("span_class", "start_day", "start_second", "event_id")
"""What identifies a row of `events`, once parts are merged."""

Key = tuple[Any, ...]

AMONG = f"({', '.join(KEY)}) IN (SELECT arrayJoin(arrayZip({{classes:Array(UInt8)}}, {{days:Array(Int32)}},"
AMONG += " {seconds:Array(Int32)}, {ids:Array(String)})))"
"""The condition that a key is one of those of `among`."""

_TYPES = ("UInt8", "Int32", "Int32", "String")


def among(keys: Collection[Key]) -> dict[str, list[Any]]:
    """Return the parameters of `AMONG`; there must be a key."""
    columns = map(list, zip(*keys, strict=True))
    return dict(zip(("classes", "days", "seconds", "ids"), columns, strict=True))


def note_unsettled(client: Client, known: Known) -> None:
    """Note the keys under which events were written before, all of which are about to be written again."""
    keys = [(*key, event_id) for event_id, held in known.items() for key in held]
    if keys:
        with explained("noting what is revised"):
            client.insert("unsettled", keys, column_names=KEY, column_type_names=_TYPES)


def read_unsettled(client: Client, keys: Sequence[Key]) -> set[Key]:
    """Return those of the keys that may hold more than one row; to be asked after the rows were read."""
    if not keys:
        return set()
    statement = f"SELECT {', '.join(KEY)} FROM unsettled WHERE {AMONG}"
    return {tuple(row) for row in ask(client, "reading what is revised", statement, among(keys))}


def settle(client: Client, *, pause: float = 2 * SECONDS_A_QUERY, longest_batch: int = 600) -> None:
    """Merge what can be merged, and forget the keys that hold one row; takes minutes for a hundred million events.

    Args:
        client: the connection.
        pause: seconds to wait before forgetting: a question that began before the merge still reads what was merged,
            and looks here afterwards.
        longest_batch: seconds within which rows are written whose keys were noted; what was noted later is kept.

    Raises:
        StoreError: when the engine is merging already; the keys are kept then, and trying later helps.
    """
    with explained("settling the timeline"):
        began = client.query("SELECT toUnixTimestamp(now())").result_rows[0][0]
        client.command("OPTIMIZE TABLE events FINAL SETTINGS optimize_throw_if_noop = 1")
        time.sleep(pause)
        key = ", ".join(KEY)
        client.command(
            f"DELETE FROM unsettled WHERE noted < toDateTime({{before:UInt32}}) AND ({key}) NOT IN (SELECT {key}"
            f" FROM events WHERE ({key}) IN (SELECT {key} FROM unsettled) GROUP BY {key} HAVING count() > 1)",
            parameters={"before": began - longest_batch},
        )
