"""How much an event matters in an ordered list: by who reports it, then how often, then how surely."""

from __future__ import annotations

from schemas.event import Event

_MOST_ARTICLES = 999


def importance(event: Event) -> int:
    """Return a number that orders events: independent sources first, then articles (up to 999), then confidence."""
    articles = min(event.article_count, _MOST_ARTICLES)
    return event.source_count * 1_000_000 + articles * 1_000 + round(event.confidence * 999)
