"""Whether two Whens can be of one occurrence: intervals of seconds at their own granularity."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from schemas.civil import SECONDS_A_DAY
from schemas.when import When
from timeline.bucket import WITHIN_A_DAY, bucket_of, meeting_of
from timeline.moment import own_second

MONTH = 31 * SECONDS_A_DAY
"""The longest month."""

_GUESSES = ("tense.",)  # rules that date a statement without a date of its own by the publication


class Interval(NamedTuple):
    """The seconds [start, end) of a When, infinite where it is open.

    Attributes:
        bucket: the bucket of the When.
        meeting: where it meets others of its kind.
        fine: whether it is a day or a part of one.
        guessed: whether the text gives no date: the statement is dated by the day it was published.
    """

    start: float
    end: float
    bucket: str
    meeting: str
    fine: bool
    guessed: bool


def interval_of(when: When) -> Interval:
    """Return the interval of a When, on its own clock; an unresolved one covers all of time."""
    fine, guessed = when.granularity in WITHIN_A_DAY, when.rule.startswith(_GUESSES)
    return _interval(when.start, when.end, bucket_of(when), meeting_of(when), fine, guessed)


@lru_cache(maxsize=1 << 14)
def _interval(start: str | None, end: str | None, bucket: str, meeting: str, fine: bool, guessed: bool) -> Interval:
    """Return an interval, the same one for the mentions of a day: it is kept with each of them."""
    return Interval(
        -math.inf if start is None else own_second(start),
        math.inf if end is None else own_second(end),
        bucket,
        meeting,
        fine,
        guessed,
    )


def compatible(some: Interval, other: Interval) -> float:
    """Return how well two Whens can be of one occurrence, from 0 (not at all) to 1 (they say the same).

    A day agrees with the week, month or year that contains it. The day before or after agrees with a guessed one: what
    happened on Tuesday evening is in Wednesday's paper. An open interval agrees with what lies at its known end. What
    does not meet (`meeting_of`) does not agree.
    """
    if some.meeting != other.meeting:
        return 0.0
    if some.bucket == other.bucket:
        return 1.0
    if some.fine and other.fine:
        near = any(abs(gap) <= SECONDS_A_DAY for gap in (some.start - other.start, some.end - other.end))
        return 0.8 if near and (some.guessed or other.guessed) else 0.0
    (start, end), (other_start, other_end) = told(some), told(other)
    if start >= other_end or other_start >= end:
        return 0.0
    return 0.9 if max(end - start, other_end - other_start) <= MONTH else 0.8


def told(span: Interval) -> tuple[float, float]:
    """Return the seconds that a When tells something of: of an open one, the month from its known end."""
    start, end = span.start, span.end
    return (end - MONTH if math.isinf(start) else start), (start + MONTH if math.isinf(end) else end)
