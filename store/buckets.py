"""Count events per bucket of time, from minute to century, before and after year 1 alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clickhouse_connect.driver.client import Client

from schemas.civil import END_DAY, MAX_YEAR, MIN_DAY, MIN_YEAR, SECONDS_A_DAY, Moment, civil, day_number, format_day
from store.asking import ask
from store.conditions import Conditions, starting, within
from store.interval import OPEN_END
from store.query import Bucket, BucketUnit, EventQuery, Grouping, Histogram
from store.ranges import starting_days
from store.snapshot import counted

MAX_FILLED = 20_000
"""Most buckets that gaps are filled up to; beyond it (days over millennia) only buckets with events are given."""

NO_GROUP = "none"
"""Group of what has no category, no country …"""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A unit as a count of minutes, days or months: bucket `n` starts at `n * width - shift` of its expression.

    Attributes:
        longest: seconds of its longest bucket; what lasts longer is dated too coarsely for the unit.
    """

    counted: str
    width: int
    longest: int
    shift: int = 0


_MINUTE = f"toInt64(start_day) * {SECONDS_A_DAY // 60} + intDiv(start_second, 60)"
_DAY, _MONTH = "start_day", "start_month"
_GRIDS: dict[BucketUnit, _Grid] = {
    "minute": _Grid(_MINUTE, 1, 60),
    "hour": _Grid(_MINUTE, 60, 3_600),
    "day": _Grid(_DAY, 1, SECONDS_A_DAY),
    "week": _Grid(_DAY, 7, 7 * SECONDS_A_DAY, shift=3),  # day 0 is a Thursday, weeks start on Monday
    "month": _Grid(_MONTH, 1, 31 * SECONDS_A_DAY),
    "quarter": _Grid(_MONTH, 3, 92 * SECONDS_A_DAY),
    "year": _Grid(_MONTH, 12, 366 * SECONDS_A_DAY),
    "decade": _Grid(_MONTH, 120, 3_653 * SECONDS_A_DAY),
    "century": _Grid(_MONTH, 1200, 36_525 * SECONDS_A_DAY),
}

_SEVERAL: dict[Grouping, str] = {"country": "countries", "language": "languages"}
"""Groupings of which an event may have several."""

# intDiv rounds towards zero, so values are lifted above zero first: by a multiple of every width, beyond year -9999
_LIFT = 10_000_000_000


def read_buckets(
    client: Client, query: EventQuery, unit: BucketUnit, group_by: Grouping | None = "category"
) -> Histogram:
    """Count the events that a query asks for and that start in its range, per bucket of their start.

    What lasts longer than a bucket, or has no end or no start, is told apart from the buckets. Gaps are filled with
    zeros, up to `MAX_FILLED` buckets: from bound to bound of the range, where it has none from the first event or to
    the last. The query's limit, cursor and order play no part.
    """
    days = starting_days(query)
    if not days:
        return Histogram([], 0)
    grid = _GRIDS[unit]
    number = f"intDiv({grid.counted} + {grid.shift + _LIFT * grid.width}, {grid.width}) - {_LIFT}"
    # as the projection `by_day` has it, which the engine reads instead of the events where it holds all that is asked
    seconds = f"toInt64(end_day - start_day) * {SECONDS_A_DAY} + end_second - start_second"
    bucket = f"if(span_class < {OPEN_END} AND {seconds} <= {grid.longest}, {number}, NULL) AS bucket"
    several = _SEVERAL.get(group_by) if group_by else None
    group = f"arrayJoin(if(empty({several}), [''], {several}))" if several else group_by or "NULL"

    def place(conditions: Conditions) -> None:
        starting(query, conditions)
        if query.match == "within":  # what starts in the range overlaps it anyway
            within(query, conditions)

    parameters = {"first_day": days[0], "last_day": days[1]}
    counts = []
    for sign, rows_of in counted(query, "start_day BETWEEN {first_day:Int32} AND {last_day:Int32}", place, parameters):
        n = f"{sign}toInt64(count()) AS n"
        counts.append(f"SELECT {bucket}, {group} AS named, {n} FROM {rows_of} GROUP BY bucket, named")
        if several:  # an event counts once in its bucket, whatever groups it is in
            counts.append(f"SELECT {bucket}, NULL AS named, {n} FROM {rows_of} GROUP BY bucket")
    statement = f"SELECT bucket, named, sum(n) AS total FROM ({' UNION ALL '.join(counts)}) GROUP BY bucket, named"
    rows = ask(client, "counting events", f"{statement} HAVING total != 0", parameters)
    return fill(rows, unit, query, totals_apart=several is not None)


def fill(
    rows: Sequence[Sequence[Any]], unit: BucketUnit, query: EventQuery, *, totals_apart: bool = False
) -> Histogram:
    """Turn (bucket number or None for what is too coarse, group or None, count) into buckets, gaps filled.

    Args:
        rows: as they are counted, in any order.
        unit: of the bucket numbers.
        query: its bounds are where gaps are filled from and to.
        totals_apart: whether the rows without a group hold the totals, as the groups of an event may be several.
    """
    grid = _GRIDS[unit]
    totals: dict[int | None, int] = {}
    groups: dict[int | None, dict[str, int]] = {}
    for number, group, count in rows:
        if group is not None:
            groups.setdefault(number, {})[group or NO_GROUP] = int(count)
        if group is None or not totals_apart:
            totals[number] = totals.get(number, 0) + int(count)
    coarser = totals.pop(None, 0)
    counted = sorted(number for number in totals if number is not None)
    edges = [_number(grid, query.start, 0), _number(grid, query.end, -1)]
    ends = [edge for edge in edges if edge is not None] + counted[:1] + counted[-1:]
    open_side = not counted and None in edges
    every = range(min(ends), max(ends) + 1) if ends and not open_side else range(0)
    return Histogram(
        [
            Bucket(
                start=_start(grid, number),
                end=_start(grid, number + 1),
                count=totals.get(number, 0),
                groups=dict(sorted(groups.get(number, {}).items())),
            )
            for number in (every if len(every) <= MAX_FILLED else counted)
        ],
        coarser,
    )


def _number(grid: _Grid, moment: Moment | None, shift: int) -> int | None:
    """Return the bucket of a moment, or with a shift of -1 of the second before it."""
    if moment is None:
        return None
    day, second = divmod(moment.day * SECONDS_A_DAY + (moment.second or 0) + shift, SECONDS_A_DAY)
    if day < MIN_DAY:
        return None
    if grid.counted == _MINUTE:
        at = day * (SECONDS_A_DAY // 60) + second // 60
    elif grid.counted == _DAY:
        at = day
    else:
        year, month, _ = civil(day)
        at = year * 12 + month - 1
    return (at + grid.shift) // grid.width


def _start(grid: _Grid, number: int) -> str:
    """Return where a bucket starts, cut to the years that there are."""
    at = number * grid.width - grid.shift
    if grid.counted == _MINUTE:
        day, minute = divmod(at, SECONDS_A_DAY // 60)
        return str(Moment(day, minute * 60)) if day < END_DAY else format_day(END_DAY)
    if grid.counted == _DAY:
        return format_day(min(max(at, MIN_DAY), END_DAY))
    year, month = divmod(at, 12)
    if year < MIN_YEAR:
        return format_day(MIN_DAY)
    return format_day(END_DAY if year > MAX_YEAR else day_number(year, month + 1))
