"""Events on real topics, for the tests of the live feed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic

from schemas.event import Event
from schemas.when import When
from schemas.window import Window
from service.live_feed import LiveFeed
from service.live_filter import FeedFilter
from service.live_messages import Frame
from service.position import Position

PARTITIONS = 3
EVERYTHING = FeedFilter()


def an_event(event_id: str, revision: int = 1, **more: object) -> Event:
    fields: dict[str, object] = {
        "event_id": event_id,
        "revision": revision,
        "bucket": "2025-06-25",
        "title": f"Event {event_id}",
        "when": When(
            start="2025-06-25",
            end="2025-06-26",
            granularity="day",
            value="2025-06-25",
            edtf="2025-06-25",
            anchor="explicit",
            rule="iso",
        ),
        "modality": "asserted",
        "confidence": 1.0,
        "mention_count": 1,
        "article_count": 1,
        "source_count": 1,
    }
    return Event.model_validate(fields | more)


def a_window(day: str, revision: int, **by_category: int) -> Window:
    return Window(
        window=f"timeline:{day}", revision=revision, granularity="day", start=day, end=None,
        event_count=sum(by_category.values()), mention_count=0, by_category=by_category,
    )  # fmt: skip


@dataclass
class Topics:
    """The feed's topics of one test, and a producer that writes where it is told."""

    servers: str
    prefix: str
    producer: AIOKafkaProducer
    sent: int = 0

    @property
    def events(self) -> str:
        return self.prefix + "events"

    @property
    def windows(self) -> str:
        return self.prefix + "windows"

    def feed(self, **options: float) -> LiveFeed:
        return LiveFeed(self.servers, events=self.events, windows=self.windows, **options)  # type: ignore[arg-type]

    async def put(self, key: str, value: bytes | None, *, topic: str | None = None, partition: int = 0) -> None:
        await self.producer.send_and_wait(topic or self.events, value, key=key.encode(), partition=partition)

    async def put_event(self, event: Event, partition: int = 0) -> None:
        await self.put(event.event_id, event.to_json(), partition=partition)

    async def put_many(self, count: int, start: int = 0, pause_every: int = 200) -> None:
        """Send `count` events over all partitions, none waited for alone."""
        pending = []
        for number in range(start, start + count):
            event = an_event(f"e{number}")
            pending.append(
                await self.producer.send(
                    self.events, event.to_json(), key=event.event_id.encode(), partition=number % PARTITIONS
                )
            )
            if len(pending) >= pause_every:
                await asyncio.gather(*pending)
                pending.clear()
        await asyncio.gather(*pending)


def _create(servers: str, topics: Sequence[NewTopic]) -> None:
    admin = KafkaAdminClient(bootstrap_servers=servers)
    try:
        admin.create_topics(topics)
    finally:
        admin.close()


@asynccontextmanager
async def topics_for(servers: str, prefix: str, config: dict[str, str] | None = None) -> AsyncIterator[Topics]:
    """Make the feed's topics."""
    config = {"cleanup.policy": "compact"} | (config or {})
    names = [prefix + "events", prefix + "windows"]
    await asyncio.to_thread(_create, servers, [NewTopic(n, PARTITIONS, 1, topic_configs=config) for n in names])
    producer = AIOKafkaProducer(bootstrap_servers=servers, linger_ms=2)
    await producer.start()
    try:
        yield Topics(servers, prefix, producer)
    finally:
        await producer.stop()


@asynccontextmanager
async def running(feed: LiveFeed) -> AsyncIterator[LiveFeed]:
    await feed.start()
    try:
        assert await feed.wait_connected(30), feed.problem
        yield feed
    finally:
        await feed.stop()


@dataclass
class Reader:
    """Follows a feed in a task and keeps what it gets."""

    feed: LiveFeed
    since: Position | None = None
    wanted: FeedFilter = EVERYTHING
    frames: list[Frame] = field(default_factory=list)
    _task: asyncio.Task[None] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Reader:
        self._task = asyncio.create_task(self._follow())
        await self.until(lambda: bool(self.frames))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        async with aclosing(self.feed.follow(self.wanted, self.since)) as frames:
            async for frame in frames:
                self.frames.append(frame)
                self._changed.set()

    @property
    def messages(self) -> list[Frame]:
        return [frame for frame in self.frames if frame.name is not None]

    @property
    def ids(self) -> list[str]:
        """Event ids, in the order received."""
        return [Event.from_json((frame.data or "").encode()).event_id for frame in self.messages]

    async def until(self, condition: Callable[[], bool], within: float = 30) -> None:
        async with asyncio.timeout(within):
            while not condition():
                self._changed.clear()
                assert self._task is not None
                if self._task.done():
                    self._task.result()
                    raise AssertionError("the stream has ended")
                with_timeout = asyncio.wait_for(self._changed.wait(), 0.2)
                await asyncio.gather(with_timeout, return_exceptions=True)

    async def until_count(self, count: int) -> None:
        await self.until(lambda: len(self.messages) >= count)
