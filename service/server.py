"""Server: uvicorn that ends the live feed's streams before it waits for open connections to close."""

from __future__ import annotations

import socket

import uvicorn

from service.live_feed import LiveFeed


class Server(uvicorn.Server):
    """Runs the application until it is told to exit.

    uvicorn waits for all responses to end before the application's own shutdown is run, and a live stream never ends
    by itself.

    Args:
        config: uvicorn's; with `timeout_graceful_shutdown` as the bound for clients that do not take their data.
        feed: the application's live feed.
    """

    def __init__(self, config: uvicorn.Config, feed: LiveFeed) -> None:
        super().__init__(config)
        self._feed = feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the live streams, then everything else."""
        await self._feed.stop()
        await super().shutdown(sockets)
