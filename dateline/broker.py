"""What Dateline asks of a Kafka cluster as its administrator: readiness, topics, lag."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    GroupIdNotFoundError,
    KafkaError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
)

from schemas.topics import MAX_MESSAGE_BYTES, TOPICS


class BrokerUnavailable(RuntimeError):
    """No broker answered; the message says where it was sought and what to do."""


@contextmanager
def admin(bootstrap: str, timeout: float = 10.0) -> Iterator[KafkaAdminClient]:
    """Open an administrative connection and close it afterwards.

    Args:
        bootstrap: `host:port`, several separated by commas.
        timeout: seconds to wait for a first answer.

    Raises:
        BrokerUnavailable: when no broker answers in time.
    """
    try:
        client = KafkaAdminClient(
            bootstrap_servers=bootstrap.split(","),
            client_id="dateline-admin",
            bootstrap_timeout_ms=int(timeout * 1000),
            request_timeout_ms=15_000,
        )
    except KafkaError as error:
        raise BrokerUnavailable(
            f"No Kafka broker answers at {bootstrap} ({type(error).__name__}): start one with `dateline up`, "
            "or set DATELINE_KAFKA to your cluster"
        ) from error
    try:
        yield client
    finally:
        client.close()


def wait_ready(bootstrap: str, timeout: float, alive: Callable[[], bool]) -> None:
    """Wait until a broker answers a metadata request.

    Args:
        bootstrap: its address.
        timeout: seconds to wait at most.
        alive: tells whether the broker's process still runs.

    Raises:
        BrokerUnavailable: when it ends or the time is over.
    """
    deadline = time.monotonic() + timeout
    while True:
        try:
            with admin(bootstrap, timeout=1.0) as client:
                client.list_topics()
            return
        except (BrokerUnavailable, KafkaError) as error:
            if not alive():
                raise BrokerUnavailable("Kafka ended while starting") from error
            if time.monotonic() > deadline:
                raise BrokerUnavailable(f"Kafka did not answer at {bootstrap} within {timeout:.0f} s") from error
            time.sleep(0.1)


def create_topics(bootstrap: str, prefix: str, partitions: int, replication: int) -> list[str]:
    """Create the topics that are missing and return their names; existing ones are left as they are.

    Raises:
        BrokerUnavailable: when no broker answers.
    """
    with admin(bootstrap) as client:
        existing = set(client.list_topics())
        wanted: dict[str, dict[str, Any]] = {
            topic.full_name(prefix): {
                "num_partitions": partitions,
                "replication_factor": replication,
                "configs": topic.config | {"max.message.bytes": str(MAX_MESSAGE_BYTES)},
            }
            for topic in TOPICS
            if topic.full_name(prefix) not in existing
        }
        if wanted:
            try:
                client.create_topics(wanted, wait_for_metadata=True)
            except TopicAlreadyExistsError:  # another process was faster
                client.wait_for_topics(list(wanted))
        return list(wanted)


@dataclass(frozen=True, slots=True)
class TopicState:
    """One topic on the broker: its partitions and how many offsets they span."""

    name: str
    partitions: int
    messages: int


def describe_topics(bootstrap: str, prefix: str) -> list[TopicState]:
    """Return the state of each of Dateline's topics that exists.

    Raises:
        BrokerUnavailable: when no broker answers.
    """
    names = [topic.full_name(prefix) for topic in TOPICS]
    with admin(bootstrap) as client:
        existing = set(client.list_topics())
        described = client.describe_topics([name for name in names if name in existing]) if existing else []
        states = []
        for topic in described:
            partitions = [TopicPartition(topic["name"], row["partition_index"]) for row in topic["partitions"]]
            ends = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
            starts = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.EARLIEST))
            span = sum(ends[tp].offset - starts[tp].offset for tp in partitions)
            states.append(TopicState(topic["name"], len(partitions), span))
    return sorted(states, key=lambda state: names.index(state.name))


def group_lag(client: KafkaAdminClient, group: str, topics: list[str]) -> dict[TopicPartition, tuple[int, int]]:
    """Return (committed offset, end offset) for each partition of the topics; 0 where nothing is committed yet."""
    partitions = [
        TopicPartition(topic["name"], row["partition_index"])
        for topic in client.describe_topics(topics)
        for row in topic["partitions"]
    ]
    ends = client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
    try:
        committed = client.list_group_offsets({group: None})[group]
    except (GroupIdNotFoundError, CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError):
        committed = {}  # none has committed yet, or the broker has just started and finds its groups again
    return {tp: (max(committed[tp].offset, 0) if tp in committed else 0, ends[tp].offset) for tp in partitions}
