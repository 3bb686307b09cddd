"""Article intake of the HTTP service, through the one publisher."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from producers import rows
from producers.publisher import Publisher, PublishError
from schemas.article import Article
from service.intake import Accepted, Rejected, TooLarge, Unavailable

_PATIENCE = 10.0
"""Seconds that an HTTP client waits for Kafka at most."""


class KafkaIntake:
    """Puts articles that arrive by HTTP onto Kafka; connects with the first one.

    Args:
        bootstrap: Kafka's address.
        prefix: of topic names.
        max_bytes: largest article accepted, as bytes of its JSON record.
    """

    def __init__(self, bootstrap: str, prefix: str, max_bytes: int) -> None:
        self._bootstrap = bootstrap
        self._prefix = prefix
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._publisher: Publisher | None = None

    def prepare(self, row: Mapping[str, object]) -> Article:
        """Complete a row to an article; see `service.intake.ArticleSink`."""
        try:
            return rows.article_from_row(row, self._max_bytes)
        except rows.TooLarge as error:
            raise TooLarge(str(error)) from error
        except rows.Rejected as error:
            raise Rejected(str(error)) from error

    def publish(self, articles: Sequence[Article]) -> Sequence[Accepted]:
        """Put articles on Kafka; see `service.intake.ArticleSink`."""
        try:
            published = self._connected().publish(articles)
        except PublishError as error:
            raise Unavailable(str(error)) from error
        return [Accepted(one.article_id, one.topic, one.partition, one.offset) for one in published]

    def _connected(self) -> Publisher:
        with self._lock:
            if self._publisher is None:
                self._publisher = Publisher(self._bootstrap, self._prefix, _PATIENCE)
            return self._publisher

    def close(self) -> None:
        """Release the connection."""
        if self._publisher is not None:
            self._publisher.close()
