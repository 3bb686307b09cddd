"""Write records: one insert per table and call, and writing the same again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.mention import Mention, MentionRetraction
from schemas.window import ActivityWindow, Window
from store import rows as row_of
from store.errors import explained
from store.feed_positions import write_feed_position
from store.moves import EventKey, plan
from store.query import Origin
from store.rows import Row, Table
from store.unsettled import note_unsettled

IDS_A_QUERY = 2_000
"""Identifiers sent in one parameter: servers take fields of up to 128 KiB by default."""


def insert(client: Client, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows into a table in one statement; nothing is sent for no rows."""
    if not rows:
        return
    with explained(f"writing {table.name}"):
        client.insert(table.name, rows, column_names=table.columns, column_type_names=table.types)


def write_articles(client: Client, rows: Sequence[tuple[Article | None, str, Origin]]) -> None:
    """Write (article, article_id, origin); None in place of the article withdraws it."""
    insert(client, row_of.ARTICLES, [row_of.article_row(*row) for row in rows])


def write_mentions(client: Client, rows: Sequence[tuple[Mention | MentionRetraction, Origin]]) -> None:
    """Write mentions or their retractions; the later offset holds."""
    insert(client, row_of.MENTIONS, [row_of.mention_row(*row) for row in rows])


def write_windows(client: Client, rows: Sequence[tuple[Window | ActivityWindow, Origin]]) -> None:
    """Write windows; the higher revision holds."""
    insert(client, row_of.WINDOWS, [row_of.window_row(*row) for row in rows])
    write_feed_position(client, [origin for _, origin in rows])


def write_dead_letters(client: Client, rows: Sequence[tuple[DeadLetter, Origin]]) -> None:
    """Write dead letters, keyed by the message that was refused."""
    insert(client, row_of.DEAD_LETTERS, [row_of.dead_letter_row(*row) for row in rows])


def write_events(client: Client, rows: Sequence[tuple[Event, Origin]]) -> None:
    """Write events; the higher revision holds, wherever on the timeline the lower ones stood.

    One writer at a time may write a given event, as one partition's consumer does.

    Raises:
        ValueError: when an event has no place on a timeline; nothing is written then.
    """
    made = [row_of.event_row(*row) for row in rows]
    known = known_keys(client, [event.event_id for event, _ in rows])
    note_unsettled(client, known)
    todo = plan(made, known)
    keep_superseded(client, todo.superseded)
    insert(client, row_of.EVENT_HISTORY, todo.history)
    # keys first: a row of `events` under a key that is not known could never be cancelled
    insert(client, row_of.EVENT_KEYS, todo.keys)
    insert(client, row_of.EVENTS, todo.events)
    write_feed_position(client, [origin for _, origin in rows])


def keep_superseded(client: Client, keys: Sequence[tuple[Any, ...]]) -> None:
    """Copy rows of `events` into history, by (span_class, start_day, start_second, event_id)."""
    columns = ", ".join(row_of.EVENTS.columns)
    for first in range(0, len(keys), IDS_A_QUERY):
        classes, days, seconds, event_ids = map(list, zip(*keys[first : first + IDS_A_QUERY], strict=True))
        with explained("writing history"):
            client.command(
                f"INSERT INTO event_history ({columns}) SELECT {columns} FROM events FINAL"
                " WHERE (span_class, start_day, start_second, event_id) IN (SELECT arrayJoin(arrayZip("
                "{classes:Array(UInt8)}, {days:Array(Int32)}, {seconds:Array(Int32)}, {ids:Array(String)})))",
                parameters={"classes": classes, "days": days, "seconds": seconds, "ids": event_ids},
            )


def known_keys(client: Client, event_ids: Sequence[str]) -> dict[str, dict[EventKey, int]]:
    """Return per event the keys it was written under, each with the highest revision written there."""
    known: dict[str, dict[EventKey, int]] = defaultdict(dict)
    for chunk in chunks(sorted(set(event_ids))):
        with explained("looking up events"):
            answer = client.query(
                "SELECT event_id, span_class, start_day, start_second, max(revision) FROM event_keys"
                " WHERE event_id IN {ids:Array(String)} GROUP BY event_id, span_class, start_day, start_second",
                parameters={"ids": chunk},
            )
        for event_id, span_class, day, second, revision in answer.result_rows:
            known[event_id][span_class, day, second] = revision
    return known


def chunks(identifiers: Sequence[str]) -> Iterator[list[str]]:
    """Cut identifiers into lists that fit one query parameter."""
    for first in range(0, len(identifiers), IDS_A_QUERY):
        yield list(identifiers[first : first + IDS_A_QUERY])
