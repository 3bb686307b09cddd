"""Replay: what a reader has missed, read from Kafka by a consumer of its own."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

from pydantic import ValidationError

from service.feed_log import UNREACHABLE, Entry, FeedLog, FeedTopics, open_log
from service.live_filter import FeedFilter
from service.live_messages import Frame, Message, lost_retraction, read_message
from service.position import Partition, Position, encode
from service.revisions import Revisions
from service.shown import Shown

log = logging.getLogger(__name__)

_FETCH_BYTES = 262_144
_BATCH = 500
_RETRY = 1.0
_LOOK_BACK = 500
"""Messages before a reader's position, per partition, that are read to know their repeats for what they are."""

_REMEMBERED = 50_000


class Replay:
    """Reads from a reader's position up to a target, in one or more goes.

    Args:
        topics: where the feed is.
        wanted: what the reader wants.
        since: the reader's position; partitions that it does not name are read from their beginning.
        heartbeat: seconds without a frame after which a sign of life is due.
        shown: what the reader has got already, beyond its position.

    Attributes:
        position: how far the reader has come.
        lost: why the replay is impossible; None as long as it is not.
    """

    def __init__(self, topics: FeedTopics, wanted: FeedFilter, since: Position, heartbeat: float, shown: Shown) -> None:
        self.position: dict[Partition, int] = dict(since)
        self.lost: str | None = None
        self._topics = topics
        self._wanted = wanted
        self._heartbeat = heartbeat
        self._shown = shown
        self._resumes = bool(since)
        self._first: Position = {}
        self._gaps: set[Partition] = set()
        self._retracted: set[str] = set()
        self._revisions = Revisions(_REMEMBERED)
        self._looked_back = not self._resumes

    @property
    def id(self) -> str:
        """The position as an id; empty for a reader from the earliest who has got nothing yet."""
        return encode(self.position) if self.position else ""

    async def frames(self, target: Position) -> AsyncGenerator[Frame, None]:
        """Read on to the target, through outages; ends there, or early with `lost` set."""
        while True:
            try:
                async with open_log(self._topics, _FETCH_BYTES) as feed_log:
                    if not await self._stands_in(feed_log):
                        return
                    async with aclosing(self._read(feed_log, target)) as frames:
                        async for frame in frames:
                            yield frame
                    return
            except UNREACHABLE as error:
                log.warning("live replay waits for Kafka: %s", error)
            yield self._sign_of_life()
            await asyncio.sleep(_RETRY)

    async def _stands_in(self, feed_log: FeedLog) -> bool:
        """Complete the position; tell whether Kafka still has what follows it."""
        first, ends = await feed_log.bounds()
        for partition, offset in self.position.items():
            if partition not in first:
                self.lost = f"partition {partition.number} of the feed does not exist any more"
            elif offset < first[partition]:
                self.lost = "Kafka does not keep what came after this position any more"
            elif offset > ends[partition]:
                self.lost = "the position lies beyond the end of the feed, which has been made anew"
        self.position = first | self.position
        self._first = first
        return self.lost is None

    async def _read(self, feed_log: FeedLog, target: Position) -> AsyncGenerator[Frame, None]:
        start = {p: self.position[p] for p, offset in target.items() if self.position[p] < offset}
        if not start:
            return
        first = {} if self._looked_back else {p: max(n - _LOOK_BACK, self._first[p]) for p, n in start.items()}
        feed_log.seek(start | first)
        last_sign = time.monotonic()
        while not await feed_log.reached(target):
            for entry in await feed_log.read(_BATCH, within=0.5):
                if entry.offset < self.position[entry.partition]:
                    self._message(entry)
                elif entry.offset < target[entry.partition]:
                    for message in self._pass(entry):
                        last_sign = time.monotonic()
                        yield Frame(encode(self.position), message.name, message.data)
            if time.monotonic() - last_sign > self._heartbeat:
                last_sign = time.monotonic()
                yield self._sign_of_life()
        self._looked_back = True
        for partition in start:
            self.position[partition] = target[partition]

    def _pass(self, entry: Entry) -> Iterator[Message]:
        """Move past an entry; give its message when the reader wants it."""
        if self._resumes and entry.offset != self.position[entry.partition]:
            self._gaps.add(entry.partition)
        self.position[entry.partition] = entry.offset + 1
        message = self._message(entry)
        told = message is None or self._shown.has(entry.partition, message.key, entry.offset)
        if message is not None and not told and self._wanted.takes(message):
            yield message

    def _message(self, entry: Entry) -> Message | None:
        if entry.value is None:
            # A retraction is a last revision, then a tombstone. Compaction takes the revision first, so where offsets
            # are missing the tombstone may be all that tells the reader.
            unheard = entry.partition.letter == "e" and entry.partition in self._gaps
            return lost_retraction(entry.key) if unheard and entry.key not in self._retracted else None
        try:
            message = read_message(entry.partition.letter, entry.value)
        except ValidationError:
            return None
        if not message.is_news:
            self._retracted.add(message.key)
        return message if self._revisions.is_new(message.key, message.revision) else None

    def _sign_of_life(self) -> Frame:
        return Frame(self.id, comment="catching up")
