"""OPML: lists of feeds, as readers of feeds export them."""

from __future__ import annotations

from lxml import etree

from producers.decoding import decode
from producers.items import Link
from producers.safe_xml import UnsafeXml, parse_xml, sanitised


class NotOpml(ValueError):
    """A document that is no OPML, or one that cannot be read; the message says why."""


def read_opml(data: bytes, origin: str) -> list[Link]:
    """Return the feeds that an OPML document names, each once, with `feed_title` in its row.

    Raises:
        NotOpml: when the document is none, is hostile or names no feed.
    """
    try:
        root = parse_xml(sanitised(decode(data)))
    except (UnsafeXml, etree.XMLSyntaxError) as error:
        raise NotOpml(f"OPML that cannot be read: {error}") from error
    if etree.QName(root).localname.lower() != "opml":
        raise NotOpml(f"not OPML: its root element is <{etree.QName(root).localname}>")
    links: dict[str, Link] = {}
    for outline in root.iter("{*}outline"):
        fields = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        url = fields.get("xmlurl")
        if url and url not in links:
            title = fields.get("title") or fields.get("text")
            links[url] = Link(origin, url, {"feed_title": title} if title else {})
    if not links:
        raise NotOpml("OPML that names no feed: no outline has an xmlUrl")
    return list(links.values())
