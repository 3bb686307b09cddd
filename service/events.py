"""`GET /v1/events` and `GET /v1/events/{id}`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from schemas.event import Event
from schemas.mention import Mention
from service.errors import ErrorBody, not_found
from service.parameters import EventsParameters
from store.timeline_store import TimelineStore

_MOST_MENTIONS = 1000


class EventsAnswer(BaseModel):
    """One page of events."""

    events: list[Event]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class EventAnswer(BaseModel):
    """An event, and the statements that it was merged from."""

    event: Event
    mentions: list[Mention] = Field(description=f"at most {_MOST_MENTIONS}; `event.mention_count` tells how many are")


def router(store: TimelineStore) -> APIRouter:
    """Return the routes of events."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/events",
        summary="Events of a range of dates",
        responses={status: {"model": ErrorBody} for status in (422, 503)},
    )
    def get_events(parameters: Annotated[EventsParameters, Query()]) -> EventsAnswer:
        """Return the events that touch or lie within a range, in the order of time, a page at a time."""
        page = store.events(parameters.query())
        return EventsAnswer(events=page.events, next=page.next)

    @routes.get(
        "/events/{event_id}",
        summary="One event with its evidence",
        response_model=EventAnswer,
        responses={
            308: {"description": "the event proved to be another one, named in `Location`"},
            404: {"model": ErrorBody},
            503: {"model": ErrorBody},
        },
    )
    def get_event(
        event_id: Annotated[str, Path(max_length=256, description="`event_id`", examples=["e_3f2c"])],
    ) -> EventAnswer | RedirectResponse:
        """Return an event and the sentences that report it."""
        event = store.event(event_id)
        if event is not None and event.redirect_to:
            return RedirectResponse(f"/v1/events/{quote(event.redirect_to, safe='')}", 308)
        if event is None or event.retracted:
            raise not_found("event", event_id)
        return EventAnswer(event=event, mentions=store.mentions(event.mention_ids[:_MOST_MENTIONS]))

    return routes
