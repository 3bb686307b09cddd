"""What can be asked of the timeline, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from schemas.civil import Moment
from schemas.event import Event
from schemas.mention import Mention
from schemas.vocabulary import Category, Granularity, Modality

BucketUnit = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"]
"""Zoom levels of the bucketed timeline."""

Grouping = Literal["category", "type", "modality", "granularity", "country", "language"]
"""What buckets can be divided by; an event with two countries counts under each."""

FacetField = Literal[
    "category", "type", "modality", "granularity", "actor", "place", "country", "source", "language"
]  # fmt: skip
"""What can be counted over the events of a query."""

Sort = Literal["time", "-time", "-importance", "changed", "-changed"]
"""Orders of a page; a minus gives the latest, the most important or the last changed first. Ties go by event_id."""

MAX_LIMIT = 1000
"""Most events that one page may hold."""

FeedPosition = Mapping[tuple[str, int], int]
"""Per (topic, partition), the offset from which to follow a feed: all before it is in the store."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the globe between two parallels and two meridians, in degrees; west > east crosses the antimeridian."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Circle:
    """All within `radius_km` kilometres of a point, on a sphere of the Earth's mean radius."""

    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class EventQuery:
    """A range query: all filters must hold together, of several values of one filter one; empty ones do not restrict.

    Attributes:
        start: inclusive start of the range, None for no bound; a moment without time of day is the start of that day.
        end: exclusive end of the range, None for no bound.
        match: `overlap` takes events whose interval touches the range, `within` those that lie inside it.
        actor: names, each as whole words of an actor's name and without case: `trump` finds Donald Trump.
        place: names, likewise.
        country: ISO 3166-1 alpha-2 codes of places.
        box: a place lies in it. Countries, whose centre says little, count for neither box nor circle.
        near: a place lies in it.
        source: outlets, in full and without case.
        language: BCP 47 tags of reports; `en` takes `en-GB` too.
        min_sources: fewest independent sources.
        q: words that must all occur in title or evidence, in any order and case.
        as_of: the timeline as the store's feed had it at that instant: revisions sent later are not known yet.
        changed_since: last changed at that instant or later.
        sort: order of the page.
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
    country: tuple[str, ...] = ()
    box: Box | None = None
    near: Circle | None = None
    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    modality: tuple[Modality, ...] = ()
    min_sources: int = 1
    q: str | None = None
    as_of: Moment | None = None
    changed_since: Moment | None = None
    sort: Sort = "time"
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of events.

    Attributes:
        records: events as they are stored, in the order that was asked for.
        next: cursor of the next page; None on the last.
        feed: where to follow the feeds live so that nothing that changes after the first page was read is missed.
    """

    records: list[str]
    next: str | None
    feed: FeedPosition

    @property
    def events(self) -> list[Event]:
        """The events."""
        return [Event.model_validate_json(record) for record in self.records]


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket of the zoomed timeline: [start, end) as ISO dates or civil times, and how many events start in it."""

    start: str
    end: str
    count: int
    groups: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Histogram:
    """The zoomed timeline.

    Attributes:
        buckets: in order, without gaps.
        coarser: events that start in the range but are dated too coarsely to stand in one bucket: "in 2015" says
            nothing about its days. What has no end or no start is among them.
    """

    buckets: list[Bucket]
    coarser: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, and how many events have it. Names of actors and places are given in small letters."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Per field its values, the most frequent first, and how many events there are."""

    total: int
    values: dict[FacetField, list[Facet]]


@dataclass(frozen=True, slots=True)
class Revision:
    """What an event was from `recorded` (milliseconds since 1970, UTC) on."""

    recorded: int
    event: Event


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports an event."""

    article_id: str
    source: str | None
    url: str | None
    published_at: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with all that it rests on.

    Attributes:
        mentions: the statements it was merged from, each with its sentence.
        sources: their articles, by publication.
        history: its revisions, the first one first, the one that holds last.
    """

    event: Event
    mentions: list[Mention]
    sources: list[Source]
    history: list[Revision]


@dataclass(frozen=True, slots=True)
class Removal:
    """An event that was retracted, or merged into another, at `recorded` (milliseconds since 1970, UTC)."""

    event_id: str
    revision: int
    recorded: int


class Origin(NamedTuple):
    """Where a stored row came from: kept on each row, and the version that decides which row of an id holds.

    Attributes:
        time: when the message was sent, in milliseconds since 1970, UTC; what `as_of` and `changed_since` ask for.
    """

    topic: str
    partition: int
    offset: int
    time: int = 0
