"""Records for store tests, complete but for what a test is about."""

from __future__ import annotations

from typing import Any

from schemas.article import Article
from schemas.event import Event
from schemas.mention import Actor, Mention, Place
from schemas.when import When
from store.query import Origin

ORIGIN = Origin("events", 0, 0)


def a_when(start: str | None, end: str | None, granularity: Any = "day") -> When:
    return When(
        start=start, end=end, granularity=granularity, value=start or end or "XXXX", edtf=None, anchor="explicit",
        rule="test",
    )  # fmt: skip


def an_event(
    event_id: str = "e_1",
    start: str | None = "2025-06-25",
    end: str | None = "2025-06-26",
    *,
    granularity: Any = "day",
    actors: tuple[str, ...] = (),
    places: tuple[str | Place, ...] = (),
    **changed: Any,
) -> Event:
    values: dict[str, Any] = {
        "event_id": event_id,
        "revision": 1,
        "bucket": start or end,
        "title": f"Title of {event_id}",
        "when": a_when(start, end, granularity),
        "modality": "asserted",
        "confidence": 0.5,
        "mention_count": 1,
        "article_count": 1,
        "source_count": 1,
        "actors": tuple(Actor(name=name) for name in actors),
        "places": tuple(Place(name=place) if isinstance(place, str) else place for place in places),
    }
    return Event(**{**values, **changed})


def a_mention(mention_id: str = "m_1", article_id: str = "a_1", **changed: Any) -> Mention:
    values: dict[str, Any] = {
        "article_id": article_id,
        "mention_id": mention_id,
        "sentence": "They met on Wednesday.",
        "start": 5,
        "end": 8,
        "sentence_start": 0,
        "sentence_end": 22,
        "when": a_when("2025-06-25", "2025-06-26"),
        "confidence": 0.5,
        "extractor": "test",
        "title": "They met",
    }
    return Mention(**{**values, **changed})


def an_article(article_id: str = "a_1", text: str = "They met on Wednesday.", **changed: Any) -> Article:
    return Article(article_id=article_id, text=text, **changed)


def at(offset: int, topic: str = "articles") -> Origin:
    return Origin(topic, 0, offset)
