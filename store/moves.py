"""Keep one row per event though its date may change: which rows to write, and which old ones to cancel.

An event's row is keyed by its date, and ReplacingMergeTree replaces rows of equal keys only. So whatever key an event
ever had is remembered in `event_keys`; when the newest revision stands elsewhere, the old key gets a cancelling row
with the newest revision as its version. Late older revisions are not written at all. Nothing here depends on order or
on how often a message is delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.rows import EVENTS, Row

EventKey = tuple[int, int, int]
"""(span_class, start_day, start_second): with the event_id, the key of a row of `events`."""

Known = Mapping[str, Mapping[EventKey, int]]
"""Per event_id, the keys it was written under, each with the highest revision written there."""

_EVENT_ID = EVENTS.columns.index("event_id")
_REVISION = EVENTS.columns.index("revision")
_EMPTY = {"String": "", "LowCardinality(String)": "", "Array(String)": ()}
_HIDDEN = {"hidden": 1, "retracted": 1}
_BLANK = tuple(
    _HIDDEN.get(column, _EMPTY.get(kind, 0)) for column, kind in zip(EVENTS.columns, EVENTS.types, strict=True)
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows of `events` and of `event_keys` that bring the store up to a batch."""

    events: list[Row]
    keys: list[Row]


def newest(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the row of the highest revision per event_id; among equals the last."""
    held: dict[str, Row] = {}
    for row in rows:
        before = held.get(row[_EVENT_ID])
        if before is None or row[_REVISION] >= before[_REVISION]:
            held[row[_EVENT_ID]] = row
    return held


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide what to write for a batch of rows of `events`.

    A row that is known already is written again: the attempt before may have died between the two tables.

    Args:
        rows: rows of the batch, in any order, several per event allowed.
        known: what `event_keys` says of the batch's events.
    """
    events: list[Row] = []
    keys: list[Row] = []
    for event_id, row in newest(rows).items():
        key, revision = row[:3], row[_REVISION]
        before = known.get(event_id, {})
        if revision < max(before.values(), default=0):
            continue
        events.append(row)
        keys.append((event_id, *key, revision))
        events.extend(_cancel(event_id, revision, old) for old in before if old != key)
    return Plan(events, keys)


def _cancel(event_id: str, revision: int, key: EventKey) -> Row:
    return (*key, event_id, revision, *_BLANK[_REVISION + 1 :])
