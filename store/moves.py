"""Keep one row per event though its date may change: which rows to write, and which old ones to cancel.

An event's row is keyed by its date, and ReplacingMergeTree replaces rows of equal keys only. So whatever key an event
ever had is remembered in `event_keys`; when the newest revision stands elsewhere, the old key gets a cancelling row
with the newest revision as its version. Late older revisions are not written at all. Nothing that is shown now depends
on order or on how often a message is delivered.

What is replaced goes into `event_history` first, cancelling rows too, so that the rows of a key tell what stood there
at any moment. Revisions that meet in one batch never stand in `events`; their history is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.rows import EVENTS, Row

EventKey = tuple[int, int, int]
"""(span_class, start_day, start_second): with the event_id, the key of a row of `events`."""

Known = Mapping[str, Mapping[EventKey, int]]
"""Per event_id, the keys it was written under, each with the highest revision written there."""

_EVENT_ID = EVENTS.columns.index("event_id")
_REVISION = EVENTS.columns.index("revision")
_RECORDED = EVENTS.columns.index("recorded")
_EMPTY = {"String": "", "LowCardinality(String)": ""}
_HIDDEN = {"hidden": 1, "retracted": 1}


def _blank(column: str, kind: str) -> Any:
    return () if kind.startswith("Array") else _HIDDEN.get(column, _EMPTY.get(kind, 0))


_BLANK = tuple(map(_blank, EVENTS.columns, EVENTS.types))


@dataclass(frozen=True, slots=True)
class Plan:
    """What brings the store up to a batch, in the order in which it must be done.

    Attributes:
        superseded: keys of rows of `events` that go into history as they are, before others take their place.
        history: rows of `event_history`: revisions that the batch itself supersedes.
        keys: rows of `event_keys`.
        events: rows of `events`.
    """

    superseded: list[tuple[Any, ...]]
    history: list[Row]
    keys: list[Row]
    events: list[Row]


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide what to write for a batch of rows of `events`.

    A row that is known already is written again: the attempt before may have died between the tables.

    Args:
        rows: rows of the batch, in any order, several per event allowed; of one revision the last holds.
        known: what `event_keys` says of the batch's events.
    """
    todo = Plan([], [], [], [])
    for event_id, revisions in _revisions(rows).items():
        before = known.get(event_id, {})
        last_known = max(before.values(), default=0)
        *passed, last = [revisions[number] for number in sorted(revisions)]
        if last[_REVISION] < last_known:
            continue
        if last[_REVISION] > last_known:
            todo.superseded.extend((*key, event_id) for key in before)
        stood: dict[EventKey, None] = dict.fromkeys(before)
        for row in passed:
            if row[_REVISION] > last_known:
                todo.history.append(row)
                todo.history.extend(_cancel(row, key) for key in stood if key != row[:3])
                stood[row[:3]] = None
        todo.keys.append((event_id, *last[:3], last[_REVISION]))
        todo.events.append(last)
        for key in stood:
            if key != last[:3]:
                (todo.events if key in before else todo.history).append(_cancel(last, key))
    return todo


def _revisions(rows: Iterable[Row]) -> dict[str, dict[int, Row]]:
    revisions: dict[str, dict[int, Row]] = {}
    for row in rows:
        revisions.setdefault(row[_EVENT_ID], {})[row[_REVISION]] = row
    return revisions


def _cancel(row: Row, key: EventKey) -> Row:
    """Return the row that says at another key that the event has left it, from when this row was recorded."""
    blank = list(_BLANK)
    for index in (_EVENT_ID, _REVISION, _RECORDED):
        blank[index] = row[index]
    return (*key, *blank[len(key) :])
