"""Windows: aggregates of the events of one stretch of time, and of what was published in one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

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

    @property
    def categories(self) -> frozenset[str]:
        """The categories that it counts."""
        return frozenset(self.by_category)


class ActivityWindow(Record):
    """What was published in a quarter of an hour. An upsert keyed by `window`; the highest `revision` holds."""

    window: str = Field(description="key, for example activity:2025-06-25T10:15:00Z")
    kind: Literal["activity"] = "activity"
    revision: int = Field(ge=1)
    start: IsoMoment
    end: IsoMoment
    complete: bool = Field(
        description="whether publications an hour past its end have been seen; what comes later still makes a revision"
    )
    article_count: int = Field(ge=0, description="articles with at least one mention")
    mention_count: int = Field(ge=0)
    topic_count: int = Field(ge=0, description="different topics that they speak of")
    by_topic: dict[str, int] = Field(
        default_factory=dict,
        description="articles that speak of a topic (category:, place: or actor: with its name); the topics of the most"
        " articles, most first",
    )

    @property
    def categories(self) -> frozenset[str]:
        """The categories that it counts."""
        named = (topic.partition(":") for topic in self.by_topic)
        return frozenset(name for kind, _, name in named if kind == "category")


AnyWindow = Annotated[Window | ActivityWindow, Field(discriminator="kind")]
"""What the windows topic carries."""

_ANY_WINDOW: TypeAdapter[Window | ActivityWindow] = TypeAdapter(AnyWindow)


def window_from_json(value: bytes | str) -> Window | ActivityWindow:
    """Read a window of either kind from its JSON.

    Raises:
        pydantic.ValidationError: when the bytes are no JSON or do not fit the record.
    """
    return _ANY_WINDOW.validate_json(value)
