"""Recent: the latest messages of the feed in memory, where readers that were away find what they missed."""

from __future__ import annotations

from dataclasses import dataclass

from service.live_messages import Frame, Message
from service.position import Partition, Position


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the hub passed it on; without one, the reset that a feed made anew begins with."""

    partition: Partition | None
    offset: int
    frame: Frame
    message: Message | None


class Recent:
    """Messages by number, counted from the hub's start; the oldest leave when there are too many or too large ones.

    Args:
        most: messages to keep.
        most_bytes: bytes of their records to keep.

    Attributes:
        start: per partition, the offset from which on no message is missing.
        first: number of the oldest message.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: list[Kept] = []
        self._gone = 0
        self.start: dict[Partition, int] = {}
        self.first = 0

    @property
    def after(self) -> int:
        """Number that the next message gets."""
        return self.first + len(self._kept) - self._gone

    def begin(self, position: Position, reset: Frame | None = None) -> None:
        """Forget all; what comes now follows a position. A reset is kept for those who still read what was before."""
        self.first, self._kept, self._gone, self._bytes = self.after, [], 0, 0
        self.start = dict(position)
        if reset is not None:
            self.add(Kept(None, 0, reset, None))

    def add(self, kept: Kept) -> None:
        """Keep a message."""
        self._kept.append(kept)
        self._bytes += _size(kept)
        while self.after - self.first > self._most or self._bytes > self._most_bytes:
            self._drop()

    def covers(self, position: Position) -> bool:
        """Tell whether all that follows a position is here; the position may lie ahead of the hub."""
        return all(position.get(partition, 0) >= offset for partition, offset in self.start.items())

    def get(self, number: int) -> Kept | None:
        """Return a message by its number; None when it has left."""
        return self._kept[number - self.first + self._gone] if number >= self.first else None

    def reset(self) -> Kept | None:
        """Return the reset with which all begins that is kept here, if it does."""
        oldest = self.get(self.first) if self.after > self.first else None
        return oldest if oldest is not None and oldest.partition is None else None

    def _drop(self) -> None:
        oldest = self._kept[self._gone]
        self._bytes -= _size(oldest)
        if oldest.partition is not None:
            self.start[oldest.partition] = oldest.offset + 1
        self._gone += 1
        self.first += 1
        if self._gone > self._most // 8:  # now and then, so that each drop costs next to nothing
            del self._kept[: self._gone]
            self._gone = 0


def _size(kept: Kept) -> int:
    return len(kept.frame.data or "")
