"""`GET /v1/timeline`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from service.errors import ErrorBody
from service.parameters import TimelineParameters
from store.query import BucketUnit
from store.timeline_store import TimelineStore


class TimelineBucket(BaseModel):
    """How many events start in [start, end)."""

    start: str
    end: str
    count: int
    by_category: dict[str, int]


class TimelineAnswer(BaseModel):
    """The timeline, zoomed."""

    unit: BucketUnit
    buckets: list[TimelineBucket]


def router(store: TimelineStore) -> APIRouter:
    """Return the route of the zoomed timeline."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/timeline",
        summary="Events counted by day, month, decade …",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_timeline(parameters: Annotated[TimelineParameters, Query()]) -> TimelineAnswer:
        """Return how many events start in each bucket, with the same filters as `/v1/events`."""
        buckets = [
            TimelineBucket(start=bucket.start, end=bucket.end, count=bucket.count, by_category=bucket.groups)
            for bucket in store.buckets(parameters.query(), parameters.unit).buckets
        ]
        return TimelineAnswer(unit=parameters.unit, buckets=buckets)

    return routes
