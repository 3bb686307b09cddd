"""Where a When stands on the timeline: start and end as day numbers and seconds, and the class of its span."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from schemas.civil import END_DAY, MIN_DAY, SECONDS_A_DAY, Moment, civil, parse_moment
from schemas.when import When

BOUNDED_SPANS = (1, 7, 31, 92, 366, 3_660, 36_600)
"""Longest span in days of each bounded class, so that class `c` holds spans up to `BOUNDED_SPANS[c]`.

An event of class `c` that touches a range starts less than that many days before it: with the class first in the key,
overlap is a few short key ranges instead of a scan of all that started earlier.
"""
LONGER = len(BOUNDED_SPANS)
OPEN_END = LONGER + 1
OPEN_START = LONGER + 2
SPAN_CLASSES = range(OPEN_START + 1)

AFTER_ALL = END_DAY + 1
"""End day of what has no end: after every day that can be asked for."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the timeline, [start, end), by the clock of where it happened.

    Attributes:
        span_class: index into `SPAN_CLASSES`.
        start_day: day number of the start; for what has no start, of the last second it covers.
        start_second: second of that day.
        end_day: day number of the exclusive end, `AFTER_ALL` for what has no end.
        end_second: second of that day.
    """

    span_class: int
    start_day: int
    start_second: int
    end_day: int
    end_second: int

    @property
    def key(self) -> tuple[int, int, int]:
        """What, with its identifier, is the key of an event's row."""
        return self.span_class, self.start_day, self.start_second

    @property
    def start_month(self) -> int:
        """Months from January of year 0 to the start, from which all coarser buckets follow."""
        return _month_of(self.start_day)


@lru_cache(maxsize=1 << 16)
def _month_of(day: int) -> int:
    year, month, _ = civil(day)
    return year * 12 + month - 1


def interval_of(when: When) -> Interval:
    """Place a When on the timeline.

    Zones are kept in the record, not in the place: an event of 23:30+02:00 belongs to its own day, whatever UTC says.

    Raises:
        ValueError: when neither bound is known, or it ends before it starts.
    """
    try:
        return _placed(when.start, when.end)
    except ValueError as error:
        raise ValueError(f"{when.value!r} {error}") from error


@lru_cache(maxsize=1 << 16)
def _placed(start_text: str | None, end_text: str | None) -> Interval:
    # kept, because most of a day's news is about few days
    start = parse_moment(start_text) if start_text is not None else None
    end = parse_moment(end_text) if end_text is not None else None
    if start is None:
        if end is None:
            raise ValueError("is unresolved; only what has a start or an end stands on a timeline")
        last = max(_seconds(end) - 1, MIN_DAY * SECONDS_A_DAY)
        return Interval(OPEN_START, *divmod(last, SECONDS_A_DAY), *divmod(_seconds(end), SECONDS_A_DAY))
    first = _seconds(start)
    if end is None:
        return Interval(OPEN_END, *divmod(first, SECONDS_A_DAY), AFTER_ALL, 0)
    after = _seconds(end)
    if start.offset is not None and end.offset is not None:
        after += start.offset - end.offset  # clocks were put back within it: read its end by the clock of its start
    if after < first:
        raise ValueError(f"ends ({end_text}) before it starts ({start_text})")
    return Interval(span_class_of(after - first), *divmod(first, SECONDS_A_DAY), *divmod(after, SECONDS_A_DAY))


def span_class_of(seconds: int) -> int:
    """Return the class of a bounded span of so many seconds."""
    for span_class, days in enumerate(BOUNDED_SPANS):
        if seconds <= days * SECONDS_A_DAY:
            return span_class
    return LONGER


def _seconds(moment: Moment) -> int:
    """Seconds from 1970-01-01T00:00 by the moment's own clock."""
    return moment.day * SECONDS_A_DAY + (moment.second or 0)
