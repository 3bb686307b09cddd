"""SubscriptionShare: which partitions of the subscriptions this process delivers, among all of the service."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from service.subscription_table import UNREACHABLE

log = logging.getLogger(__name__)

_RETRY = 1.0
_SESSION_MS = 10_000

Change = Callable[[frozenset[int]], Awaitable[None]]
"""Called with the partitions that are this process's from now on; those that it loses it must have left on return."""


class SubscriptionShare:
    """Membership of a consumer group that commits nothing: Kafka gives each partition to one live process.

    A process that is killed loses its partitions to the others after the session timeout.

    Args:
        servers: Kafka's bootstrap servers.
        topic: full name of the subscriptions topic.
        group: name of the group.
        change: told of each change.
    """

    def __init__(self, servers: str, topic: str, group: str, change: Change) -> None:
        self._servers = servers
        self._topic = topic
        self._group = group
        self._change = change
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Join, and go on trying; returns at once."""
        self._task = asyncio.create_task(self._run(), name="subscription share")

    async def stop(self) -> None:
        """Leave the group, so that the others take over at once."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self._belong()
            except UNREACHABLE as error:
                log.warning("webhooks wait for Kafka: %s", error or type(error).__name__)
            await self._change(frozenset())
            await asyncio.sleep(_RETRY)

    async def _belong(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="latest",
            session_timeout_ms=_SESSION_MS,
            heartbeat_interval_ms=2000,
        )
        consumer.subscribe([self._topic], listener=_Listener(consumer, self._change))
        try:
            await consumer.start()
            while True:
                # Nothing is read: all partitions are paused. But a member that never asks is put out of the group.
                await consumer.getmany(timeout_ms=1000)
        finally:
            await consumer.stop()


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    def __init__(self, consumer: AIOKafkaConsumer, change: Change) -> None:
        self._consumer = consumer
        self._change = change

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        await self._change(frozenset())

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        self._consumer.pause(*assigned)
        await self._change(frozenset(partition.partition for partition in assigned))
