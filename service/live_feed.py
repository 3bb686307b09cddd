"""LiveFeed: one Kafka consumer that feeds all live readers of this process.

Joining neither skips nor repeats. The hub keeps its latest messages in memory, numbered in the order in which it passed
them on. A reader walks through them from its position on, and where it comes to the end its queue is subscribed before
anything else can run. Only who was away for longer is read to from Kafka, by a consumer of its own, up to what the hub
still keeps.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from dataclasses import replace

from pydantic import ValidationError

from service.feed_log import UNREACHABLE, Entry, FeedLog, FeedTopics, open_log
from service.live_filter import FeedFilter
from service.live_index import FilterIndex
from service.live_messages import Frame, read_message
from service.position import Partition, Position, encode, furthest, parse
from service.reader_queue import ReaderQueue
from service.recent import Kept, Recent
from service.replay import Replay
from service.revisions import Revisions
from service.shown import Shown

log = logging.getLogger(__name__)

_FETCH_BYTES = 1_048_576
_BATCH = 100
_KEPT = 8000
_KEPT_BYTES = 16_777_216
_REMEMBERED = 50_000
_PROBE_EVERY = 5.0
_PROBE_WITHIN = 4.0
_FIRST_RETRY = 0.2
_LAST_RETRY = 5.0
_REPLAYS_AT_ONCE = 32
_STOPPING = "the service is stopping"
_TOO_SLOW = "too slow"


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
        kept: messages to keep in memory for readers that come back.
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
        kept: int = _KEPT,
    ) -> None:
        self._topics = FeedTopics(servers, events, windows)
        self._queue_size = queue_size
        # a batch alone must not fill the queue of a prompt reader, nor drop what it has yet to take
        self._batch = max(1, min(_BATCH, queue_size // 2, kept // 2))
        self._heartbeat = heartbeat
        self._max_readers = max_readers
        self._kept = kept
        self._position: dict[Partition, int] = {}
        self._id = ""
        self._recent = Recent(kept, _KEPT_BYTES)
        self._revisions = Revisions(_REMEMBERED)
        self._queues: FilterIndex[ReaderQueue] = FilterIndex()
        self._readers = 0
        self._replays = asyncio.Semaphore(_REPLAYS_AT_ONCE)
        self._problem: str | None = "the live feed is not started"
        self._begun = False
        self._connected = asyncio.Event()
        self._log: FeedLog | None = None
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
        for queue in self._queues:
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
        if self._stopping or not self._begun:
            raise FeedUnavailable(self._problem or "the live feed is stopping")
        if self._readers >= self._max_readers:
            raise FeedUnavailable(f"the live feed already has {self._max_readers} readers")

    async def position_at(self, second: int) -> Position:
        """Return the position of what came onto the feed from a second on (since 1970, UTC).

        Raises:
            FeedUnavailable: when Kafka cannot tell now.
        """
        self.check_joinable()
        if self._log is None:
            raise FeedUnavailable(self._problem or _STOPPING)
        try:
            return await self._log.at(second)
        except UNREACHABLE as error:
            raise FeedUnavailable("the live feed has no connection to Kafka") from error

    async def follow(
        self, wanted: FeedFilter, since: Position | None, shown: Shown | None = None
    ) -> AsyncGenerator[Frame, None]:
        """Give a reader its frames as they become known; ends only when the reader is too slow or the service stops.

        Args:
            wanted: what the reader wants.
            since: the position it has reached, an empty one for the earliest that Kafka keeps; None for news only.
            shown: what of the feed it has got already, beyond this position.

        Raises:
            FeedUnavailable: see `check_joinable`.
        """
        self.check_joinable()
        queue, shown = ReaderQueue(wanted, self._queue_size), shown or Shown({})
        self._readers += 1
        try:
            reached = self._position if since is None else since
            if self._holds(reached):
                reached = {partition: reached.get(partition, 0) for partition in self._position}
            else:
                replay = Replay(self._topics, wanted, reached, self._heartbeat, shown)
                async with aclosing(self._catch_up(replay)) as missed:
                    async for frame in missed:
                        yield frame
                reached = replay.position
            async with aclosing(self._follow(queue, dict(reached), shown)) as news:
                async for frame in news:
                    yield frame
        finally:
            self._queues.discard(wanted, queue)
            self._readers -= 1

    def _holds(self, position: Position) -> bool:
        """Tell whether a position needs no look at Kafka: all after it is in memory, and the hub has been there."""
        known = position.keys() <= self._position.keys() and self._recent.covers(position)
        return known and all(position.get(p, 0) <= n for p, n in self._position.items())

    async def _catch_up(self, replay: Replay) -> AsyncGenerator[Frame, None]:
        """Give what the reader missed and the hub does not keep any more."""
        while not await self._may_replay():
            yield Frame(replay.id, comment="waiting")
        try:
            while True:
                async with aclosing(replay.frames(dict(self._position))) as frames:
                    async for frame in frames:
                        yield frame
                if replay.lost is not None or self._stopping or self._recent.covers(replay.position):
                    break
        finally:
            self._replays.release()
        if replay.lost is not None:
            replay.position = dict(self._position)
            yield _reset(replay.lost, self._id)

    async def _may_replay(self) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._heartbeat):
                return await self._replays.acquire()
        return False

    async def _follow(
        self, queue: ReaderQueue, ahead: dict[Partition, int], shown: Shown
    ) -> AsyncGenerator[Frame, None]:
        """Give what the hub has passed on and passes on after a position, which may lie ahead of the hub's."""
        last_id = encode(ahead)
        yield Frame(last_id, comment="following")
        for missed in self._missed(queue, ahead):
            if (frame := _placed(missed, ahead, shown)) is not None:
                last_id = frame.id
                yield frame
        while True:
            while queue:
                kept = self._recent.get(queue.take()) or self._recent.reset()
                if kept is None:
                    self._drop(queue, _TOO_SLOW)
                    break
                if (frame := _placed(kept, ahead, shown)) is not None:
                    last_id = frame.id
                    yield frame
            if queue.ended is not None:
                yield Frame(last_id, comment=f"{queue.ended}; resume with Last-Event-ID: {last_id}")
                return
            await queue.wait(self._heartbeat)
            if not queue and queue.ended is None:
                last_id = encode(furthest((self._position, ahead)))
                yield Frame(last_id, comment="heartbeat")

    def _missed(self, queue: ReaderQueue, reached: Position) -> Iterator[Kept]:
        """Walk through the messages in memory; subscribe the queue in the moment in which there are no more."""
        recent = self._recent
        joined_after_reset = recent.reset() is not None
        number = recent.after if reached == self._position else recent.first + joined_after_reset
        while number < recent.after:
            kept = recent.get(number)
            if kept is None:
                kept, number = recent.reset(), recent.first
                if kept is None:
                    queue.end(_TOO_SLOW)
                    return
            number += 1
            if kept.message is None or queue.wanted.takes(kept.message):
                yield kept
        if self._stopping:
            queue.end(_STOPPING)
        else:
            self._queues.add(queue.wanted, queue)

    async def _run(self) -> None:
        retry, anew = _FIRST_RETRY, False
        while True:
            try:
                async with open_log(self._topics, _FETCH_BYTES) as self._log:
                    await self._adopt(self._log, anew)
                    retry, anew = _FIRST_RETRY, False
                    self._problem = None
                    self._connected.set()
                    await self._pump(self._log)
            except UNREACHABLE as error:
                log.warning("live feed lost Kafka: %s", error or type(error).__name__)
            except _MadeAnew as error:
                log.warning("live feed starts over: %s", error)
                anew = True
            except Exception:
                log.exception("live feed failed and connects again")
            self._log = None
            self._connected.clear()
            self._problem = "the live feed has no connection to Kafka"
            await asyncio.sleep(retry)
            retry = min(retry * 2, _LAST_RETRY)

    async def _adopt(self, feed_log: FeedLog, anew: bool) -> None:
        """Stand where the hub stood before an outage, or at the end when that place is gone.

        At first the latest messages are read, so that readers who come back after a restart find in memory what they
        missed, and so that repeats of these messages are known for what they are.
        """
        first, ends = await feed_log.bounds()
        if not self._begun:
            back = self._kept // len(ends)
            self._stand({p: max(first[p], ends[p] - back) for p in ends})
            feed_log.seek(self._position)
            while not await feed_log.reached(ends):
                for entry in await feed_log.read(_BATCH, within=0.5):
                    self._dispatch(entry)
            self._position = furthest((self._position, ends))
            self._id = encode(self._position)
            self._begun = True
            return
        position = first | self._position
        fits = position.keys() == ends.keys() and all(first[p] <= position[p] <= ends[p] for p in ends)
        if not fits or anew:
            self._stand(ends, "the feed has been made anew or Kafka does not keep this position any more")
        feed_log.seek(self._position)

    def _stand(self, position: Position, reason: str | None = None) -> None:
        """Begin at a position; where readers follow already, a reason is given to them."""
        self._position, self._id = dict(position), encode(position)
        self._revisions.forget()
        self._recent.begin(position, None if reason is None else _reset(reason, self._id))
        for queue in self._queues:
            queue.begin_anew(self._recent.first)

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
        if not self._revisions.is_new(message.key, message.revision):
            return
        number = self._recent.after
        self._recent.add(Kept(entry.partition, entry.offset, Frame(self._id, message.name, message.data), message))
        for queue in self._queues.readers_of(message):
            if not queue.offer(number):
                self._drop(queue, _TOO_SLOW)

    def _drop(self, queue: ReaderQueue, reason: str) -> None:
        self._queues.discard(queue.wanted, queue)
        queue.end(reason)


def _placed(kept: Kept, ahead: dict[Partition, int], shown: Shown) -> Frame | None:
    """Return the frame of a message for a reader that is ahead of the hub in some partitions; None when it has it."""
    if kept.partition is None or kept.message is None:
        ahead.clear()
        return kept.frame
    if kept.offset < ahead.get(kept.partition, 0) or shown.has(kept.partition, kept.message.key, kept.offset):
        return None
    if not ahead:
        return kept.frame
    position = parse(kept.frame.id)
    reached = furthest((position, ahead))
    if reached == position:
        ahead.clear()
        return kept.frame
    return replace(kept.frame, id=encode(reached))


def _reset(reason: str, position: str) -> Frame:
    return Frame(position, "reset", json.dumps({"reason": reason, "position": position}))
