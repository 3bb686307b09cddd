"""ReaderQueue: what the hub has for one live reader, bounded."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from service.live_messages import FeedFilter, Frame
from service.position import Partition, Position


class ReaderQueue:
    """Frames on their way to one reader; when it is full, it takes no more and ends once it is read empty.

    Args:
        wanted: what the reader wants.
        size: most frames that wait.

    Attributes:
        joined: position of the hub when the queue was subscribed; the queue has all that came after it.
        ended: why no more frames come; None while they do.
    """

    def __init__(self, wanted: FeedFilter, size: int) -> None:
        self.wanted = wanted
        self.joined: Position = {}
        self.ended: str | None = None
        self._size = size
        self._frames: deque[tuple[Partition | None, int, Frame]] = deque()
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._frames)

    def offer(self, partition: Partition | None, offset: int, frame: Frame) -> bool:
        """Add a frame that stands at an offset, or with no partition one from the hub itself; False when full."""
        if len(self._frames) >= self._size:
            return False
        self._frames.append((partition, offset, frame))
        self._news.set()
        return True

    def end(self, reason: str) -> None:
        """Take no more frames; what already waits is still read."""
        self.ended = reason
        self._news.set()

    def take(self) -> tuple[Partition | None, int, Frame]:
        """Return the oldest frame.

        Raises:
            IndexError: when there is none.
        """
        return self._frames.popleft()

    async def wait(self, within: float) -> None:
        """Wait for a frame or the end, at most so many seconds."""
        if self._frames or self.ended is not None:
            return
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._news.wait()
