"""Timeline windows: how many events stand in each bucket of event time, as a fold over the events.

The state is one `Contribution` per event and bucket, what it adds to the window. A window is nothing but the sum of the
contributions to it, so it always equals a recount, whatever was delivered twice or crashed in between. A bucket has one
window, which counts its categories, places and actors: so there are as many windows as dates, not as dates and names.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from schemas.civil import add_months, civil, day_number, format_day, format_year, parse_day
from schemas.event import Event
from schemas.record import Record
from schemas.vocabulary import Category
from schemas.when import When
from schemas.window import Window
from timeline.bucket import WITHIN_A_DAY

NO_CATEGORY = "none"

MOST_NAMES = 100
"""Places, and actors, that a window names, those of the most events: a message has a limit, a busy day none."""


Grain = Literal["day", "month", "year"]
"""Grains whose windows can be listed: their buckets follow one another."""


class TooManyWindows(ValueError):
    """A range holds more windows than were allowed."""


class Contribution(Record):
    """What one event adds to the window of a bucket: of its own, and nothing any more to those that it has left."""

    event_id: str
    revision: int = Field(ge=1)
    bucket: str
    when: When
    category: Category | None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    mention_count: int = Field(ge=0)
    counted: bool = Field(description="false once the event is retracted, merged away or has left the bucket")

    @property
    def key(self) -> str:
        """What it is kept under."""
        return f"{self.bucket}|{self.event_id}"


class Windows:
    """The windows of the buckets it has seen. Pure; the order in which events arrive does not matter."""

    def __init__(self, contributions: Iterable[Contribution] = ()) -> None:
        self._by_bucket: dict[str, dict[str, Contribution]] = defaultdict(dict)
        self._buckets: dict[str, set[str]] = defaultdict(set)  # of an event: those it counts in or has left
        self._sums: dict[str, _Sum] = defaultdict(_Sum)
        kept = list(contributions)
        latest: dict[str, int] = defaultdict(int)
        for one in kept:
            latest[one.event_id] = max(latest[one.event_id], one.revision)
        for one in kept:
            # a crash may have kept the new contribution and not yet that the event has left its old bucket
            stale = one.revision < latest[one.event_id]
            self._put(_left(one, latest[one.event_id]) if stale else one)

    def add(self, event: Event) -> list[Contribution]:
        """Count an event, in its bucket alone; its date may have become another.

        Returns:
            The contributions to keep, the new one first; none when this or a later revision is counted already.
        """
        known = [self._by_bucket[bucket][event.event_id] for bucket in sorted(self._buckets[event.event_id])]
        if any(one.revision >= event.revision for one in known):
            return []
        own = Contribution(
            event_id=event.event_id,
            revision=event.revision,
            bucket=event.bucket,
            when=event.when,
            category=event.category,
            places=tuple(sorted({place.name for place in event.places})),
            actors=tuple(sorted({actor.name for actor in event.actors})),
            mention_count=event.mention_count,
            counted=not event.retracted and event.redirect_to is None,
        )
        changed = [own, *(_left(one, event.revision) for one in known if one.bucket != event.bucket)]
        for contribution in changed:
            self._put(contribution)
        return changed

    def window(self, bucket: str) -> Window:
        """Return the window of a bucket; its revision is the sum of its events' revisions, so it grows.

        Raises:
            KeyError: when no event of the bucket was ever counted.
        """
        contributions = self._by_bucket.get(bucket)
        if not contributions:
            raise KeyError(bucket)
        total = self._sums[bucket]
        when = next(iter(contributions.values())).when  # a bucket's events share its interval
        day = when.granularity in WITHIN_A_DAY
        return Window(
            window=window_key(bucket),
            revision=total.revision,
            granularity="day" if day else when.granularity,
            start=bucket if day else when.start,
            end=format_day(parse_day(bucket) + 1) if day else when.end,
            event_count=total.events,
            mention_count=total.mentions,
            by_category=dict(sorted(total.by_category.items())),
            place_count=len(total.by_place),
            by_place=_most(total.by_place),
            actor_count=len(total.by_actor),
            by_actor=_most(total.by_actor),
        )

    def _put(self, contribution: Contribution) -> None:
        known = self._by_bucket[contribution.bucket].get(contribution.event_id)
        total = self._sums[contribution.bucket]
        if known is not None:
            total.take(known, -1)
        total.take(contribution, 1)
        self._by_bucket[contribution.bucket][contribution.event_id] = contribution
        self._buckets[contribution.event_id].add(contribution.bucket)


def _left(contribution: Contribution, revision: int) -> Contribution:
    """Return what is left of a contribution when its event counts in another bucket."""
    return contribution.model_copy(update={"revision": revision, "counted": False})


class _Sum:
    """The running sums of one window; equal to a recount of its contributions at any time."""

    def __init__(self) -> None:
        self.revision = 0
        self.events = 0
        self.mentions = 0
        self.by_category: Counter[str] = Counter()
        self.by_place: Counter[str] = Counter()
        self.by_actor: Counter[str] = Counter()

    def take(self, contribution: Contribution, sign: int) -> None:
        self.revision += sign * contribution.revision
        if not contribution.counted:
            return
        self.events += sign
        self.mentions += sign * contribution.mention_count
        _count(self.by_category, (contribution.category or NO_CATEGORY,), sign)
        _count(self.by_place, contribution.places, sign)
        _count(self.by_actor, contribution.actors, sign)


def _count(counts: Counter[str], names: Iterable[str], sign: int) -> None:
    for name in names:
        counts[name] += sign
        if not counts[name]:
            del counts[name]


def _most(counts: Counter[str]) -> dict[str, int]:
    """Return the names of the most events, most first, equal ones by name."""
    return dict(heapq.nsmallest(MOST_NAMES, counts.items(), key=lambda pair: (-pair[1], pair[0])))


def window_key(bucket: str) -> str:
    """Return the key of a bucket's timeline window, such as `timeline:2025-06-25`."""
    return f"timeline:{bucket}"


def keys_between(start: int, end: int, grain: Grain, most: int) -> list[str]:
    """Return the keys that windows of a grain have which start in [start, end), earliest first.

    Args:
        start: day number.
        end: day number, exclusive.
        grain: `day`, `month` or `year`.
        most: keys to return at most.

    Raises:
        TooManyWindows: when there are more.
    """
    keys: list[str] = []
    day = start
    while day < end:
        year, month, day_of_month = civil(day)
        if grain == "day":
            bucket, following = format_day(day), day + 1
        elif grain == "month":
            bucket, following = f"{format_year(year)}-{month:02d}", add_months(day - day_of_month + 1, 1)
        else:
            bucket, following = format_year(year), day_number(year + 1)
        if grain == "day" or (day_of_month == 1 and (grain == "month" or month == 1)):
            if len(keys) == most:
                raise TooManyWindows(f"there are more than {most:,} windows of a {grain} in the range")
            keys.append(window_key(bucket))
        day = following
    return keys
