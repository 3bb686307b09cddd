"""Activity windows: what is being reported, in tumbling quarters of an hour of publication time.

The state is one `Reported` per article and window, what it adds to it. A window is nothing but the sum of the reports
in it, so it always equals a recount, whatever came late, twice or was taken back. It is an upsert from its first report
on and says whether it is `complete`: once the watermark, the latest publication seen, has passed its end by the allowed
lateness. What comes later than that makes one more revision.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import Field

from schemas.article import Article
from schemas.civil import SECONDS_A_DAY, format_day, parse_moment
from schemas.mention import Mention
from schemas.record import Record
from schemas.report import Report
from schemas.window import ActivityWindow

WIDTH = 900
"""Seconds of a window."""

LATENESS = 3_600
"""Seconds by which the watermark must have passed a window's end for the window to be complete."""

USUAL = 96
"""Windows before one that say what is usual: a day."""

LEAST = 3
"""Articles without which nothing rises."""

MOST_TOPICS = 1_000
"""Topics that a window names, those of the most articles: a message has a limit, a busy quarter of an hour none."""


class Reported(Record):
    """What one article adds to a window: to its own, and nothing any more to those that it has left."""

    article_id: str
    start: int = Field(description="second since 1970 (UTC) at which the window starts")
    revision: int = Field(ge=1)
    held: bool = Field(description="false once the article is withdrawn or has left the window")
    mention_count: int = Field(ge=0)
    topics: tuple[str, ...]

    @property
    def key(self) -> str:
        """What it is kept under."""
        return f"{self.start}|{self.article_id}"

    def left(self, revision: int) -> Reported:
        """Return what is left of it once the article counts elsewhere or nowhere."""
        return self.model_copy(update={"held": False, "revision": revision})


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
    """The activity windows. Pure; the order in which reports of different articles arrive does not matter.

    Args:
        reported: entries kept before, in any order.
        now: the present.
    """

    def __init__(self, reported: Iterable[Reported], now: datetime) -> None:
        self._windows: dict[int, dict[str, Reported]] = defaultdict(dict)
        self._sums: dict[int, _Sum] = defaultdict(_Sum)
        self._starts: dict[str, list[int]] = defaultdict(list)  # of an article: the windows it is in or has left
        self._ahead: set[int] = set()
        self._watermark = -math.inf
        kept = list(reported)
        latest: dict[str, int] = defaultdict(int)
        for one in kept:
            latest[one.article_id] = max(latest[one.article_id], one.revision)
        for one in kept:
            # a crash may have kept the new window and not yet that the article has left its old one
            stale = one.held and one.revision < latest[one.article_id]
            self._put(one.left(latest[one.article_id]) if stale else one)
        self.completed(now)

    def report(self, article_id: str, report: Report | None) -> list[Reported]:
        """Count an article in the window of its publication, or with None nowhere any more.

        Returns:
            The entries to keep, the new one first; none when nothing changes.
        """
        known = [self._windows[start][article_id] for start in self._starts.get(article_id, ())]
        revision = 1 + max((one.revision for one in known), default=0)
        start = None if report is None else _start_of(report)
        changed = [one.left(revision) for one in known if one.held and one.start != start]
        if report is not None and start is not None:
            own = Reported(
                article_id=article_id,
                start=start,
                revision=revision,
                held=True,
                mention_count=report.mention_count,
                topics=report.topics,
            )
            before = next((one for one in known if one.start == start), None)
            if before is None or before.model_copy(update={"revision": revision}) != own:
                changed.insert(0, own)
        for one in changed:
            self._put(one)
        return changed

    def completed(self, now: datetime) -> list[int]:
        """Move the watermark and return the starts of the windows that became complete by it, oldest first.

        Args:
            now: the present: a publication dated later than that moves no watermark yet.
        """
        limit = now.timestamp()
        self._watermark = max(self._watermark, *(start for start in self._ahead if start <= limit), -math.inf)
        done = sorted(start for start in self._ahead if self._complete(start))
        self._ahead.difference_update(done)
        return done

    def window(self, start: int) -> ActivityWindow:
        """Return the window that starts at a second.

        Its revision is the sum of its reports' revisions, and one more once it is complete, so it grows.

        Raises:
            KeyError: when nothing was ever reported in it.
        """
        if start not in self._windows:
            raise KeyError(start)
        total, complete = self._sums[start], self._complete(start)
        named = heapq.nsmallest(MOST_TOPICS, total.by_topic.items(), key=lambda pair: (-pair[1], pair[0]))
        return ActivityWindow(
            window=window_key(start),
            revision=total.revision + complete,
            start=instant_of(start),
            end=instant_of(start + WIDTH),
            complete=complete,
            article_count=total.articles,
            mention_count=total.mentions,
            topic_count=len(total.by_topic),
            by_topic=dict(named),
        )

    def _complete(self, start: int) -> bool:
        return start + WIDTH + LATENESS <= self._watermark

    def _put(self, one: Reported) -> None:
        known = self._windows[one.start].get(one.article_id)
        if known is None:
            self._starts[one.article_id].append(one.start)
        else:
            self._sums[one.start].take(known, -1)
        self._sums[one.start].take(one, 1)
        self._windows[one.start][one.article_id] = one
        if not self._complete(one.start):
            self._ahead.add(one.start)


