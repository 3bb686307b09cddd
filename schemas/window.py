"""Window: an aggregate of the events of one stretch of time."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.record import IsoMoment, Record
from schemas.vocabulary import Granularity


class Window(Record):
    """How many events stand in one bucket of event time. An upsert keyed by `window`; the highest `revision` holds."""

    window: str = Field(description="key, for example timeline:2025-06-25")
    kind: Literal["timeline"] = "timeline"
    revision: int = Field(ge=1)
    granularity: Granularity
    start: IsoMoment | None
    end: IsoMoment | None
    event_count: int = Field(ge=0)
    mention_count: int = Field(ge=0)
    by_category: dict[str, int] = Field(
        default_factory=dict, description="events per category; `none` for those without"
    )
