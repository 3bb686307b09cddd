"""Faust's consumer, mended where it loses messages that it has fetched, and where it lets them wait."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from faust.transport.drivers import aiokafka
from faust.types import TP, Message

KNOWN_WITHIN = 30.0
"""Seconds in which the broker must tell of a topic; a worker that waits longer ends."""


class _Thread(aiokafka.AIOKafkaConsumerThread):
    """Faust's connection to the broker; joins its group once all its topics are known.

    A topic that was just created (a changelog, at the first start) may be missing from what the broker tells. Who joins
    without it is assigned none of its partitions for a minute, and a rebalance in it does not recover them.
    """

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Wait until the topics are known, then subscribe to them."""
        wanted = set(topics)
        await self.call_thread(self._until_known, wanted)
        await super().subscribe(wanted)

    async def _until_known(self, topics: set[str]) -> None:
        client = self._ensure_consumer()._client
        client.set_topics(topics)
        async with asyncio.timeout(KNOWN_WITHIN):
            while True:
                await client.force_metadata_update()
                if all(client.cluster.partitions_for_topic(topic) for topic in topics):
                    return
                await asyncio.sleep(0.1)

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        wanted: Any = self.consumer
        # Faust has no settings for these
        consumer._fetch_max_wait_ms, consumer._fetch_min_bytes = wanted.fetch_wait_ms, wanted.fetch_bytes
        return consumer


class Consumer(aiokafka.Consumer):
    """Commits nothing behind a message that was fetched and is not acknowledged, and begins a partition at its head.

    Faust drops what it has fetched whenever its flow is interrupted (a rebalance, a broker's restart). It then goes
    back to the committed offsets; where none is committed, or 0 is, it reads on from where the fetch had come to. And
    a gap of a single message behind the committed offset it takes for none, and commits past it. Here an open message
    holds the commits back, so that who watches them ends the worker, and the next one reads the message again.

    Attributes:
        fetch_wait_ms: longest that the broker lets a fetch wait. A partition whose messages are in hand still is left
            out of the next fetch, and waits for its end: 1.5 s with Faust.
        fetch_bytes: as many end the wait.
    """

    fetch_wait_ms = 100
    fetch_bytes = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open: defaultdict[TP, set[int]] = defaultdict(set)

    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:  # noqa: ASYNC109 - Faust's name
        """Yield what is fetched, and remember the offsets until they are acknowledged."""
        acks_enabled_for = self.app.topics.acks_enabled_for
        async for tp, message in super().getmany(timeout):
            committed = self._committed_offset[tp] or 0
            fresh = message.offset >= committed and message.offset not in self._acked_index[tp]
            if fresh and acks_enabled_for(message.topic):
                self._open[tp].add(message.offset)
            yield tp, message

    def ack(self, message: Message) -> bool:
        """Mark a message as acknowledged."""
        self._open[message.tp].discard(message.offset)
        return bool(super().ack(message))

    def _new_offset(self, tp: TP) -> int | None:
        offset: int | None = super()._new_offset(tp)
        return offset if offset is None else min((offset, *self._open[tp]))

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek all partitions to their committed offsets; those of agents without one to their first message."""
        committed = await super().seek_to_committed()
        self._open.clear()
        changelogs: Any = self.app.tables.changelog_topics  # recovery seeks these itself
        fresh = [tp for tp, offset in committed.items() if not offset and tp.topic not in changelogs]
        if fresh:
            await self.seek_wait(await self.earliest_offsets(*fresh))
        return committed


class Gathering(Consumer):
    """The same for what no event waits for: it fetches once and again, not each message as it comes."""

    fetch_wait_ms = 500
    fetch_bytes = 1_048_576
