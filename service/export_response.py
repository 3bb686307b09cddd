"""A response of any length: made in one thread, piece by piece, as fast as the client takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import anyio
import anyio.from_thread
import anyio.to_thread
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

_SEND_WITHIN = 60.0
_AT_ONCE = anyio.CapacityLimiter(8)


class ExportResponse(StreamingResponse):
    """Streams what an iterator makes; a client that takes nothing for a minute is given up.

    The iterator stays on one thread from first to last, as the store's connections demand. Its first piece is made
    before the headers are sent, so that what fails at once is still answered as an error. What fails later ends the
    response without its proper end, which every client notices.

    Args:
        pieces: makes the iterator.
        media_type: of the response.
        headers: further headers.
    """

    def __init__(self, pieces: Callable[[], Iterator[bytes]], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__((), media_type=media_type, headers=headers)
        self._pieces = pieces

    async def stream_response(self, send: Send) -> None:
        """Make and send the pieces."""
        await anyio.to_thread.run_sync(self._run, send, limiter=_AT_ONCE)

    def _run(self, send: Send) -> None:
        pieces = self._pieces()
        piece = next(pieces, b"")
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        anyio.from_thread.run(_send, send, start)
        while piece:
            anyio.from_thread.check_cancelled()
            anyio.from_thread.run(_send, send, {"type": "http.response.body", "body": piece, "more_body": True})
            piece = next(pieces, b"")
        anyio.from_thread.run(_send, send, {"type": "http.response.body", "body": b"", "more_body": False})


async def _send(send: Send, message: Message) -> None:
    with anyio.fail_after(_SEND_WITHIN):
        await send(message)
