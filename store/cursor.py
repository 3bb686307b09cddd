"""Keyset cursors: the place of the last event of a page, opaque to whoever passes it back."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from store.errors import StoreError

_ASCENDING, _DESCENDING = "a", "d"


class BadCursor(StoreError, ValueError):
    """A cursor that was not made by the query it is given to."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort key of an event, and the direction of the query it ended a page of."""

    start_day: int
    start_second: int
    event_id: str
    newest_first: bool

    def __str__(self) -> str:
        """Write the cursor for a URL."""
        direction = _DESCENDING if self.newest_first else _ASCENDING
        key = json.dumps([self.start_day, self.start_second, self.event_id, direction], separators=(",", ":"))
        return base64.urlsafe_b64encode(key.encode("utf-8")).decode("ascii").rstrip("=")


def parse_cursor(text: str, *, newest_first: bool) -> Cursor:
    """Read a cursor that `str(Cursor)` wrote.

    Raises:
        BadCursor: when it is none, or was made by a query of the other direction.
    """
    try:
        key = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        day, second, event_id, direction = json.loads(key.decode("utf-8"))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise BadCursor("it is no cursor of this service") from None
    numbers = type(day) is int and type(second) is int and max(abs(day), abs(second)) < 2**31
    if not (numbers and isinstance(event_id, str) and direction in (_ASCENDING, _DESCENDING)):
        raise BadCursor("it is no cursor of this service")
    if (direction == _DESCENDING) != newest_first:
        raise BadCursor("it was made for the other direction of time")
    return Cursor(day, second, event_id, newest_first)
