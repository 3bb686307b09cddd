"""The sink agents: every topic into the store, one insert a batch."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

import faust
from pydantic import TypeAdapter

from agents.app import BATCH, WITHIN_STORE, Cluster, Event, Stream, topic_of
from agents.outbox import Clock, Outbox, acknowledge, dead_letter_of
from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.event import Event as EventRecord
from schemas.mention import Mention, MentionRetraction
from schemas.topics import ARTICLES, DEAD_LETTERS, EVENTS, MENTIONS, WINDOWS, Topic
from schemas.window import window_from_json
from store.errors import StoreUnavailable
from store.query import Origin
from store.timeline_store import TimelineStore

log = logging.getLogger(__name__)

PATIENCE = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to write; after the last the process ends, and Kafka keeps what it had not acknowledged."""

_MENTION: TypeAdapter[Mention | MentionRetraction] = TypeAdapter(Mention | MentionRetraction)

Row = tuple[Any, ...]
Decode = Callable[[Event], Row | None]
"""From a message to what the store writes, None when there is nothing to write; raises on what cannot be read."""

Write = Callable[[Sequence[Row]], None]


def add_sink(app: faust.App, cluster: Cluster, store: TimelineStore, clock: Clock) -> None:
    """Add one agent a topic to an application."""

    def letter(event: Event) -> Row:
        try:
            return DeadLetter.from_json(event.message.value or b""), origin_of(event)
        except ValueError as error:  # a dead letter that is none is kept as one, here, lest it be refused for ever
            return dead_letter_of(event, error, "sink", clock), origin_of(event)

    sinks: list[tuple[Topic, Decode, Write]] = [
        (ARTICLES, _article, store.write_articles),
        (MENTIONS, _mention, store.write_mentions),
        (EVENTS, _event, store.write_events),
        (WINDOWS, _window, store.write_windows),
        (DEAD_LETTERS, letter, store.write_dead_letters),
    ]
    for topic, decode, write in sinks:
        _add(app, cluster, topic, decode, write, clock)


def _add(app: faust.App, cluster: Cluster, topic: Topic, decode: Decode, write: Write, clock: Clock) -> None:
    outbox = Outbox("sink", topic_of(app, DEAD_LETTERS, cluster), clock)

    @app.agent(topic_of(app, topic, cluster), name=f"sink-{topic.name}", concurrency=1)
    async def sink(stream: Stream) -> None:
        async for batch in stream.noack_take(BATCH, within=WITHIN_STORE):
            rows: list[tuple[Event, Row]] = []
            for event in batch:
                try:
                    row = decode(event)
                except Exception as error:  # bad input, or a fault of ours that it uncovers
                    await outbox.dead_letter(event, error)
                    continue
                if row is not None:
                    rows.append((event, row))
            for event, refusal in await _written(write, rows):
                await outbox.dead_letter(event, refusal)
            await outbox.confirmed()
            await acknowledge(stream, batch)


async def _written(write: Write, rows: Sequence[tuple[Event, Row]]) -> list[tuple[Event, ValueError]]:
    """Write rows in one insert; when one of them cannot be stored, write them singly and return those that cannot."""
    if not rows:
        return []
    try:
        await _patiently(write, [row for _, row in rows])
    except ValueError as error:
        if len(rows) == 1:
            return [(rows[0][0], error)]
        return [refused for row in rows for refused in await _written(write, [row])]
    return []


async def _patiently(write: Write, rows: Sequence[Row]) -> None:
    for pause in PATIENCE:
        try:
            return await asyncio.to_thread(write, rows)
        except StoreUnavailable as error:
            log.warning("%s; trying again in %.1f s", error, pause)
            await asyncio.sleep(pause)
    return await asyncio.to_thread(write, rows)


def origin_of(event: Event) -> Origin:
    """Return where a message stood on Kafka."""
    message = event.message
    return Origin(message.topic, message.partition, message.offset, round((message.timestamp or 0) * 1000))


def _article(event: Event) -> Row:
    value = event.message.value
    article = None if value is None else Article.from_json(value)
    return article, (event.message.key or b"").decode("utf-8"), origin_of(event)


def _mention(event: Event) -> Row:
    return _MENTION.validate_json(event.message.value or b""), origin_of(event)


def _event(event: Event) -> Row | None:
    if event.message.value is None:  # the tombstone that follows a retraction
        return None
    return EventRecord.from_json(event.message.value), origin_of(event)


def _window(event: Event) -> Row:
    return window_from_json(event.message.value or b""), origin_of(event)
