"""Position: how far a reader of the live feed has come, as the id of an SSE message.

A position names the next offset of every partition of the feed's topics, `e` for events and `w` for windows:
`e:0-12,1-15;w:0-3` has read offsets 0 to 11 of partition 0 of the events, and so on. The notation is canonical:
each position has exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Letter = Literal["e", "w"]

_NUMBER = "(?:0|[1-9][0-9]{0,18})"
_OFFSETS = f"{_NUMBER}-{_NUMBER}(?:,{_NUMBER}-{_NUMBER})*"
_POSITION = re.compile(f"e:({_OFFSETS});w:({_OFFSETS})")
_LONGEST = 65_536
_LARGEST_OFFSET = 2**63 - 1


class PositionError(ValueError):
    """A text that is no position of the live feed."""


class Partition(NamedTuple):
    """One partition of a feed topic: `e` for events, `w` for windows, and its number."""

    letter: Letter
    number: int


Position = Mapping[Partition, int]
"""The next offset to read of each partition; at least one of events and one of windows."""


def encode(position: Position) -> str:
    """Write a position as an id, such as `e:0-12,1-15;w:0-3`."""
    return ";".join(f"{letter}:{_encode_offsets(letter, position)}" for letter in ("e", "w"))


def parse(text: str) -> dict[Partition, int]:
    """Read a position from its id.

    Raises:
        PositionError: when the text is not exactly what `encode` writes.
    """
    match = _POSITION.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise PositionError("not an id of this feed; pass back an id as it was received, such as e:0-12,1-15;w:0-3")
    position: dict[Partition, int] = {}
    for letter, offsets in zip(("e", "w"), match.groups(), strict=True):
        last = -1
        for pair in offsets.split(","):
            number, offset = map(int, pair.split("-"))
            if number <= last or offset > _LARGEST_OFFSET:
                raise PositionError("not an id of this feed: its partitions are out of order or its offsets too large")
            position[Partition(letter, number)] = offset  # type: ignore[arg-type] # zip forgets the literals
            last = number
    return position


def furthest(positions: Iterable[Position]) -> dict[Partition, int]:
    """Return the furthest offset of each partition that any of the positions names."""
    result: dict[Partition, int] = {}
    for position in positions:
        for partition, offset in position.items():
            result[partition] = max(offset, result.get(partition, 0))
    return result


def _encode_offsets(letter: str, position: Position) -> str:
    return ",".join(f"{p.number}-{position[p]}" for p in sorted(position) if p.letter == letter)
