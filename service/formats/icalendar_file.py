"""iCalendar: events as a calendar to subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import icalendar

from schemas.civil import END_DAY, SECONDS_A_DAY, Moment, civil, parse_moment
from schemas.event import Event
from service.dates_in_words import in_words
from service.formats.document import About, Stored
from service.formats.publication import FIRST_DAY, stamp

_STATUS = {
    "asserted": "CONFIRMED", "reported": "CONFIRMED", "planned": "TENTATIVE", "conditional": "TENTATIVE",
    "denied": "CANCELLED",
}  # fmt: skip
_REFRESH = timedelta(hours=1)


class ICalendar:
    """A calendar in which coarse dates are as long as they are: "in March" lasts from the 1st to the 31st."""

    name = "ics"
    media_type = "text/calendar"
    extension = "ics"
    streamed = False
    with_fields = False

    def cannot_say(self, event: Stored) -> str | None:
        """Leave out what has no two ends or begins before year 1, which iCalendar cannot write."""
        when = event.event.when
        if when.start is None:
            return "no-start"
        if when.end is None:
            return "no-end"
        start = _utc(parse_moment(when.start))
        if start.day < FIRST_DAY:
            return "before-year-1"
        return "after-year-9999" if start.day >= END_DAY else None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the calendar."""
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Dateline//Timeline//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", about.title)
        calendar.add("source", about.url, parameters={"value": "URI"})
        calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", _REFRESH)
        for event in events:
            calendar.add_component(_entry(event.event, about))
        yield calendar.to_ical()


def _entry(event: Event, about: About) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{event.event_id}@dateline")
    entry.add("dtstamp", _instant(stamp(event)))
    entry.add("sequence", event.revision)
    entry.add("summary", event.title)
    _add_interval(entry, event)
    entry.add("description", "\n".join((in_words(event.when), *event.evidence)))
    entry.add("status", _STATUS[event.modality])
    entry.add("transp", "TRANSPARENT")  # news does not make its readers busy
    entry.add("url", about.event_url(event.event_id))
    if event.category:
        entry.add("categories", [event.category])
    if event.places:
        entry.add("location", ", ".join(place.name for place in event.places))
        place = event.places[0]
        if place.latitude is not None and place.longitude is not None:
            entry.add("geo", (place.latitude, place.longitude))
    return entry


def _add_interval(entry: icalendar.Event, event: Event) -> None:
    assert event.when.start is not None
    assert event.when.end is not None
    start, end = parse_moment(event.when.start), parse_moment(event.when.end)
    if start.second is None and end.second is None:
        entry.add("dtstart", _date(start.day))
        if end.day < END_DAY:
            entry.add("dtend", _date(end.day))
        else:  # year 10000 has too many digits for an end, but a length can be said
            entry.add("duration", timedelta(days=end.day - start.day))
        return
    start, end = _utc(start), _utc(end)
    entry.add("dtstart", _instant(start))
    if end.day < END_DAY:
        entry.add("dtend", _instant(end))
    else:
        entry.add("duration", timedelta(seconds=end.utc_second - start.utc_second))


def _utc(moment: Moment) -> Moment:
    """Return a moment in UTC; without a zone it keeps its own clock, which iCalendar calls floating."""
    if not moment.offset:
        return moment
    return Moment(*divmod(moment.utc_second, SECONDS_A_DAY), 0)


def _date(day: int) -> date:
    return date(*civil(day))


def _instant(moment: Moment) -> datetime:
    zone = None if moment.offset is None else UTC
    return datetime(*civil(moment.day), tzinfo=zone) + timedelta(seconds=moment.second or 0)
