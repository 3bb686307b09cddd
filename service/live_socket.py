"""`/v1/live/ws`: the live feed over a WebSocket, for clients that have no server-sent events."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, get_origin

import anyio
from fastapi import APIRouter, WebSocket
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import QueryParams
from starlette.websockets import WebSocketDisconnect, WebSocketState

from service.errors import ApiError, explained, store_failed
from service.live import SEND_WITHIN, join
from service.live_feed import LiveFeed
from service.parameters import FollowParameters
from store.errors import StoreError
from store.timeline_store import TimelineStore

_TRY_AGAIN_LATER = 1013


def router(feed: LiveFeed, store: TimelineStore) -> APIRouter:
    """Return the route of the live feed over WebSockets."""
    routes = APIRouter()

    @routes.websocket("/live/ws")
    async def follow_live(socket: WebSocket) -> None:
        """Send the frames of the feed as `{"event", "id", "data"}`, a JSON text a frame.

        The parameters are those of `GET /v1/live`; what cannot be answered is refused with the same errors, as the
        answer to the handshake. A sign of life is an `event` named comment. What the client sends is ignored.
        """
        try:
            parameters = _read(socket.query_params)
            frames = await join(feed, store, parameters, None)
        except ApiError as error:
            await socket.send_denial_response(error.response())
            return
        except StoreError as error:
            await socket.send_denial_response(store_failed(error).response())
            return
        await socket.accept()
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_until_gone, socket, tasks.cancel_scope)
                with suppress(TimeoutError, WebSocketDisconnect):
                    async with asyncio.timeout(None) as patience:
                        async for frame in frames:
                            patience.reschedule(asyncio.get_running_loop().time() + SEND_WITHIN)
                            await socket.send_text(frame.text)
                            patience.reschedule(None)
                tasks.cancel_scope.cancel()
        finally:
            # A cancelled scope would cut the feed's clean-up short at its first await.
            with anyio.move_on_after(SEND_WITHIN, shield=True):
                await frames.aclose()
        if socket.client_state is WebSocketState.CONNECTED is socket.application_state:
            await socket.close(_TRY_AGAIN_LATER, "resume with since= and the last id")

    return routes


async def _until_gone(socket: WebSocket, scope: anyio.CancelScope) -> None:
    try:
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
    except WebSocketDisconnect:
        pass
    scope.cancel()


def _read(query: QueryParams) -> FollowParameters:
    """Read the parameters as FastAPI reads those of an HTTP request.

    Raises:
        ApiError: 422, naming the parameter at fault.
    """
    given: dict[str, Any] = {name: query.getlist(name) for name in query}
    for name, field in FollowParameters.model_fields.items():
        alias = field.alias or name
        if alias in given and get_origin(field.annotation) is not list:
            given[alias] = given[alias][-1]
    try:
        return FollowParameters.model_validate(given)
    except ValidationError as error:
        problems = [{**problem, "loc": ("query", *problem["loc"])} for problem in error.errors()]
        raise explained(RequestValidationError(problems)) from error
