"""A receiver of webhooks on the loopback interface that fails, hangs and lies as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
FAILS = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
GONE = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
CLOSES = b""
GARBAGE = b"220 mail.example.org ESMTP\r\n"
HANGS = None

Answer = bytes | None
"""What is written before the connection is closed; None to hold it open and say nothing."""


@dataclass(frozen=True)
class Delivery:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.body)
        return message

    @property
    def message_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> tuple[str, int]:
        """Event and revision that it tells of."""
        return self.message["data"]["event_id"], self.message["data"].get("revision", 0)


@dataclass
class Receiver:
    """What came, in order, and how the next deliveries are answered."""

    port: int = 0
    answer: Callable[[Delivery], Answer] = lambda _: OK
    deliveries: list[Delivery] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _accepted: list[Delivery] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def accepted(self) -> list[Delivery]:
        """Those that were answered with OK."""
        return self._accepted

    @property
    def events(self) -> list[tuple[str, int]]:
        return [delivery.event for delivery in self._accepted]

    async def until(self, condition: Callable[[], bool], within: float = 30) -> None:
        async with asyncio.timeout(within):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def until_accepted(self, count: int) -> None:
        await self.until(lambda: len(self._accepted) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            delivery = Delivery(head[0].split()[1], headers, body)
            self.deliveries.append(delivery)
            answer = self.answer(delivery)
            self._changed.set()
            if answer is None:
                await reader.read()  # until the sender gives up
                return
            writer.write(answer)
            await writer.drain()
            if answer.startswith(OK[:12]):
                self._accepted.append(delivery)
                self._changed.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def receiver(answer: Callable[[Delivery], Answer] = lambda _: OK) -> AsyncIterator[Receiver]:
    one = Receiver(answer=answer)
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        server.close()


def in_turn(*answers: Answer) -> Callable[[Delivery], Answer]:
    """Answer the first delivery with the first, and so on; those after the last as the last."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def in_order(events: Sequence[tuple[str, int]]) -> bool:
    """Tell whether the revisions of each event come in order."""
    last: dict[str, int] = {}
    for event_id, revision in events:
        if revision < last.get(event_id, 0):
            return False
        last[event_id] = revision
    return True
