"""Shown: what of the feed a reader has got already, from the store."""

from __future__ import annotations

from service.position import Letter, Partition, Position, parse


class Shown:
    """Records of the store that came with messages behind the position from which their reader follows.

    Only these are remembered: what the feed tells before them, and they themselves, are old news to the reader.

    Args:
        position: from which the reader will follow.
    """

    def __init__(self, position: Position) -> None:
        self._position = position
        self._offsets: dict[tuple[Letter, str], int] = {}
        self._until: dict[Partition, int] = {}

    def add(self, partition: Partition, key: str, offset: int) -> None:
        """Note that the reader has got a record, which came at an offset."""
        if offset >= self._position.get(partition, 0):
            self._offsets[partition.letter, key] = offset
            self._until[partition] = max(self._until.get(partition, 0), offset + 1)

    def has(self, partition: Partition, key: str, offset: int) -> bool:
        """Tell whether the reader has got what stands at an offset, or something newer of the same key."""
        return bool(self._offsets) and offset <= self._offsets.get((partition.letter, key), -1)

    def forget(self) -> None:
        """Forget all: the feed has been made anew, or has come past all that is remembered."""
        self._offsets, self._until = {}, {}

    def passed(self, position: str) -> bool:
        """Tell whether a position (an id) lies behind all that is remembered, which is then forgotten."""
        if self._until:
            reached = parse(position)
            if any(reached.get(partition, 0) < offset for partition, offset in self._until.items()):
                return False
            self.forget()
        return True
