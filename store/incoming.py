"""An event as the writer takes it: its JSON, its fields and its place on the timeline."""

from __future__ import annotations

from typing import Any

from msgspec import MsgspecError, Struct

from schemas.canonical import canonical_reader
from schemas.event import Event
from store.interval import Interval, interval_of

_read = canonical_reader(Event)

_MOST_REVISIONS, _MOST_SOURCES = 2**63 - 1, 2**32 - 1


class Incoming(Struct, frozen=True, gc=False):  # nothing in it refers back, and a batch holds thousands
    """An event that can be stored.

    Attributes:
        fields: the fields of an `Event`.
        record: its JSON as `Event.to_json` writes it, in one line.
        interval: where it stands.
    """

    fields: Any
    record: str
    interval: Interval


def read_event(value: bytes) -> Incoming:
    """Read a message of the events topic.

    Raises:
        ValueError: when it is no event, or has no place on a timeline (no bound, or its end before its start).
    """
    try:
        if b"\n" in value or b"\r" in value:  # it would break the lines of NDJSON
            value = Event.from_json(value).to_json()
        fields = _read(value)
    except MsgspecError:  # it may be written in another way, and if it is wrong, pydantic says it better
        value = Event.from_json(value).to_json()
        fields = _read(value)
    if fields.revision > _MOST_REVISIONS or fields.source_count > _MOST_SOURCES:
        raise ValueError(f"revision is larger than {_MOST_REVISIONS}, or source_count than {_MOST_SOURCES}")
    return Incoming(fields, value.decode(), interval_of(fields.when))
