"""The timeline now, or as it was: what a query reads from."""

from __future__ import annotations

from store.conditions import Conditions, milliseconds
from store.query import EventQuery

_KEY = "span_class, start_day, start_second, event_id"

FILTERED = (
    "end_day, end_second, start_month, granularity, category, type, modality, actors, places, sources, languages,"
    " countries, positions, source_count, importance, search, recorded"
)
"""Columns that filters, orders, buckets and facets read."""


def relation(query: EventQuery, restriction: str, conditions: Conditions, columns: str = FILTERED) -> str:
    """Return what to write behind FROM: the events of one moment, at most those that fulfil a restriction.

    Of one key the last revision holds. Now, that is what the engine keeps; as of a moment it is the last one recorded
    by then, among those that hold now and those that history kept.

    Args:
        query: its `as_of` is the moment; its parameter is added to `conditions`.
        restriction: a condition on the columns of the key alone.
        conditions: gets the parameters.
        columns: columns that the caller reads, besides the key.
    """
    if query.as_of is None:
        return f"events FINAL WHERE {restriction}"
    conditions.parameters["as_of"] = milliseconds(query.as_of)
    wanted = dict.fromkeys([*_KEY.split(", "), "revision", "hidden", *columns.split(", ")])
    rows = " UNION ALL ".join(
        f"SELECT {', '.join(wanted)} FROM {table} FINAL WHERE {restriction} AND recorded <= {{as_of:Int64}}"
        for table in ("events", "event_history")
    )
    return f"(SELECT * FROM ({rows}) ORDER BY revision DESC LIMIT 1 BY {_KEY}) WHERE 1"
