"""BoundedBody: routes that stop reading a body that is too large."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from service.article_bodies import read_bounded

MOST_BYTES = 262_144
"""Largest body of what is no article: more than any parameters together may have."""


class BoundedBody(APIRoute):
    """A route whose body is read up to the bound, and refused with 413 beyond, before FastAPI looks at it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler; FastAPI's own reads all that is sent."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            body = await read_bounded(request.stream(), MOST_BYTES)

            async def receive() -> dict[str, Any]:
                return {"type": "http.request", "body": body, "more_body": False}

            return await handle(Request(request.scope, receive))

        return bounded
