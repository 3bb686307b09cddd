"""Article: one published text, as producers put it on Kafka."""

from __future__ import annotations

from pydantic import Field, field_validator

from schemas.record import IsoMoment, Record
from schemas.vocabulary import PublishedAtSource


class Article(Record):
    """One published text. The key of its message is `article_id`; a null message under that key withdraws it."""

    article_id: str = Field(min_length=1, max_length=256)
    url: str | None = Field(default=None, max_length=4096)
    title: str | None = Field(default=None, max_length=4096)
    text: str = Field(min_length=1)
    published_at: IsoMoment | None = Field(
        default=None, description="publication date or instant (DCT), zone as published"
    )
    published_at_source: PublishedAtSource = "none"
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag")
    country: str | None = Field(
        default=None, pattern="^[A-Z]{2}$", description="ISO 3166-1 code of the outlet's country"
    )
    source: str | None = Field(default=None, max_length=256, description="outlet, by default the host of the URL")

    @field_validator("text")
    @classmethod
    def _has_words(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("text is empty")
        return text
