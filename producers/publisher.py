"""The one way onto the articles topic: keyed, idempotent, acknowledged by all replicas, counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from schemas.article import Article
from schemas.headers import message_headers
from schemas.topics import ARTICLES, MAX_MESSAGE_BYTES

MAX_IN_FLIGHT_BYTES = 67_108_864
"""Bytes of articles that are queued or on their way at once; `send` waits for room."""

_FOREVER_MS = 2**31 - 1
_QUIET_SECONDS = 5.0
_KEPT_FAILURES = 100


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
        patience: seconds to wait for the broker before giving up on an article; None waits for as long as it takes.
        say: told in a sentence that the broker is being waited for, and that it is back.
        clock: monotonic seconds.
    """

    def __init__(
        self, bootstrap: str, prefix: str, patience: float | None = 60.0, say: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.topic = ARTICLES.full_name(prefix)
        self._patience = patience
        self._say = say or (lambda _sentence: None)
        self._clock = clock
        self._changed = threading.Condition()
        self._delivered = 0
        self._failed = 0
        self._failures: list[str] = []
        self._in_flight = self._in_flight_bytes = 0
        self._last_answer = clock()
        self._said_at = 0.0
        block = min(patience or 10.0, 10.0)
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
                max_block_ms=int((patience or block) * 1000),
                delivery_timeout_ms=_FOREVER_MS if patience is None else int(patience * 1000),
                request_timeout_ms=15_000 if patience is None else int(min(patience / 2, 15.0) * 1000),
                bootstrap_timeout_ms=int(block * 1000),
                allow_auto_create_topics=False,
            )
        except KafkaError as error:
            raise PublishError(
                f"no Kafka broker answers at {bootstrap} ({_words(error)}): "
                "start one with `dateline up`, or set DATELINE_KAFKA"
            ) from error

    def send(self, article: Article, record: bytes | None = None) -> None:
        """Queue an article; waits while too much is in flight. Its fate is counted in `delivered` or `failed`.

        Args:
            article: what to put on Kafka.
            record: its JSON, where the caller has it already.

        Raises:
            PublishError: when the broker stays away longer than the patience.
        """
        key, value = article.article_id.encode("utf-8"), record or article.to_json()
        size = len(key) + len(value)
        with self._changed:
            if self._in_flight == 0:
                self._last_answer = self._clock()  # the time before this was nobody's silence
            while self._in_flight and self._in_flight_bytes + size > MAX_IN_FLIGHT_BYTES:
                self._wait(self._patience)
            self._in_flight += 1
            self._in_flight_bytes += size
        try:
            future = self._enqueue(key, value, article.article_id)
        except BaseException:
            self._settle(size)
            raise
        future.add_callback(self._on_delivered, size).add_errback(self._on_failed, size, article.article_id)

    def publish(self, articles: Sequence[Article]) -> list[Published]:
        """Put articles onto Kafka and wait until all replicas have them all.

        Raises:
            PublishError: when Kafka did not confirm one within the patience; others may have arrived.
        """
        futures = [
            self._enqueue(article.article_id.encode("utf-8"), article.to_json(), article.article_id)
            for article in articles
        ]
        published = []
        for article, future in zip(articles, futures, strict=True):
            try:
                record = future.get(timeout=self._patience)
            except KafkaError as error:
                raise PublishError(f"Kafka did not confirm {article.article_id}: {_words(error)}") from error
            published.append(Published(article.article_id, record.topic, record.partition, record.offset))
        return published

    def _enqueue(self, key: bytes, value: bytes, identifier: str) -> Any:
        while True:
            try:
                return self._producer.send(
                    self.topic, key=key, value=value, headers=message_headers("article", identifier, "producer")
                )
            except KafkaTimeoutError as error:
                if self._patience is not None or not self._delivered:
                    raise PublishError(
                        f"Kafka did not answer, or topic {self.topic} is missing: "
                        "see `dateline doctor`, or make it with `dateline topics`"
                    ) from error
                self._say("Kafka does not answer; waiting for it")
            except KafkaError as error:
                raise PublishError(f"Kafka did not take {identifier}: {_words(error)}") from error

    @property
    def delivered(self) -> int:
        """How many articles all replicas have confirmed."""
        return self._delivered

    @property
    def failed(self) -> int:
        """How many articles Kafka did not take."""
        return self._failed

    @property
    def in_flight(self) -> int:
        """How many articles were sent and neither confirmed nor failed yet."""
        return self._in_flight

    @property
    def failures(self) -> list[str]:
        """One line for each article that Kafka did not take; the first hundred."""
        return list(self._failures)

    def flush(self, patience: float | None = None) -> None:
        """Wait until every queued article has been confirmed or has failed.

        Args:
            patience: seconds without any answer from Kafka, by default the publisher's.

        Raises:
            PublishError: when some are still open after the patience.
        """
        with self._changed:
            while self._in_flight:
                self._wait(self._patience if patience is None else patience)

    def _wait(self, patience: float | None) -> None:
        """Wait for an answer of the broker, a second at most; complain of a long silence. Holds the lock."""
        self._changed.wait(1.0)
        silence = self._clock() - self._last_answer
        if patience is not None and silence > patience:
            raise PublishError(
                f"Kafka has not answered for {silence:.0f} s; {self._in_flight:,} articles are unconfirmed"
            )
        if silence > _QUIET_SECONDS and self._clock() - self._said_at > _QUIET_SECONDS:
            self._said_at = self._clock()
            self._say(f"Kafka has not answered for {silence:.0f} s; waiting with {self._in_flight:,} articles")

    def close(self) -> None:
        """Release the connection; what was not flushed is given up."""
        self._producer.close(timeout=5)

    def _settle(self, size: int) -> None:
        with self._changed:
            self._in_flight -= 1
            self._in_flight_bytes -= size
            self._changed.notify_all()

    def _on_delivered(self, size: int, _record: object) -> None:
        with self._changed:
            self._delivered += 1
            self._last_answer = self._clock()
            if self._said_at:
                self._said_at = 0.0
                self._say("Kafka answers again")
        self._settle(size)

    def _on_failed(self, size: int, identifier: str, error: Exception) -> None:
        with self._changed:
            self._failed += 1
            self._last_answer = self._clock()
            if len(self._failures) < _KEPT_FAILURES:
                self._failures.append(f"{identifier}: {_words(error)}")
        self._settle(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
