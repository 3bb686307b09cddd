"""Fetches from the web what strangers publish there: every size, time and number of steps has an end."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import certifi
import httpcore

from producers.guard import Forbidden, GuardedBackend
from producers.hosts import ascii_host
from producers.items import MAX_DOCUMENT_BYTES

USER_AGENT = "Dateline/0.1 (news timeline; respects robots.txt)"
AGENT_TOKEN = "Dateline"
"""The name that robots.txt may address."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))


class FetchError(Exception):
    """A document that could not be fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost.

    Attributes:
        body: bytes of a document, as sent and again after decompression.
        seconds: from the first connection to the last byte, redirects included.
        redirects: addresses that may send on to another.
    """

    body: int = MAX_DOCUMENT_BYTES
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        url: where the document was in the end.
        status: HTTP status of the last answer.
        headers: names in lower case.
        body: decompressed; empty with 304.
        fetched_at: instant of the answer, UTC.
        moved_to: address that all redirects, being permanent, name as the new one, or None.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    moved_to: str | None = field(default=None)

    @property
    def content_type(self) -> str:
        """What the server calls the document, or an empty string."""
        return self.headers.get("content-type", "")


class Fetcher:
    """Fetches documents by HTTP and HTTPS; closed by `async with`.

    Args:
        allow_private: whether loopback and private addresses may be fetched.
        limits: what one fetch may cost.
        connections: most connections at once.
    """

    def __init__(self, allow_private: bool = False, limits: Limits | None = None, connections: int = 32) -> None:
        self.limits = limits or Limits()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(cafile=certifi.where()),
            max_connections=connections,
            max_keepalive_connections=connections // 2,
            keepalive_expiry=10.0,
            network_backend=GuardedBackend(allow_private),
        )

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch a document, whatever its status.

        Raises:
            FetchError: when it cannot be had within the limits, or may not be.
        """
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._follow(url, dict(headers or {}))
        except TimeoutError as error:
            raise FetchError(f"no whole answer within {self.limits.seconds:g} s") from error
        except Forbidden as error:
            raise FetchError(str(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, ssl.SSLError) as error:
            raise FetchError(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__) from error

    async def _follow(self, url: str, headers: dict[str, str]) -> Answer:
        seen: list[str] = []
        permanent = True
        for _ in range(self.limits.redirects + 1):
            answer = await self._once(url, headers)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                moved = url if seen and permanent else None
                return Answer(url, answer.status, answer.headers, answer.body, answer.fetched_at, moved)
            seen.append(url)
            permanent = permanent and answer.status in _PERMANENT
            url = urljoin(url, target)
            if url in seen:
                raise FetchError(f"redirects go round in a circle: {url}")
        raise FetchError(f"more than {self.limits.redirects} redirects")

    async def _once(self, url: str, headers: dict[str, str]) -> Answer:
        target, host = _target(url)
        sent = {"host": host, "user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": "gzip, deflate", **headers}
        async with self._pool.stream("GET", target, headers=list(sent.items())) as response:
            names = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers]
            received = dict(reversed(names))  # the first of several counts
            inflate = _Inflater(received.get("content-encoding", ""), self.limits.body)
            if received.get("content-length", "").isdigit() and int(received["content-length"]) > self.limits.body:
                raise FetchError(_too_large(self.limits.body))
            if response.status not in _REDIRECTS:
                async for chunk in response.aiter_stream():
                    inflate.feed(chunk)
            return Answer(url, response.status, received, inflate.finish(), datetime.now(UTC))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.aclose()


def _target(url: str) -> tuple[httpcore.URL, str]:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = ascii_host(parts)
    except ValueError as error:
        raise FetchError(f"no address: {error}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}")
    if not host or not host.isascii():
        raise FetchError("an address without a host" if not host else f"{host} is no name of a host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    quoted = "".join(character if "!" <= character <= "~" else _percent(character) for character in path)
    bracketed = f"[{host}]" if ":" in host else host
    shown = bracketed if port is None else f"{bracketed}:{port}"
    return httpcore.URL(scheme=parts.scheme.lower(), host=host, port=port, target=quoted), shown


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


class _Inflater:
    """Collects a body, decompressed as it comes, so that a bomb is found before it is whole."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = self._sent = 0
        names = [name.strip().lower() for name in encoding.split(",") if name.strip() not in ("", "identity")]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise FetchError(f"an encoding that was not asked for: {encoding}")
        self._stream = zlib.decompressobj(47) if names else None  # 47: gzip or zlib, by the first bytes
        self._raw_tried = False

    def feed(self, chunk: bytes) -> None:
        self._sent += len(chunk)
        if self._stream is None:
            self._keep(chunk)
            return
        try:
            while chunk and not self._stream.eof:
                self._keep(self._stream.decompress(chunk, self._limit - self._size + 1))
                chunk = self._stream.unconsumed_tail
        except zlib.error as error:
            if self._raw_tried or self._size:
                raise FetchError(f"the body is not compressed as it says: {error}") from error
            self._raw_tried = True  # some servers send `deflate` without zlib's head
            self._stream = zlib.decompressobj(-15)
            self.feed(chunk)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise FetchError(_too_large(self._limit))
        self._parts.append(part)

    def finish(self) -> bytes:
        if self._stream is not None and self._sent and not self._stream.eof:
            raise FetchError("the compressed body ends too early")
        return b"".join(self._parts)


def _too_large(limit: int) -> str:
    return f"the document is larger than {limit:,} bytes"
