"""What a subscription has in hand: messages in lanes, one lane for each event or window."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Mark:
    """A position of the feed that was read, and whether what stood before it needs this process no more."""

    position: str
    settled: bool


class Journal:
    """Positions in the order read; tells the last up to which all is settled."""

    def __init__(self, position: str) -> None:
        self._position = position
        self._marks: deque[Mark] = deque()

    def read(self, position: str, *, settled: bool) -> Mark:
        """Note that the feed was read up to a position."""
        mark = Mark(position, settled)
        self._marks.append(mark)
        return mark

    @property
    def position(self) -> str:
        """The last position up to which all is settled."""
        while self._marks and self._marks[0].settled:
            self._position = self._marks.popleft().position
        return self._position


class Slots:
    """Bounds the attempts that run at once: several while the receiver takes what it gets, one while it does not.

    So a receiver that hangs holds one connection, however much there is for it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._running = 0
        self._changed = asyncio.Condition()
        self.well = True

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold a slot for one attempt, which sets `well` before it gives the slot back."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._running < (self._most if self.well else 1))
            self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            async with self._changed:
                self._changed.notify_all()
