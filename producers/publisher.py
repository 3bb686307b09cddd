"""The one way onto the articles topic: keyed, idempotent, acknowledged by all replicas, counted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from schemas.article import Article
from schemas.headers import message_headers
from schemas.topics import ARTICLES, MAX_MESSAGE_BYTES


class PublishError(RuntimeError):
    """Kafka did not take an article; the message says why."""


@dataclass(frozen=True, slots=True)
class Published:
    """Where an article stands on Kafka."""

    article_id: str
    topic: str
    partition: int
    offset: int


class Publisher:
    """Puts articles onto Kafka; safe to share between threads, closed by `with` or `close`.

    Args:
        bootstrap: `host:port`, several separated by commas.
        prefix: prefix of topic names.
        patience: seconds to wait for the broker before giving up on an article.
    """

    def __init__(self, bootstrap: str, prefix: str, patience: float = 60.0) -> None:
        self.topic = ARTICLES.full_name(prefix)
        self._patience = patience
        self._lock = threading.Lock()
        self._delivered = 0
        self._failures: list[str] = []
        try:
            self._producer: Any = KafkaProducer(
                bootstrap_servers=bootstrap.split(","),
                client_id="dateline-producer",
                acks="all",
                enable_idempotence=True,
                compression_type="lz4",
                linger_ms=5,
                batch_size=262_144,
                max_request_size=MAX_MESSAGE_BYTES,
                max_block_ms=int(patience * 1000),
                delivery_timeout_ms=int(patience * 1000),
                request_timeout_ms=int(min(patience / 2, 15.0) * 1000),
                bootstrap_timeout_ms=int(min(patience, 10.0) * 1000),
                allow_auto_create_topics=False,
            )
        except KafkaError as error:
            raise PublishError(
                f"no Kafka broker answers at {bootstrap} ({_words(error)}): "
                "start one with `dateline up`, or set DATELINE_KAFKA"
            ) from error

    def send(self, article: Article) -> None:
        """Queue an article; waits while the queue is full. Its fate is counted in `delivered` or `failures`.

        Raises:
            PublishError: when the broker stays away longer than the patience.
        """
        self._send(article).add_callback(self._on_delivered).add_errback(self._on_failed, article.article_id)

    def publish(self, articles: Sequence[Article]) -> list[Published]:
        """Put articles onto Kafka and wait until all replicas have them all.

        Raises:
            PublishError: when Kafka did not confirm one within the patience; others may have arrived.
        """
        futures = [self._send(article) for article in articles]
        published = []
        for article, future in zip(articles, futures, strict=True):
            try:
                record = future.get(timeout=self._patience)
            except KafkaError as error:
                raise PublishError(f"Kafka did not confirm {article.article_id}: {_words(error)}") from error
            published.append(Published(article.article_id, record.topic, record.partition, record.offset))
        return published

    def _send(self, article: Article) -> Any:
        try:
            return self._producer.send(
                self.topic,
                key=article.article_id.encode("utf-8"),
                value=article.to_json(),
                headers=message_headers("article", article.article_id, "producer"),
            )
        except KafkaTimeoutError as error:
            raise PublishError(
                f"Kafka did not answer for {self._patience:.0f} s, or topic {self.topic} is missing: "
                "see `dateline doctor`, or make it with `dateline topics`"
            ) from error

    @property
    def delivered(self) -> int:
        """How many articles all replicas have confirmed."""
        return self._delivered

    @property
    def failures(self) -> list[str]:
        """One line for each article that Kafka did not take."""
        return list(self._failures)

    def flush(self) -> None:
        """Wait until every queued article has been confirmed or has failed.

        Raises:
            PublishError: when some are still open after the patience.
        """
        try:
            self._producer.flush(timeout=self._patience)
        except KafkaError as error:
            raise PublishError(f"some articles were not confirmed within {self._patience:.0f} s") from error

    def close(self) -> None:
        """Release the connection; what was not flushed is given up."""
        self._producer.close(timeout=5)

    def _on_delivered(self, _record: object) -> None:
        with self._lock:
            self._delivered += 1

    def _on_failed(self, identifier: str, error: Exception) -> None:
        with self._lock:
            self._failures.append(f"{identifier}: {_words(error)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
