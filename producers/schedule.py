"""When a feed is polled next: as often as asked, as seldom as the feed and its server wish, less often after errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds that a poll is put off at most, whatever a feed or server asks."""

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*(\d{1,9})\b", re.IGNORECASE)
_JITTER = 0.1


def after_success(every: float, ttl: int | None, headers: Mapping[str, str], draw: float) -> float:
    """Return the seconds until the next poll of a feed that answered.

    Args:
        every: seconds that the user asked for.
        ttl: seconds that the feed asks for, or None.
        headers: of the answer; a Cache-Control max-age is kept to.
        draw: from 0 to 1, at random, so that feeds do not all come due at once.
    """
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    wished = max(every, float(ttl or 0), float(found[1]) if found else 0.0)
    return _spread(min(wished, max(LONGEST, every)), draw)


def after_failure(every: float, errors: int, headers: Mapping[str, str], now: datetime, draw: float) -> float:
    """Return the seconds until the next poll of a feed that failed: twice as long each time, or as Retry-After says.

    Args:
        every: seconds that the user asked for.
        errors: polls that failed before this one, without a success between.
        headers: of the answer, if there was one.
        now: aware instant of the answer.
        draw: from 0 to 1, at random.
    """
    wished = max(every * 2.0 ** min(errors + 1, 16), _retry_after(headers.get("retry-after", ""), now))
    return _spread(min(wished, max(LONGEST, every)), draw)


def _spread(seconds: float, draw: float) -> float:
    return seconds * (1.0 + _JITTER * draw)


def _retry_after(value: str, now: datetime) -> float:
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - now).total_seconds()
