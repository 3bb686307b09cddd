"""FeedLog: the feed's Kafka topics, read from explicit offsets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from service.position import Letter, Partition, Position

UNREACHABLE = (KafkaError, OSError, TimeoutError)
"""What an unreachable or unfit broker raises."""

_ANSWER_WITHIN = 10.0
_FETCH_WAIT_MS = 200
_stopping: set[asyncio.Task[None]] = set()
"""The event loop itself does not hold on to its tasks."""


@dataclass(frozen=True, slots=True)
class FeedTopics:
    """Where the feed is read: bootstrap servers and full topic names."""

    servers: str
    events: str
    windows: str

    def name(self, letter: Letter) -> str:
        """Return the topic's name."""
        return self.events if letter == "e" else self.windows


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as Kafka holds it; a null value is a tombstone."""

    partition: Partition
    offset: int
    key: str
    value: bytes | None


class FeedLog:
    """A connection to the feed's topics. Open it with `open_log`, then `seek`, then `read`."""

    def __init__(self, consumer: AIOKafkaConsumer, topics: FeedTopics, partitions: Collection[Partition]) -> None:
        self._consumer = consumer
        self._topics = topics
        self.partitions = frozenset(partitions)
        self._reading: dict[TopicPartition, Partition] = {}
        self._idle_since: float | None = None
        self._drained: frozenset[TopicPartition] = frozenset()

    async def bounds(self, within: float = _ANSWER_WITHIN) -> tuple[dict[Partition, int], dict[Partition, int]]:
        """Return the first and the next offset of each partition.

        Raises:
            TimeoutError: when the broker does not answer within so many seconds.
        """
        names = {self._on_broker(partition): partition for partition in self.partitions}
        with anyio.fail_after(within):
            first = await self._consumer.beginning_offsets(list(names))
            ends = await self._consumer.end_offsets(list(names))
        return {names[tp]: n for tp, n in first.items()}, {names[tp]: n for tp, n in ends.items()}

    async def at(self, second: int, within: float = _ANSWER_WITHIN) -> dict[Partition, int]:
        """Return the position of what was sent from a second on (since 1970, UTC).

        Raises:
            TimeoutError: when the broker does not answer within so many seconds.
        """
        names = {self._on_broker(partition): partition for partition in self.partitions}
        with anyio.fail_after(within):
            found = await self._consumer.offsets_for_times(dict.fromkeys(names, max(0, second) * 1000))
        _, ends = await self.bounds(within)
        return {p: ends[p] if found[tp] is None else found[tp].offset for tp, p in names.items()}

    def seek(self, position: Position) -> None:
        """Read these partitions from these offsets, and no others."""
        self._reading = {self._on_broker(partition): partition for partition in position}
        self._consumer.assign(list(self._reading))
        for name, partition in self._reading.items():
            self._consumer.seek(name, position[partition])

    async def read(self, most: int, within: float) -> list[Entry]:
        """Return the next entries, at most so many; none when nothing came within so many seconds."""
        answered = self._answered_while_idle()
        batches: Mapping[TopicPartition, list[ConsumerRecord[bytes, bytes]]] = await self._consumer.getmany(
            max_records=most, timeout_ms=int(within * 1000)
        )
        if any(batches.values()):
            self._idle_since, self._drained = None, frozenset()
        else:
            self._idle_since = self._idle_since or time.time() * 1000  # the clock of the consumer's poll timestamps
            self._drained = answered
        return [
            Entry(self._reading[name], record.offset, (record.key or b"").decode("utf-8", "replace"), record.value)
            for name, records in batches.items()
            for record in records
        ]

    async def reached(self, target: Position) -> bool:
        """Tell whether the reading has come to the target, after a `read`.

        The last offsets before the target may have been compacted away, so that no entry ever reports them. The
        consumer's own position passes over gaps inside the log; a gap at its end shows only in that the broker has
        answered, since there was nothing left to hand out, that it has nothing.
        """
        for name, partition in self._reading.items():
            if name not in self._drained and await self._consumer.position(name) < target[partition]:
                return False
        return True

    def _answered_while_idle(self) -> frozenset[TopicPartition]:
        idle_since = self._idle_since
        if idle_since is None:
            return frozenset()
        return frozenset(name for name in self._reading if (self._consumer.last_poll_timestamp(name) or 0) > idle_since)

    def repartitioned(self) -> bool:
        """Tell whether the topics have other partitions than when this was opened."""
        now = {*_partitions(self._consumer, self._topics, "e"), *_partitions(self._consumer, self._topics, "w")}
        return now != self.partitions

    def _on_broker(self, partition: Partition) -> TopicPartition:
        return TopicPartition(self._topics.name(partition.letter), partition.number)


@asynccontextmanager
async def open_log(topics: FeedTopics, fetch_bytes: int) -> AsyncIterator[FeedLog]:
    """Connect to the feed's topics.

    Args:
        topics: where they are.
        fetch_bytes: most that one partition buffers.

    Raises:
        UNREACHABLE: when the broker cannot be reached or a topic is missing.
    """
    consumer = AIOKafkaConsumer(
        bootstrap_servers=topics.servers,
        # Offsets are checked against the log's bounds before reading; this only serves a topic made anew under us.
        auto_offset_reset="earliest",
        fetch_max_wait_ms=_FETCH_WAIT_MS,
        max_partition_fetch_bytes=fetch_bytes,
        request_timeout_ms=int(_ANSWER_WITHIN * 1000),
    )
    # aiokafka learns of a topic's partitions only through an assignment; `seek` replaces this one.
    first = [TopicPartition(name, 0) for name in (topics.events, topics.windows)]
    try:
        consumer.assign(first)
        await consumer.start()
        consumer.pause(*first)
        yield FeedLog(consumer, topics, [*_partitions(consumer, topics, "e"), *_partitions(consumer, topics, "w")])
    finally:
        await _stopped(consumer)


async def _stopped(consumer: AIOKafkaConsumer) -> None:
    """Stop a consumer, in a task of its own: aiokafka swallows a cancellation that meets it there.

    A reader that left in that moment would follow for ever, and the hub could not be stopped.
    """
    stopping = asyncio.create_task(consumer.stop())
    _stopping.add(stopping)
    stopping.add_done_callback(_stopping.discard)
    with anyio.CancelScope(shield=True):
        await asyncio.wait([stopping], timeout=_ANSWER_WITHIN)


def _partitions(consumer: AIOKafkaConsumer, topics: FeedTopics, letter: Letter) -> list[Partition]:
    numbers = consumer.partitions_for_topic(topics.name(letter))
    if not numbers:
        raise UnknownTopicOrPartitionError(f"topic {topics.name(letter)} is missing")
    return [Partition(letter, number) for number in sorted(numbers)]
