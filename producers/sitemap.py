"""Sitemaps and news sitemaps (https://www.sitemaps.org, http://www.google.com/schemas/sitemap-news/0.9)."""

from __future__ import annotations

from lxml import etree

from producers.decoding import decode
from producers.feed_dates import read_feed_date
from producers.fragment import tidy
from producers.items import Link
from producers.safe_xml import UnsafeXml, parse_xml, sanitised


class NotASitemap(ValueError):
    """A document that is no sitemap, or one that cannot be read; the message says why."""


def read_sitemap(data: bytes, origin: str) -> list[Link]:
    """Return the addresses that a sitemap or an index of sitemaps names, in order, each once.

    A news sitemap's `publication_date`, `title` and `language` become the row's `feed_date`, `title` and `language`.
    `lastmod` does not become a date: it tells when a page changed, not when it was published.

    Raises:
        NotASitemap: when the document is none, is hostile or names no address.
    """
    try:
        root = parse_xml(sanitised(decode(data)))
    except (UnsafeXml, etree.XMLSyntaxError) as error:
        raise NotASitemap(f"a sitemap that cannot be read: {error}") from error
    if etree.QName(root).localname.lower() not in ("urlset", "sitemapindex"):
        raise NotASitemap(f"not a sitemap: its root element is <{etree.QName(root).localname}>")
    links: dict[str, Link] = {}
    for entry in root:
        fields = {etree.QName(child).localname.lower(): tidy(child.text or "") for child in entry.iter("{*}*")}
        url = tidy(entry.findtext("{*}loc") or "")
        if not url:
            continue
        moment = read_feed_date(fields.get("publication_date"))
        row: dict[str, object] = {
            "title": fields.get("title") if "news" in fields else None,
            "language": fields.get("language") or None,
            "feed_date": str(moment) if moment else None,
        }
        links.setdefault(url, Link(origin, url, {name: value for name, value in row.items() if value}))
    if not links:
        raise NotASitemap("a sitemap that names no address")
    return list(links.values())
