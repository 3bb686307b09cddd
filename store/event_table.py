"""Events as the columns that ClickHouse keeps: pure functions from a batch to an Arrow table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from schemas.civil import parse_moment
from store.importance import importance
from store.incoming import Incoming
from store.moves import Standing
from store.query import Origin
from store.rows import EVENTS, NO_TIME, position_of
from store.words import name_phrase, phrase

_POSITION = pa.struct([("1", pa.float64()), ("2", pa.float64())])
_ARROW = {
    "UInt8": pa.uint8(),
    "Int32": pa.int32(),
    "UInt32": pa.uint32(),
    "Int64": pa.int64(),
    "UInt64": pa.uint64(),
    "String": pa.string(),
    "LowCardinality(String)": pa.string(),
    "Array(String)": pa.list_(pa.string()),
    "Array(Tuple(Float64, Float64))": pa.list_(_POSITION),
}
_SCHEMA = pa.schema([(name, _ARROW[kind]) for name, kind in zip(EVENTS.columns, EVENTS.types, strict=True)])


def event_table(batch: Sequence[tuple[Incoming, Origin]]) -> pa.Table:
    """Return the rows of `events`, in the order of the batch."""
    told = [incoming.fields for incoming, _ in batch]
    spans = [incoming.interval for incoming, _ in batch]
    origins = [origin for _, origin in batch]
    places = [event.places for event in told]
    columns: dict[str, Any] = {
        "span_class": [span.span_class for span in spans],
        "start_day": [span.start_day for span in spans],
        "start_second": [span.start_second for span in spans],
        "event_id": [event.event_id for event in told],
        "revision": [event.revision for event in told],
        "hidden": [int(event.retracted or event.redirect_to is not None) for event in told],
        "retracted": [int(event.retracted) for event in told],
        "end_day": [span.end_day for span in spans],
        "end_second": [span.end_second for span in spans],
        "start_month": [span.start_month for span in spans],
        "granularity": [event.when.granularity for event in told],
        "category": [event.category or "" for event in told],
        "type": [event.type or "" for event in told],
        "modality": [event.modality for event in told],
        "actors": _lists([event.actors for event in told], lambda actors: [name_phrase(one.name) for one in actors]),
        "places": _lists(places, lambda several: [name_phrase(one.name) for one in several]),
        "sources": _lists([event.sources for event in told], lambda names: [name.lower() for name in names]),
        "languages": _lists([event.languages for event in told], lambda tags: [tag.lower() for tag in tags]),
        "countries": _lists(places, _countries),
        "positions": _lists(places, _positions, _degrees),
        "source_count": [event.source_count for event in told],
        "importance": [importance(event) for event in told],
        "search": [phrase(" ".join((event.title, *event.evidence))) for event in told],
        "last_seen": [_seconds(event.last_seen) for event in told],
        "recorded": [origin.time for origin in origins],
        "record": [incoming.record for incoming, _ in batch],
        "topic": [origin.topic for origin in origins],
        "partition": [origin.partition for origin in origins],
        "offset": [origin.offset for origin in origins],
    }
    return pa.table(columns, schema=_SCHEMA)


def cancelling_table(left: Sequence[Standing]) -> pa.Table:
    """Return the rows that say that events have left these keys, from when their new revision was recorded."""
    known: dict[str, Any] = {
        "span_class": [one.key[0] for one in left],
        "start_day": [one.key[1] for one in left],
        "start_second": [one.key[2] for one in left],
        "event_id": [one.event_id for one in left],
        "revision": [one.revision for one in left],
        "recorded": [one.recorded for one in left],
        "hidden": [1] * len(left),
        "retracted": [1] * len(left),
    }
    for field in _SCHEMA:
        blank: Any = [] if pa.types.is_list(field.type) else "" if pa.types.is_string(field.type) else 0
        known.setdefault(field.name, [blank] * len(left))
    return pa.table(known, schema=_SCHEMA)


def _lists(
    rows: Sequence[Sequence[Any]],
    values_of: Callable[[Sequence[Any]], Sequence[Any]],
    array: Callable[[list[Any]], pa.Array] = lambda values: pa.array(values, pa.string()),
) -> pa.Array:
    """Return a column of lists, made flat: a list a row would cost more in the collector than in the making."""
    ends, values = [0], list[Any]()
    for row in rows:
        if row:
            values += values_of(row)
        ends.append(len(values))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), array(values))


def _countries(places: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(place.country for place in places if place.country))


def _positions(places: Sequence[Any]) -> list[tuple[float, float]]:
    return [position for place in places if (position := position_of(place)) is not None]


def _degrees(positions: list[tuple[float, float]]) -> pa.Array:
    axes = [pa.array([position[axis] for position in positions], pa.float64()) for axis in (0, 1)]
    return pa.StructArray.from_arrays(axes, ["1", "2"])


@lru_cache(maxsize=1 << 16)
def _seconds(moment: str | None) -> int:
    return NO_TIME if moment is None else parse_moment(moment).utc_second
