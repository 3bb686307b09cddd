"""WebhookDelivery: one subscription, from the live feed to its receiver.

What was read from the feed is either delivered, or stands on the subscriptions topic as waiting, before the position
moves past it. So a process that ends at any moment loses nothing, and at most repeats what it delivered since its last
note of the position: under the same `webhook-id`.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.dead_letter import DeadLetter
from schemas.record import stable_id
from schemas.subscription import Progress, Subscription, Waiting
from service.live_feed import FeedUnavailable, LiveFeed
from service.live_messages import Frame, FrameName
from service.parameters import LiveParameters
from service.position import parse
from service.subscription_table import UNREACHABLE, Entry, SubscriptionTable
from service.webhook_lanes import Journal, Mark, Slots
from service.webhook_retry import RetryPlan
from service.webhook_sender import WallClock, WebhookSender

_AT_ONCE = 4
_MOST_IN_HAND = 100
_NOTE_EVERY = 1.0
_RETRY = 1.0


class NotDelivered(Exception):
    """A receiver did not take a message at any attempt."""


@dataclass(slots=True)
class _Item:
    """A message in hand; `stored` when it stands on the table, `mark` when it was read from the feed just now."""

    waiting: Waiting
    stored: bool = False
    mark: Mark | None = None


class _Gone(Exception):
    """The receiver wants no more."""


@dataclass(frozen=True, slots=True)
class Means:
    """What all deliveries of a process share.

    Attributes:
        feed: where the messages come from.
        table: keeps what must survive the process.
        sender: makes the attempts.
        plan: when to try again.
        dead_letters: full name of the topic for what is given up.
        clock: the present.
        process: names this process among all that ever write to the table.
    """

    feed: LiveFeed
    table: SubscriptionTable
    sender: WebhookSender
    plan: RetryPlan
    dead_letters: str
    clock: WallClock
    process: str


class WebhookDelivery:
    """Delivers one subscription until it is cancelled or its receiver is gone.

    Args:
        subscription: what to deliver, and where.
        entry: what the table keeps of it.
        means: what it works with.
    """

    def __init__(self, subscription: Subscription, entry: Entry, means: Means) -> None:
        self._subscription = subscription
        self._entry = entry
        self._means = means
        start = entry.progress.position if entry.progress else subscription.start
        self._progress = entry.progress or Progress(subscription_id=subscription.subscription_id, position=start)
        self._noted = self._progress
        self._journal = Journal(start)
        self._lanes: dict[str, deque[_Item]] = {}
        self._stuck: set[str] = set()
        self._in_hand: set[str] = set()
        self._room = asyncio.Event()
        self._slots = Slots(_AT_ONCE)
        self._sequence = 0
        self._tasks = asyncio.TaskGroup()
        self._delivering = False

    async def run(self) -> None:
        """Deliver. Only cancellation, a receiver that is gone, and a lost Kafka end it.

        Raises:
            ExceptionGroup: of what came in the way; whoever runs this starts another one from what the table keeps.
        """
        try:
            async with self._tasks:
                self._delivering = True
                for waiting in sorted(self._entry.waiting.values(), key=lambda one: one.sequence):
                    self.put_back(waiting)
                self._tasks.create_task(self._note_regularly())
                self._tasks.create_task(self._read())
        except* _Gone:
            pass
        finally:
            self._delivering = False
            with suppress(*UNREACHABLE):
                await self._note()

    def put_back(self, waiting: Waiting) -> None:
        """Deliver a message that the table keeps, after what its lane has; between runs, leave it to the next."""
        if self._delivering and waiting.message_id not in self._in_hand:
            self._sequence = max(self._sequence, waiting.sequence + 1)
            self._enqueue(_Item(waiting, stored=True))

    async def _read(self) -> None:
        wanted = LiveParameters.model_validate(self._subscription.filters).wanted()
        since = self._journal.position
        while True:
            with suppress(FeedUnavailable):
                async with aclosing(self._means.feed.follow(wanted, parse(since) if since else {})) as frames:
                    async for frame in frames:
                        if frame.name is not None:
                            await self._take(frame, frame.name)
                        elif frame.id:
                            self._journal.read(frame.id, settled=True)
                        since = frame.id or since
            await asyncio.sleep(_RETRY)

    async def _take(self, frame: Frame, kind: FrameName) -> None:
        """Take a message into hand, once there is room for it."""
        while len(self._in_hand) >= _MOST_IN_HAND:
            self._room.clear()
            await self._room.wait()
        data = frame.data or "{}"
        message_id = stable_id("m", self._subscription.subscription_id, kind, data)
        if message_id in self._in_hand:
            self._journal.read(frame.id, settled=True)
            return
        record = json.loads(data)
        item = _Item(
            Waiting(
                subscription_id=self._subscription.subscription_id,
                message_id=message_id,
                lane=str(record.get("event_id") or record.get("window") or kind),
                sequence=self._sequence,
                body=f'{{"type":"{kind}","timestamp":"{self._now()}","data":{data}}}',
                writer=self._means.process,
            ),
            mark=self._journal.read(frame.id, settled=False),
        )
        self._sequence += 1
        self._enqueue(item)
        if item.waiting.lane in self._stuck:
            await self._store(item)

    def _enqueue(self, item: _Item) -> None:
        self._in_hand.add(item.waiting.message_id)
        lane = self._lanes.get(item.waiting.lane)
        if lane is None:
            self._lanes[item.waiting.lane] = deque([item])
            self._tasks.create_task(self._drain(item.waiting.lane))
        else:
            lane.append(item)

    async def _drain(self, name: str) -> None:
        """Deliver what is in a lane, in order, until it is empty."""
        lane = self._lanes[name]
        while lane:
            item = lane[0]
            while not await self._try(item):
                self._stuck.add(name)
                for behind in list(lane):
                    await self._store(behind)
            self._stuck.discard(name)
            lane.popleft()
            self._in_hand.discard(item.waiting.message_id)
            self._room.set()
        del self._lanes[name]

    async def _try(self, item: _Item) -> bool:
        """Make an attempt when its time has come; tell whether the message is settled."""
        await asyncio.sleep(max(0.0, item.waiting.next_try - self._means.clock()))
        async with self._slots.one():
            outcome = await self._means.sender.send(
                self._subscription.url, self._subscription.secret, item.waiting.message_id, item.waiting.body.encode()
            )
            self._slots.well = outcome.failure is None
        if outcome.failure is None:
            self._count(delivered=self._progress.delivered + 1, last_delivered=self._now(), failing=None)
            await self._settle(item)
            return True
        self._count(failing=outcome.failure)
        if outcome.gone:
            self._count(ended=f"the receiver {outcome.failure}")
            raise _Gone
        tries = item.waiting.tries + 1
        pause = self._means.plan.pause(tries, random.random(), outcome.asked)
        if pause is None:
            await self._give_up(item, NotDelivered(f"{outcome.failure}, at the last of {tries} attempts"))
            return True
        item.waiting = item.waiting.model_copy(update={"tries": tries, "next_try": self._means.clock() + pause})
        item.stored = False
        return False

    async def _store(self, item: _Item) -> None:
        if not item.stored:
            item.waiting = item.waiting.model_copy(update={"writer": self._means.process})
            await self._means.table.put_waiting(item.waiting)
            item.stored = True
        if item.mark is not None:
            item.mark.settled = True

    async def _settle(self, item: _Item) -> None:
        if item.stored or item.waiting.tries:
            await self._means.table.remove_waiting(item.waiting.subscription_id, item.waiting.message_id)
        if item.mark is not None:
            item.mark.settled = True

    async def _give_up(self, item: _Item, error: NotDelivered) -> None:
        """Make a dead letter; what it holds can be put back on the table as it is, to be tried anew."""
        anew = item.waiting.model_copy(update={"tries": 0, "next_try": 0.0, "writer": ""})
        place = await self._means.table.put_waiting(item.waiting)
        item.stored = True
        letter = DeadLetter.of(
            topic=place.topic, partition=place.partition, offset=place.offset, stage="webhook", error=error,
            key=f"{anew.subscription_id}/{anew.message_id}".encode(), value=anew.to_json(),
            now=datetime.fromtimestamp(self._means.clock(), UTC),
        )  # fmt: skip
        key = f"{place.topic}:{place.partition}:{place.offset}"
        await self._means.table.send(self._means.dead_letters, key, letter, "dead-letter")
        self._count(dead_lettered=self._progress.dead_lettered + 1)
        await self._settle(item)

    def _count(self, **changed: object) -> None:
        self._progress = self._progress.model_copy(update=changed)

    async def _note_regularly(self) -> None:
        while True:
            await asyncio.sleep(_NOTE_EVERY)
            await self._note()

    async def _note(self) -> None:
        """Write down how far the subscription has come, unless it was ended meanwhile."""
        self._count(position=self._journal.position)
        if self._progress != self._noted and self._entry.subscription is not None:
            await self._means.table.put_progress(self._progress)
            self._noted = self._progress

    def _now(self) -> str:
        return datetime.fromtimestamp(self._means.clock(), UTC).isoformat(timespec="seconds")
