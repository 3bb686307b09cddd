"""Snapshot: the timeline as it stands, and then the feed from exactly there.

The position up to which the store has written the feed is read first, then the timeline page by page, then the feed
from that position. What was written while the pages were read is on the feed again: each record carries the offset of
its message, so that what the reader has got is left out there. So nothing is missed, nothing comes twice, and nothing
comes after something newer.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from anyio.to_thread import run_sync

from service.follow_position import position_of
from service.live_feed import FeedUnavailable, LiveFeed
from service.live_filter import FeedFilter
from service.live_messages import Frame, FrameName, read_message
from service.position import Letter, Partition, Position
from service.shown import Shown
from store.cursor import Cursor
from store.errors import StoreError
from store.standing import Standing
from store.timeline_store import TimelineStore

_Page = Sequence[tuple[Letter, Standing]]


class Snapshot:
    """What one reader gets who wants the timeline first.

    The frames of the timeline have no id, nor have those of the feed until all that was written meanwhile is past:
    a reader that is cut off there begins anew, as he would not know what he lacks.

    Args:
        store: the timeline.
        feed: the hub.
        wanted: what the reader wants.
        rows: how many records are read at a time.
    """

    def __init__(self, store: TimelineStore, feed: LiveFeed, wanted: FeedFilter, rows: int = 500) -> None:
        self._store = store
        self._feed = feed
        self._wanted = wanted
        self._rows = rows
        self._position: Position = {}
        self._first: _Page = ()
        self._cursor: Cursor | None = None

    async def begin(self) -> None:
        """Read where the store is, and the first events.

        Raises:
            FeedUnavailable: when nobody can join the feed now.
            StoreError: when the store fails.
        """
        self._feed.check_joinable()
        self._position = position_of(await run_sync(self._store.feed_position))
        if self._wanted.kind != "window":
            self._first = await self._events()

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Give the timeline, then the feed; ends as `LiveFeed.follow` does, or when the store fails."""
        shown = Shown(self._position)
        try:
            async with aclosing(self._pages()) as pages:
                async for page in pages:
                    for frame in self._told(page, shown):
                        yield frame
        except StoreError as error:
            yield Frame("", comment=f"{error}; connect again")
            return
        try:
            async with aclosing(self._feed.follow(self._wanted, self._position, shown)) as frames:
                async for frame in frames:
                    if frame.name == "reset":
                        shown.forget()
                    yield frame if shown.passed(frame.id) else _without_id(frame)
        except FeedUnavailable as error:
            yield Frame("", comment=f"{error}; connect again")

    async def _pages(self) -> AsyncGenerator[_Page, None]:
        yield self._first
        while self._cursor is not None:
            yield await self._events()
        after = ""
        while self._wanted.windows and (windows := await run_sync(self._store.standing_windows, after, self._rows)):
            after = windows[-1].key
            yield [("w", window) for window in windows]

    async def _events(self) -> _Page:
        events, self._cursor = await run_sync(self._store.standing_events, self._wanted.query, self._cursor, self._rows)
        return [("e", event) for event in events]

    def _told(self, page: _Page, shown: Shown) -> Iterator[Frame]:
        for letter, one in page:
            name: FrameName = "event" if letter == "e" else "window"
            if letter == "w" and not self._wanted.takes(read_message(letter, one.record.encode())):
                continue
            shown.add(Partition(letter, one.partition), one.key, one.offset)
            yield Frame("", name, one.record)


def _without_id(frame: Frame) -> Frame:
    """Return a frame that does not tell a place to come back to, in its comment neither."""
    return replace(frame, id="", comment=frame.comment and frame.comment.partition(";")[0])
