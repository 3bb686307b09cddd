"""Keep one row per event though its date may change: which rows to write, and which old ones to cancel.

An event's row is keyed by its date, and ReplacingMergeTree replaces rows of equal keys only. So whatever key an event
ever had is remembered in `event_keys`; when the newest revision stands elsewhere, the old key gets a cancelling row
with the newest revision as its version. Late older revisions are not written at all. Nothing that is shown now depends
on order or on how often a message is delivered.

What is replaced goes into `event_history` first, cancelling rows too, so that the rows of a key tell what stood there
at any moment. Revisions that meet in one batch never stand in `events`; their history is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

EventKey = tuple[int, int, int]
"""(span_class, start_day, start_second): with the event_id, the key of a row of `events`."""

Known = Mapping[str, Mapping[EventKey, int]]
"""Per event_id, the keys it was written under, each with the highest revision written there."""


class Standing(NamedTuple):
    """A revision of an event at a key.

    Attributes:
        recorded: when it was sent, in milliseconds since 1970, UTC.
        at: its place in the batch.
    """

    event_id: str
    revision: int
    key: EventKey
    recorded: int
    at: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What brings the store up to a batch, in the order in which it must be done.

    Attributes:
        superseded: keys of rows of `events` that go into history as they are, before others take their place.
        passed: places in the batch of revisions that the batch itself supersedes; they go into history.
        left_between: keys that events stood at, and left, within the batch; cancelled in history.
        last: places in the batch of what goes into `event_keys` and `events`.
        left: keys that events have left; cancelled in `events`.
    """

    superseded: list[tuple[Any, ...]] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    left_between: list[Standing] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    left: list[Standing] = field(default_factory=list)


def plan(batch: Iterable[Standing], known: Known) -> Plan:
    """Decide what to write for a batch.

    A revision that is known already is written again: the attempt before may have died between the tables.

    Args:
        batch: revisions in any order, several per event allowed; of one revision the last holds.
        known: what `event_keys` says of the batch's events.
    """
    todo = Plan()
    for event_id, revisions in _revisions(batch).items():
        before = known.get(event_id, {})
        last_known = max(before.values(), default=0)
        *passed, last = [revisions[number] for number in sorted(revisions)]
        if last.revision < last_known:
            continue
        if last.revision > last_known:
            todo.superseded.extend((*key, event_id) for key in before)
        stood: dict[EventKey, None] = dict.fromkeys(before)
        for one in passed:
            if one.revision > last_known:
                todo.passed.append(one.at)
                todo.left_between.extend(one._replace(key=key) for key in stood if key != one.key)
                stood[one.key] = None
        todo.last.append(last.at)
        for key in stood:
            if key != last.key:
                (todo.left if key in before else todo.left_between).append(last._replace(key=key))
    return todo


def _revisions(batch: Iterable[Standing]) -> dict[str, dict[int, Standing]]:
    revisions: dict[str, dict[int, Standing]] = {}
    for one in batch:
        revisions.setdefault(one.event_id, {})[one.revision] = one
    return revisions
