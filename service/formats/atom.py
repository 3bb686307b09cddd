"""Atom: a query as a feed to read (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from schemas.event import Event
from service.dates_in_words import in_words
from service.formats.document import About, Stored
from service.formats.publication import UNKNOWN, stamp

_ATOM = "http://www.w3.org/2005/Atom"
_GEORSS = "http://www.georss.org/georss"
_OURS = "urn:x-dateline:when"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Atom:
    """A feed whose entries carry their date in words, and exactly in an element of our own."""

    name = "atom"
    media_type = "application/atom+xml"
    extension = "atom"
    streamed = False
    with_fields = False

    def cannot_say(self, event: Stored) -> str | None:
        """Say everything: the date of an event is content here, not a stamp."""
        return None

    def write(self, events: Iterable[Stored], about: About) -> Iterator[bytes]:
        """Write the feed."""
        entries = [event.event for event in events]
        feed = Element("feed", {"xmlns": _ATOM, "xmlns:georss": _GEORSS, "xmlns:dateline": _OURS})
        _text(feed, "id", about.url)
        _text(feed, "title", about.title)
        latest = max((stamp(event).utc_second for event in entries), default=UNKNOWN.utc_second)
        _text(feed, "updated", next((str(stamp(e)) for e in entries if stamp(e).utc_second == latest), str(UNKNOWN)))
        author = SubElement(feed, "author")
        _text(author, "name", "Dateline")
        SubElement(feed, "link", rel="self", type=self.media_type, href=about.url)
        if about.next_url is not None:
            SubElement(feed, "link", rel="next", type=self.media_type, href=about.next_url)
        for event in entries:
            _add_entry(feed, event, about)
        yield ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _add_entry(feed: Element, event: Event, about: About) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"urn:x-dateline:event:{event.event_id}")
    _text(entry, "title", event.title)
    _text(entry, "updated", str(stamp(event)))
    SubElement(entry, "link", rel="alternate", type="application/json", href=about.event_url(event.event_id))
    if event.category:
        SubElement(entry, "category", term=event.category)
    _text(entry, "summary", "\n".join((in_words(event.when), *event.evidence)))
    when = event.when.model_dump(include={"start", "end", "granularity", "value", "edtf"}, exclude_none=True)
    SubElement(entry, "dateline:when", when)
    for place in event.places:
        if place.latitude is not None and place.longitude is not None:
            _text(entry, "georss:point", f"{place.latitude} {place.longitude}")
            break


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _NOT_IN_XML.sub("", text)
