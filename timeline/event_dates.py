"""Choose the dates that matter most among events that are merged already, such as those that a query finds.

The ranking is that of `timeline.salience`, with what an event keeps of its articles in the place of their texts:

    weight(event) = confidence x sources x (FLOOR + share(event)) x (1 if the text dates it, else INFERRED)
    mass(d)       = sum of the weights of the events of day d
    score(d)      = mass(d) / sqrt(mean mass of the days from d - 14 to d + 14)

`share` says how much of what all events are about an event names: its actors and places (`timeline.topic`).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, sqrt
from typing import NamedTuple

from schemas.civil import format_day, parse_moment
from schemas.event import Event
from timeline.bucket import WITHIN_A_DAY
from timeline.salience import WEIGHTS, best_first, contrasted
from timeline.topic import Topic

INFERRED = 0.2
"""Weight of an event whose date no expression of time gives, but the tense, the story or another report. In the ranking
of articles only days that are named count."""

_INFERRING = frozenset({"tense", "narrative", "reference"})
"""What the names of rules (`When.rule`) begin with that date an event so."""


class RankedDate(NamedTuple):
    """An ISO date, its score (of which the best date has 1), and its events, the weightiest first."""

    date: str
    score: float
    events: tuple[Event, ...]


def rank_dates(events: Iterable[Event], limit: int | None = None) -> list[RankedDate]:
    """Return the days of events, the one that matters most first, equal ones by date.

    Events whose When is coarser than a day give no date. Those that are retracted or merged away do not count; of an
    event that is given twice the highest revision counts. The order of events does not matter, and there is no clock.

    Args:
        events: of a range of time or of a query, over which the dates compete.
        limit: how many dates at most; all by default.
    """
    latest: dict[str, Event] = {}
    for event in events:
        known = latest.get(event.event_id)
        if known is None or known.revision < event.revision:
            latest[event.event_id] = event
    counted = [event for _, event in sorted(latest.items()) if _counts(event)]
    names = {event.event_id: _names(event) for event in counted}
    topic = Topic(_direction(found) for found in names.values() if found)
    weighed = [(_weight(event, topic.share(names[event.event_id])), event) for event in counted]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].event_id))
    days: dict[int, list[tuple[float, Event]]] = {}
    for weight, event in weighed:
        days.setdefault(parse_moment(event.when.start or "").day, []).append((weight, event))
    mass = {day: fsum(weight for weight, _ in days[day]) for day in sorted(days)}
    return [
        RankedDate(format_day(day), score, tuple(event for _, event in days[day]))
        for day, score in best_first(contrasted(mass))[:limit]
    ]


def _counts(event: Event) -> bool:
    day = event.when.resolved and event.when.granularity in WITHIN_A_DAY and event.when.start is not None
    return day and not event.retracted and event.redirect_to is None


def _names(event: Event) -> frozenset[str]:
    return frozenset((*(actor.name for actor in event.actors), *(place.name for place in event.places)))


def _direction(names: frozenset[str]) -> dict[str, float]:
    return dict.fromkeys(sorted(names), 1 / sqrt(len(names)))


def _weight(event: Event, share: float) -> float:
    dated = INFERRED if event.when.rule.partition(".")[0] in _INFERRING else 1.0
    return event.confidence * event.source_count * (WEIGHTS.floor + share) * dated
