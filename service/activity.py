"""`GET /v1/activity`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from schemas.civil import MAX_YEAR, day_number
from schemas.window import ActivityWindow
from service.errors import ErrorBody
from service.event_parameters import ActivityParameters
from service.parameters import read_moment
from store.timeline_store import TimelineStore
from timeline.activity import USUAL, WIDTH, instant_of, rising

_FIRST = "0000-01-01T00:00:00Z"
_LAST = instant_of(day_number(MAX_YEAR, 12, 31) * 86_400)


class RisingTopic(BaseModel):
    """A topic of which more is published than usual."""

    topic: str = Field(description="category:, place: or actor: with its name")
    articles: int = Field(description="that speak of it in the latest window of the answer")
    usual: float = Field(description="articles in a window of the day before that, on average")
    surprise: float = Field(description="(articles − usual) / √(usual + 1)")


class ActivityAnswer(BaseModel):
    """What was being reported."""

    windows: list[ActivityWindow] = Field(description="latest first; quarters of an hour without reports are left out")
    rising: list[RisingTopic] = Field(description="in the latest of them, against the day before it")


def router(store: TimelineStore) -> APIRouter:
    """Return the route of activity windows."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/activity",
        summary="What is being reported, by quarters of an hour of publication",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_activity(parameters: Annotated[ActivityParameters, Query()]) -> ActivityAnswer:
        """Return the latest activity windows, and what rises in the last of them."""
        start, end = (
            default if bound is None else instant_of(read_moment(bound).utc_second)
            for bound, default in ((parameters.from_, _FIRST), (parameters.to, _LAST))
        )
        windows = store.activity(start, end, parameters.limit)
        if not windows:
            return ActivityAnswer(windows=[], rising=[])
        latest = windows[0]
        day_before = instant_of(read_moment(latest.start).utc_second - USUAL * WIDTH)
        before = store.activity(day_before, latest.start, USUAL)
        risen = [RisingTopic(**one._asdict()) for one in rising(latest, before)]
        return ActivityAnswer(windows=windows, rising=risen)

    return routes
