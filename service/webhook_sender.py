"""One attempt: post a signed body to a receiver and tell how it went."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpcore

from service.webhook_network import Network, PublicNetwork
from service.webhook_signature import signed_headers

_ANSWER_WITHIN = 15.0
_REST_WITHIN = 1.0
_MOST_BODY = 16_384
_MOST_CONNECTIONS = 1000
_IDLE_CONNECTIONS = 50

WallClock = Callable[[], float]
"""Returns the present as Unix seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went.

    Attributes:
        failure: why it counts as not delivered; None when it was.
        gone: whether the receiver wants no more (410).
        asked: seconds that the receiver wants to be left alone (`Retry-After`).
    """

    failure: str | None = None
    gone: bool = False
    asked: float = 0.0


class WebhookSender:
    """Posts to receivers; shared by all subscriptions of a process.

    Redirects are not followed, as the specification advises; nothing of an answer but its status counts.

    Args:
        clock: dates the attempts.
        allowed: networks that may be reached although they are not public.
        within: seconds that a receiver has to answer.
    """

    def __init__(self, clock: WallClock, allowed: Sequence[Network] = (), within: float = _ANSWER_WITHIN) -> None:
        self._clock = clock
        self._within = within
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_IDLE_CONNECTIONS,
            keepalive_expiry=30.0,
            network_backend=PublicNetwork(allowed),
        )

    async def send(self, url: str, secret: str, message_id: str, body: bytes) -> Outcome:
        """Make one attempt; never raises for what the receiver or the network does."""
        now = self._clock()
        headers = [
            (b"Host", urlsplit(url).netloc.encode()),  # httpcore's own lacks the brackets of an IPv6 address
            (b"Content-Type", b"application/json"),
            (b"User-Agent", b"Dateline"),
            *signed_headers(secret, message_id, int(now), body),
        ]
        try:
            async with asyncio.timeout(self._within):
                return await self._post(url, headers, body, now)
        except TimeoutError:
            return Outcome(f"no answer within {self._within:g} s")
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, ssl.SSLError) as error:
            return Outcome(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)

    async def _post(self, url: str, headers: list[tuple[bytes, bytes]], body: bytes, now: float) -> Outcome:
        async with self._pool.stream("POST", url, headers=headers, content=body) as response:
            outcome = _judge(response, now)
            # What is read to its end leaves the connection usable; a receiver that goes on and on is cut off.
            with suppress(TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
                async with asyncio.timeout(_REST_WITHIN):
                    read = 0
                    async for part in response.aiter_stream():
                        read += len(part)
                        if read > _MOST_BODY:
                            break
            return outcome

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _judge(response: httpcore.Response, now: float) -> Outcome:
    if 200 <= response.status < 300:
        return Outcome()
    location = next((value for name, value in response.headers if name.lower() == b"location"), None)
    to = f" to {location[:200].decode('latin-1')}, and redirects are not followed" if location else ""
    return Outcome(f"answered {response.status}{to}", response.status == 410, _asked(response, now))


def _asked(response: httpcore.Response, now: float) -> float:
    """Return the seconds of `Retry-After`, which is a number or a date; 0 where there is none that can be read."""
    text = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"").decode("latin-1")
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    with suppress(ValueError):
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    return 0.0
