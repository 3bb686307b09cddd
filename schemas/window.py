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
    place_count: int = Field(default=0, ge=0, description="different places of its events")
    by_place: dict[str, int] = Field(
        default_factory=dict, description="events per place, by its name; the places of the most events, most first"
    )
    actor_count: int = Field(default=0, ge=0, description="different actors of its events")
    by_actor: dict[str, int] = Field(
        default_factory=dict, description="events per actor, by its name; the actors of the most events, most first"
    )

    @property
    def categories(self) -> frozenset[str]:
        """The categories that it counts."""
        return frozenset(self.by_category)

    @property
    def places(self) -> frozenset[str]:
        """The places that it names."""
        return frozenset(self.by_place)

    @property
    def actors(self) -> frozenset[str]:
        """The actors that it names."""
        return frozenset(self.by_actor)


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
        """The categories that it names."""
        return self._named("category")

    @property
    def places(self) -> frozenset[str]:
        """The places that it names."""
        return self._named("place")

    @property
    def actors(self) -> frozenset[str]:
        """The actors that it names."""
        return self._named("actor")

    def _named(self, wanted: str) -> frozenset[str]:
        topics = (topic.partition(":") for topic in self.by_topic)
        return frozenset(name for kind, _, name in topics if kind == wanted)


AnyWindow = Annotated[Window | ActivityWindow, Field(discriminator="kind")]
"""What the windows topic carries."""

_ANY_WINDOW: TypeAdapter[Window | ActivityWindow] = TypeAdapter(AnyWindow)


def window_from_json(value: bytes | str) -> Window | ActivityWindow:
    """Read a window of either kind from its JSON.

    Raises:
        pydantic.ValidationError: when the bytes are no JSON or do not fit the record.
    """
    return _ANY_WINDOW.validate_json(value)
