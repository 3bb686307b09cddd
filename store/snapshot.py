"""The timeline now, or as it was: what a query reads from.

Rows of `events` are read as they lie, without FINAL. Of a key that is not noted as unsettled there is one row; of those
that are (`store/unsettled.py`), counts subtract what was replaced, and pages look again (`store/range_query.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.conditions import Conditions, filters, milliseconds
from store.query import EventQuery
from store.unsettled import AMONG, KEY

_KEY = ", ".join(KEY)

_LAST_FIRST = "revision DESC, recorded DESC"
"""Which row of a key holds. Of one revision there are two where an event was counted anew from 1, and moved."""

FILTERED = (
    "end_day, end_second, start_month, granularity, category, type, modality, actors, places, sources, languages,"
    " countries, positions, source_count, importance, search, recorded"
)
"""Columns that filters, orders, buckets and facets read."""


def relation(query: EventQuery, restriction: str, conditions: Conditions, columns: str = FILTERED) -> str:
    """Return what to write behind FROM: the events of one moment, at most those that fulfil a restriction.

    As of a moment it is of each key the last row recorded by then, among those that hold now and those that history
    kept. Now, it is all rows, also those of unsettled keys that others have replaced.

    Args:
        query: its `as_of` is the moment; its parameter is added to `conditions`.
        restriction: a condition on the columns of the key alone.
        conditions: gets the parameters.
        columns: columns that the caller reads, besides the key.
    """
    if query.as_of is None:
        return f"events WHERE {restriction}"
    conditions.parameters["as_of"] = milliseconds(query.as_of)
    rows = " UNION ALL ".join(
        f"SELECT {_read(columns)} FROM {table} WHERE {restriction} AND recorded <= {{as_of:Int64}}"
        for table in ("events", "event_history")
    )
    return f"(SELECT * FROM ({rows}) ORDER BY {_LAST_FIRST} LIMIT 1 BY {_KEY}) WHERE 1"


def counted(
    query: EventQuery, restriction: str, place: Callable[[Conditions], None], parameters: dict[str, Any]
) -> list[tuple[str, str]]:
    """Return pairs of a sign and what to write behind FROM: counts of the events of a query are the sums over them.

    Args:
        query: what is asked.
        restriction: a condition on the columns of the key alone, outside which nothing is counted.
        place: adds the conditions on when an event is.
        parameters: gets the parameters.
    """
    found = filters(query, indexed=query.as_of is None)
    place(found)
    signed = [("", f"{relation(query, restriction, found)} AND {found}")]
    if query.as_of is None:
        gone = filters(query, indexed=False)
        place(gone)
        signed.append(("-", f"{replaced(restriction)} AND {gone}"))
        parameters.update(gone.parameters)
    parameters.update(found.parameters)
    return signed


def holding(columns: str = FILTERED) -> str:
    """Return what to write behind FROM: what holds now at the keys of `AMONG`."""
    return f"(SELECT {_read(columns)} FROM events WHERE {AMONG} ORDER BY {_LAST_FIRST} LIMIT 1 BY {_KEY}) WHERE 1"


def replaced(restriction: str, columns: str = FILTERED) -> str:
    """Return what to write behind FROM: the rows of `events` that others have replaced, and that still lie there.

    A row that was written twice counts as replaced once.
    """
    unsettled = f"SELECT {_KEY} FROM unsettled WHERE {restriction}"
    return (
        f"(SELECT {_read(columns)} FROM events WHERE {restriction} AND ({_KEY}) IN ({unsettled})"
        f" ORDER BY {_LAST_FIRST} LIMIT 1, {2**32} BY {_KEY}) WHERE 1"
    )


def _read(columns: str) -> str:
    return ", ".join(dict.fromkeys([*KEY, "revision", "recorded", "hidden", *columns.split(", ")]))
