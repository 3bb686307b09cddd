"""Article intake: what the service needs from whoever puts articles on Kafka."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.article import Article

_FIELD = re.compile(r"([a-z_]+): ")


class Rejected(ValueError):
    """An article cannot be accepted as it is; resending it changes nothing.

    Args:
        reason: what is wrong, for people; where a field is at fault, its name and a colon come first.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def parameter(self) -> str | None:
        """The field at fault; None where it is not one."""
        field = _FIELD.match(self.reason)
        return field[1] if field else None


class TooLarge(Rejected):
    """An article's record exceeds the limit."""


class Unavailable(RuntimeError):
    """Kafka cannot be reached now; the same articles may be sent again, which changes nothing where they arrived."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An article that Kafka has acknowledged, and where it stands."""

    article_id: str
    topic: str
    partition: int
    offset: int


class ArticleSink(Protocol):
    """Puts articles on Kafka. Both methods block and are called from worker threads, several at a time."""

    def prepare(self, row: Mapping[str, object]) -> Article:
        """Complete a row (`id`, `url`, `published_at`, `language`, `country`, `title`, `text`) to an article.

        Raises:
            Rejected: when it cannot become one; `TooLarge` when its record exceeds the limit.
            pydantic.ValidationError: when a field has a value that an article cannot have.
        """

    def publish(self, articles: Sequence[Article]) -> Sequence[Accepted]:
        """Put articles on Kafka in their order; return once all are acknowledged.

        Raises:
            Unavailable: when Kafka is down; some of the articles may have arrived.
        """
