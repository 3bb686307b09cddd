"""The sink agents: every topic into the store, in batches by rows, bytes and time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import faust
from pydantic import TypeAdapter

from agents.app import BATCH, WITHIN_STORE, Cluster, Event, Stream, topic_of
from agents.inserts import Row, Write, insert
from agents.outbox import Clock, Outbox, acknowledge, dead_letter_of
from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.mention import Mention, MentionRetraction
from schemas.topics import ARTICLES, DEAD_LETTERS, EVENTS, MENTIONS, WINDOWS, Topic
from schemas.window import window_from_json
from store.incoming import read_event
from store.query import Origin
from store.timeline_store import TimelineStore

ROWS = 4_000
"""Most messages taken at once: an insert has a fixed cost of some milliseconds."""

_MENTION: TypeAdapter[Mention | MentionRetraction] = TypeAdapter(Mention | MentionRetraction)

Decode = Callable[[Event], Row | None]
"""From a message to what the store writes, None when there is nothing to write; raises on what cannot be read."""


def add_sink(app: faust.App, cluster: Cluster, store: TimelineStore, clock: Clock) -> None:
    """Add one agent a topic to an application."""

    def letter(event: Event) -> Row:
        try:
            return DeadLetter.from_json(event.message.value or b""), origin_of(event)
        except ValueError as error:  # a dead letter that is none is kept as one, here, lest it be refused for ever
            return dead_letter_of(event, error, "sink", clock), origin_of(event)

    sinks: list[tuple[Topic, int, Decode, Write]] = [
        (ARTICLES, BATCH, _article, store.write_articles),  # fewer, as each may be of a megabyte
        (MENTIONS, ROWS, _mention, store.write_mentions),
        (EVENTS, ROWS, _event, store.write_events),
        (WINDOWS, ROWS, _window, store.write_windows),
        (DEAD_LETTERS, BATCH, letter, store.write_dead_letters),
    ]
    for topic, most, decode, write in sinks:
        _add(app, cluster, topic, most, decode, write, clock)


def _add(app: faust.App, cluster: Cluster, topic: Topic, most: int, decode: Decode, write: Write, clock: Clock) -> None:
    outbox = Outbox("sink", topic_of(app, DEAD_LETTERS, cluster), clock)

    @app.agent(topic_of(app, topic, cluster), name=f"sink-{topic.name}", concurrency=1)
    async def sink(stream: Stream) -> None:
        async for batch in stream.noack_take(most, within=WITHIN_STORE):
            rows: list[tuple[Event, Row]] = []
            for number, event in enumerate(batch):
                if not number % BATCH:
                    await asyncio.sleep(0)  # the service answers on the same loop
                try:
                    row = decode(event)
                except Exception as error:  # bad input, or a fault of ours that it uncovers
                    await outbox.dead_letter(event, error)
                    continue
                if row is not None:
                    rows.append((event, row))
            for event, refusal in await insert(write, rows):
                await outbox.dead_letter(event, refusal)
            await outbox.confirmed()
            await acknowledge(stream, batch)


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
    return read_event(event.message.value), origin_of(event)


def _window(event: Event) -> Row:
    return window_from_json(event.message.value or b""), origin_of(event)
