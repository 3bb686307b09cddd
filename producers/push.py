"""From items to articles on Kafka: completed, told apart from those just sent, counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from producers.items import Item, Skipped, Unreadable
from producers.page_rows import page_row
from producers.page_tree import NoArticle
from producers.publisher import Publisher, PublishError
from producers.rejects import Rejects
from producers.rows import Rejected, article_from_row
from producers.sent_before import SentBefore
from producers.tally import Tally

_SAID = 20
"""Lines of one sort that are printed; the others are counted."""

_LAST_PATIENCE = 10.0
"""Seconds without an answer of Kafka that an interrupted push waits for what is on its way."""


class Push:
    """Puts items onto Kafka, or prints them.

    Args:
        publisher: what puts them there; None prints them.
        tally: counts them.
        max_bytes: largest article accepted, as bytes of its JSON record.
        say: told what was refused or doubted, in one line each.
        rejects: keeps what was refused.
        show: prints an article's JSON, when there is no publisher.
    """

    def __init__(
        self, publisher: Publisher | None, tally: Tally, max_bytes: int, say: Callable[[str], None],
        rejects: Rejects | None = None, show: Callable[[bytes], None] = lambda _record: None,
    ) -> None:  # fmt: skip
        self._publisher = publisher
        self._tally = tally
        self._max_bytes = max_bytes
        self._say = say
        self._rejects = rejects
        self._show = show
        self._sent_before = SentBefore()
        self._queued = 0

    def put(self, item: Item) -> None:
        """Take one item as far as the queue.

        Raises:
            PublishError: when Kafka takes nothing.
        """
        if isinstance(item, Skipped):
            self._tally.skipped += 1
            return
        if isinstance(item, Unreadable):
            self._refuse(item.origin, item.reason, None)
            return
        row, doubts = item.row, item.doubts
        try:
            if isinstance(row, Mapping) and row.get("html") is not None and row.get("text") is None:
                row, doubts = page_row(row)
            article = article_from_row(row, self._max_bytes)
        except (Rejected, NoArticle) as error:
            self._refuse(item.origin, str(error), item.row)
            return
        for doubt in doubts:
            self._tally.doubted += 1
            if self._tally.doubted <= _SAID:
                self._say(f"doubted {item.origin}: {doubt}")
        record = article.to_json()
        news = self._sent_before.look(article, record)
        if news == "same":
            self._tally.skipped += 1
            return
        self._tally.revised += news == "changed"
        if self._publisher is None:
            self._show(record)
            self._tally.sent += 1
        else:
            self._publisher.send(article, record)
            self._queued += 1
            self.count()

    def _refuse(self, origin: str, reason: str, row: object) -> None:
        self._tally.rejected += 1
        if self._rejects is not None:
            self._rejects.add(origin, reason, row)
        if self._tally.rejected <= _SAID:
            self._say(f"rejected {origin}: {reason}")
        elif self._tally.rejected == _SAID + 1:
            self._say("further rejected ones are counted only; --rejects FILE keeps them")

    def count(self) -> None:
        """Bring the tally up to what Kafka has confirmed by now."""
        if self._publisher is not None:
            self._tally.sent = self._publisher.delivered
            self._tally.failed = self._publisher.failed

    def settle(self) -> None:
        """Wait until all that was put is on Kafka.

        Raises:
            PublishError: when Kafka did not take some.
        """
        if self._publisher is None:
            return
        self._publisher.flush()
        self.count()
        if self._publisher.failed:
            raise PublishError(f"Kafka did not take {self._publisher.failed:,} articles: {self._publisher.failures[0]}")

    def abandon(self) -> None:
        """Give what is on its way a last chance, then count what is unconfirmed as failed."""
        if self._publisher is None:
            return
        try:
            self._publisher.flush(_LAST_PATIENCE)
        except PublishError as error:
            self._say(str(error))
        self._tally.sent = self._publisher.delivered
        self._tally.failed = self._queued - self._publisher.delivered
