"""ISO dates and instants as seconds, each read once: the mentions of an article share them, and days come again."""

from __future__ import annotations

from functools import lru_cache

from schemas.civil import SECONDS_A_DAY, parse_moment


@lru_cache(maxsize=1 << 14)
def utc_second(text: str) -> int:
    """Return the seconds since 1970-01-01T00:00:00Z; a missing time counts as midnight, a missing zone as UTC."""
    return parse_moment(text).utc_second


@lru_cache(maxsize=1 << 14)
def own_second(text: str) -> int:
    """Return the seconds since 1970 on the clock that the text is of, whatever its zone."""
    moment = parse_moment(text)
    return moment.day * SECONDS_A_DAY + (moment.second or 0)
