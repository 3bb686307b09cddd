"""The timeline store as the sink and the service use it: safe to call from any thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from clickhouse_connect.driver.client import Client

from schemas.article import Article
from schemas.civil import Moment
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from schemas.window import ActivityWindow, Window
from store import lookups, writer
from store.address import Server, parse_address
from store.buckets import read_buckets
from store.client import connect, disconnect
from store.cluster import ClusterDdl
from store.cursor import Cursor
from store.errors import StoreError, explained
from store.event_writer import write_events
from store.facets import read_facets
from store.feed_positions import read_feed_position
from store.history import read_event_as_of, read_history, read_removals
from store.incoming import Incoming, read_event
from store.migrations import migrate, read_migrations
from store.query import (
    BucketUnit,
    EventDetail,
    EventPage,
    EventQuery,
    FacetField,
    Facets,
    FeedPosition,
    Grouping,
    Histogram,
    Origin,
    Removal,
    Revision,
)  # fmt: skip
from store.range_query import read_page, read_records
from store.standing import Standing, read_standing_events, read_standing_windows
from store.unsettled import settle


class TimelineStore:
    """The timeline in ClickHouse, embedded or on a server.

    Methods raise `StoreError`, `StoreUnavailable` when trying again may help. Connecting happens at the first call.

    Args:
        dsn: `chdb:///absolute/path` or `clickhouse://user:password@host:port/database[?cluster=name]`.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._clients: dict[threading.Thread, Client] = {}
        self._guard = threading.Lock()
        self._events = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection, and give up a chDB path; the store cannot be used afterwards."""
        with self._guard:
            self._closed = True
            clients, self._clients = self._clients, {}
        for client in clients.values():
            disconnect(client, self._dsn)

    def ping(self) -> None:
        """Do nothing when the store answers; raise when it does not."""
        with explained("asking the timeline store for a sign of life"):
            self._client().query("SELECT 1")

    def migrate(self) -> list[str]:
        """Bring the tables up to date; return the names of the migrations applied."""
        address = parse_address(self._dsn)
        cluster = address.cluster if isinstance(address, Server) else None
        ddl = ClusterDdl(cluster, address.database) if cluster else None
        return migrate(self._client(), read_migrations(), ddl)

    def settle(self) -> None:
        """Merge revisions into what holds, so that questions need not look twice; see `store.unsettled.settle`.

        Raises:
            StoreError: on a cluster, where each server's own tables would have to be merged; and as `settle`.
        """
        address = parse_address(self._dsn)
        if isinstance(address, Server) and address.cluster:
            raise StoreError("a cluster cannot be settled as a whole: run OPTIMIZE on its servers")
        settle(self._client())

    def write_articles(self, rows: Sequence[tuple[Article | None, str, Origin]]) -> None:
        """Write (article, article_id, origin); None in place of the article withdraws it."""
        writer.write_articles(self._client(), rows)

    def write_mentions(self, rows: Sequence[tuple[Mention | MentionRetraction, Origin]]) -> None:
        """Write mentions or their retractions; of one mention the later offset holds."""
        writer.write_mentions(self._client(), rows)

    def write_events(self, rows: Sequence[tuple[Event | Incoming, Origin]]) -> None:
        """Write events; of one event the higher revision holds.

        Args:
            rows: events, or what `read_event` made of their messages, each with where its message stood.

        Raises:
            ValueError: when an event has no place on a timeline (no bound, or its end before its start).
        """
        batch = [(read_event(event.to_json()) if isinstance(event, Event) else event, origin) for event, origin in rows]
        with self._events:  # it reads before it writes
            write_events(self._client(), batch)

    def write_windows(self, rows: Sequence[tuple[Window | ActivityWindow, Origin]]) -> None:
        """Write windows; of one window the higher revision holds."""
        writer.write_windows(self._client(), rows)

    def write_dead_letters(self, rows: Sequence[tuple[DeadLetter, Origin]]) -> None:
        """Write dead letters, keyed by the message that was refused."""
        writer.write_dead_letters(self._client(), rows)

    def events(self, query: EventQuery) -> EventPage:
        """Return one page of the events that a query asks for.

        Raises:
            BadCursor: when the cursor was not made by such a query.
            ValueError: when the limit is out of range.
        """
        return read_page(self._client(), query)

    def records(self, query: EventQuery, rows: int = 5_000) -> Iterator[list[str]]:
        """Yield all events of a query as their JSON, so many at a time; memory does not grow with their number.

        The query's limit plays no part. The iterator stays on the thread that began it.
        """
        return read_records(self._client(), query, rows)

    def event(self, event_id: str, as_of: Moment | None = None) -> Event | None:
        """Return an event, one merged away too (see its `redirect_to`); None when retracted or unknown.

        Args:
            event_id: its identifier.
            as_of: the instant as of which it is wanted; None for now.
        """
        if as_of is not None:
            return read_event_as_of(self._client(), event_id, as_of)
        return lookups.read_event(self._client(), event_id)

    def detail(self, event_id: str, most_mentions: int = 1000) -> EventDetail | None:
        """Return an event with its mentions, sources and history; None when retracted or unknown."""
        event = self.event(event_id)
        if event is None:
            return None
        mentions = self.mentions(event.mention_ids[:most_mentions])
        return EventDetail(event, mentions, lookups.sources_of(mentions), self.history(event_id))

    def history(self, event_id: str) -> list[Revision]:
        """Return the revisions of an event that the store has seen, the first one first, retractions included."""
        return read_history(self._client(), event_id)

    def removed_since(self, moment: Moment, most: int = 10_000) -> list[Removal]:
        """Return what was retracted or merged away at an instant or later, the earliest first."""
        return read_removals(self._client(), moment, most)

    def feed_position(self) -> FeedPosition:
        """Return per (topic, partition) of events and windows the offset from which to follow live."""
        return read_feed_position(self._client())

    def standing_events(
        self, query: EventQuery, cursor: Cursor | None, rows: int
    ) -> tuple[list[Standing], Cursor | None]:
        """Return so many events of a query behind a cursor, and the cursor of what follows; None at the end."""
        return read_standing_events(self._client(), query, cursor, rows)

    def standing_windows(self, after: str, rows: int) -> list[Standing]:
        """Return so many windows whose keys come after one, by key."""
        return read_standing_windows(self._client(), after, rows)

    def newest(self, limit: int) -> list[Event]:
        """Return the events reported last."""
        return lookups.read_newest(self._client(), limit)

    def mentions(self, mention_ids: Sequence[str]) -> list[Mention]:
        """Return the mentions that hold, in the order of the identifiers."""
        return lookups.read_mentions(self._client(), mention_ids)

    def article(self, article_id: str) -> Article | None:
        """Return an article; None when it was withdrawn or is unknown."""
        return lookups.read_article(self._client(), article_id)

    def mentions_of_article(self, article_id: str) -> list[Mention]:
        """Return the mentions of an article that hold, in the order of its text."""
        return lookups.read_mentions_of_article(self._client(), article_id)

    def buckets(self, query: EventQuery, unit: BucketUnit, group_by: Grouping | None = "category") -> Histogram:
        """Count the events that a query asks for and that start in its range, per bucket of their start."""
        return read_buckets(self._client(), query, unit, group_by)

    def facets(self, query: EventQuery, fields: Sequence[FacetField], most: int = 20) -> Facets:
        """Count the most frequent values of fields among the events that a query asks for."""
        return read_facets(self._client(), query, fields, most)

    def windows(self, keys: Sequence[str]) -> list[Window]:
        """Return the timeline windows of some keys that there are, in the order of the keys."""
        return lookups.read_windows(self._client(), keys)

    def activity(self, start: str, end: str, limit: int) -> list[ActivityWindow]:
        """Return the activity windows that start in [start, end), both written as in their keys, latest first."""
        return lookups.read_activity(self._client(), start, end, limit)

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        """Return dead letters, the newest first."""
        return lookups.read_dead_letters(self._client(), limit)

    def counts(self) -> dict[str, int]:
        """Return how many articles, mentions, events, windows and dead letters hold."""
        return lookups.count_rows(self._client())

    def _client(self) -> Client:
        """Return this thread's own client: a client serves one thread at a time."""
        thread = threading.current_thread()
        client = self._clients.get(thread)
        return client if client is not None else self._connect(thread)

    def _connect(self, thread: threading.Thread) -> Client:
        client = connect(self._dsn)
        with self._guard:
            if not self._closed:
                self._clients[thread] = client
            gone = [other for other in self._clients if not other.is_alive()]
            stale = [self._clients.pop(other) for other in gone]
        for other in stale:
            disconnect(other, self._dsn)
        if self._closed:
            disconnect(client, self._dsn)
            raise StoreError("the timeline store was closed")
        return client
