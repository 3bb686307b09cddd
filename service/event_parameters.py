"""Parameters of questions to the store: all filters, and how the answer is ordered, cut and written."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.event import Event
from service.formats.negotiation import FormatName
from service.parameters import Bound, EventFilters, Name, Parameters
from store.query import Box, BucketUnit, Circle, EventQuery, FacetField, Grouping, Sort

_MOST_VALUES = 100
EVENT_FIELDS = tuple(Event.model_fields)


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


def _checked_fields(text: str) -> str:
    for name in text.split(","):
        if name.strip() not in EVENT_FIELDS:
            raise ValueError(f"{name.strip()!r} is no field of an event; there are {', '.join(EVENT_FIELDS)}")
    return text


class StoreFilters(EventFilters):
    """All filters; those of the live feed and those that only the store can answer."""

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
    as_of: Bound | None = Field(
        default=None,
        description="The timeline as it was known at that instant.",
        examples=["2025-06-26T12:00:00Z", "2025-07"],
    )
    changed_since: Bound | None = Field(
        default=None,
        description="Only what is new or was changed at that instant or later.",
        examples=["2025-06-26T12:00:00Z"],
    )

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
        return replace(
            super().query(),
            country=tuple(self.country),
            box=None if self.bbox is None else read_box(self.bbox),
            near=None if self.near is None else Circle(*read_point(self.near), self.radius or 50.0),
            source=tuple(self.source),
            language=tuple(self.language),
            as_of=self._moment(self.as_of),
            changed_since=self._moment(self.changed_since),
        )


class EventsParameters(StoreFilters):
    """A range query and how its answer is written."""

    sort: Sort | None = Field(
        default=None,
        description="`time` gives the earliest first, `-time` the latest, `-importance` the most important, `changed` "
        "and `-changed` go by the last change. By default `time`, in Atom `-changed`.",
        examples=["-importance", "-time", "-changed"],
    )
    limit: int | None = Field(
        default=None,
        ge=1,
        le=100_000_000,
        description="Most events in one answer: by default 100 (iCalendar 1000) and at most 1000; in NDJSON, CSV, "
        "Parquet and Arrow by default all, and as many as you like.",
        examples=["100"],
    )
    cursor: str | None = Field(
        default=None,
        max_length=4096,
        description="`next` of the page before; all other parameters but `limit` must be the same as there.",
    )
    fields: Annotated[str, StringConstraints(max_length=1024), AfterValidator(_checked_fields)] | None = Field(
        default=None,
        description="Fields of an event that are wanted, with commas between them; in JSON, NDJSON and the tables.",
        examples=["event_id,when,title"],
    )
    format: FormatName | None = Field(
        default=None, description="Format; comes before the header `Accept`.", examples=["csv", "ics"]
    )

    def wanted_fields(self) -> tuple[str, ...] | None:
        """Return the fields that are wanted; None for all."""
        return None if self.fields is None else tuple(name.strip() for name in self.fields.split(","))


class TimelineParameters(StoreFilters):
    """The zoomed timeline."""

    unit: BucketUnit = Field(
        default="month", description="Zoom level: the size of the buckets.", examples=["month", "minute", "century"]
    )
    group_by: Grouping | Literal["none"] = Field(
        default="category", description="What the counts of a bucket are divided by.", examples=["country", "none"]
    )


class FacetsParameters(StoreFilters):
    """Counts of values over the events of a query."""

    facet: list[FacetField] = Field(
        default=["category", "type", "modality", "granularity", "actor", "place", "country", "source", "language"],
        min_length=1,
        description="What to count; may be repeated. By default everything.",
        examples=["category", "actor"],
    )
    values: int = Field(
        default=20, ge=1, le=1000, description="Most values of each, the most frequent first.", examples=["10"]
    )


class EventParameters(Parameters):
    """One event."""

    as_of: Bound | None = Field(
        default=None, description="The event as it was known at that instant.", examples=["2025-06-26T12:00:00Z"]
    )
