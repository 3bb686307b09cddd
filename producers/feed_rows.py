"""From a feed's entries to rows: which address identifies an entry, and which dates are believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from producers.feed_item import Feed, FeedItem
from producers.identity import outlet
from schemas.civil import SECONDS_A_DAY, Moment
from schemas.record import stable_id

_AHEAD = 2 * SECONDS_A_DAY
"""Seconds that a date may lie ahead of the fetch: time zones account for one day, clocks and embargoes for another."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """An entry as a row of `producers.rows`, with what was doubted in it."""

    item: FeedItem
    row: dict[str, object]
    doubts: tuple[str, ...] = ()


def feed_rows(feed: Feed, url: str, now: datetime) -> list[FeedRow]:
    """Return the rows of a feed's entries, in the feed's order.

    An entry is identified by the address of its page, as the page itself would be; where it has none, or shares it with
    other entries (some feeds link all to the front page), by the feed's address and the entry's key. An entry without
    content is its title.

    Args:
        feed: what was read.
        url: where the feed was, or the name of its file.
        now: aware instant of the fetch; dates ahead of it are doubted.
    """
    shared = Counter(item.url for item in feed.items)
    rows = []
    for item in feed.items:
        doubts: list[str] = []
        moment = believed(item.published, "published", now, doubts) or believed(item.updated, "updated", now, doubts)
        row: dict[str, object] = {
            "url": item.url,
            "title": item.title,
            "text": item.text or item.title,
            "published_at": str(moment) if moment else None,
            "published_at_source": "feed" if moment else None,
            "language": item.language,
            "source": outlet(_http(item.url) or _http(feed.link) or _http(url)),
        }
        if item.url is None or shared[item.url] > 1:
            row["id"] = stable_id("a", "feed", url, item.key)
        rows.append(FeedRow(item, {name: value for name, value in row.items() if value is not None}, tuple(doubts)))
    return rows


def _http(url: str | None) -> str | None:
    return url if url and url.lower().startswith(("http://", "https://")) else None


def believed(moment: Moment | None, what: str, now: datetime, doubts: list[str]) -> Moment | None:
    """Return a moment, or None where it is the zero of a clock or lies ahead of `now`, which `doubts` is told."""
    if moment is None:
        return None
    if moment.day in (0, -1) and moment.utc_second % SECONDS_A_DAY == 0:
        doubts.append(f"{what} {moment}: the default of a clock that was never set, not believed")
        return None
    if moment.utc_second > now.timestamp() + _AHEAD:
        doubts.append(f"{what} {moment}: lies in the future, not believed")
        return None
    return moment
