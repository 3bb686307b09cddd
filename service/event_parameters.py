"""Parameters of questions to the store: all filters, and how the answer is ordered, cut and written."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from schemas.event import Event
from service.formats.negotiation import FormatName
from service.parameters import Bound, EventFilters, Parameters
from store.query import BucketUnit, EventQuery, FacetField, Grouping, Sort
from timeline.windows import Grain

_MOST_VALUES = 100
EVENT_FIELDS = tuple(Event.model_fields)


def _checked_fields(text: str) -> str:
    for name in text.split(","):
        if name.strip() not in EVENT_FIELDS:
            raise ValueError(f"{name.strip()!r} is no field of an event; there are {', '.join(EVENT_FIELDS)}")
    return text


class StoreFilters(EventFilters):
    """All filters: those of the live feed, and those of the past that only the store can answer."""

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

    def query(self) -> EventQuery:
        """Return the store's query; sort, limit and cursor are its defaults."""
        return replace(
            super().query(),
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


class WindowsParameters(Parameters):
    """Which timeline windows are meant."""

    from_: Bound = Field(
        alias="from",
        description="Start of the range, inclusive: an ISO year, month, day or instant.",
        examples=["2025-06", "-0043"],
    )
    to: Bound = Field(description="End of the range, **exclusive**.", examples=["2025-07"])
    granularity: Grain = Field(
        default="day", description="Windows of days, of months or of years.", examples=["day", "month", "year"]
    )


class ActivityParameters(Parameters):
    """Which windows are meant."""

    from_: Bound | None = Field(
        default=None,
        alias="from",
        description="Start of the range of publication, inclusive.",
        examples=["2025-06-26", "2025-06-26T08:30:00Z"],
    )
    to: Bound | None = Field(
        default=None, description="End of the range of publication, **exclusive**.", examples=["2025-06-27"]
    )
    limit: int = Field(
        default=96, ge=1, le=1000, description="Most windows in the answer; 96 are a day.", examples=["8"]
    )
