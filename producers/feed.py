"""From a feed's bytes to its entries: RSS, RDF, Atom, CDF and JSON Feed, by the fastest parser that can."""

from __future__ import annotations

import io
import re
from typing import Any

from lxml import etree

from producers.decoding import decode
from producers.feed_item import Draft, Feed, NotAFeed, words
from producers.feed_json import parse_json_feed
from producers.feed_xml import feed_of, is_feed_root
from producers.fragment import plain_text
from producers.safe_xml import UnsafeXml, parse_xml, sanitised
from schemas.civil import Moment, day_number


def parse_feed(data: bytes, url: str = "", content_type: str | None = None) -> Feed:
    """Read a feed.

    Well-formed XML is read by lxml, JSON by `json`; feedparser, which forgives most and costs twenty times as much,
    reads what is left.

    Args:
        data: the document as it came, in any encoding.
        url: where it was; relative links are resolved against it.
        content_type: HTTP's Content-Type, for its charset; what it says of the format is not believed.

    Raises:
        NotAFeed: when the document is none, cannot be read, or is hostile; nothing else is raised.
    """
    text = decode(data, content_type)
    if not text.strip():
        raise NotAFeed("the document is empty")
    if text.lstrip()[:1] in "{[":
        return parse_json_feed(text, url)
    try:
        clean = sanitised(text)
        root = parse_xml(clean, url)
    except UnsafeXml as error:
        raise NotAFeed(str(error)) from error
    except etree.XMLSyntaxError as error:
        return _by_feedparser(clean, url, str(error))
    if is_feed_root(root):
        return feed_of(root, url)
    raise NotAFeed(f"not a feed: its root element is <{etree.QName(root).localname}>")


_LOOKS_LIKE_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)


def _by_feedparser(text: str, url: str, reason: str) -> Feed:
    if not _LOOKS_LIKE_FEED.search(text):
        raise NotAFeed(f"not a feed: no XML ({reason})")
    import feedparser

    try:
        # a stream and never the text itself, which feedparser would take for an address or a file's name
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
        )
    except Exception as error:  # a parser of broken documents breaks in ways of its own
        raise NotAFeed(f"broken XML ({reason}), and no parser for broken feeds could read it: {error}") from error
    if not found.entries and not found.feed:
        raise NotAFeed(f"broken XML ({reason}), and nothing in it could be read")
    language = found.feed.get("language") or None
    items = tuple(_draft(entry).item(language) for entry in found.entries)
    return Feed(words(found.feed.get("title")), found.feed.get("link") or None, items, "feedparser", language)


def _draft(entry: Any) -> Draft:
    contents = {"content": "\n".join(plain_text(part.get("value", "")) for part in entry.get("content", ()))}
    # no `in` or `get` on dates: feedparser answers for `published` with `updated`, and warns
    contents["summary"] = plain_text(entry.get("summary") or "")
    return Draft(
        id=entry.get("id") or None,
        link=entry.get("link") or None,
        original_link=entry.get("feedburner_origlink") or None,
        title=words(entry.get("title")),
        contents=contents,
        published=_moment(dict.get(entry, "published_parsed") or dict.get(entry, "created_parsed")),
        updated=_moment(dict.get(entry, "updated_parsed")),
    )


def _moment(parsed: Any) -> Moment | None:
    """Read feedparser's date, a `struct_time` in UTC."""
    if parsed is None:
        return None
    try:
        day = day_number(parsed.tm_year, parsed.tm_mon, parsed.tm_mday)
    except ValueError:
        return None
    return Moment(day, parsed.tm_hour * 3600 + parsed.tm_min * 60 + min(parsed.tm_sec, 59), 0)
