"""`/healthz` and `/readyz`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import anyio.to_thread
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.live_feed import LiveFeed
from store.errors import StoreError
from store.timeline_store import TimelineStore

_ANSWER_WITHIN = 3.0

Ready = Callable[[], Awaitable[list[str]]]
"""Gives the reasons why the process is not ready; an empty list when it is."""


def router(store: TimelineStore, feed: LiveFeed, ready: Ready) -> APIRouter:
    """Return the routes that a supervisor or load balancer asks."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", summary="Is the process alive?")
    async def get_healthz() -> dict[str, str]:
        """Answer as long as the process can."""
        return {"status": "ok"}

    @routes.get("/readyz", summary="Can it do its work?", responses={503: {"description": "not ready; says why"}})
    async def get_readyz() -> JSONResponse:
        """Answer 200 when store and feed work, otherwise 503 with the reasons."""
        reasons = [*await _store_problems(store), *([feed.problem] if feed.problem else []), *await ready()]
        if reasons:
            return JSONResponse({"status": "not ready", "reasons": reasons}, 503)
        return JSONResponse({"status": "ready", "reasons": []})

    return routes


async def _store_problems(store: TimelineStore) -> list[str]:
    try:
        with anyio.fail_after(_ANSWER_WITHIN):
            await anyio.to_thread.run_sync(store.ping, abandon_on_cancel=True)
    except TimeoutError:
        return [f"the store did not answer within {_ANSWER_WITHIN:g} s"]
    except StoreError as error:
        return [f"the store failed: {error}"]
    return []
