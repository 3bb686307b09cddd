"""The HTTP service as a part of a process: uvicorn in the event loop of whoever runs it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI
from mode.services import Service

from service.live_feed import LiveFeed
from service.server import Server


class _Server(Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # signals are the worker's


class WebService(Service):
    """Serves an application on a socket that listens already; a failure of it is a failure of the process.

    Args:
        app: the application.
        feed: its live feed.
        sock: listening socket.
        log_level: least severe level that is logged.
    """

    def __init__(self, app: FastAPI, feed: LiveFeed, sock: socket.socket, log_level: str) -> None:
        super().__init__()
        config = uvicorn.Config(
            app, log_config=None, log_level=log_level, access_log=False, timeout_graceful_shutdown=2, lifespan="on",
            ws_per_message_deflate=False,  # its memory, per connection, is more than all else that a reader needs
        )  # fmt: skip
        self._server = _Server(config, feed)
        self._sock = sock

    @Service.task
    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._sock])
        if not self.should_stop:
            await self.crash(RuntimeError("the HTTP service has ended; see the lines above"))

    async def on_stop(self) -> None:
        """Let open requests finish for a moment, then close."""
        self._server.should_exit = True
        for _ in range(30):
            if not self._server.started:
                break
            await asyncio.sleep(0.1)
