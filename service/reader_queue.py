"""ReaderQueue: what the hub has for one live reader, bounded."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from service.live_filter import FeedFilter


class ReaderQueue:
    """Numbers of messages (see `Recent`) on their way to one reader.

    The messages themselves stay where they are kept for all, so that slow readers hold no memory: one that falls so far
    behind that its next message has left is too slow, as is one whose queue is full.

    Args:
        wanted: what the reader wants.
        size: most messages that wait.

    Attributes:
        ended: why no more messages come; None while they do.
    """

    def __init__(self, wanted: FeedFilter, size: int) -> None:
        self.wanted = wanted
        self.ended: str | None = None
        self._size = size
        self._numbers: deque[int] = deque()
        self._news = asyncio.Event()

    def __len__(self) -> int:
        return len(self._numbers)

    def offer(self, number: int) -> bool:
        """Add a message; False when there is no room."""
        if len(self._numbers) >= self._size:
            return False
        self._numbers.append(number)
        self._news.set()
        return True

    def begin_anew(self, number: int) -> None:
        """Drop what waits for a reset that makes it void."""
        self._numbers.clear()
        self._numbers.append(number)
        self._news.set()

    def end(self, reason: str) -> None:
        """Take no more messages; what already waits is still read."""
        self.ended = reason
        self._news.set()

    def take(self) -> int:
        """Return the oldest.

        Raises:
            IndexError: when there is none.
        """
        return self._numbers.popleft()

    async def wait(self, within: float) -> None:
        """Wait for a message or the end, at most so many seconds."""
        if self._numbers or self.ended is not None:
            return
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._news.wait()
