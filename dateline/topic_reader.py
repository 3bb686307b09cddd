"""Read a stretch of a topic: from a place to the end as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from dateline.broker import BrokerUnavailable
from schemas.topics import MAX_MESSAGE_BYTES

_POLL_MS = 500
_QUIET_POLLS = 6


def read_topic(
    bootstrap: str, topic: str, *, offsets: Mapping[int, int] | None = None, since_ms: int | None = None
) -> Iterator[Any]:
    """Iterate over the records of a topic, in order within each partition.

    Args:
        bootstrap: `host:port`, several separated by commas.
        topic: its full name.
        offsets: first offset of each partition to read; others are not read. By default all from the beginning.
        since_ms: instead, the Unix milliseconds at which a record must have been written, or later.

    Raises:
        BrokerUnavailable: when no broker answers, or it goes away.
    """
    try:
        consumer = KafkaConsumer(
            bootstrap_servers=bootstrap.split(","),
            client_id="dateline-operator",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        )
    except KafkaError as error:
        raise BrokerUnavailable(f"No Kafka broker answers at {bootstrap} ({type(error).__name__})") from error
    with closing(consumer):
        try:
            numbers = consumer.partitions_for_topic(topic) or set()
            wanted = [TopicPartition(topic, n) for n in sorted(numbers) if offsets is None or n in offsets]
            yield from _read(consumer, wanted, offsets, since_ms)
        except KafkaError as error:
            raise BrokerUnavailable(f"{topic} could not be read: {type(error).__name__}: {error}") from error


def _read(
    consumer: Any, wanted: list[TopicPartition], offsets: Mapping[int, int] | None, since_ms: int | None
) -> Iterator[Any]:
    if not wanted:
        return
    consumer.assign(wanted)
    ends = consumer.end_offsets(wanted)
    if since_ms is not None:
        found = consumer.offsets_for_times(dict.fromkeys(wanted, since_ms))
        starts = {tp: found[tp].offset if found.get(tp) else ends[tp] for tp in wanted}
    else:
        first = consumer.beginning_offsets(wanted)
        starts = {tp: max(first[tp], offsets[tp.partition] if offsets else 0) for tp in wanted}
    for partition, start in starts.items():
        consumer.seek(partition, start)
    quiet = 0
    # The last offsets may have been compacted away: then the end is known by nothing more coming.
    while quiet < _QUIET_POLLS and any(consumer.position(tp) < ends[tp] for tp in wanted):
        batches = consumer.poll(timeout_ms=_POLL_MS)
        quiet = 0 if batches else quiet + 1
        for partition, records in batches.items():
            yield from (record for record in records if record.offset < ends[partition])
