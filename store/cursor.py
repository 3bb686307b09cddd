"""Keyset cursors: the place of the last event of a page, opaque to whoever passes it back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from store.errors import StoreError
from store.query import EventQuery, FeedPosition, Sort


class BadCursor(StoreError, ValueError):
    """A cursor that was not made by the query it is given to."""


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that a page is sorted by, all in one direction; the last one is unique."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    descending: bool


_TIME = ("start_day", "start_second", "event_id"), ("Int32", "Int32", "String")
_CHANGE = ("recorded", "event_id"), ("Int64", "String")

ORDERS: dict[Sort, Order] = {
    "time": Order(*_TIME, descending=False),
    "-time": Order(*_TIME, descending=True),
    "-importance": Order(("importance", "event_id"), ("UInt64", "String"), descending=True),
    "changed": Order(*_CHANGE, descending=False),
    "-changed": Order(*_CHANGE, descending=True),
}

CURSOR = "Wy"
"""What every cursor begins with."""

_BITS = {"Int32": (-(2**31), 2**31), "Int64": (-(2**63), 2**63), "UInt64": (0, 2**64)}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort key of an event, the query that it ended a page of, and where the feeds were at its first page."""

    sort: Sort
    key: tuple[Any, ...]
    query: str
    feed: FeedPosition

    def __str__(self) -> str:
        """Write the cursor for a URL."""
        feed = [[topic, partition, offset] for (topic, partition), offset in sorted(self.feed.items())]
        text = json.dumps([self.sort, self.key, self.query, feed], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode("utf-8")).decode("ascii").rstrip("=")


def fingerprint(query: EventQuery) -> str:
    """Return what tells a query from others, whatever its page and its limit."""
    plain = repr(replace(query, cursor=None, limit=1))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def parse_cursor(text: str, query: EventQuery) -> Cursor:
    """Read a cursor that `str(Cursor)` wrote.

    Raises:
        BadCursor: when it is none, or was made by another query.
    """
    cursor = _read(text)
    if cursor.sort != query.sort:
        raise BadCursor(f"it was made for the order {cursor.sort}, not {query.sort}")
    if cursor.query != fingerprint(query):
        raise BadCursor("it was made by a query with other filters; only the limit may differ from page to page")
    return cursor


def feed_of_cursor(text: str) -> FeedPosition:
    """Return where the feeds were when the first page of a cursor's query was read.

    Raises:
        BadCursor: when it is no cursor.
    """
    return _read(text).feed


def _read(text: str) -> Cursor:
    try:
        plain = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        sort, key, made_by, feed = json.loads(plain.decode("utf-8"))
        position = {(topic, partition): offset for topic, partition, offset in feed}
        types = ORDERS[sort].types
        fits = len(key) == len(types) and all(map(_fits, key, types)) and all(map(_is_position, position.items()))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        raise BadCursor("it is no cursor of this service") from None
    if not fits:
        raise BadCursor("it is no cursor of this service")
    return Cursor(sort, tuple(key), made_by, position)


def _fits(value: object, kind: str) -> bool:
    if kind == "String":
        return isinstance(value, str)
    low, high = _BITS[kind]
    return type(value) is int and low <= value < high


def _is_position(item: tuple[Any, Any]) -> bool:
    (topic, partition), offset = item
    return isinstance(topic, str) and _fits(partition, "Int32") and _fits(offset, "UInt64")
