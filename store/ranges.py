"""How overlap is made cheap: for each class of spans, the short range of start days that can match."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas.civil import END_DAY, MIN_DAY
from store.cursor import Cursor
from store.interval import BOUNDED_SPANS, OPEN_END, OPEN_START, SPAN_CLASSES
from store.query import EventQuery


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Start days of one span class, both inclusive; only rows inside can match."""

    span_class: int
    first_day: int
    last_day: int


NARROW_DAYS = 92
"""Longest range whose candidates are sorted together; for longer ones each class is read in order up to the limit."""


def key_ranges(query: EventQuery, cursor: Cursor | None = None) -> list[KeyRange]:
    """Return the key ranges outside which nothing matches; classes without any match are left out."""
    ranges = [_key_range(query, span_class) for span_class in SPAN_CLASSES]
    if cursor is not None and cursor.sort == "-time":
        ranges = [replace(one, last_day=min(one.last_day, cursor.key[0])) for one in ranges]
    elif cursor is not None and cursor.sort == "time":
        ranges = [replace(one, first_day=max(one.first_day, cursor.key[0])) for one in ranges]
    return [one for one in ranges if one.first_day <= one.last_day]


def groups(query: EventQuery, ranges: list[KeyRange]) -> list[list[KeyRange]]:
    """Return the ranges as they are best read: together, or each by itself.

    Each read costs a fixed few milliseconds, and one of a single class can stop at the limit: the rows of a class lie
    in the order of the answer. A narrow range holds few rows, so it is read at once; a wide one may hold the table. In
    other orders than that of time no read can stop early.
    """
    if query.sort not in ("time", "-time") or query.as_of is not None:
        return [ranges]
    narrow = query.start is not None and query.end is not None and query.end.day - query.start.day <= NARROW_DAYS
    return [ranges] if narrow else [[one] for one in ranges]


def _key_range(query: EventQuery, span_class: int) -> KeyRange:
    first = MIN_DAY if query.start is None else query.start.day
    last = END_DAY if query.end is None else query.end.day
    nothing = KeyRange(span_class, 0, -1)
    if query.match == "within":
        if span_class == OPEN_END and query.end is not None:
            return nothing
        if span_class == OPEN_START and query.start is not None:
            return nothing
        return KeyRange(span_class, first, last)
    if span_class == OPEN_START:  # stands at its end, and reaches back from there without limit
        return KeyRange(span_class, first, END_DAY)
    if span_class >= len(BOUNDED_SPANS):
        return KeyRange(span_class, MIN_DAY, last)
    return KeyRange(span_class, max(MIN_DAY, first - BOUNDED_SPANS[span_class]), last)


def starting_ranges(query: EventQuery) -> list[KeyRange]:
    """Return the key ranges of all that stands in the range by its start."""
    first = MIN_DAY if query.start is None else query.start.day
    last = END_DAY if query.end is None else query.end.day
    return [KeyRange(span_class, first, last) for span_class in SPAN_CLASSES] if first <= last else []
