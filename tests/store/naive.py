"""The range query in plain Python, for comparison: every event is looked at."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schemas.civil import MIN_DAY, civil, parse_moment
from schemas.event import Event
from store.query import Box, BucketUnit, EventQuery, Grouping

DAY = 86_400


def seconds(text: str) -> int:
    moment = parse_moment(text)
    return moment.day * DAY + (moment.second or 0)


def position(event: Event) -> int:
    """Where an event stands: its start, or the last second it covers."""
    if event.when.start is not None:
        return seconds(event.when.start)
    assert event.when.end is not None
    return max(seconds(event.when.end) - 1, MIN_DAY * DAY)


def in_range(event: Event, query: EventQuery) -> bool:
    after = float("-inf") if query.start is None else query.start.day * DAY + (query.start.second or 0)
    before = float("inf") if query.end is None else query.end.day * DAY + (query.end.second or 0)
    start = float("-inf") if event.when.start is None else seconds(event.when.start)
    end = float("inf") if event.when.end is None else seconds(event.when.end)
    if query.match == "within":
        return start >= after and end <= before
    return start < before and (end > after or position(event) >= after)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def names_match(names: Iterable[str], wanted: tuple[str, ...]) -> bool:
    phrases = [words(name) for name in names]
    return any(
        phrase[i : i + len(words(want))] == words(want)
        for want in wanted
        for phrase in phrases
        for i in range(len(phrase))
    )


def located(event: Event) -> list[tuple[float, float]]:
    return [
        (place.latitude, place.longitude)
        for place in event.places
        if place.latitude is not None and place.longitude is not None and place.precision != "country"
    ]


def in_box(box: Box, latitude: float, longitude: float) -> bool:
    if not box.south <= latitude <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= longitude <= box.east
    return longitude >= box.west or longitude <= box.east


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the angle between the two as vectors: another way than the haversine formula."""
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (one, other))
    x, y, z = math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)
    u, v, w = math.cos(c) * math.cos(d), math.cos(c) * math.sin(d), math.sin(c)
    cross = math.hypot(y * w - z * v, z * u - x * w, x * v - y * u)
    return 6371.0088 * math.atan2(cross, x * u + y * v + z * w)


def speaks(language: str, wanted: str) -> bool:
    return language.lower() == wanted.lower() or language.lower().startswith(f"{wanted.lower()}-")


def matches(event: Event, query: EventQuery) -> bool:
    text = words(" ".join((event.title, *event.evidence)))
    box, near = query.box, query.near
    return (
        not event.retracted
        and event.redirect_to is None
        and in_range(event, query)
        and (not query.granularity or event.when.granularity in query.granularity)
        and (not query.category or event.category in query.category)
        and (not query.type or event.type in query.type)
        and (not query.modality or event.modality in query.modality)
        and (not query.actor or names_match((actor.name for actor in event.actors), query.actor))
        and (not query.place or names_match((place.name for place in event.places), query.place))
        and (not query.country or any(place.country in query.country for place in event.places))
        and (box is None or any(in_box(box, *at) for at in located(event)))
        and (
            near is None
            or any(distance_km(at, (near.latitude, near.longitude)) <= near.radius_km for at in located(event))
        )
        and (not query.source or any(s.lower() == want.lower() for s in event.sources for want in query.source))
        and (not query.language or any(speaks(tag, want) for tag in event.languages for want in query.language))
        and (query.min_sources <= 1 or event.source_count >= query.min_sources)
        and all(word in text for word in words(query.q or ""))
    )


def rank(event: Event) -> tuple[int, int, int]:
    return event.source_count, min(event.article_count, 999), round(event.confidence * 999)


Times = Mapping[tuple[str, int], int]
"""Per (event_id, revision) when it was recorded, in milliseconds."""


def answer(events: Iterable[Event], query: EventQuery, times: Times | None = None) -> list[Event]:
    """Return what a query must give: of each event the highest revision that is recorded by `as_of` holds."""
    recorded = times or {}

    def time(event: Event) -> int:
        return recorded.get((event.event_id, event.revision), 0)

    held: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: event.revision):
        if query.as_of is None or time(event) <= query.as_of.utc_second * 1000:
            held[event.event_id] = event
    found = [event for event in held.values() if matches(event, query)]
    if query.changed_since is not None:
        found = [event for event in found if time(event) >= query.changed_since.utc_second * 1000]
    keys: dict[str, Callable[[Event], tuple[Any, ...]]] = {
        "time": lambda event: (position(event), event.event_id),
        "importance": lambda event: (rank(event), event.event_id),
        "changed": lambda event: (time(event), event.event_id),
    }
    return sorted(found, key=keys[query.sort.lstrip("-")], reverse=query.sort.startswith("-"))


LONGEST: dict[BucketUnit, int] = {
    "minute": 60, "hour": 3_600, "day": DAY, "week": 7 * DAY, "month": 31 * DAY, "quarter": 92 * DAY, "year": 366 * DAY,
    "decade": 3_653 * DAY, "century": 36_525 * DAY,
}  # fmt: skip


def is_coarser(event: Event, unit: BucketUnit) -> bool:
    if event.when.start is None or event.when.end is None:
        return True
    return seconds(event.when.end) - seconds(event.when.start) > LONGEST[unit]


def groups_of(event: Event, group_by: Grouping) -> set[str]:
    if group_by == "country":
        return {place.country for place in event.places if place.country} or {"none"}
    if group_by == "language":
        return {tag.lower() for tag in event.languages} or {"none"}
    return {(event.when.granularity if group_by == "granularity" else getattr(event, group_by)) or "none"}


START_OF: dict[BucketUnit, Callable[[int], tuple[int, ...]]] = {
    "minute": lambda second: (second // 60 * 60,),
    "hour": lambda second: (second // 3_600 * 3_600,),
    "day": lambda second: (second // DAY,),
    "week": lambda second: (second // DAY - (second // DAY + 3) % 7,),
    "month": lambda second: civil(second // DAY)[:2],
    "quarter": lambda second: (civil(second // DAY)[0], (civil(second // DAY)[1] - 1) // 3 * 3 + 1),
    "year": lambda second: (civil(second // DAY)[0], 1),
    "decade": lambda second: (civil(second // DAY)[0] // 10 * 10, 1),
    "century": lambda second: (civil(second // DAY)[0] // 100 * 100, 1),
}
"""Per unit, what identifies the bucket of a second: its first second or day number, or its first (year, month)."""


def starting(events: Iterable[Event], query: EventQuery) -> list[Event]:
    """Return what a query must give of events that stand in its range by their start."""
    after = float("-inf") if query.start is None else query.start.day * DAY + (query.start.second or 0)
    before = float("inf") if query.end is None else query.end.day * DAY + (query.end.second or 0)
    return [event for event in answer(events, query) if after <= position(event) < before]


def count(events: Iterable[Event], query: EventQuery, unit: BucketUnit) -> Counter[tuple[int, ...]]:
    found = starting(events, query)
    return Counter(START_OF[unit](position(event)) for event in found if not is_coarser(event, unit))
