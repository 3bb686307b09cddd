"""One record, one row: pure functions from records to the tuples that ClickHouse keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schemas.article import Article
from schemas.civil import parse_moment
from schemas.dead_letter import DeadLetter
from schemas.mention import Mention, MentionRetraction, Place
from schemas.window import ActivityWindow, Window
from store.query import Origin

Row = tuple[Any, ...]

NO_TIME = -(2**62)
"""Stands for an unknown time in columns of seconds: before every known one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, and its columns with their types in the order of the row tuples."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


def _table(name: str, columns: str) -> Table:
    pairs = [column.split(" ", 1) for column in columns.strip().split("\n")]
    return Table(name, tuple(pair[0].strip() for pair in pairs), tuple(pair[1].strip() for pair in pairs))


EVENTS = _table("events", """span_class UInt8
start_day Int32
start_second Int32
event_id String
revision UInt64
hidden UInt8
retracted UInt8
end_day Int32
end_second Int32
start_month Int32
granularity LowCardinality(String)
category LowCardinality(String)
type LowCardinality(String)
modality LowCardinality(String)
actors Array(String)
places Array(String)
sources Array(String)
languages Array(String)
countries Array(String)
positions Array(Tuple(Float64, Float64))
source_count UInt32
importance UInt64
search String
last_seen Int64
recorded Int64
record String
topic LowCardinality(String)
partition Int32
offset UInt64""")  # fmt: skip

EVENT_HISTORY = Table("event_history", EVENTS.columns, EVENTS.types)

EVENT_KEYS = _table("event_keys", """event_id String
span_class UInt8
start_day Int32
start_second Int32
revision UInt64""")  # fmt: skip

ARTICLES = _table("articles", """article_id String
withdrawn UInt8
source LowCardinality(String)
language LowCardinality(String)
record String
topic LowCardinality(String)
partition Int32
offset UInt64""")  # fmt: skip

MENTIONS = _table("mentions", """mention_id String
article_id String
retracted UInt8
record String
topic LowCardinality(String)
partition Int32
offset UInt64""")  # fmt: skip

WINDOWS = _table("windows", """window String
revision UInt64
granularity LowCardinality(String)
event_count UInt64
mention_count UInt64
record String
topic LowCardinality(String)
partition Int32
offset UInt64""")  # fmt: skip

DEAD_LETTERS = _table("dead_letters", """topic LowCardinality(String)
partition Int32
offset UInt64
stage LowCardinality(String)
error LowCardinality(String)
time Int64
record String
letter_topic LowCardinality(String)
letter_partition Int32
letter_offset UInt64""")  # fmt: skip


def position_of(place: Place) -> tuple[float, float] | None:
    """Return where a place lies; None for a country, whose centre says little of where in it something happened."""
    if place.latitude is None or place.longitude is None or place.precision == "country":
        return None
    return place.latitude, place.longitude


def article_row(article: Article | None, article_id: str, origin: Origin) -> Row:
    """Return the row of `articles`; None is a withdrawal."""
    return (
        article_id,
        int(article is None),
        (article and article.source) or "",
        (article and article.language) or "",
        article.model_dump_json() if article is not None else "",
        *_origin(origin),
    )


def mention_row(mention: Mention | MentionRetraction, origin: Origin) -> Row:
    """Return the row of `mentions`."""
    return (
        mention.mention_id,
        mention.article_id,
        int(isinstance(mention, MentionRetraction)),
        mention.model_dump_json(),
        *_origin(origin),
    )


def window_row(window: Window | ActivityWindow, origin: Origin) -> Row:
    """Return the row of `windows`."""
    return (
        window.window,
        window.revision,
        window.granularity if isinstance(window, Window) else "",
        window.event_count if isinstance(window, Window) else 0,
        window.mention_count,
        window.model_dump_json(),
        *_origin(origin),
    )


def dead_letter_row(letter: DeadLetter, origin: Origin) -> Row:
    """Return the row of `dead_letters`."""
    return (
        letter.topic,
        letter.partition,
        letter.offset,
        letter.stage,
        letter.error,
        _seconds(letter.time),
        letter.model_dump_json(),
        *_origin(origin),
    )


def _origin(origin: Origin) -> tuple[str, int, int]:
    return origin.topic, origin.partition, origin.offset


def _seconds(moment: str | None) -> int:
    return NO_TIME if moment is None else parse_moment(moment).utc_second
