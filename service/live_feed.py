"""LiveFeed: one Kafka consumer that feeds all live readers of this process.

Joining neither skips nor repeats: a reader subscribes to the hub and notes the hub's position, a consumer of its own
reads from the reader's position up to the noted one, and the hub's queue continues from there.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace

from pydantic import ValidationError

from service.feed_log import UNREACHABLE, Entry, FeedLog, FeedTopics, open_log
from service.live_messages import FeedFilter, Frame, read_message
from service.position import Partition, Position, encode, furthest, parse
from service.reader_queue import ReaderQueue
from service.replay import Replay

log = logging.getLogger(__name__)

_FETCH_BYTES = 1_048_576
_BATCH = 100
_PROBE_EVERY = 5.0
_PROBE_WITHIN = 4.0
_FIRST_RETRY = 0.2
_LAST_RETRY = 5.0
_REPLAYS_AT_ONCE = 32
_STOPPING = "the service is stopping"


class FeedUnavailable(RuntimeError):
    """Nobody can join the feed now; the message says why."""


class _MadeAnew(RuntimeError):
    """A topic's offsets have gone back: it was deleted and created again."""


class LiveFeed:
    """The hub between Kafka and the live readers of this process.

    Args:
        servers: Kafka's bootstrap servers.
        events: full name of the events topic.
        windows: full name of the windows topic.
        queue_size: messages that a reader may lag behind before it is disconnected.
        heartbeat: seconds of silence after which a reader gets a sign of life.
        max_readers: most readers at a time.
    """

    def __init__(
        self,
        servers: str,
        *,
        events: str,
        windows: str,
        queue_size: int = 1000,
        heartbeat: float = 15.0,
        max_readers: int = 5000,
    ) -> None:
        self._topics = FeedTopics(servers, events, windows)
        self._queue_size = queue_size
        self._batch = max(1, min(_BATCH, queue_size // 2))  # a batch alone must not fill the queue of a prompt reader
        self._heartbeat = heartbeat
        self._max_readers = max_readers
        self._position: dict[Partition, int] = {}
        self._id = ""
        self._queues: set[ReaderQueue] = set()
        self._readers = 0
        self._replays = asyncio.Semaphore(_REPLAYS_AT_ONCE)
        self._problem: str | None = "the live feed is not started"
        self._connected = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def problem(self) -> str | None:
        """Why nothing comes from Kafka now; None when the feed is connected."""
        return self._problem

    @property
    def readers(self) -> int:
        """How many readers follow now."""
        return self._readers

    async def start(self) -> None:
        """Begin to connect to Kafka and go on trying; returns at once."""
        if self._task is None:
            self._stopping = False
            self._problem = "the live feed is still connecting to Kafka"
            self._task = asyncio.create_task(self._run(), name="live feed")

    async def stop(self) -> None:
        """End all readers' streams and leave Kafka."""
        self._stopping = True
        self._problem = "the live feed is stopping"
        self._connected.clear()
        for queue in list(self._queues):
            self._drop(queue, _STOPPING)
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def wait_connected(self, within: float) -> bool:
        """Wait until Kafka is connected, at most so many seconds; tell whether it is."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._connected.wait()
        return self._connected.is_set()

    def check_joinable(self) -> None:
        """Make sure that a reader may join.

        Raises:
            FeedUnavailable: when the feed never reached Kafka, is stopping, or has all the readers that it can take.
        """
        if self._stopping or not self._position:
            raise FeedUnavailable(self._problem or "the live feed is stopping")
        if self._readers >= self._max_readers:
            raise FeedUnavailable(f"the live feed already has {self._max_readers} readers")

    async def follow(self, wanted: FeedFilter, since: Position | None) -> AsyncGenerator[Frame, None]:
        """Give a reader its frames as they become known; ends only when the reader is too slow or the service stops.

        Args:
            wanted: what the reader wants.
            since: the position it has reached, an empty one for the earliest that Kafka keeps; None for news only.

        Raises:
            FeedUnavailable: see `check_joinable`.
        """
        self.check_joinable()
        queue = ReaderQueue(wanted, self._queue_size)
        self._readers += 1
        try:
            if since is None or since == self._position:
                reached = dict(self._subscribe(queue))
            else:
                replay = Replay(self._topics, wanted, since, self._heartbeat)
                async with aclosing(self._catch_up(replay, queue)) as missed:
                    async for frame in missed:
                        yield frame
                reached = replay.position
            async with aclosing(self._follow(queue, reached)) as news:
                async for frame in news:
                    yield frame
        finally:
            self._queues.discard(queue)
            self._readers -= 1

    def _subscribe(self, queue: ReaderQueue) -> Position:
        queue.joined = dict(self._position)
        if self._stopping:
            queue.end(_STOPPING)
        else:
            self._queues.add(queue)
        return queue.joined

    async def _catch_up(self, replay: Replay, queue: ReaderQueue) -> AsyncGenerator[Frame, None]:
        """Give what the reader missed, and subscribe its queue on the way."""
        while not await self._may_replay():
            yield Frame(encode(replay.position) if replay.position else self._id, comment="waiting")
        try:
            # A long history is read before subscribing, or the queue would overflow meanwhile.
            noted: Position = dict(self._position)
            while replay.lost is None and not self._stopping and replay.lag(noted) > self._queue_size // 2:
                async with aclosing(replay.frames(noted)) as frames:
                    async for frame in frames:
                        yield frame
                noted = dict(self._position)
            noted = self._subscribe(queue)
            if replay.lost is None:
                async with aclosing(replay.frames(noted)) as frames:
                    async for frame in frames:
                        yield frame
        finally:
            self._replays.release()
        if replay.lost is not None:
            replay.position = dict(noted)
            yield _reset(replay.lost, encode(noted))

    async def _may_replay(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._heartbeat):
                return await self._replays.acquire()
        return False

    async def _follow(self, queue: ReaderQueue, reached: Position) -> AsyncGenerator[Frame, None]:
        """Give what the hub queues, from a position on that is nowhere behind the queue's beginning."""
        ahead = {p: offset for p, offset in reached.items() if offset > queue.joined.get(p, 0)}
        last_id = encode(reached)
        yield Frame(last_id, comment="following")
        while True:
            while queue:
                partition, offset, frame = queue.take()
                if partition is None:
                    ahead.clear()
                elif offset < ahead.get(partition, 0):
                    continue
                else:
                    ahead.pop(partition, None)
                if ahead:
                    frame = replace(frame, id=encode(furthest((parse(frame.id), ahead))))
                last_id = frame.id
                yield frame
            if queue.ended is not None:
                yield Frame(last_id, comment=f"{queue.ended}; resume with Last-Event-ID: {last_id}")
                return
            await queue.wait(self._heartbeat)
            if not queue and queue.ended is None:
                last_id = encode(furthest((self._position, ahead)))
                yield Frame(last_id, comment="heartbeat")

    async def _run(self) -> None:
        retry, anew = _FIRST_RETRY, False
        while True:
            try:
                async with open_log(self._topics, _FETCH_BYTES) as feed_log:
                    await self._adopt(feed_log, anew)
                    retry, anew = _FIRST_RETRY, False
                    self._problem = None
                    self._connected.set()
                    await self._pump(feed_log)
            except UNREACHABLE as error:
                log.warning("live feed lost Kafka: %s", error or type(error).__name__)
            except _MadeAnew as error:
                log.warning("live feed starts over: %s", error)
                anew = True
            except Exception:
                log.exception("live feed failed and connects again")
            self._connected.clear()
            self._problem = "the live feed has no connection to Kafka"
            await asyncio.sleep(retry)
            retry = min(retry * 2, _LAST_RETRY)

    async def _adopt(self, feed_log: FeedLog, anew: bool) -> None:
        """Stand where the hub stood before an outage, or at the end at first or when that place is gone."""
        first, ends = await feed_log.bounds()
        position = first | self._position if self._position else ends
        fits = position.keys() == ends.keys() and all(first[p] <= position[p] <= ends[p] for p in ends)
        self._position = position if fits and not anew else ends
        self._id = encode(self._position)
        if not fits or anew:
            reset = _reset("the feed has been made anew or Kafka does not keep this position any more", self._id)
            for queue in list(self._queues):
                if not queue.offer(None, 0, reset):
                    self._drop(queue, "too slow")
        feed_log.seek(self._position)

    async def _pump(self, feed_log: FeedLog) -> None:
        """Pass on what comes, until the partitions change or Kafka is lost."""
        heard = time.monotonic()
        while True:
            entries = await feed_log.read(self._batch, within=1.0)
            for entry in entries:
                self._dispatch(entry)
            if entries:
                heard = time.monotonic()
                await asyncio.sleep(0)  # let the readers empty their queues before the next batch
            elif time.monotonic() - heard > _PROBE_EVERY:
                # A consumer without a broker just stays silent, so silence is looked into.
                await feed_log.bounds(_PROBE_WITHIN)
                heard = time.monotonic()
                if feed_log.repartitioned():
                    return

    def _dispatch(self, entry: Entry) -> None:
        if entry.offset < self._position[entry.partition]:
            raise _MadeAnew(f"offsets of {entry.partition} went back to {entry.offset}")
        self._position[entry.partition] = entry.offset + 1
        self._id = encode(self._position)
        if entry.value is None:
            return  # the retraction before it has told the readers
        try:
            message = read_message(entry.partition.letter, entry.value)
        except ValidationError as error:
            log.warning("live feed passes over %s offset %d: %s", entry.partition, entry.offset, error)
            return
        frame = Frame(self._id, message.name, message.data)
        full = [
            queue
            for queue in self._queues
            if queue.wanted.takes(message) and not queue.offer(entry.partition, entry.offset, frame)
        ]
        for queue in full:
            self._drop(queue, "too slow")

    def _drop(self, queue: ReaderQueue, reason: str) -> None:
        self._queues.discard(queue)
        queue.end(reason)


def _reset(reason: str, position: str) -> Frame:
    return Frame(position, "reset", json.dumps({"reason": reason, "position": position}))
