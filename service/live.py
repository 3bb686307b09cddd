"""`GET /v1/live`: the live feed as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Query
from starlette.responses import StreamingResponse
from starlette.types import Send

from service.errors import ApiError, ErrorBody, unavailable
from service.live_feed import FeedUnavailable, LiveFeed
from service.live_messages import Frame
from service.parameters import FollowParameters
from service.position import Position, PositionError, parse
from service.snapshot import Snapshot
from service.start import start_at
from store.timeline_store import TimelineStore

SEND_WITHIN = 60.0
"""Seconds in which a client must take a frame; one that does not is gone, or has stopped reading."""

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class LiveResponse(StreamingResponse):
    """A stream of frames; a client that takes nothing for a minute is given up.

    Not FastAPI's own response for server-sent events: a route that names it must be a generator, and could not answer
    422 or 503 before the stream begins.
    """

    media_type = "text/event-stream"

    def __init__(self, frames: AsyncGenerator[Frame, None]) -> None:
        super().__init__((), headers=_HEADERS)
        self._frames = frames

    async def stream_response(self, send: Send) -> None:
        """Send the frames until they end or the client is gone."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async with asyncio.timeout(None) as patience:  # one for all frames: one for each costs more than a frame
                async for frame in self._frames:
                    patience.reschedule(asyncio.get_running_loop().time() + SEND_WITHIN)
                    await send({"type": "http.response.body", "body": frame.wire, "more_body": True})
                    patience.reschedule(None)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            return
        finally:
            # A cancelled scope would cut the feed's clean-up short at its first await.
            with anyio.move_on_after(SEND_WITHIN, shield=True):
                await self._frames.aclose()


def router(feed: LiveFeed, store: TimelineStore) -> APIRouter:
    """Return the route of the live feed."""
    routes = APIRouter(tags=["live"])

    @routes.get(
        "/live",
        summary="Follow events as they become known",
        status_code=200,  # FastAPI would read it from the response's constructor, which has none
        response_class=LiveResponse,
        responses={
            200: {"content": {"text/event-stream": {}}, "description": "server-sent events, without end"},
            422: {"model": ErrorBody},
            503: {"model": ErrorBody},
        },
    )
    async def get_live(
        parameters: Annotated[FollowParameters, Query()],
        last_event_id: Annotated[
            str | None,
            Header(
                description="`id` of the last message received, to go on exactly after it; browsers send it themselves",
                examples=["e:0-12,1-15;w:0-3"],
            ),
        ] = None,
    ) -> LiveResponse:
        """Follow events and windows; each message has an `event`, an `id` and a record as its `data`.

        | `event:` | `data:` |
        | --- | --- |
        | event | an event, or a new revision of one |
        | retraction | an event that holds no longer (`retracted`) |
        | redirect | an event that proved to be another (`redirect_to`) |
        | window | counts of one bucket of the timeline |
        | reset | the position asked for is gone: ask `/v1/events` for what is missing; the feed goes on from here |

        The filters are those of `/v1/events`; a window passes only those on what it has. Retractions and redirects come
        whatever the filters on events say, since an earlier revision may have passed them; an event whose new revision
        does not pass is not told of. An event's revisions come in order, none twice.

        In quiet times a comment comes every 15 seconds, with an `id:` that moves the position on. A reader that is too
        slow is disconnected, and resumes with the last `id` it has.

        With `snapshot` the timeline comes first, in messages without an `id`. Who is cut off there begins anew.

        `/v1/live/ws` gives the same over a WebSocket: the same parameters, `{"event", "id", "data"}` a message.
        """
        return LiveResponse(await join(feed, store, parameters, last_event_id or None))

    return routes


async def join(
    feed: LiveFeed, store: TimelineStore, parameters: FollowParameters, last_event_id: str | None
) -> AsyncGenerator[Frame, None]:
    """Return the frames of a reader.

    A browser that reconnects repeats the URL's `since` or `snapshot`, so the header comes first.

    Raises:
        ApiError: 422 for what is no place in the feed, 503 when nobody can join now.
        StoreError: when the timeline is wanted first, and the store fails.
    """
    wanted = parameters.wanted()
    if not parameters.snapshot or last_event_id is not None:
        return feed.follow(wanted, await _start(feed, last_event_id, parameters.since))
    snapshot = Snapshot(store, feed, wanted)
    try:
        await snapshot.begin()
    except FeedUnavailable as error:
        raise unavailable(str(error)) from error
    return snapshot.frames()


async def _start(feed: LiveFeed, last_event_id: str | None, since: str | None) -> Position | None:
    try:
        feed.check_joinable()
        if last_event_id is not None:
            return parse(last_event_id)
    except FeedUnavailable as error:
        raise unavailable(str(error)) from error
    except PositionError as error:
        raise ApiError(422, "bad_parameter", f"Last-Event-ID: {error}", parameter="Last-Event-ID") from error
    return None if since is None else await start_at(feed, since)
