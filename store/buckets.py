"""Count events per bucket of time, from day to century, before and after year 1 alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from schemas.civil import END_DAY, MAX_YEAR, MIN_DAY, MIN_YEAR, day_number, format_day
from store.conditions import filters, overlapping, starting, within
from store.errors import explained
from store.query import Bucket, BucketUnit, EventQuery

MAX_FILLED = 20_000
"""Most buckets that gaps are filled up to; beyond it (days over millennia) only buckets with events are given."""

NO_CATEGORY = "none"


@dataclass(frozen=True, slots=True)
class _Grid:
    """A unit as a count of days or months: bucket `n` starts at `n * width - shift` of its column."""

    column: str
    width: int
    shift: int = 0


_GRIDS: dict[BucketUnit, _Grid] = {
    "day": _Grid("start_day", 1),
    "week": _Grid("start_day", 7, shift=3),  # day 0 is a Thursday, weeks start on Monday
    "month": _Grid("start_month", 1),
    "quarter": _Grid("start_month", 3),
    "year": _Grid("start_month", 12),
    "decade": _Grid("start_month", 120),
    "century": _Grid("start_month", 1200),
}

# intDiv rounds towards zero, so columns are lifted above zero first: by a multiple of every width, beyond year -9999
_LIFT = 1_000_000


def read_buckets(client: Client, query: EventQuery, unit: BucketUnit) -> list[Bucket]:
    """Count the events that a query asks for and that start in its range, per bucket of their start.

    What has no start counts where it is shown, at the last moment it covers. Gaps between the first and the last
    bucket are filled with zeros, up to `MAX_FILLED` buckets. The query's limit, cursor and order play no part.
    """
    grid = _GRIDS[unit]
    conditions = filters(query)
    (within if query.match == "within" else overlapping)(query, conditions)
    starting(query, conditions)
    conditions.add(
        "start_day BETWEEN {first_day:Int32} AND {last_day:Int32}",
        first_day=MIN_DAY if query.start is None else query.start.day,
        last_day=END_DAY if query.end is None else query.end.day,
    )
    number = f"intDiv({grid.column} + {grid.shift + _LIFT * grid.width}, {grid.width}) - {_LIFT}"
    statement = (
        f"SELECT {number} AS bucket, category, count() FROM events FINAL WHERE {conditions}"
        " GROUP BY bucket, category ORDER BY bucket, category"
    )
    with explained("counting events"):
        rows = client.query(statement, parameters=conditions.parameters).result_rows
    return fill(rows, unit)


def fill(rows: Sequence[Sequence[Any]], unit: BucketUnit) -> list[Bucket]:
    """Turn (bucket number, category, count) into buckets, gaps filled."""
    grid = _GRIDS[unit]
    counted: dict[int, dict[str, int]] = {}
    for number, category, count in rows:
        counted.setdefault(int(number), {})[category or NO_CATEGORY] = int(count)
    if not counted:
        return []
    every = range(min(counted), max(counted) + 1)
    numbers = every if len(every) <= MAX_FILLED else sorted(counted)
    return [
        Bucket(
            start=format_day(_first_day(grid, number)),
            end=format_day(_first_day(grid, number + 1)),
            count=sum(counted.get(number, {}).values()),
            by_category=counted.get(number, {}),
        )
        for number in numbers
    ]


def _first_day(grid: _Grid, number: int) -> int:
    """Return the day that a bucket starts on, cut to the years that there are."""
    at = number * grid.width - grid.shift
    if grid.column == "start_day":
        return min(max(at, MIN_DAY), END_DAY)
    year, month = divmod(at, 12)
    if year < MIN_YEAR:
        return MIN_DAY
    return END_DAY if year > MAX_YEAR else day_number(year, month + 1)
