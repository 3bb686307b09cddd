"""Query parameters: what may be asked over HTTP, each with a description and an example that works."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.civil import Moment, parse_moment, parse_period
from schemas.vocabulary import Category, Granularity, Modality
from service.live_messages import FeedFilter, Kind
from store.query import EventQuery

_MOST_VALUES = 100

# A + in a query string means a space, so the zone of 2025-06-26T08:30:00+02:00 arrives as " 02:00".
_LOST_PLUS = re.compile(r"(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) (\d\d:?\d\d)")


def read_moment(text: str) -> Moment:
    """Read a bound of a range: an ISO year, month or day, meaning its start, or an instant.

    Raises:
        schemas.civil.DateError: when it is none of these, does not exist, or is out of range.
    """
    text = text.strip()
    if ":" not in text:
        return Moment(parse_period(text)[0])
    return parse_moment(_LOST_PLUS.sub(r"\1+\2", text))


def _checked_moment(text: str) -> str:
    read_moment(text)
    return text


Bound = Annotated[str, StringConstraints(max_length=64), AfterValidator(_checked_moment)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=256)]


class Parameters(BaseModel):
    """Parameters of one endpoint; a name that is not among them is refused, so that a slip does not go unnoticed."""

    model_config = ConfigDict(populate_by_name=False, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: object) -> object:
        names = [field.alias or name for name, field in cls.model_fields.items()]
        for name in given if isinstance(given, dict) else ():
            if name not in names:
                raise PydanticCustomError(
                    "unknown_parameter",
                    "there is no such parameter here; known are {known}",
                    {"parameter": str(name), "known": ", ".join(names)},
                )
        return given


class EventFilters(Parameters):
    """Which events are meant; all filters must hold together."""

    from_: Bound | None = Field(
        default=None,
        alias="from",
        description="Start of the range, inclusive: an ISO year, month, day or instant; `2015` is 2015-01-01.",
        examples=["2015", "2025-06", "2025-06-25", "-0043", "2025-06-26T08:30:00Z"],
    )
    to: Bound | None = Field(
        default=None,
        description="End of the range, **exclusive**: `2016-03` is 2016-03-01, so that February is the last month in.",
        examples=["2016-03", "2026", "2025-06-26"],
    )
    match: Literal["overlap", "within"] = Field(
        default="overlap",
        description="`overlap` takes events that touch the range, `within` those that lie inside it entirely.",
        examples=["overlap", "within"],
    )
    granularity: list[Granularity] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="How finely the event is dated; may be repeated.",
        examples=["day", "month"],
    )
    category: list[Category] = Field(
        default=[], max_length=_MOST_VALUES, description="Category; may be repeated.", examples=["politics", "disaster"]
    )
    type: list[Name] = Field(
        default=[], max_length=_MOST_VALUES, description="Event type; may be repeated.", examples=["election"]
    )
    actor: list[Name] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Person or organisation that takes part; may be repeated.",
        examples=["United Nations"],
    )
    place: list[Name] = Field(
        default=[], max_length=_MOST_VALUES, description="Where it happened; may be repeated.", examples=["Geneva"]
    )
    modality: list[Modality] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Whether it is stated as fact, reported, planned, conditional or denied; may be repeated.",
        examples=["asserted", "planned"],
    )
    min_sources: int = Field(
        default=1, ge=1, le=1_000_000, description="Fewest independent sources that report it.", examples=["2"]
    )
    q: str | None = Field(
        default=None,
        max_length=256,
        description="Words that all occur in the title or the evidence, in any order and case.",
        examples=["climate summit"],
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        start, end = self._moment(self.from_), self._moment(self.to)
        if start is not None and end is not None and start.utc_second >= end.utc_second:
            raise PydanticCustomError(
                "empty_range",
                "must be later than from: the end is exclusive, so the one day 2025-06-25 is "
                "from=2025-06-25&to=2025-06-26",
                {"parameter": "to"},
            )
        return self

    def query(self) -> EventQuery:
        """Return the store's query; sort, limit and cursor are its defaults."""
        return EventQuery(
            start=self._moment(self.from_),
            end=self._moment(self.to),
            match=self.match,
            granularity=tuple(self.granularity),
            category=tuple(self.category),
            type=tuple(self.type),
            actor=tuple(self.actor),
            place=tuple(self.place),
            modality=tuple(self.modality),
            min_sources=self.min_sources,
            q=self.q.strip() or None if self.q else None,
        )

    @staticmethod
    def _moment(bound: str | None) -> Moment | None:
        return None if bound is None else read_moment(bound)


class LiveParameters(Parameters):
    """What a live reader wants, and from where."""

    kind: Kind | None = Field(
        default=None, description="Only events (with retractions and redirects), or only windows.", examples=["event"]
    )
    category: list[Category] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Category of the event, or that the window counts; may be repeated.",
        examples=["politics"],
    )
    type: list[Name] = Field(
        default=[], max_length=_MOST_VALUES, description="Event type; may be repeated.", examples=["election"]
    )
    actor: list[Name] = Field(
        default=[], max_length=_MOST_VALUES, description="Who takes part; may be repeated.", examples=["United Nations"]
    )
    place: list[Name] = Field(
        default=[], max_length=_MOST_VALUES, description="Where; may be repeated.", examples=["Geneva"]
    )
    since: str | None = Field(
        default=None,
        max_length=65_536,
        description="Where to start: the `id` of a message received earlier, or `earliest` for all that Kafka keeps. "
        "By default only what is new. The header `Last-Event-ID` comes before it.",
        examples=["earliest", "e:0-12,1-15;w:0-3"],
    )

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.kind == "window" and (self.type or self.actor or self.place):
            raise PydanticCustomError(
                "empty_feed",
                "window cannot be combined with type, actor or place, which windows do not have",
                {"parameter": "kind"},
            )
        return self

    def wanted(self) -> FeedFilter:
        """Return the filter over live messages."""
        return FeedFilter(
            kind=self.kind,
            category=frozenset(self.category),
            type=frozenset(name.casefold() for name in self.type),
            actor=frozenset(name.casefold() for name in self.actor),
            place=frozenset(name.casefold() for name in self.place),
        )
