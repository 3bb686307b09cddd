"""When an event was last written about, for formats that stamp their entries."""

from __future__ import annotations

from schemas.civil import SECONDS_A_DAY, Moment, parse_moment
from schemas.event import Event

UNKNOWN = Moment(0, 0, 0)
"""Stamp of an event none of whose articles has a date: formats demand one, and 1970 sorts behind what is known."""


def stamp(event: Event) -> Moment:
    """Return the latest publication date of an event's articles as an instant in UTC, in the years 1 to 9999."""
    if event.last_seen is None:
        return UNKNOWN
    day, second = divmod(parse_moment(event.last_seen).utc_second, SECONDS_A_DAY)
    return Moment(day, second, 0) if FIRST_DAY <= day < LAST_DAY else UNKNOWN


FIRST_DAY = parse_moment("0001-01-01").day
LAST_DAY = parse_moment("9999-12-31").day
