"""Columns: an event as one flat row, the same in CSV, Parquet and Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from schemas.civil import parse_moment
from service.formats.document import Stored

Kind = str | int | float | list[str] | None
BATCH = 2_000
"""Rows that are held at a time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        name: its heading.
        field: the field of an event that it is read from.
        type: `text`, `texts` (a list), `int` or `float`.
        read: from a record, as plain values, to the cell.
    """

    name: str
    field: str
    type: str
    read: Callable[[dict[str, Any]], Kind]


def columns(fields: tuple[str, ...] | None) -> list[Column]:
    """Return the columns that come from the fields; all for None."""
    return [column for column in _ALL if fields is None or column.field in fields]


def batches(events: Iterable[Stored]) -> Iterator[list[dict[str, Any]]]:
    """Cut events into lists of records that fit into memory."""
    iterator = iter(events)
    while batch := [event.record for event in islice(iterator, BATCH)]:
        yield batch


def _of_when(name: str) -> Column:
    return Column(name, "when", "text", lambda record: record["when"][name])


def _same(name: str, kind: str = "text") -> Column:
    return Column(name, name, kind, lambda record: record.get(name))


def _day_of(bound: str) -> Callable[[dict[str, Any]], Kind]:
    def day(record: dict[str, Any]) -> Kind:
        text = record["when"][bound]
        return None if text is None else parse_moment(text).day

    return day


def _of_each(field: str, key: str) -> Callable[[dict[str, Any]], Kind]:
    return lambda record: [one[key] for one in record.get(field) or () if one.get(key)]


def _of_first_located(key: str) -> Callable[[dict[str, Any]], Kind]:
    def coordinate(record: dict[str, Any]) -> Kind:
        located = (place for place in record.get("places") or () if place.get("latitude") is not None)
        place = next(located, None)
        return None if place is None else place.get(key)

    return coordinate


_ALL = (
    _same("event_id"),
    _of_when("start"),
    _of_when("end"),
    _of_when("granularity"),
    _of_when("value"),
    _same("title"),
    _same("category"),
    _same("type"),
    _same("modality"),
    _same("confidence", "float"),
    _same("mention_count", "int"),
    _same("article_count", "int"),
    _same("source_count", "int"),
    Column("actors", "actors", "texts", _of_each("actors", "name")),
    Column("places", "places", "texts", _of_each("places", "name")),
    _same("first_seen"),
    _same("last_seen"),
    _of_when("edtf"),
    Column("start_day", "when", "int", _day_of("start")),
    Column("end_day", "when", "int", _day_of("end")),
    Column("countries", "places", "texts", _of_each("places", "country")),
    Column("latitude", "places", "float", _of_first_located("latitude")),
    Column("longitude", "places", "float", _of_first_located("longitude")),
    _same("sources", "texts"),
    _same("languages", "texts"),
    _same("evidence", "texts"),
    _same("revision", "int"),
)
