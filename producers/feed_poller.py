"""Polls many feeds in one event loop, politely; an entry is put on Kafka once, through restarts."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from producers.feed import parse_feed
from producers.feed_item import NotAFeed
from producers.feed_rows import FeedRow, feed_rows
from producers.fetch import Answer, FetchError, Limits
from producers.politeness import Politeness
from producers.publisher import PublishError
from producers.rows import Rejected, article_from_row
from producers.schedule import after_failure, after_success
from producers.sniff import HEAD_BYTES, sniff
from producers.source_state import Source, SourceState, digest
from schemas.article import Article

FEED_LIMITS = Limits(body=8_388_608, seconds=30.0)
"""What one poll may cost; a feed of 8 MB holds thousands of entries."""

_AT_ONCE = 32
_KAFKA_AWAY_SECONDS = 30.0


class Poller:
    """Polls the sources of a table that are due.

    Args:
        state: the table.
        polite: what fetches.
        publish: puts articles on Kafka and returns when they are there; called in a thread.
        max_bytes: largest article accepted, as bytes of its JSON record.
        say: told in a line what failed, was refused or was doubted.
        now: the present instant, aware.
        draw: random numbers from 0 to 1.
    """

    def __init__(
        self, state: SourceState, polite: Politeness, publish: Callable[[Sequence[Article]], object], max_bytes: int,
        say: Callable[[str], None], now: Callable[[], datetime] = lambda: datetime.now(UTC),
        draw: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._state = state
        self._polite = polite
        self._publish = publish
        self._max_bytes = max_bytes
        self._say = say
        self._now = now
        self._draw = draw
        self._running: dict[str, asyncio.Task[None]] = {}
        self._busy: set[str] = set()

    async def run(self) -> None:
        """Poll what is due, without end; cancel it to stop. What is cut off is polled again."""
        try:
            while True:
                self._start(self._state.due(self._now().timestamp(), _AT_ONCE * 8))
                if self._running:
                    await asyncio.wait(self._running.values(), timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                else:
                    await asyncio.sleep(1.0)
                self._reap()
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def run_once(self, sources: Sequence[Source]) -> None:
        """Poll each of some sources one time, due or not."""
        waiting = list(sources)
        while waiting or self._running:
            self._start(waiting)
            waiting = [source for source in waiting if source.name not in self._running]
            if self._running:
                await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
            self._reap()

    def _start(self, due: Sequence[Source]) -> None:
        """Start polls, one a host, so that a slow host keeps no others waiting."""
        for source in due:
            if len(self._running) == _AT_ONCE:
                return
            host = _host(source.url)
            if source.name not in self._running and host not in self._busy:
                self._busy.add(host)
                task = asyncio.create_task(self.poll(source))
                task.add_done_callback(lambda _task, host=host: self._busy.discard(host))  # type: ignore[misc]
                self._running[source.name] = task

    def _reap(self) -> None:
        for name in [name for name, task in self._running.items() if task.done()]:
            self._running.pop(name).result()

    async def poll(self, source: Source) -> None:
        """Poll one source and keep how it fared."""
        headers = {}
        if source.etag:
            headers["if-none-match"] = source.etag
        if source.last_modified:
            headers["if-modified-since"] = source.last_modified
        try:
            answer = await self._polite.get(source.url, headers)
            if answer.status == 304:
                self._keep(source, answer, None, [], 0)
            elif answer.status == 200:
                await self._take(source, answer)
            else:
                self._fail(source, f"HTTP status {answer.status}", answer)
        except (FetchError, NotAFeed) as error:
            self._fail(source, str(error), None)
        except PublishError as error:
            self._state.postpone(source, self._now().timestamp() + _KAFKA_AWAY_SECONDS)
            self._say(f"{source.name}: {error}; tried again in {_KAFKA_AWAY_SECONDS:.0f} s")

    async def _take(self, source: Source, answer: Answer) -> None:
        feed = parse_feed(answer.body, answer.url, answer.content_type)
        known = self._state.known(source.name)
        present = []
        articles = []
        for entry in feed_rows(feed, source.url, self._now()):
            key, content = digest(entry.item.key), digest(json.dumps(entry.row, sort_keys=True))
            if known.get(key) != content and (key, content) not in present:
                article = await self._article(source, entry)
                if article is not None:
                    articles.append(article)
            present.append((key, content))
        if articles:
            await asyncio.to_thread(self._publish, articles)
        self._keep(source, answer, feed.ttl, present, len(articles))

    async def _article(self, source: Source, entry: FeedRow) -> Article | None:
        """Complete an entry; one that is no article is said so once and then known."""
        where = f"{source.name} {entry.item.key[:200]}"
        for doubt in entry.doubts:
            self._say(f"doubted {where}: {doubt}")
        defaults = {"country": source.country}
        if source.pages and "url" in entry.row:
            try:
                return article_from_row(await self._page(entry.row), self._max_bytes, defaults)
            except (FetchError, Rejected) as error:
                self._say(f"{where}: {error}; the feed's own words are taken")
        try:
            return article_from_row(entry.row, self._max_bytes, defaults)
        except Rejected as error:
            self._say(f"rejected {where}: {error}")
            return None

    async def _page(self, row: dict[str, object]) -> dict[str, object]:
        answer = await self._polite.get(str(row["url"]))
        if answer.status != 200:
            raise FetchError(f"HTTP status {answer.status}")
        if sniff(answer.body[:HEAD_BYTES]) != "html":
            raise FetchError("no page")
        known: dict[str, object] = {name: row[name] for name in ("id", "title", "language", "source") if name in row}
        return {
            **known, "url": answer.url, "html": answer.body, "content_type": answer.content_type,
            "fetched_at": answer.fetched_at.isoformat(timespec="seconds"), "feed_date": row.get("published_at"),
        }  # fmt: skip

    def _keep(
        self, source: Source, answer: Answer, ttl: int | None, present: list[tuple[bytes, bytes]], sent: int
    ) -> None:
        now = self._now().timestamp()
        unchanged = answer.status == 304
        self._state.succeeded(
            source, now, now + after_success(source.every, ttl, answer.headers, self._draw()),
            etag=answer.headers.get("etag") or (source.etag if unchanged else None),
            last_modified=answer.headers.get("last-modified") or (source.last_modified if unchanged else None),
            present=present, sent=sent, moved_to=answer.moved_to,
        )  # fmt: skip

    def _fail(self, source: Source, reason: str, answer: Answer | None) -> None:
        now = self._now()
        headers = answer.headers if answer else {}
        gone = answer is not None and answer.status == 410
        seconds = after_failure(source.every, source.errors, headers, now, self._draw())
        self._state.failed(source, now.timestamp(), now.timestamp() + seconds, reason, gone=gone)
        then = "paused, as it is gone for good" if gone else f"polled again in {seconds / 60:.0f} min"
        self._say(f"{source.name}: {reason}; {then}")


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
