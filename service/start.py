"""Where in the live feed a reader or a subscription starts, from what it says."""

from __future__ import annotations

from schemas.civil import DateError
from service.errors import ApiError, unavailable
from service.follow_position import position_of
from service.live_feed import FeedUnavailable, LiveFeed
from service.parameters import read_moment
from service.position import Position, PositionError, parse
from store.cursor import CURSOR, BadCursor, feed_of_cursor


async def start_at(feed: LiveFeed, since: str) -> Position:
    """Return the position that a `since` names: an id, a cursor of a range query, a date or instant, or `earliest`.

    Raises:
        ApiError: 422 for what is no place in the feed, 503 when the feed cannot tell now.
    """
    try:
        if since == "earliest":
            return {}
        if since.startswith("e:"):
            return parse(since)
        if since.startswith(CURSOR):
            return position_of(feed_of_cursor(since))
        return await feed.position_at(read_moment(since).utc_second)
    except FeedUnavailable as error:
        raise unavailable(str(error)) from error
    except (PositionError, BadCursor) as error:
        raise ApiError(422, "bad_parameter", f"since: {error}", parameter="since") from error
    except DateError as error:
        message = f"since: {error}; or give earliest, or an id or a cursor as it was received"
        raise ApiError(422, "bad_parameter", message, parameter="since") from error
