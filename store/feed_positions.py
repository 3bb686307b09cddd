"""Up to where the feeds have been written into the store, so that a reader of the timeline can follow from there."""

from __future__ import annotations

from collections.abc import Iterable

from clickhouse_connect.driver.client import Client

from store.errors import explained
from store.query import FeedPosition, Origin


def read_feed_position(client: Client) -> FeedPosition:
    """Return per (topic, partition) the offset before which everything is in the store."""
    with explained("reading the feed's position"):
        rows = client.query(
            "SELECT topic, partition, max(next_offset) FROM feed_positions GROUP BY topic, partition"
        ).result_rows
    return {(str(topic), int(partition)): int(offset) for topic, partition, offset in rows}


def write_feed_position(client: Client, origins: Iterable[Origin]) -> None:
    """Remember that everything up to these messages is written; to be called after it is."""
    position: dict[tuple[str, int], int] = {}
    for origin in origins:
        key = origin.topic, origin.partition
        position[key] = max(position.get(key, 0), origin.offset + 1)
    if not position:
        return
    with explained("writing the feed's position"):
        client.insert(
            "feed_positions",
            [(topic, partition, offset) for (topic, partition), offset in position.items()],
            column_names=["topic", "partition", "next_offset"],
            column_type_names=["String", "Int32", "UInt64"],
        )
