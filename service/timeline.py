"""`GET /v1/timeline`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.errors import ErrorBody
from service.event_parameters import TimelineParameters
from store.query import BucketUnit, Grouping
from store.timeline_store import TimelineStore


class TimelineBucket(BaseModel):
    """How many events start in [start, end)."""

    start: str
    end: str
    count: int
    groups: dict[str, int] = Field(description="the count by what `group_by` names; `none` for what has no value")


class TimelineAnswer(BaseModel):
    """The timeline, zoomed."""

    unit: BucketUnit
    group_by: Grouping | None
    buckets: list[TimelineBucket] = Field(description="in order, those without events too")
    coarser: int = Field(
        description="events that start in the range but are dated too coarsely for one bucket, or have an open end"
    )


def router(store: TimelineStore) -> APIRouter:
    """Return the route of the zoomed timeline."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/timeline",
        summary="Events counted by minute, day, month, century …",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_timeline(parameters: Annotated[TimelineParameters, Query()]) -> TimelineAnswer:
        """Return how many events start in each bucket, with the same filters as `/v1/events`."""
        group_by = None if parameters.group_by == "none" else parameters.group_by
        counted = store.buckets(parameters.query(), parameters.unit, group_by)
        buckets = [
            TimelineBucket(start=bucket.start, end=bucket.end, count=bucket.count, groups=bucket.groups)
            for bucket in counted.buckets
        ]
        return TimelineAnswer(unit=parameters.unit, group_by=group_by, buckets=buckets, coarser=counted.coarser)

    return routes
