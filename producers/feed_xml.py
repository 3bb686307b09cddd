"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0 and CDF: one walk over the tree, elements known by namespace and name."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from producers.feed_dates import read_feed_date
from producers.feed_item import Draft, Feed, words
from producers.fragment import element_text, plain_text, tidy

_PLAIN = (
    "", "http://backend.userland.com/rss2", "http://blogs.law.harvard.edu/tech/rss", "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss", "http://purl.org/net/rss1.1#", "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)  # fmt: skip
_PREFIXES = {
    **dict.fromkeys(_PLAIN, ""),
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    **dict.fromkeys(
        ("http://example.com/newformat#", "http://example.com/necho", "http://purl.org/echo/", "http://purl.org/pie/"),
        "",
    ),  # what Atom 0.3 was called in its drafts
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
_ROOTS = frozenset(("rss", "rdf", "feed", "channel"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PUBLISHED = (
    "pubdate",
    "published",
    "issued",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "dc:date",
    "dcterms:date",
)
_UPDATED = ("updated", "modified", "dcterms:modified", "lastbuilddate")
_CONTENTS = {
    "content:encoded": "content", "content": "content", "xhtml:body": "content", "body": "content",
    "fullitem": "full", "description": "description", "abstract": "description", "dc:description": "description",
    "summary": "summary", "tagline": "summary", "subtitle": "summary",
}  # fmt: skip
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def _name(element: Any) -> str | None:
    """Return the name that an element is known by, None in a namespace that says nothing of articles."""
    tag = element.tag
    if not isinstance(tag, str):  # an entity that was not resolved
        return None
    space, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:].lower())
    return None if prefix is None else prefix + local.lower()


def is_feed_root(root: Any) -> bool:
    """Tell whether a document with this root element is a feed."""
    return _name(root) in _ROOTS


def feed_of(root: Any, url: str) -> Feed:
    """Read a parsed feed; `url` is where it was."""
    draft = Draft()
    channels = [child for child in root if _name(child) == "channel"] if _name(root) != "channel" else [root]
    heads = channels or [root]
    language = None
    ttl = None
    for head in [root, *channels]:
        language = language or head.get(_XML + "lang")
    for head in heads:
        fields = {name: child for child in head if (name := _name(child))}
        _read(head, draft, url)
        for name in ("language", "dc:language"):
            if language is None and name in fields:
                language = tidy(fields[name].text or "") or None
        ttl = ttl or _ttl(fields)
    items = tuple(_item(element, url, language) for element in _items(root))
    return Feed(draft.title, draft.link, items, "lxml", language, ttl)


def _items(root: Any) -> Iterator[Any]:
    """Entries wherever RSS (in the channel), RDF (beside it), Atom and CDF (in nested channels) have them."""
    stack = [iter(root)]
    while stack:
        for child in stack[-1]:
            name = _name(child)
            if name in ("item", "entry"):
                yield child
            elif name in ("channel", "items"):
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _item(element: Any, url: str, language: str | None) -> Any:
    draft = Draft()
    _read(element, draft, url)
    draft.language = element.get(_XML + "lang") or draft.language
    return draft.item(language)


def _read(element: Any, draft: Draft, url: str) -> None:
    base = element.base or url
    link = element.get("href") or element.get("HREF")
    if link:  # CDF
        draft.link = _absolute(base, link)
    draft.updated = read_feed_date(element.get("lastmod") or element.get("LASTMOD"))
    guid = None
    dates: dict[str, str] = {}
    fallback_link = None
    for child in element:
        name = _name(child)
        if name is None:
            continue
        text = (child.text or "").strip()
        if name in ("title", "dc:title"):
            if draft.title is None or name == "title":
                draft.title = words(_markup(child)) or draft.title
        elif name == "link":
            found, sure = _link(child, url)
            if found and (sure or draft.link is None) and (draft.link is None or not draft.id or sure):
                draft.link = draft.link if draft.link and not sure else found
        elif name in ("guid", "id", "dc:identifier"):
            if name != "dc:identifier" or not draft.id:
                draft.id = text or draft.id
            if name == "guid" and child.get("isPermaLink", "true").lower() != "false" and "://" in text[:12]:
                guid = text
        elif name == "feedburner:origlink":
            draft.original_link = text or None
        elif name == "dc:language":
            draft.language = text or None
        elif name in _CONTENTS:
            kind = _CONTENTS[name]
            found_text = plain_text(_markup(child))
            draft.contents[kind] = "\n".join(filter(None, (draft.contents.get(kind), found_text)))
        elif text:
            dates.setdefault(name, text)
    if draft.link is None:
        about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
        fallback_link = guid or (about if about and "://" in about else None)
        draft.link = _absolute(base, fallback_link) if fallback_link else None
    draft.published = next((moment for name in _PUBLISHED if (moment := read_feed_date(dates.get(name)))), None)
    draft.updated = draft.updated or next(
        (moment for name in _UPDATED if (moment := read_feed_date(dates.get(name)))), None
    )


def _link(element: Any, url: str) -> tuple[str | None, bool]:
    """Return where a link points, and whether it is the page for sure: Atom's alternate, RSS's only link."""
    href = element.get("href")
    if href is None:
        text = "".join(element.itertext()).strip()
        return (_absolute(element.base or url, text) if text else None), True
    if element.get("rel", "alternate") != "alternate":
        return None, False
    kind = element.get("type", "text/html")
    return _absolute(element.base or url, href.strip()), kind in ("text/html", "application/xhtml+xml")


def _markup(element: Any) -> str:
    """Return an element's value as HTML, whatever it is written in."""
    kind = (element.get("type") or "").lower()
    mode = (element.get("mode") or "").lower()
    if len(element):
        return _escaped(element_text(element))
    text = element.text or ""
    if mode == "base64" or (kind and "/" in kind and not kind.startswith("text/") and not kind.endswith("xml")):
        try:
            text = base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    if (kind in ("text", "text/plain") and mode != "escaped") or mode == "xml":
        return _escaped(text)
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _ttl(fields: dict[str, Any]) -> int | None:
    """Return the seconds between polls that a channel asks for: RSS `ttl` (minutes) or the syndication module."""
    ttl = tidy(fields["ttl"].text or "") if "ttl" in fields else ""
    if ttl.isdigit() and len(ttl) < 7:
        return int(ttl) * 60 or None
    period = _PERIODS.get(tidy(fields["sy:updateperiod"].text or "").lower()) if "sy:updateperiod" in fields else None
    if period is None:
        return None
    often = tidy(fields["sy:updatefrequency"].text or "") if "sy:updatefrequency" in fields else ""
    return period // max(int(often), 1) if often.isdigit() and len(often) < 7 else period


def _absolute(base: str, link: str) -> str | None:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return None
