"""Write records that no other depends on: one insert a call, and writing the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from clickhouse_connect.driver.client import Client

from schemas.article import Article
from schemas.dead_letter import DeadLetter
from schemas.mention import Mention, MentionRetraction
from schemas.window import ActivityWindow, Window
from store import rows as row_of
from store.errors import explained
from store.feed_positions import write_feed_position
from store.query import Origin
from store.rows import Row, Table


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
