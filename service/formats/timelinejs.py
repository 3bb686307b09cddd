"""TimelineJS: a query as a timeline to show on a page (https://timeline.knightlab.com/docs/json-format.html)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from typing import Any

from schemas.civil import MIN_DAY, Moment, civil, parse_moment
from schemas.event import Event
from service.dates_in_words import in_words
from service.formats.document import About, Stored


class TimelineJs:
    """The JSON that TimelineJS reads.

    Years are astronomical, as its scale counts them; since it would label -43 as 43 BCE, each event brings its date in
    words. Its ends are inclusive.
    """

    name = "timelinejs"
    media_type = "application/json"
    extension = "json"
    streamed = False
    with_fields = False

    def cannot_say(self, event: Stored) -> str | None:
        """Leave out what has no start, which TimelineJS demands."""
        return "no-start" if event.event.when.start is None else None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the timeline."""
        timeline = {
            "scale": "human",
            "title": {"text": {"headline": html.escape(about.title)}},
            "events": [_slide(event.event, about) for event in events],
        }
        yield json.dumps(timeline, ensure_ascii=False, separators=(",", ":")).encode()


def _slide(event: Event, about: About) -> dict[str, Any]:
    assert event.when.start is not None
    slide = {
        "unique_id": event.event_id,
        "start_date": _date(parse_moment(event.when.start), event.when.granularity),
        "display_date": in_words(event.when),
        "text": {
            "headline": html.escape(event.title),
            "text": "".join(f"<p>{html.escape(sentence)}</p>" for sentence in event.evidence)
            + f'<p><a href="{html.escape(about.event_url(event.event_id))}">{event.source_count} '
            f"source{'' if event.source_count == 1 else 's'}</a></p>",
        },
    }
    if event.category:
        slide["group"] = event.category
    if event.when.end is not None and (end := _last(parse_moment(event.when.end))) != slide["start_date"]:
        slide["end_date"] = end
    return slide


def _date(moment: Moment, granularity: str) -> dict[str, int]:
    year, month, day = civil(moment.day)
    if granularity in ("year", "decade", "century", "millennium"):
        return {"year": year}
    if granularity in ("month", "quarter", "season", "half"):
        return {"year": year, "month": month}
    return {"year": year, "month": month, "day": day, **_clock(moment)}


def _last(end: Moment) -> dict[str, int]:
    """Return the last day or second before an exclusive end."""
    if end.second:
        before = Moment(end.day, end.second - 1)
    else:
        before = Moment(max(end.day - 1, MIN_DAY), None if end.second is None else 86_399)
    year, month, day = civil(before.day)
    return {"year": year, "month": month, "day": day, **_clock(before)}


def _clock(moment: Moment) -> dict[str, int]:
    if moment.second is None:
        return {}
    return {"hour": moment.second // 3600, "minute": moment.second // 60 % 60, "second": moment.second % 60}
