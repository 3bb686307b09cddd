"""`GET /v1/windows`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from schemas.window import Window
from service.errors import ApiError, ErrorBody
from service.event_parameters import WindowsParameters
from service.parameters import read_moment
from store.timeline_store import TimelineStore
from timeline.windows import TooManyWindows, keys_between

MOST_WINDOWS = 1_000
"""Windows of one answer at most: nearly three years by day."""


class WindowsAnswer(BaseModel):
    """Timeline windows."""

    windows: list[Window] = Field(description="in the order of time; a day, month or year without events has none")


def router(store: TimelineStore) -> APIRouter:
    """Return the route of timeline windows."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/windows",
        summary="What is known of each day, month or year: events by category, place and actor",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_windows(parameters: Annotated[WindowsParameters, Query()]) -> WindowsAnswer:
        """Return the timeline windows that start in a range, as the live feed tells of them.

        A window counts what is dated at its own granularity: that of March 2015 what is told of the month, and not
        what is told of its days.
        """
        start, end = read_moment(parameters.from_), read_moment(parameters.to)
        first = start.day + bool(start.second)  # what starts in the middle of a day lies behind the start of its window
        after = end.day + bool(end.second)
        try:
            keys = keys_between(first, after, parameters.granularity, MOST_WINDOWS)
        except TooManyWindows as error:
            message = f"to: {error}; ask for a shorter range or a coarser granularity"
            raise ApiError(422, "bad_parameter", message, parameter="to") from error
        return WindowsAnswer(windows=store.windows(keys))

    return routes
