"""What can be asked of the timeline, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from schemas.civil import Moment
from schemas.event import Event
from schemas.vocabulary import Category, Granularity, Modality

BucketUnit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
"""Zoom levels of the bucketed timeline."""

MAX_LIMIT = 1000
"""Most events that one page may hold."""


@dataclass(frozen=True, slots=True)
class EventQuery:
    """A range query. All filters must hold together; empty filters do not restrict.

    Attributes:
        start: inclusive start of the range, None for no bound; a moment without time of day is the start of that day.
        end: exclusive end of the range, None for no bound.
        match: `overlap` takes events whose interval touches the range, `within` those that lie inside it.
        q: words that must all occur in title or evidence, in any order and case.
        limit: 1 to `MAX_LIMIT`.
        cursor: `next` of the page before.
    """

    start: Moment | None = None
    end: Moment | None = None
    match: Literal["overlap", "within"] = "overlap"
    granularity: tuple[Granularity, ...] = ()
    category: tuple[Category, ...] = ()
    type: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    modality: tuple[Modality, ...] = ()
    min_sources: int = 1
    q: str | None = None
    limit: int = 100
    cursor: str | None = None
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of events in timeline order (by start, then event_id); `next` is None on the last."""

    events: list[Event]
    next: str | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket of the zoomed timeline: [start, end) as ISO dates, and how many events start in it."""

    start: str
    end: str
    count: int
    by_category: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stored row came from: kept on each row, and the version that decides which row of an id holds."""

    topic: str
    partition: int
    offset: int
