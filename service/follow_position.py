"""From which position of the live feed a reader of the timeline goes on: what the store has, as the feed counts it."""

from __future__ import annotations

from schemas.topics import EVENTS, WINDOWS
from service.position import Letter, Partition, Position, encode
from store.query import FeedPosition

_LETTERS: dict[str, Letter] = {EVENTS.name: "e", WINDOWS.name: "w"}


def follow_from(stored: FeedPosition) -> str:
    """Return the id from which to follow, so that nothing is missed; of what is known some may come again."""
    return encode(position_of(stored))


def position_of(stored: FeedPosition) -> Position:
    """Return the position from which to follow; partitions of which nothing is stored are read from their beginning."""
    position = {Partition("e", 0): 0, Partition("w", 0): 0}
    for (topic, number), offset in stored.items():
        for name, letter in _LETTERS.items():
            if topic.endswith(name):
                position[Partition(letter, number)] = offset
    return position
