"""Subscriptions: what webhooks there are, and this process's share of delivering them."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from schemas.subscription import Subscription, Waiting
from service.live_feed import LiveFeed
from service.parameters import LiveParameters
from service.subscription_share import SubscriptionShare
from service.subscription_table import UNREACHABLE, Entry, SubscriptionTable
from service.webhook_delivery import Means, WebhookDelivery
from service.webhook_network import Network, resolve
from service.webhook_retry import RetryPlan
from service.webhook_sender import WallClock, WebhookSender
from service.webhook_signature import new_secret

log = logging.getLogger(__name__)

MOST = 200
"""Subscriptions that there may be; each may hold a few connections."""

_START_AGAIN = 2.0
_PORTS = {"http": 80, "https": 443}


class TooMany(RuntimeError):
    """There are as many subscriptions as there may be."""


@dataclass(frozen=True, slots=True)
class WebhookOptions:
    """What may be set about webhooks.

    Attributes:
        networks: networks that may be reached although they are not public, such as `10.0.0.0/8`.
        plan: when a delivery is tried again.
        answer_within: seconds that a receiver has to answer.
    """

    networks: Sequence[Network] = ()
    plan: RetryPlan = field(default_factory=RetryPlan)
    answer_within: float = 15.0


@dataclass(slots=True)
class _Running:
    """The task that delivers a subscription, and what it is about at the moment."""

    task: asyncio.Task[None]
    delivery: WebhookDelivery | None = None


class Subscriptions:
    """The subscriptions of a cluster, as one process of the service sees and serves them.

    Args:
        servers: Kafka's bootstrap servers.
        topic: full name of the subscriptions topic.
        dead_letters: full name of the topic for what could not be delivered.
        group: name of the consumer group that shares the subscriptions among the processes.
        feed: where their messages come from.
        clock: the present, as Unix seconds.
        options: what may be set.

    Attributes:
        feed: the same.
    """

    def __init__(
        self,
        servers: str,
        *,
        topic: str,
        dead_letters: str,
        group: str,
        feed: LiveFeed,
        clock: WallClock,
        options: WebhookOptions,
    ) -> None:
        self.feed = feed
        self._clock = clock
        self._options = options
        self._table = SubscriptionTable(servers, topic, self._changed)
        self._share = SubscriptionShare(servers, topic, group, self._shared)
        self._sender = WebhookSender(clock, options.networks, options.answer_within)
        process = secrets.token_hex(8)
        self._means = Means(feed, self._table, self._sender, options.plan, dead_letters, clock, process)
        self._owned: frozenset[int] = frozenset()
        self._taking_over: asyncio.Task[None] | None = None
        self._running: dict[str, _Running] = {}
        self._ending: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def problem(self) -> str | None:
        """Why subscriptions can be neither listed nor changed now; None when they can."""
        return self._table.problem

    async def start(self) -> None:
        """Begin to read and deliver; returns at once."""
        await self._table.start()
        await self._share.start()

    async def stop(self) -> None:
        """Stop delivering, write down how far each subscription is, and leave it to the other processes."""
        await self._share.stop()
        await self._shared(frozenset())
        for task in list(self._tasks):
            task.cancel()
        await self._table.stop()
        await self._sender.close()

    def all(self) -> list[tuple[Subscription, Entry]]:
        """Return all subscriptions, the oldest first, with what is kept about each."""
        found = [(one.subscription, one) for one in self._table.entries.values() if one.subscription is not None]
        return sorted(found, key=lambda one: (one[0].created_at, one[0].subscription_id))

    def find(self, subscription_id: str) -> tuple[Subscription, Entry] | None:
        """Return a subscription with what is kept about it, None when there is none of this id."""
        entry = self._table.entries.get(subscription_id)
        return None if entry is None or entry.subscription is None else (entry.subscription, entry)

    async def check_receiver(self, url: str) -> None:
        """Make sure that a receiver can be reached in principle.

        Raises:
            httpcore.ConnectError: when its host is unknown, or `Forbidden` when it is not public.
        """
        parts = urlsplit(url)
        await resolve(parts.hostname or "", parts.port or _PORTS[parts.scheme], self._options.networks)

    async def create(self, url: str, filters: dict[str, Any], start: str | None, secret: str | None) -> Subscription:
        """Add a subscription and return it once it is kept.

        Args:
            url: of the receiver.
            filters: parameters of the live feed.
            start: position after which deliveries begin, empty for the earliest; None for what is new from now on.
            secret: signs the deliveries; by default a new one.

        Raises:
            TooMany: when there may be no more.
            FeedUnavailable: when it is to begin now, and the live feed is down.
            KafkaError: when Kafka is.
        """
        if len(self.all()) >= MOST:
            raise TooMany(f"there are {MOST} subscriptions already")
        subscription = Subscription(
            subscription_id=f"s_{secrets.token_hex(10)}",
            url=url,
            filters=filters,
            secret=secret or new_secret(),
            start=await self._position() if start is None else start,
            created_at=datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
        )
        await self._table.put_subscription(subscription)
        return subscription

    async def remove(self, subscription_id: str) -> None:
        """End a subscription; nothing is delivered any more once this returns, but for an attempt under way.

        Raises:
            KafkaError: when Kafka is down.
        """
        await self._table.remove(subscription_id)

    async def _position(self) -> str:
        async with aclosing(self.feed.follow(LiveParameters().wanted(), None)) as frames:
            async for frame in frames:
                return frame.id
        raise AssertionError("the feed tells its position before anything else")

    def _changed(self, subscription_id: str, waiting: Waiting | None) -> None:
        """Follow a change of the table where the subscription is ours."""
        if self._table.partition_of(subscription_id) not in self._owned:
            return
        entry = self._table.entries.get(subscription_id)
        running = self._running.get(subscription_id)
        if entry is None or entry.subscription is None:
            if (entry is not None or running is not None) and subscription_id not in self._ending:
                self._ending.add(subscription_id)
                self._background(self._end(subscription_id))
        elif running is None:
            self._running[subscription_id] = _Running(self._background(self._keep_delivering(subscription_id)))
        elif waiting is not None and waiting.writer != self._means.process and running.delivery is not None:
            running.delivery.put_back(waiting)

    async def _end(self, subscription_id: str) -> None:
        """Stop delivering a subscription that was taken away, and take away what is left of it."""
        try:
            await self._stop_delivering(subscription_id)
            if subscription_id in self._table.entries:
                await self._table.remove(subscription_id)
        except UNREACHABLE as error:
            log.warning("what is left of subscription %s stays for now: %s", subscription_id, error)
        finally:
            self._ending.discard(subscription_id)

    async def _shared(self, owned: frozenset[int]) -> None:
        """Stop delivering, and take over the partitions that are ours now once all is read that others wrote there."""
        self._owned = frozenset()
        if self._taking_over is not None:
            self._taking_over.cancel()
        await asyncio.gather(*map(self._stop_delivering, list(self._running)))
        self._taking_over = self._background(self._take_over(owned)) if owned else None

    async def _take_over(self, owned: frozenset[int]) -> None:
        for partition in owned:
            await self._caught_up(partition)
        self._owned = owned
        for subscription_id in list(self._table.entries):
            self._changed(subscription_id, None)

    async def _caught_up(self, partition: int) -> None:
        while True:
            with suppress(*UNREACHABLE):
                await self._table.caught_up(partition)
                return
            await asyncio.sleep(_START_AGAIN)

    async def _keep_delivering(self, subscription_id: str) -> None:
        """Deliver until the receiver is gone; after an outage of Kafka start again from what the table keeps."""
        while (found := self.find(subscription_id)) is not None:
            progress = found[1].progress
            if progress is not None and progress.ended is not None:
                return
            delivery = WebhookDelivery(*found, self._means)
            self._running[subscription_id].delivery = delivery
            try:
                await delivery.run()
            except Exception as error:
                log.warning("deliveries of subscription %s start again: %s", subscription_id, error, exc_info=error)
            else:
                return
            await asyncio.sleep(_START_AGAIN)
            await self._caught_up(self._table.partition_of(subscription_id))

    async def _stop_delivering(self, subscription_id: str) -> None:
        running = self._running.pop(subscription_id, None)
        if running is not None:
            running.task.cancel()
            await asyncio.gather(running.task, return_exceptions=True)

    def _background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
