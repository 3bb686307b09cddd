"""Query parameters: what may be asked over HTTP, each with a description and an example that works."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.civil import Moment, parse_moment, parse_period
from schemas.vocabulary import Category, Granularity, Modality
from service.live_filter import FeedFilter, plain
from service.live_messages import Kind
from store.query import Box, Circle, EventQuery

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


def _numbers(text: str, count: int, wanted: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise ValueError(f"must be {count} numbers with commas between them: {wanted}")
    return numbers


def _latitude(value: float) -> float:
    if not -90 <= value <= 90:
        raise ValueError(f"the latitude {value:g} is not between -90 and 90")
    return value


def _longitude(value: float) -> float:
    if not -180 <= value <= 180:
        raise ValueError(f"the longitude {value:g} is not between -180 and 180")
    return value


def read_box(text: str) -> Box:
    """Read `west,south,east,north` in degrees, the order of GeoJSON (RFC 7946, 5).

    Raises:
        ValueError: when it is no such box.
    """
    west, south, east, north = _numbers(text, 4, "west,south,east,north")
    if _latitude(south) > _latitude(north):
        raise ValueError(f"its south ({south:g}) lies north of its north ({north:g})")
    return Box(south, _longitude(west), north, _longitude(east))


def read_point(text: str) -> tuple[float, float]:
    """Read `latitude,longitude` in degrees.

    Raises:
        ValueError: when it is no such point.
    """
    latitude, longitude = _numbers(text, 2, "latitude,longitude")
    return _latitude(latitude), _longitude(longitude)


def _checked_box(text: str) -> str:
    read_box(text)
    return text


def _checked_point(text: str) -> str:
    read_point(text)
    return text


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
    country: list[Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$")]] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Country of a place, as ISO 3166-1 alpha-2 code; may be repeated.",
        examples=["CH"],
    )
    bbox: Annotated[str, StringConstraints(max_length=128), AfterValidator(_checked_box)] | None = Field(
        default=None,
        description="A place lies in this box: `west,south,east,north` in degrees; west > east crosses the "
        "antimeridian. A country named as a whole has no position.",
        examples=["5.9,45.8,10.5,47.8"],
    )
    near: Annotated[str, StringConstraints(max_length=64), AfterValidator(_checked_point)] | None = Field(
        default=None,
        description="A place lies within `radius` of this point: `latitude,longitude` in degrees.",
        examples=["46.2,6.15"],
    )
    radius: float | None = Field(
        default=None, gt=0, le=20_100, description="Kilometres around `near`, 50 by default.", examples=["25"]
    )
    source: list[Name] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Outlet that reports it, in full and in any case; may be repeated.",
        examples=["news.example"],
    )
    language: list[Annotated[str, StringConstraints(pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]] = Field(
        default=[],
        max_length=_MOST_VALUES,
        description="Language of a report, as BCP 47 tag; `en` takes `en-GB` too; may be repeated.",
        examples=["en"],
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

    @model_validator(mode="after")
    def _circle(self) -> Self:
        if self.radius is not None and self.near is None:
            raise PydanticCustomError(
                "radius_alone",
                "needs the point that it is around, for example near=46.2,6.15&radius=25",
                {"parameter": "radius"},
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
            country=tuple(self.country),
            box=None if self.bbox is None else read_box(self.bbox),
            near=None if self.near is None else Circle(*read_point(self.near), self.radius or 50.0),
            source=tuple(self.source),
            language=tuple(self.language),
            modality=tuple(self.modality),
            min_sources=self.min_sources,
            q=self.q.strip() or None if self.q else None,
        )

    @staticmethod
    def _moment(bound: str | None) -> Moment | None:
        return None if bound is None else read_moment(bound)


class LiveParameters(EventFilters):
    """What a live reader wants, and from where."""

    kind: Kind | None = Field(
        default=None, description="Only events (with retractions and redirects), or only windows.", examples=["event"]
    )
    since: str | None = Field(
        default=None,
        max_length=65_536,
        description="Where to start: the `id` of a message received earlier, `earliest` for all that Kafka keeps, an "
        "ISO date or instant, for what was published on the feed from then on, or `live` or a cursor of `/v1/events`, "
        "for what changed since its first page. By default only what is new.",
        examples=["earliest", "2025-06-26T08:30:00Z", "e:0-12,1-15;w:0-3"],
    )

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.kind == "window" and not self.wanted().windows:
            raise PydanticCustomError(
                "empty_feed",
                "window can be combined only with from, to, match, granularity, category, place and actor: windows "
                "have nothing else",
                {"parameter": "kind"},
            )
        return self

    def wanted(self) -> FeedFilter:
        """Return the filter over live messages."""
        return FeedFilter(self.kind, plain(self.query()))


class FollowParameters(LiveParameters):
    """What a live reader wants, and whether the timeline comes first."""

    snapshot: bool = Field(
        default=False,
        description="First the events (and windows) of the timeline that pass the filters, then the feed from exactly "
        "there. A reader that comes back with a `Last-Event-ID` goes on after it.",
        examples=["true"],
    )

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if self.snapshot and self.since is not None:
            raise PydanticCustomError(
                "two_starts",
                "cannot be combined with snapshot, which tells by itself where to start; to resume, leave snapshot out",
                {"parameter": "since"},
            )
        return self
