"""Manners towards the servers of others: robots.txt (RFC 9309), one request at a time to a host, a pause between."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from producers.fetch import AGENT_TOKEN, Answer, Fetcher, FetchError

_ROBOTS_BYTES = 512_000
_ROBOTS_SECONDS = 86_400.0
_RETRY_SECONDS = 600.0
_REMEMBERED_CHARACTERS = 16_000_000
_LONGEST_PAUSE = 30.0
_NOBODY = "User-agent: *\nDisallow: /\n"


class Disallowed(FetchError):
    """An address that the site's robots.txt asks programs not to fetch."""


@dataclass(frozen=True, slots=True)
class _Robots:
    text: str
    until: float


class _Host:
    """One host: who talks to it now, and when it may be asked again."""

    __slots__ = ("free_at", "lock", "waiting")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
        self.waiting = 0


class Politeness:
    """Fetches with manners; to be used within one event loop.

    Args:
        fetcher: what fetches.
        pause: seconds between two requests to one host, unless its robots.txt asks for more (30 at most).
        robots: whether robots.txt is asked.
    """

    def __init__(self, fetcher: Fetcher, pause: float = 1.0, robots: bool = True) -> None:
        self._fetcher = fetcher
        self._pause = pause
        self._ask_robots = robots
        self._hosts: dict[str, _Host] = {}
        self._robots: OrderedDict[str, _Robots] = OrderedDict()
        self._characters = 0

    async def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        """Fetch a document when the host is free and its robots.txt allows it.

        Raises:
            Disallowed: when robots.txt does not.
            FetchError: when it cannot be fetched; see `Fetcher.get`.
        """
        origin = _origin(url)
        async with self._turn(origin) as host:
            pause = self._pause
            if self._ask_robots:
                rules = Protego.parse(await self._robots_of(origin))
                if not rules.can_fetch(url, AGENT_TOKEN):
                    raise Disallowed(f"robots.txt of {origin} asks programs not to fetch {url}")
                pause = max(pause, min(float(rules.crawl_delay(AGENT_TOKEN) or 0.0), _LONGEST_PAUSE))
            await asyncio.sleep(host.free_at - time.monotonic())
            try:
                return await self._fetcher.get(url, headers)
            finally:
                host.free_at = time.monotonic() + pause

    @asynccontextmanager
    async def _turn(self, origin: str) -> AsyncIterator[_Host]:
        host = self._hosts.setdefault(origin, _Host())
        host.waiting += 1
        try:
            async with host.lock:
                yield host
        finally:
            host.waiting -= 1
            if host.waiting == 0 and len(self._hosts) > 10_000:
                now = time.monotonic()
                self._hosts = {name: one for name, one in self._hosts.items() if one.waiting or one.free_at > now}

    async def _robots_of(self, origin: str) -> str:
        known = self._robots.get(origin)
        if known is not None and known.until > time.monotonic():
            self._robots.move_to_end(origin)
            return known.text
        text, seconds = await self._fetch_robots(origin)
        self._characters += len(text) - (len(known.text) if known else 0)
        self._robots[origin] = _Robots(text, time.monotonic() + seconds)
        self._robots.move_to_end(origin)
        while self._characters > _REMEMBERED_CHARACTERS:
            _, oldest = self._robots.popitem(last=False)
            self._characters -= len(oldest.text)
        return text

    async def _fetch_robots(self, origin: str) -> tuple[str, float]:
        """Return the rules and how long they hold: 4xx allows all, 5xx nothing (RFC 9309, section 2.3.1)."""
        try:
            answer = await self._fetcher.get(f"{origin}/robots.txt")
        except FetchError:
            return _NOBODY, _RETRY_SECONDS
        if answer.status >= 500:
            return _NOBODY, _RETRY_SECONDS
        if answer.status != 200:
            return "", _ROBOTS_SECONDS
        return answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace"), _ROBOTS_SECONDS


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"no address: {error}") from error
    host = parts.hostname or ""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{bracketed}" + ("" if port is None else f":{port}")
