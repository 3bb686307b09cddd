"""The timeline, then the feed: the join on a real broker and a real store, while both are written to."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.event import Event
from schemas.window import window_from_json
from service.follow_position import follow_from
from service.live_feed import LiveFeed
from service.live_filter import FeedFilter
from service.live_messages import Frame
from service.position import parse
from service.snapshot import Snapshot
from store.query import EventQuery, Origin
from store.timeline_store import TimelineStore
from tests.service.live_samples import PARTITIONS, Topics, a_window, an_event, running, topics_for

POLITICS = FeedFilter("event", EventQuery(category=("politics",)))


@asynccontextmanager
async def sink(topics: Topics, store: TimelineStore) -> AsyncIterator[None]:
    """Write what comes on the topics into the store, some time later, as the sink does."""

    async def write() -> None:
        partitions = [TopicPartition(t, n) for t in (topics.events, topics.windows) for n in range(PARTITIONS)]
        consumer = AIOKafkaConsumer(bootstrap_servers=topics.servers, auto_offset_reset="earliest")
        consumer.assign(partitions)
        await consumer.start()
        consumer.assign(partitions)
        try:
            while True:
                for partition, records in (await consumer.getmany(timeout_ms=100, max_records=100)).items():
                    rows = [(r.value, Origin(r.topic, r.partition, r.offset, r.timestamp)) for r in records if r.value]
                    if partition.topic == topics.events:
                        await asyncio.to_thread(store.write_events, [(Event.from_json(v), at) for v, at in rows])
                    else:
                        await asyncio.to_thread(store.write_windows, [(window_from_json(v), at) for v, at in rows])
        finally:
            await consumer.stop()

    task = asyncio.create_task(write())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def stored(store: TimelineStore, topics: Topics, count: int, windows: int = 0) -> None:
    """Wait until so many messages of the events and of the windows are in the store."""
    async with asyncio.timeout(60):
        for name, wanted in ((topics.events, count), (topics.windows, windows)):
            # the store wakes nobody
            while sum(n for (topic, _), n in store.feed_position().items() if topic == name) < wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


async def read(snapshot: Snapshot, until: int, pause: float = 0.0) -> list[Frame]:
    """Return the frames of a reader up to so many messages, comments too; a pause after each hundred."""
    await snapshot.begin()
    frames: list[Frame] = []
    async with asyncio.timeout(60), aclosing(snapshot.frames()) as coming:
        async for frame in coming:
            frames.append(frame)
            if len(frames) % 100 == 0:
                await asyncio.sleep(pause)
            if sum(one.name is not None for one in frames) >= until:
                break
    return frames


def ids(frames: list[Frame]) -> list[str]:
    return [json.loads(frame.data or "")["event_id"] for frame in frames if frame.name]


def test_the_timeline_comes_first_and_then_the_feed(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed, sink(topics, store):
            await topics.put_event(an_event("a", category="politics"))
            await topics.put_event(an_event("b", category="sport"))
            await topics.put_event(an_event("c", category="politics"))
            await topics.put_event(an_event("c", 2, category="politics", retracted=True))
            window = a_window("2025-06-25", 1, politics=1)
            await topics.put(window.window, window.to_json(), topic=topics.windows)
            await stored(store, topics, 4, windows=1)
            reading = asyncio.create_task(read(Snapshot(store, feed, POLITICS), 2))
            await asyncio.sleep(0.5)
            await topics.put_event(an_event("d", category="politics"))
            frames = await reading
            assert ids(frames) == ["a", "d"]
            assert [frame.id != "" for frame in frames] == [False, True, True]
            await stored(store, topics, 5)
            everything = await read(Snapshot(store, feed, FeedFilter()), 4)
            assert [frame.name for frame in everything if frame.name] == ["event"] * 3 + ["window"]
            windows = await read(Snapshot(store, feed, FeedFilter("window", EventQuery(category=("sport",)))), 0)
            assert [frame.name for frame in windows] == [None]

    asyncio.run(scenario())


@pytest.mark.parametrize("kept", [8000, 100])
def test_joins_under_writes_give_each_revision_once_and_in_order(
    kafka: str, prefix: str, store: TimelineStore, kept: int
) -> None:
    """Each reader gets of each event the revision that stood, all that follow it, and nothing else.

    An event that moves on the timeline while that is read may stand in it twice, with revisions in between.
    """
    events, rounds, dice = 200, 4, random.Random(kept)

    async def put_all(topics: Topics) -> None:
        for revision in range(1, rounds + 1):
            pending = []
            for number in range(events):
                # the agent that is killed sends again what it has sent
                for sent in [revision] + [r for r in (revision - 1, revision) if r and dice.random() < 0.02]:
                    day = f"2025-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
                    when = an_event("x").when.model_copy(update={"start": day, "end": None, "value": day})
                    event = an_event(f"e{number}", sent, when=when)
                    pending.append(
                        await topics.producer.send(
                            topics.events, event.to_json(), key=event.event_id.encode(), partition=number % PARTITIONS
                        )
                    )
                if number % 50 == 0:
                    await asyncio.sleep(0.05)
            await asyncio.gather(*pending)
        await topics.put_event(an_event("last"))

    async def one(topics: Topics, feed: LiveFeed, share: float) -> dict[str, list[int]]:
        await stored(store, topics, int(share * events * rounds))
        snapshot = Snapshot(store, feed, FeedFilter(), rows=40)
        await snapshot.begin()
        got: dict[str, list[int]] = defaultdict(list)
        live = False
        async with asyncio.timeout(60), aclosing(snapshot.frames()) as frames:
            async for frame in frames:
                live = live or frame.comment == "following"
                if frame.name:
                    event = Event.from_json((frame.data or "").encode())
                    revisions = got[event.event_id]
                    if revisions:
                        assert event.revision == revisions[-1] + 1 if live else event.revision > revisions[-1]
                    revisions.append(event.revision)
                    if not live and dice.random() < 0.02:
                        await asyncio.sleep(0.03)
                if frame.id and len(got) > events and all(r[-1] == rounds for e, r in got.items() if e != "last"):
                    return got
        raise AssertionError("the stream has ended")

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed(kept=kept)) as feed, sink(topics, store):
            readers = [one(topics, feed, turn / 6) for turn in range(7)]
            *read_by, _ = await asyncio.gather(*readers, put_all(topics))
            begun_with = set()
            for got in read_by:
                assert len(got) == events + 1
                begun_with.update(revisions[0] for revisions in got.values())
            assert len(begun_with) > 2

    asyncio.run(scenario())


def test_what_has_an_id_can_be_resumed_without_repeats(kafka: str, prefix: str, store: TimelineStore) -> None:
    """A record from the store that is newer than the position it was read with holds the ids back until it is past."""

    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed, sink(topics, store):
            await topics.put_event(an_event("a", 1))
            await stored(store, topics, 1)
            snapshot = Snapshot(store, feed, FeedFilter("event"))
            await snapshot.begin()
            snapshot._first = ()  # begun, and slow: the events are read after others were written
            for event in (an_event("b"), an_event("a", 2), an_event("c"), an_event("a", 3)):
                await topics.put_event(event)
            await stored(store, topics, 5)
            snapshot._first = await snapshot._events()
            await topics.put_event(an_event("d"))
            frames: list[Frame] = []
            async with asyncio.timeout(20), aclosing(snapshot.frames()) as coming:
                async for frame in coming:
                    frames.append(frame)
                    if frame.name and ids([frame]) == ["d"]:
                        break
            assert ids(frames) == ["a", "b", "c", "d"]
            assert [one.id != "" for one in frames if one.name] == [False, False, False, True]
            assert sum(parse(frames[-1].id).values()) == 6

    asyncio.run(scenario())


def test_the_cursor_of_a_page_is_a_place_to_start(kafka: str, prefix: str, store: TimelineStore) -> None:
    async def scenario() -> None:
        async with topics_for(kafka, prefix) as topics, running(topics.feed()) as feed, sink(topics, store):
            await topics.put_many(6)
            await stored(store, topics, 6)
            page = store.events(EventQuery(limit=2))
            await topics.put_event(an_event("new"))
            async with aclosing(feed.follow(FeedFilter(), parse(follow_from(page.feed)))) as frames:
                async for frame in frames:
                    if frame.name:
                        assert ids([frame]) == ["new"]
                        break

    asyncio.run(scenario())


def test_a_store_that_fails_ends_the_stream_with_the_reason(store: TimelineStore) -> None:
    async def scenario() -> None:
        snapshot = Snapshot(store, LiveFeed("127.0.0.1:1", events="e", windows="w"), FeedFilter("event"))
        store.close()
        frames = [frame async for frame in snapshot.frames()]
        assert [frame.id for frame in frames] == [""]

    asyncio.run(scenario())
