"""SubscriptionTable: the subscriptions topic as a table in memory, the same in every service process.

The topic is compacted, so that it holds what is kept and little more. All keys of a subscription lie on one
partition.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from schemas.headers import message_headers
from schemas.record import Record
from schemas.subscription import Progress, Subscription, Waiting
from schemas.topics import MAX_MESSAGE_BYTES

log = logging.getLogger(__name__)

UNREACHABLE = (KafkaError, OSError, TimeoutError)
"""What an unreachable broker raises."""

_ANSWER_WITHIN = 10.0
_RETRY = 1.0
_PROGRESS = "progress"
_BARRIER = b"-"  # a key that no record has


@dataclass(slots=True)
class Entry:
    """All that is kept about one subscription; without a `subscription`, leftovers of one that has ended."""

    subscription: Subscription | None = None
    progress: Progress | None = None
    waiting: dict[str, Waiting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands on Kafka."""

    topic: str
    partition: int
    offset: int


Listener = Callable[[str, Waiting | None], None]
"""Called after a change with the subscription's id, and the message that waits when the change was one."""


class SubscriptionTable:
    """Reads the topic from its beginning on, and writes to it.

    Args:
        servers: Kafka's bootstrap servers.
        topic: full name of the subscriptions topic.
        listener: told of every change, also of those that this process makes.

    Attributes:
        entries: by subscription id.
        topic: the topic's name.
        problem: why the table cannot be relied on; None when it can.
    """

    def __init__(self, servers: str, topic: str, listener: Listener) -> None:
        self.entries: dict[str, Entry] = {}
        self.topic = topic
        self.problem: str | None = "the subscriptions are not read yet"
        self._servers = servers
        self._listener = listener
        self._producer: AIOKafkaProducer | None = None
        self._next: dict[int, int] = {}
        self._moved = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to read, and go on trying; returns at once."""
        self._task = asyncio.create_task(self._run(), name="subscription table")

    async def stop(self) -> None:
        """Leave Kafka."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def partition_of(self, subscription_id: str) -> int:
        """Return the partition of a subscription."""
        return zlib.crc32(subscription_id.encode()) % max(1, len(self._next))

    async def put_subscription(self, subscription: Subscription) -> None:
        """Write a subscription, and wait until it is in the table.

        Raises:
            UNREACHABLE: when that takes too long; the subscription may be there later on.
        """
        place = await self._put(subscription.subscription_id, "", subscription)
        async with asyncio.timeout(_ANSWER_WITHIN):
            await self._has_read(place)

    async def put_progress(self, progress: Progress) -> None:
        """Write how far a subscription has come."""
        await self._put(progress.subscription_id, _PROGRESS, progress)

    async def put_waiting(self, waiting: Waiting) -> Place:
        """Write a message that waits, and return where it stands."""
        return await self._put(waiting.subscription_id, waiting.message_id, waiting)

    async def remove_waiting(self, subscription_id: str, message_id: str) -> None:
        """Take a message away that was delivered, or became a dead letter."""
        await self._put(subscription_id, message_id, None)

    async def remove(self, subscription_id: str) -> None:
        """Take away all that is kept about a subscription, and wait until it is gone from the table.

        Raises:
            UNREACHABLE: when that takes too long; it may be gone later on.
        """
        entry = self.entries.get(subscription_id, Entry())
        place = await self._put(subscription_id, "", None)
        for message_id in list(entry.waiting):
            place = await self._put(subscription_id, message_id, None)
        if entry.progress is not None:
            place = await self._put(subscription_id, _PROGRESS, None)
        async with asyncio.timeout(_ANSWER_WITHIN):
            await self._has_read(place)

    async def send(self, topic: str, key: str, record: Record, kind: str) -> None:
        """Put a record on another topic."""
        await self._connected().send_and_wait(
            topic, record.to_json(), key=key.encode(), headers=message_headers(kind, key, "webhook")
        )

    async def caught_up(self, partition: int) -> None:
        """Wait until all is read that stood on a partition when this was called."""
        await self._has_read(await self._send(_BARRIER, None, "subscription", partition))

    async def _put(self, subscription_id: str, what: str, record: Subscription | Progress | Waiting | None) -> Place:
        key = f"{subscription_id}/{what}" if what else subscription_id
        kind = type(record).__name__.lower() if record is not None else "subscription"
        value = None if record is None else record.to_json()
        return await self._send(key.encode(), value, kind, self.partition_of(subscription_id))

    async def _send(self, key: bytes, value: bytes | None, kind: str, partition: int) -> Place:
        headers = message_headers(kind, key.decode(), "webhook")
        sent = await self._connected().send_and_wait(self.topic, value, key=key, partition=partition, headers=headers)
        return Place(sent.topic, sent.partition, sent.offset)

    def _connected(self) -> AIOKafkaProducer:
        if self._producer is None:
            raise KafkaError(self.problem)
        return self._producer

    async def _has_read(self, place: Place) -> None:
        async with self._moved:
            await self._moved.wait_for(lambda: self._next.get(place.partition, 0) > place.offset)

    async def _run(self) -> None:
        while True:
            try:
                await self._read()
            except UNREACHABLE as error:
                log.warning("subscriptions wait for Kafka: %s", error or type(error).__name__)
            except Exception:
                log.exception("the subscriptions are read again")
            self.problem = "the subscriptions have no connection to Kafka"
            await asyncio.sleep(_RETRY)

    async def _read(self) -> None:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._servers,
            enable_idempotence=True,
            max_request_size=MAX_MESSAGE_BYTES,
            request_timeout_ms=int(_ANSWER_WITHIN * 1000),
        )
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
            request_timeout_ms=int(_ANSWER_WITHIN * 1000),
        )
        try:
            await producer.start()
            await consumer.start()
            partitions = [TopicPartition(self.topic, n) for n in sorted(await producer.partitions_for(self.topic))]
            consumer.assign(partitions)
            for partition in partitions:
                consumer.seek(partition, self._next.setdefault(partition.partition, 0))
            self._producer = producer
            check = asyncio.create_task(self._check(len(partitions)), name="subscriptions caught up")
            try:
                while True:
                    batches = await consumer.getmany(timeout_ms=1000, max_records=500)
                    for records in batches.values():
                        for record in records:
                            self._apply(record)
                    if any(batches.values()):
                        async with self._moved:
                            self._moved.notify_all()
            finally:
                check.cancel()
        finally:
            self._producer = None
            await consumer.stop()
            await producer.stop()

    async def _check(self, partitions: int) -> None:
        for partition in range(partitions):
            while True:
                with suppress(*UNREACHABLE):
                    await self.caught_up(partition)
                    break
                await asyncio.sleep(_RETRY)
        self.problem = None

    def _apply(self, record: ConsumerRecord[bytes, bytes]) -> None:
        self._next[record.partition] = record.offset + 1
        if record.key == _BARRIER:
            return
        subscription_id, _, what = (record.key or b"").decode("utf-8", "replace").partition("/")
        entry = self.entries.setdefault(subscription_id, Entry())
        waiting: Waiting | None = None
        try:
            if not what:
                entry.subscription = None if record.value is None else Subscription.from_json(record.value)
            elif what == _PROGRESS:
                entry.progress = None if record.value is None else Progress.from_json(record.value)
            elif record.value is None:
                entry.waiting.pop(what, None)
            else:
                waiting = entry.waiting[what] = Waiting.from_json(record.value)
        except ValidationError as error:
            log.warning("passing over offset %d of %s: %s", record.offset, self.topic, error)
        if entry == Entry():
            del self.entries[subscription_id]
        if what != _PROGRESS:
            self._listener(subscription_id, waiting)
