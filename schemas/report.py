"""Report: what one article adds to the activity of the moment it was published in."""

from __future__ import annotations

from pydantic import Field

from schemas.record import IsoMoment, Record


class Report(Record):
    """An article's publication, and what it is about. An upsert keyed by `article_id`; a tombstone withdraws it."""

    article_id: str
    published_at: IsoMoment = Field(
        description="with a time of day; an article of which only the day is known has no report"
    )
    mention_count: int = Field(ge=1)
    topics: tuple[str, ...] = Field(description="`category:`, `place:` and `actor:` with their names, each once")
