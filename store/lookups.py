"""Read records by their identifiers, and lists that need no range."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from clickhouse_connect.driver.client import Client

from schemas.article import Article
from schemas.civil import parse_moment
from schemas.dead_letter import DeadLetter
from schemas.event import Event
from schemas.mention import Mention
from schemas.window import ActivityWindow, Window
from store.asking import ask
from store.errors import explained
from store.identifiers import chunks
from store.query import Source

_HELD = {
    "articles": "NOT withdrawn",
    "mentions": "NOT retracted",
    "events": "NOT hidden",
    "windows": "1",
    "dead_letters": "1",
}


def read_event(client: Client, event_id: str) -> Event | None:
    """Return an event, one that was merged away too (its `redirect_to` says where); None when retracted or unknown."""
    records = _records(
        client,
        "SELECT record FROM events FINAL WHERE (span_class, start_day, start_second, event_id) IN"
        " (SELECT span_class, start_day, start_second, event_id FROM event_keys WHERE event_id = {id:String})"
        " AND NOT retracted",
        {"id": event_id},
    )
    return Event.model_validate_json(records[0]) if records else None


def read_newest(client: Client, limit: int) -> list[Event]:
    """Return the events reported last, by publication date of their latest article."""
    statement = (
        "SELECT record FROM events FINAL WHERE (span_class, start_day, start_second, event_id) IN"
        " (SELECT span_class, start_day, start_second, event_id FROM events FINAL WHERE NOT hidden"
        " ORDER BY last_seen DESC, event_id LIMIT {limit:UInt32})"
        " AND NOT hidden ORDER BY last_seen DESC, event_id"
    )
    return [Event.model_validate_json(record) for record in _records(client, statement, {"limit": limit})]


def read_mentions(client: Client, mention_ids: Sequence[str]) -> list[Mention]:
    """Return the mentions that hold, in the order of the identifiers; unknown and retracted ones are left out."""
    wanted = list(dict.fromkeys(mention_ids))
    found: dict[str, Mention] = {}
    for chunk in chunks(wanted):
        statement = "SELECT record FROM mentions FINAL WHERE mention_id IN {ids:Array(String)} AND NOT retracted"
        for record in _records(client, statement, {"ids": chunk}):
            mention = Mention.model_validate_json(record)
            found[mention.mention_id] = mention
    return [found[mention_id] for mention_id in wanted if mention_id in found]


def read_mentions_of_article(client: Client, article_id: str) -> list[Mention]:
    """Return the mentions of an article that hold, in the order of its text."""
    statement = "SELECT record FROM mentions FINAL WHERE article_id = {id:String} AND NOT retracted"
    mentions = [Mention.model_validate_json(record) for record in _records(client, statement, {"id": article_id})]
    return sorted(mentions, key=lambda mention: (mention.sentence_start, mention.start, mention.mention_id))


def sources_of(mentions: Iterable[Mention]) -> list[Source]:
    """Return the articles of mentions by publication date, the undated ones last."""
    found = {m.article_id: Source(m.article_id, m.source, m.url, m.published_at, m.language) for m in mentions}
    return sorted(
        found.values(),
        key=lambda one: (
            parse_moment(one.published_at).utc_second if one.published_at else math.inf,
            one.article_id,
        ),
    )


def read_article(client: Client, article_id: str) -> Article | None:
    """Return an article; None when it was withdrawn or is unknown."""
    records = _records(
        client,
        "SELECT record FROM articles FINAL WHERE article_id = {id:String} AND NOT withdrawn",
        {"id": article_id},
    )
    return Article.model_validate_json(records[0]) if records else None


def read_windows(client: Client, keys: Sequence[str]) -> list[Window]:
    """Return the timeline windows of some keys that there are, in the order of the keys."""
    found: dict[str, Window] = {}
    for some in chunks(keys):
        for record in _records(
            client, "SELECT record FROM windows FINAL WHERE window IN {keys:Array(String)}", {"keys": some}
        ):
            window = Window.model_validate_json(record)
            found[window.window] = window
    return [found[key] for key in keys if key in found]


def read_activity(client: Client, start: str, end: str, limit: int) -> list[ActivityWindow]:
    """Return the activity windows that start in [start, end), latest first: their keys are in the order of time."""
    records = _records(
        client,
        "SELECT record FROM windows FINAL WHERE window >= {start:String} AND window < {end:String}"
        " ORDER BY window DESC LIMIT {limit:UInt32}",
        {"start": f"activity:{start}", "end": f"activity:{end}", "limit": limit},
    )
    return [ActivityWindow.model_validate_json(record) for record in records]


def read_dead_letters(client: Client, limit: int) -> list[DeadLetter]:
    """Return dead letters, the newest first."""
    records = _records(
        client,
        "SELECT record FROM dead_letters FINAL ORDER BY time DESC, topic, partition, offset LIMIT {limit:UInt32}",
        {"limit": limit},
    )
    return [DeadLetter.model_validate_json(record) for record in records]


def count_rows(client: Client) -> dict[str, int]:
    """Return per table how many records hold: the last of each key, and neither withdrawn, retracted nor merged."""
    counts = (f"(SELECT count() FROM {table} FINAL WHERE {held}) AS {table}" for table, held in _HELD.items())
    with explained("counting rows"):
        row = client.query(f"SELECT {', '.join(counts)}").result_rows[0]
    return {table: int(count) for table, count in zip(_HELD, row, strict=True)}


def _records(client: Client, statement: str, parameters: dict[str, object]) -> list[str]:
    return [str(row[0]) for row in ask(client, "reading the timeline", statement, parameters)]
