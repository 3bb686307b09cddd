"""`GET /v1/events` and `GET /v1/events/{id}`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from schemas.civil import SECONDS_A_DAY, Moment
from schemas.event import Event
from schemas.mention import Mention
from service.errors import ApiError, ErrorBody, not_found
from service.event_answers import LEFT_OUT, LIVE, answer
from service.event_parameters import EventParameters, EventsParameters
from service.formats.negotiation import FORMATS
from service.parameters import read_moment
from store.lookups import sources_of
from store.query import EventDetail, Revision
from store.timeline_store import TimelineStore
from timeline.independence import one_source

_MOST_MENTIONS = 1000


class EventsAnswer(BaseModel):
    """One page of events."""

    events: list[Event]
    next: str | None = Field(description="`cursor` of the next page; null on the last")
    live: str = Field(description="`since` for `/v1/live`: nothing that changes after the first page is missed")


class SourceOf(BaseModel):
    """An article that reports an event."""

    article_id: str
    source: str | None
    url: str | None
    published_at: str | None
    language: str | None
    same_source_as: str | None = Field(
        description="the first of these articles with which it counts as one source: of one outlet, or, where "
        "`source` differs, in nearly the same words, as reprints are"
    )


class RevisionOf(BaseModel):
    """What an event was from a moment on."""

    recorded: str = Field(description="instant from which this revision was known")
    event: Event


class EventAnswer(BaseModel):
    """An event, and what it rests on."""

    event: Event
    mentions: list[Mention] = Field(
        description=f"the statements it was merged from, each with its sentence; at most {_MOST_MENTIONS}, "
        "`event.mention_count` tells how many there are"
    )
    sources: list[SourceOf] = Field(description="their articles, by publication")
    history: list[RevisionOf] = Field(description="its revisions, the first one first")


_BODIES: dict[str, Any] = {
    one.media_type: {"schema": {"type": "string", "description": f"format={one.name}"}}
    for one in FORMATS.values()
    if one.media_type != "application/json"
}
_HEADERS = {
    "ETag": {"description": "tag of the page, for `If-None-Match`", "schema": {"type": "string"}},
    "Link": {"description": "the next page, `rel=next`", "schema": {"type": "string"}},
    LIVE: {"description": "`since` for `/v1/live`, as `live` in JSON", "schema": {"type": "string"}},
    LEFT_OUT: {
        "description": "what the format cannot say and was left out, with counts: `before-year-1=2, no-end=1`",
        "schema": {"type": "string"},
    },
}


def router(store: TimelineStore) -> APIRouter:
    """Return the routes of events."""
    routes = APIRouter(tags=["events"])

    @routes.get(
        "/events",
        summary="Events of a range of dates",
        response_class=Response,
        responses={
            200: {
                "model": EventsAnswer,
                "content": _BODIES,
                "headers": _HEADERS,
                "description": "JSON, or what `format` or `Accept` ask for; TimelineJS is application/json too",
            },
            304: {"description": "the page is the one that `If-None-Match` names"},
            **{status: {"model": ErrorBody} for status in (406, 422, 503)},
        },
    )
    def get_events(request: Request, parameters: Annotated[EventsParameters, Query()]) -> Response:
        """Return the events that touch or lie within a range, a page or an export.

        JSON, iCalendar, Atom, GeoJSON and TimelineJS come in pages; NDJSON, CSV, Parquet and Arrow are streamed whole.
        A format that cannot say an event's date exactly leaves the event out and counts it in `Dateline-Left-Out`.
        """
        return answer(store, request, parameters)

    @routes.get(
        "/events/{event_id}",
        summary="One event with its evidence and history",
        response_model=EventAnswer,
        responses={
            308: {"description": "the event proved to be an older one, named in `Location`"},
            404: {"model": ErrorBody},
            410: {"model": ErrorBody, "description": "the event was retracted"},
            422: {"model": ErrorBody},
            503: {"model": ErrorBody},
        },
    )
    def get_event(
        event_id: Annotated[str, Path(max_length=256, description="`event_id`", examples=["e_3f2c"])],
        parameters: Annotated[EventParameters, Query()],
    ) -> EventAnswer | RedirectResponse:
        """Return an event with the sentences that report it, their articles, and what it was before."""
        detail = _detail(store, event_id, None if parameters.as_of is None else read_moment(parameters.as_of))
        if detail.event.redirect_to is not None:
            return RedirectResponse(f"/v1/events/{quote(detail.event.redirect_to, safe='')}", 308)
        return _answer(detail)

    return routes


def _detail(store: TimelineStore, event_id: str, as_of: Moment | None) -> EventDetail:
    """Return an event as it is, or as it was known at an instant.

    Raises:
        ApiError: 410 when it was retracted, 404 when it is not known.
    """
    history = [one for one in store.history(event_id) if as_of is None or one.recorded <= as_of.utc_second * 1000]
    if not history:
        raise not_found("event", event_id)
    last = history[-1]
    if last.event.retracted:
        message = f"event {event_id!r} was retracted at {_instant(last)}: no article says so any more"
        raise ApiError(410, "retracted", message)
    mentions = store.mentions(last.event.mention_ids[:_MOST_MENTIONS])
    return EventDetail(last.event, mentions, sources_of(mentions), history)


def _answer(detail: EventDetail) -> EventAnswer:
    return EventAnswer(
        event=detail.event,
        mentions=detail.mentions,
        sources=_sources(detail),
        history=[RevisionOf(recorded=_instant(one), event=one.event) for one in detail.history],
    )


def _sources(detail: EventDetail) -> list[SourceOf]:
    shared = one_source(detail.mentions)
    first: dict[str, str] = {}
    found = []
    for source in detail.sources:
        earlier = first.setdefault(shared[source.article_id], source.article_id)
        found.append(SourceOf(**asdict(source), same_source_as=None if earlier == source.article_id else earlier))
    return found


def _instant(revision: Revision) -> str:
    return str(Moment(*divmod(revision.recorded // 1000, SECONDS_A_DAY), 0))
