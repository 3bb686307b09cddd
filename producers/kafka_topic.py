"""An existing Kafka topic as a source: JSON rows, with a mapping where their shape is another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from producers.items import Found, Item, NoSuchSource, Skipped, Unreadable
from producers.mapping import mapped

_COMMIT_EVERY = 1000


def read_topic(
    address: str, mapping: dict[str, str], safe: Callable[[], None], *, follow: bool = False
) -> Iterator[Item]:
    """Read the messages of a topic that the consumer group `dateline.source.TOPIC` has not read yet.

    Offsets are committed only after `safe` has returned, so that a restarted reader goes on where all is on Kafka.

    Args:
        address: `kafka://host:port/topic`; several brokers are separated by commas.
        mapping: article fields and where they stand in a message, see `producers.mapping`.
        safe: returns when all items given so far are on the articles topic, raises when they are not.
        follow: whether to wait for further messages once the present end is reached.

    Raises:
        NoSuchSource: when no broker answers or the topic does not exist.
    """
    parts = urlsplit(address)
    topic = parts.path.strip("/")
    if not topic or not parts.netloc:
        raise NoSuchSource(f"{address} names no topic; write kafka://host:port/topic")
    try:
        consumer: Any = KafkaConsumer(
            bootstrap_servers=parts.netloc.split(","), group_id=f"dateline.source.{topic}",
            enable_auto_commit=False, auto_offset_reset="earliest", bootstrap_timeout_ms=10_000,
        )  # fmt: skip
    except KafkaError as error:
        raise NoSuchSource(f"no Kafka broker answers at {parts.netloc}: {error}") from error
    try:
        partitions = consumer.partitions_for_topic(topic)
        if not partitions:
            raise NoSuchSource(f"there is no topic {topic} at {parts.netloc}")
        yield from _read(
            consumer, [TopicPartition(topic, number) for number in sorted(partitions)], mapping, safe, follow
        )
    finally:
        consumer.close(autocommit=False)


def _read(
    consumer: Any, partitions: list[TopicPartition], mapping: dict[str, str], safe: Callable[[], None], follow: bool
) -> Iterator[Item]:
    consumer.assign(partitions)
    ends = consumer.end_offsets(partitions)
    uncommitted = 0
    while follow or any(consumer.position(partition) < ends[partition] for partition in partitions):
        for messages in consumer.poll(timeout_ms=500).values():
            for message in messages:
                yield _item(message, mapping)
                uncommitted += 1
        if uncommitted and (uncommitted >= _COMMIT_EVERY or follow):
            _commit(consumer, partitions, safe)
            uncommitted = 0
    if uncommitted:
        _commit(consumer, partitions, safe)


def _commit(consumer: Any, partitions: list[TopicPartition], safe: Callable[[], None]) -> None:
    safe()
    consumer.commit({
        partition: OffsetAndMetadata(consumer.position(partition), "", -1) for partition in partitions
    })  # fmt: skip


def _item(message: Any, mapping: dict[str, str]) -> Item:
    where = f"{message.topic}[{message.partition}]@{message.offset}"
    if message.value is None:
        return Skipped(where, "a tombstone")
    try:
        return Found(where, mapped(json.loads(message.value.decode("utf-8-sig")), mapping))
    except (ValueError, RecursionError) as error:
        return Unreadable(where, f"not JSON: {error}")
