"""Addresses as sources: what lies there is read as any document is, and what it names is fetched in turn."""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from producers.documents import Reading, read_document
from producers.fetch import Answer, Fetcher, FetchError, Limits
from producers.items import Item, Link, Skipped, Unreadable
from producers.politeness import Disallowed, Politeness

_AT_ONCE = 16
_MAX_DEPTH = 4
"""Steps from an address that was given to an article: an index of sitemaps, a sitemap, a feed, a page."""


class Web:
    """Reads addresses, several at once and one host at a time; closed by `with`.

    Args:
        allow_private: whether loopback and private addresses may be fetched.
        pause: seconds between two requests to one host, unless its robots.txt asks for more.
        limits: what one fetch may cost.
    """

    def __init__(self, allow_private: bool, pause: float, limits: Limits | None = None) -> None:
        self._fetcher = Fetcher(allow_private, limits, _AT_ONCE)
        self._polite = Politeness(self._fetcher, pause)
        self._depth = 0
        self._runner = asyncio.Runner()

    def read(self, url: str, reading: Reading) -> Iterator[Item]:
        """Read one address that a person gave; robots.txt, which speaks to programs, is asked from its links on."""
        try:
            answer = self._runner.run(self._fetcher.get(url))
        except FetchError as error:
            yield Unreadable(url, str(error))
        else:
            yield from self._read_answer(answer, Link(url, url), reading)

    def open_links(self, links: list[Link], reading: Reading) -> Iterator[Item]:
        """Read addresses that a document names, in its order."""
        if self._depth == _MAX_DEPTH:
            yield Unreadable(links[0].origin, f"leads on to addresses more than {_MAX_DEPTH} times")
            return
        self._depth += 1
        try:
            waiting: deque[tuple[Link, asyncio.Task[Answer]]] = deque()
            for link in links:
                waiting.append((link, self._runner.get_loop().create_task(self._polite.get(link.url))))
                if len(waiting) == _AT_ONCE:
                    yield from self._finish(*waiting.popleft(), reading)
            while waiting:
                yield from self._finish(*waiting.popleft(), reading)
        finally:
            self._depth -= 1

    def _finish(self, link: Link, task: asyncio.Task[Answer], reading: Reading) -> Iterator[Item]:
        try:
            answer = self._runner.run(_result(task))
        except Disallowed as error:
            yield Skipped(link.url, str(error))
        except FetchError as error:
            yield Unreadable(link.url, str(error))
        else:
            yield from self._read_answer(answer, link, reading)

    def _read_answer(self, answer: Answer, link: Link, reading: Reading) -> Iterator[Item]:
        if answer.status != 200:
            yield Unreadable(link.url, f"HTTP status {answer.status}")
            return
        row = {
            **link.row, "url": answer.url, "content_type": answer.content_type,
            "fetched_at": answer.fetched_at.isoformat(timespec="seconds"),
        }  # fmt: skip
        inner = replace(reading, row=row, open_links=self.open_links, layers=0)
        yield from read_document(io.BytesIO(answer.body), answer.url, inner)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._fetcher.__aexit__(kind, error, trace))
        self._runner.close()


async def _result(task: asyncio.Task[Answer]) -> Answer:
    return await task
