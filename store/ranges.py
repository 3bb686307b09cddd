"""How overlap is made cheap: for each class of spans, the short range of start days that can match."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

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
    in the order of the answer. A narrow range holds few rows, and an index of words leads to few, so they are read at
    once; else a wide range may hold the table. In other orders than that of time no read can stop early.
    """
    if query.sort not in ("time", "-time") or query.as_of is not None:
        return [ranges]
    named = query.actor or query.place or query.q
    return [ranges] if named or is_narrow(query) else [[one] for one in ranges]


def is_narrow(query: EventQuery) -> bool:
    """Tell whether the range is so short that few rows lie in it."""
    return query.start is not None and query.end is not None and query.end.day - query.start.day <= NARROW_DAYS


def within_ranges(ranges: list[KeyRange], parameters: dict[str, Any]) -> str:
    """Return the condition that a row lies in one of the key ranges; its parameters are added."""
    if len(ranges) == len(SPAN_CLASSES) and all((one.first_day, one.last_day) == (MIN_DAY, END_DAY) for one in ranges):
        return "1"
    terms = []
    for one in ranges:
        first, last = f"first_day{one.span_class}", f"last_day{one.span_class}"
        parameters.update({first: one.first_day, last: one.last_day})
        terms.append(f"span_class = {one.span_class} AND start_day BETWEEN {{{first}:Int32}} AND {{{last}:Int32}}")
    return f"({' OR '.join(terms)})"


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


def starting_days(query: EventQuery) -> tuple[int, int] | None:
    """Return the first and the last day on which what starts in the range can start; None when there is none."""
    first = MIN_DAY if query.start is None else query.start.day
    last = END_DAY if query.end is None else query.end.day
    return (first, last) if first <= last else None