class _Sum:
    """The running sums of one window; equal to a recount of its reports at any time."""

    def __init__(self) -> None:
        self.revision = 0
        self.articles = 0
        self.mentions = 0
        self.by_topic: dict[str, int] = {}

    def take(self, one: Reported, sign: int) -> None:
        self.revision += sign * one.revision
        if not one.held:
            return
        self.articles += sign
        self.mentions += sign * one.mention_count
        for topic in one.topics:
            count = self.by_topic.get(topic, 0) + sign
            if count:
                self.by_topic[topic] = count
            else:
                del self.by_topic[topic]


def report_of(article: Article, mentions: Sequence[Mention]) -> Report | None:
    """Return what an article adds to the activity: nothing without mentions, or when it has no time of publication."""
    if not mentions or article.published_at is None or "T" not in article.published_at:
        return None
    topics = dict.fromkeys(topic for mention in mentions for topic in _topics_of(mention))
    return Report(
        article_id=article.article_id,
        published_at=article.published_at,
        mention_count=len(mentions),
        topics=tuple(sorted(topics)),
    )


def rising(window: ActivityWindow, before: Iterable[ActivityWindow], most: int = 10) -> list[Rising]:
    """Return the topics of which more is published in a window than in the day before it, most surprising first.

    The surprise is (articles − usual) / √(usual + 1): the distance from a Poisson mean, kept finite for what is new.

    Args:
        window: the one asked about.
        before: windows among which those of the day before it are looked for; quarters without any are empty.
        most: how many to return.
    """
    start = parse_moment(window.start).utc_second
    usual: Counter[str] = Counter()
    for one in before:
        if start - USUAL * WIDTH <= parse_moment(one.start).utc_second < start:
            usual.update(one.by_topic)
    found = []
    for topic, count in window.by_topic.items():
        mean = usual[topic] / USUAL
        surprise = (count - mean) / math.sqrt(mean + 1.0)
        if count >= LEAST and surprise > 1.0:
            found.append(Rising(topic, count, mean, surprise))
    return sorted(found, key=lambda one: (-one.surprise, one.topic))[:most]


def window_key(start: int) -> str:
    """Return the key of an activity window, such as `activity:2025-06-25T10:15:00Z`."""
    return f"activity:{instant_of(start)}"


def _topics_of(mention: Mention) -> list[str]:
    category = [f"category:{mention.category}"] if mention.category else []
    places = [f"place:{place.name}" for place in mention.places]
    actors = [f"actor:{actor.name}" for actor in mention.actors]
    return [*category, *places, *actors]


def _start_of(report: Report) -> int:
    second = parse_moment(report.published_at).utc_second
    return second - second % WIDTH


def instant_of(second: int) -> str:
    """Write a second since 1970 (UTC) as windows do, such as `2025-06-25T10:15:00Z`: in order for years from 0 on."""
    clock = second % SECONDS_A_DAY
    return f"{format_day(second // SECONDS_A_DAY)}T{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}Z"
