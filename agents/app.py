"""The Faust application: its settings are the loss-free recipe, so they stand in one place (docs/adr/0001)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faust
from faust.types import EventT
from mode.supervisors import CrashingSupervisor

from agents.consumer import Consumer, Gathering
from schemas.topics import MAX_MESSAGE_BYTES, Topic

Stream = Any
"""A Faust stream: its `noack_take` yields lists of `Event`, which Faust's own types deny."""

Event = EventT[bytes]
"""A received message, as Faust wraps it."""

RAW: Any = faust.Schema(key_serializer="raw", value_serializer="raw")
"""Bytes in, bytes out: agents decode in their own body, where what cannot be decoded becomes a dead letter."""

BATCH = 200
WITHIN = 0.05
"""Most messages an agent takes at once, and the seconds it waits for them."""

WITHIN_BESIDE = 0.25
"""The same for windows, which no event waits for: each batch costs a revision of each, so that larger ones leave the
processor to extraction and corroboration."""

WITHIN_STORE = 1.0
"""The same for the store: each batch costs some inserts, however small it is."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the agents find Kafka, and how its topics are laid out.

    Attributes:
        bootstrap: `host:port`, several separated by commas.
        prefix: prefix of topic names and consumer groups.
        partitions: partition count of the topics as they are on the broker.
        replication: replicas of the changelog topics that tables create.
        folder: where a worker may keep files.
    """

    bootstrap: str
    prefix: str
    partitions: int
    replication: int
    folder: Path


def group_name(prefix: str, role: str) -> str:
    """Return the consumer group (Faust application id) of a role."""
    return f"{prefix}{role}"


def create_app(role: str, cluster: Cluster) -> faust.App:
    """Return an application for one role (extract, timeline, sink), which is also its consumer group.

    A failing agent takes the process down at once (`CrashingSupervisor`), uncommitted offsets bring its messages back,
    and whoever supervises the process starts it again: with any other supervisor Faust acknowledges what failed.
    """
    app = faust.App(
        group_name(cluster.prefix, role),
        broker=[f"kafka://{address}" for address in cluster.bootstrap.split(",")],
        datadir=str(cluster.folder / f"faust-{role}"),
        store="memory://",
        topic_partitions=cluster.partitions,
        topic_replication_factor=cluster.replication,
        topic_disable_leader=True,
        web_enabled=False,
        agent_supervisor=CrashingSupervisor,
        stream_wait_empty=False,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        broker_max_poll_records=BATCH,
        broker_commit_interval=0.5,
        # A killed worker's partitions stay blocked for its session timeout; Faust's default is a minute.
        broker_session_timeout=10.0,
        broker_heartbeat_interval=2.0,
        producer_acks=-1,
        producer_compression_type="lz4",
        # What a batch sends goes out in a few requests; else whatever is queued while one is on its way makes another.
        producer_linger=0.005,
        producer_max_request_size=MAX_MESSAGE_BYTES,
        worker_redirect_stdouts=False,
        key_serializer="raw",
        value_serializer="raw",
    )
    transport: Any = app.transport
    transport.Consumer = Gathering if role == "sink" else Consumer
    return app


def topic_of(app: faust.App, topic: Topic, cluster: Cluster) -> faust.TopicT:
    """Return the application's handle of one of Dateline's topics."""
    return app.topic(topic.full_name(cluster.prefix), schema=RAW, partitions=cluster.partitions)
