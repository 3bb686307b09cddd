"""Whether two Whens can be of one occurrence: intervals of seconds at their own granularity."""

from __future__ import annotations

import math
from typing import NamedTuple

from schemas.civil import SECONDS_A_DAY, parse_moment
from schemas.when import When
from timeline.bucket import WITHIN_A_DAY, bucket_of, meeting_of

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
    return Interval(
        -math.inf if when.start is None else _second(when.start),
        math.inf if when.end is None else _second(when.end),
        bucket_of(when),
        meeting_of(when),
        when.granularity in WITHIN_A_DAY,
        when.rule.startswith(_GUESSES),
    )


def _second(text: str) -> int:
    moment = parse_moment(text)
    return moment.day * SECONDS_A_DAY + (moment.second or 0)


def compatible(some: Interval, other: Interval) -> float:
    """Return how well two Whens can be of one occurrence, from 0 (not at all) to 1 (they say the same).

    A day agrees with the month that contains it. The day before or after agrees with a guessed one: what happened on
    Tuesday evening is in Wednesday's paper. What does not meet (`meeting_of`) does not agree.
    """
    if some.meeting != other.meeting:
        return 0.0
    if some.bucket == other.bucket:
        return 1.0
    if some.fine and other.fine:
        near = any(abs(gap) <= SECONDS_A_DAY for gap in (some.start - other.start, some.end - other.end))
        return 0.8 if near and (some.guessed or other.guessed) else 0.0
    return 0.9 if some.start < other.end and other.start < some.end else 0.0
