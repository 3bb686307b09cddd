"""Activity windows: what is being reported, in tumbling quarters of an hour of publication time.

The state is one `Reported` per mention. A window is nothing but the sum of the reports in it, so it equals a recount,
whatever came late, twice or was taken back. A window is published once it can be expected to be complete, when the
watermark has passed its end by the allowed lateness, and again with a higher revision when something later changes it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import Field

from schemas.civil import SECONDS_A_DAY, format_day, parse_moment
from schemas.mention import Mention, MentionRetraction
from schemas.record import IsoMoment, Record

WIDTH = 900
"""Seconds of a window."""

LATENESS = 3_600
"""Seconds by which the watermark must have passed a window's end before it is published."""

USUAL = 96
"""Windows before one that say what is usual: a day."""

LEAST = 3
"""Articles without which nothing rises."""


class Reported(Record):
    """What one mention adds to its window."""

    mention_id: str
    article_id: str
    start: int = Field(description="second since 1970 (UTC) at which its window starts")
    topics: tuple[str, ...] = Field(description="category:, place: and actor: with their names")
    revision: int = Field(ge=1)
    held: bool


class ActivityWindow(Record):
    """What was published in a quarter of an hour."""

    window: str
    revision: int = Field(ge=1)
    start: IsoMoment
    end: IsoMoment
    mention_count: int = Field(ge=0)
    article_count: int = Field(ge=0)
    by_topic: dict[str, int] = Field(description="articles that speak of a topic")


class Rising(NamedTuple):
    """A topic of which more is published than usual.

    Attributes:
        topic: its name.
        articles: that speak of it in the window.
        usual: articles in a window of the day before, on average.
        surprise: how many standard deviations of chance (Poisson) that lies above.
    """

    topic: str
    articles: int
    usual: float
    surprise: float


class Activity:
    """The activity windows of the recent past. Pure; the order in which messages arrive does not matter."""

    def __init__(self, reported: Iterable[Reported] = ()) -> None:
        self._reported: dict[str, Reported] = {}
        self._windows: dict[int, dict[str, Reported]] = defaultdict(dict)
        self._changed: set[int] = set()
        for one in reported:
            self._put(one)

    def report(self, message: Mention | MentionRetraction) -> Reported | None:
        """Count a mention in the window of its publication, or take it back; None when nothing changes.

        A mention without a publication date is in no window. One that is published at another time under the same id
        is not moved: it was reported when it was reported.
        """
        known = self._reported.get(message.mention_id)
        if isinstance(message, MentionRetraction):
            if known is None or not known.held:
                return None
            return self._put(known.model_copy(update={"held": False, "revision": known.revision + 1}))
        if message.published_at is None:
            return None
        second = parse_moment(message.published_at).utc_second
        now = Reported(
            mention_id=message.mention_id,
            article_id=message.article_id,
            start=second - second % WIDTH if known is None else known.start,
            topics=topics_of(message),
            revision=1 if known is None else known.revision + 1,
            held=True,
        )
        if known is not None and known.held and known.topics == now.topics:
            return None
        return self._put(now)

    def advance(self, watermark: int) -> list[ActivityWindow]:
        """Return the windows to publish, oldest first: complete ones that changed since they were last returned.

        Args:
            watermark: second since 1970 (UTC) up to which publications are expected to have arrived.
        """
        due = sorted(start for start in self._changed if start + WIDTH + LATENESS <= watermark)
        self._changed.difference_update(due)
        return [self.window(start) for start in due]

    def window(self, start: int) -> ActivityWindow:
        """Return the window that starts at a second; its revision is the sum of its reports', so it grows.

        Raises:
            KeyError: when nothing was ever reported in it.
        """
        if start not in self._windows:
            raise KeyError(start)
        reports = self._windows[start].values()
        held = [one for one in reports if one.held]
        return ActivityWindow(
            window=f"activity:{_instant(start)}",
            revision=sum(one.revision for one in reports),
            start=_instant(start),
            end=_instant(start + WIDTH),
            mention_count=len(held),
            article_count=len({one.article_id for one in held}),
            by_topic=dict(sorted(self._topics(start).items())),
        )

    def rising(self, start: int, most: int = 10) -> list[Rising]:
        """Return the topics of which more is published in a window than in the day before it, most surprising first."""
        before: Counter[str] = Counter()
        for earlier in range(start - USUAL * WIDTH, start, WIDTH):
            before.update(self._topics(earlier))
        found = []
        for topic, count in self._topics(start).items():
            usual = before[topic] / USUAL
            surprise = (count - usual) / math.sqrt(usual + 1.0)
            if count >= LEAST and surprise > 1.0:
                found.append(Rising(topic, count, usual, surprise))
        return sorted(found, key=lambda one: (-one.surprise, one.topic))[:most]

    def forget(self, before: int) -> list[Reported]:
        """Drop the windows that ended before a second and are published; return what they were made of."""
        gone: list[Reported] = []
        for start in sorted(self._windows):
            if start + WIDTH <= before and start not in self._changed:
                gone.extend(self._windows.pop(start).values())
        for one in gone:
            del self._reported[one.mention_id]
        return gone

    def _topics(self, start: int) -> Counter[str]:
        pairs = {
            (one.article_id, topic) for one in self._windows.get(start, {}).values() if one.held for topic in one.topics
        }
        return Counter(topic for _, topic in pairs)

    def _put(self, one: Reported) -> Reported:
        self._reported[one.mention_id] = one
        self._windows[one.start][one.mention_id] = one
        self._changed.add(one.start)
        return one


def topics_of(mention: Mention) -> tuple[str, ...]:
    """Return what a mention is about, as names to count by."""
    category = [f"category:{mention.category}"] if mention.category else []
    places = [f"place:{place.name}" for place in mention.places]
    actors = [f"actor:{actor.name}" for actor in mention.actors]
    return tuple(dict.fromkeys((*category, *places, *actors)))


def _instant(second: int) -> str:
    clock = second % SECONDS_A_DAY
    return f"{format_day(second // SECONDS_A_DAY)}T{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}Z"
