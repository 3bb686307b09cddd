"""The range query in plain Python, for comparison: every event is looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from schemas.civil import MIN_DAY, civil, parse_moment
from schemas.event import Event
from store.query import BucketUnit, EventQuery

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
    return start < before and end > after


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


def matches(event: Event, query: EventQuery) -> bool:
    text = words(" ".join((event.title, *event.evidence)))
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
        and (query.min_sources <= 1 or event.source_count >= query.min_sources)
        and all(word in text for word in words(query.q or ""))
    )


def answer(events: Iterable[Event], query: EventQuery) -> list[Event]:
    found = [event for event in events if matches(event, query)]
    return sorted(found, key=lambda event: (position(event), event.event_id), reverse=query.newest_first)


START_OF: dict[BucketUnit, Callable[[int, int, int, int], tuple[int, ...]]] = {
    "day": lambda day, *_: (day,),
    "week": lambda day, *_: (day - (day + 3) % 7,),
    "month": lambda _, year, month, __: (year, month),
    "quarter": lambda _, year, month, __: (year, (month - 1) // 3 * 3 + 1),
    "year": lambda _, year, *__: (year, 1),
    "decade": lambda _, year, *__: (year // 10 * 10, 1),
    "century": lambda _, year, *__: (year // 100 * 100, 1),
}
"""Per unit, what identifies the bucket of a day: its first day number, or its first (year, month)."""


def count(events: Iterable[Event], query: EventQuery, unit: BucketUnit) -> Counter[tuple[int, ...]]:
    after = float("-inf") if query.start is None else query.start.day * DAY + (query.start.second or 0)
    before = float("inf") if query.end is None else query.end.day * DAY + (query.end.second or 0)
    days = [position(event) // DAY for event in answer(events, query) if after <= position(event) < before]
    return Counter(START_OF[unit](day, *civil(day)) for day in days)
