"""Put messages back on the topics they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from dateline.broker import BrokerUnavailable
from dateline.dead_letters import Found
from dateline.topic_reader import read_topic
from schemas.headers import message_headers
from schemas.topics import ARTICLES, EVENTS, MAX_MESSAGE_BYTES, MENTIONS, SUBSCRIPTIONS, WINDOWS

_CONFIRM_WITHIN = 30.0
_KINDS = (
    (ARTICLES, "article"), (MENTIONS, "mention"), (EVENTS, "event"), (WINDOWS, "window"), (SUBSCRIPTIONS, "waiting")
)  # fmt: skip
_LAST_HOLDS = (ARTICLES, EVENTS, WINDOWS)
"""Topics on which a later message takes the place of an earlier one of its key, and so must not come before it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be put back, and where it stood."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    name: str


@dataclass
class Replayed:
    """What became of the messages: how many were put back, and why others were not."""

    sent: int = 0
    passed_over: list[str] = field(default_factory=list)


def letters_to_replay(bootstrap: str, prefix: str, letters: Iterable[Found], result: Replayed) -> Iterator[Message]:
    """Iterate over the messages behind dead letters; those that have been superseded are noted in the result.

    A message that two stages refused is given once.

    Raises:
        BrokerUnavailable: when no broker answers.
    """
    by_origin = {found.origin: found for found in letters}
    names = {topic.full_name(prefix) for topic, _ in _KINDS}
    last_holds = {topic.full_name(prefix) for topic in _LAST_HOLDS}
    newest: dict[tuple[str, bytes | None], tuple[int, int]] = {}
    for name in sorted({topic for topic, _, _ in by_origin if topic in last_holds}):
        starts: dict[int, int] = {}
        for topic, partition, offset in by_origin:
            if topic == name:
                starts[partition] = min(offset, starts.get(partition, offset))
        for record in read_topic(bootstrap, name, offsets=starts):
            newest[name, record.key] = (record.partition, record.offset)
    for (topic, partition, offset), found in sorted(by_origin.items()):
        where = f"{found.id} ({topic}:{partition}:{offset})"
        if topic not in names:
            result.passed_over.append(f"{where}: {topic} is no topic that messages are put back on")
        elif newest.get((topic, found.key), (partition, offset)) > (partition, offset):
            result.passed_over.append(f"{where}: the topic has a later message of the same key, which holds")
        else:
            yield Message(topic, partition, found.key, found.value, where)


def articles_to_replay(bootstrap: str, prefix: str, since_ms: int, until_ms: int) -> Iterator[Message]:
    """Iterate over the articles whose last revision was put on Kafka within [since, until), Unix milliseconds.

    Withdrawn articles and earlier revisions are left out.

    Raises:
        BrokerUnavailable: when no broker answers.
    """
    topic = ARTICLES.full_name(prefix)
    last = {record.key: (record.partition, record.offset) for record in read_topic(bootstrap, topic, since_ms=since_ms)}
    for record in read_topic(bootstrap, topic, since_ms=since_ms):
        held = last.get(record.key) == (record.partition, record.offset)
        if held and record.value is not None and record.timestamp < until_ms:
            yield Message(
                topic, record.partition, record.key, record.value, (record.key or b"").decode("utf-8", "replace")
            )


def replay(bootstrap: str, prefix: str, messages: Iterable[Message], result: Replayed) -> None:
    """Put messages back, each on its partition, and wait until Kafka has them all.

    Raises:
        BrokerUnavailable: when Kafka does not confirm one.
    """
    kinds = {topic.full_name(prefix): kind for topic, kind in _KINDS}
    try:
        producer: Any = KafkaProducer(
            bootstrap_servers=bootstrap.split(","),
            client_id="dateline-replay",
            acks="all",
            enable_idempotence=True,
            compression_type="lz4",
            max_request_size=MAX_MESSAGE_BYTES,
            allow_auto_create_topics=False,
        )
    except KafkaError as error:
        raise BrokerUnavailable(f"No Kafka broker answers at {bootstrap} ({type(error).__name__})") from error
    try:
        pending = []
        for one in messages:
            headers = message_headers(kinds[one.topic], (one.key or b"").decode("utf-8", "replace"), "replay")
            sent = producer.send(one.topic, key=one.key, value=one.value, partition=one.partition, headers=headers)
            pending.append(sent)
        for sent in pending:
            sent.get(timeout=_CONFIRM_WITHIN)
            result.sent += 1
    except KafkaError as error:
        raise BrokerUnavailable(
            f"Kafka confirmed {result.sent} messages, then {type(error).__name__}: {error}"
        ) from error
    finally:
        producer.close(timeout=5)
