"""Which messages may have been written before: what came by Kafka for the first time was not.

Before a batch is written, its offsets are noted per partition. A message behind what is noted was never tried; what
comes again after a crash was. One that stands before it and was sent later than all that is noted was never tried
either: the topic was made anew, and its offsets say nothing any longer of what the store holds. From then on everything
of its partition counts as tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clickhouse_connect.driver.client import Client

from store.errors import explained
from store.query import Origin

EVERYTHING = 2**63
"""An offset behind all that there are."""


@dataclass(frozen=True, slots=True)
class Attempted:
    """What was tried of a partition: all before an offset, the latest of it sent at a time in milliseconds."""

    next_offset: int
    latest: int


Attempts = Mapping[tuple[str, int], Attempted]
"""Per (topic, partition)."""

_NOTHING = Attempted(0, -(2**63))


def note_attempt(client: Client, origins: Iterable[Origin]) -> dict[tuple[str, int], int]:
    """Note what is about to be written.

    Returns:
        per (topic, partition) of the messages the offset before which they may have been written already.
    """
    before = read_attempts(client)
    after = with_batch(before, origins)
    with explained("noting what is written"):
        client.insert(
            "feed_attempts",
            [(*key, one.next_offset, one.latest) for key, one in after.items()],
            column_names=["topic", "partition", "next_offset", "latest"],
            column_type_names=["String", "Int32", "UInt64", "Int64"],
        )
    return {
        key: EVERYTHING if one.next_offset == EVERYTHING else before.get(key, _NOTHING).next_offset
        for key, one in after.items()
    }


def read_attempts(client: Client) -> Attempts:
    """Return what was tried."""
    with explained("reading what was written"):
        rows = client.query(
            "SELECT topic, partition, max(next_offset), max(latest) FROM feed_attempts GROUP BY topic, partition"
        ).result_rows
    return {(str(topic), int(partition)): Attempted(int(offset), int(time)) for topic, partition, offset, time in rows}


def with_batch(attempts: Attempts, origins: Iterable[Origin]) -> dict[tuple[str, int], Attempted]:
    """Return what was tried once these messages are, of their partitions."""
    seen: dict[tuple[str, int], Attempted] = {}
    for origin in origins:
        key = origin.topic, origin.partition
        before = attempts.get(key, _NOTHING)
        now = seen.get(key, before)
        anew = origin.offset < before.next_offset and origin.time > before.latest
        offset = EVERYTHING if anew else origin.offset + 1
        if offset > now.next_offset or origin.time > now.latest:
            seen[key] = Attempted(max(now.next_offset, offset), max(now.latest, origin.time))
        else:
            seen[key] = now
    return seen
