"""Topic names, partitions and settings: the one place that knows them."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_MESSAGE_BYTES = 4_194_304
"""Largest message on any topic; an article's limit (a setting) lies well below it, so that what is derived fits too."""

CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its short name, what its key is, and its broker-side settings."""

    name: str
    key: str
    config: dict[str, str] = field(default_factory=dict)

    def full_name(self, prefix: str) -> str:
        """Return the name on the broker: prefix and short name."""
        return prefix + self.name


_COMPACTED = {"cleanup.policy": "compact"}
_KEPT = {"cleanup.policy": "delete", "retention.ms": "-1"}

ARTICLES = Topic("articles", key="article_id", config=_COMPACTED)
MENTIONS = Topic("mentions", key="year of the event date, or its coarser bucket", config=_KEPT)
REPORTS = Topic("reports", key="article_id, all on partition 0", config=_COMPACTED)
EVENTS = Topic("events", key="event_id, on the partition of its mentions", config=_COMPACTED)
WINDOWS = Topic("windows", key="window", config=_COMPACTED)
DEAD_LETTERS = Topic("dead-letters", key="topic:partition:offset", config=_KEPT)

# Progress is written every second, and the whole topic is read at each start: so small segments, compacted early.
SUBSCRIPTIONS = Topic(
    "subscriptions",
    key="subscription_id, alone or with what is kept about it",
    config={
        **_COMPACTED, "segment.bytes": "16777216", "segment.ms": "3600000", "min.cleanable.dirty.ratio": "0.1",
    },
)  # fmt: skip

TOPICS = (ARTICLES, MENTIONS, REPORTS, EVENTS, WINDOWS, DEAD_LETTERS, SUBSCRIPTIONS)
"""All topics, in data-path order; they share one partition count, so events stay on the partition of their mentions."""
