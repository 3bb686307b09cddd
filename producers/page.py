"""From an HTML page to an article: text, title, authors, language, dates, and what is doubted of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from producers.feed_dates import read_feed_date
from producers.language import declared_language, page_language
from producers.page_tree import NoArticle, page_tree
from producers.publication_date import choose_dates
from producers.stated_dates import stated_dates
from producers.structured_data import Described, described
from schemas.civil import Moment
from schemas.vocabulary import PublishedAtSource

_LONGEST_TITLE = 4_000


@dataclass(frozen=True, slots=True)
class PageArticle:
    """What a page tells of its article.

    Attributes:
        title: headline, without the outlet's name where that can be told.
        text: the article's prose, paragraphs one a line; navigation, comments and the like are gone.
        authors: names, in the page's order.
        language: BCP 47 tag.
        published_at: ISO 8601 day or instant, with just the parts that the page tells.
        published_at_source: the kind of place it was found in.
        published_at_place: the very place, for people.
        modified_at: ISO 8601 day or instant of the last change.
        canonical_url: the address that the page gives itself, absolute.
        doubts: what was stated and not believed, one reason each.
    """

    title: str | None
    text: str
    authors: tuple[str, ...]
    language: str | None
    published_at: str | None
    published_at_source: PublishedAtSource
    published_at_place: str | None
    modified_at: str | None
    canonical_url: str | None
    doubts: tuple[str, ...]


def read_page(
    html: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    feed_date: str | None = None,
) -> PageArticle:
    """Read the article of a page.

    Args:
        html: the page, as bytes where it comes from outside; text is taken as decoded.
        url: the address it was fetched from.
        content_type: HTTP's Content-Type.
        fetched_at: when it was fetched, with zone; dates behind that are doubted.
        feed_date: publication date in the feed that led here, as written there.

    Raises:
        NoArticle: when the page is empty, too large, or has no text.
    """
    tree = page_tree(html, content_type)
    things = described([one.text or "" for one in tree.iter("script") if "ld+json" in (one.get("type") or "").lower()])
    canonical, doubt = _canonical(tree, url)
    address = url or canonical
    dates = choose_dates(
        stated_dates(tree, things, address, _month_first(tree)),
        read_feed_date(feed_date) if feed_date else None,
        fetched_at,
        lambda: _guessed(tree, address),
    )
    title, authors = _title_and_authors(tree, things, address)
    text = _text(tree, things, address)
    language, other = page_language(tree, text)
    return PageArticle(
        title=title,
        text=text,
        authors=authors,
        language=language,
        published_at=None if dates.published is None else str(dates.published),
        published_at_source=dates.source,
        published_at_place=dates.place,
        modified_at=None if dates.modified is None else str(dates.modified),
        canonical_url=canonical,
        doubts=(*dates.doubts, *(one for one in (doubt, other) if one)),
    )


def _month_first(tree: Any) -> bool | None:
    """Return whether 3/4/2021 means March, by the country of the page's language; None where that is not told."""
    language = (declared_language(tree) or "").lower()
    if language == "en-us":
        return True
    return None if language in ("", "en") else False


def _guessed(tree: Any, url: str | None) -> Moment | None:
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = find_date(tree, url=url, original_date=False)
    return read_feed_date(found) if found else None


def _title_and_authors(tree: Any, things: list[Described], url: str | None) -> tuple[str | None, tuple[str, ...]]:
    from trafilatura.metadata import extract_metadata

    articles = [thing for thing in things if thing.weight == 3]
    # the date is read elsewhere: the cheapest search for it, since it cannot be left out
    said = extract_metadata(tree, default_url=url, date_config={"extensive_search": False}, extensive=False)
    headlines = [text for thing in articles for text in thing.texts("headline")]
    title = next((one for one in (said.title, *headlines) if one and one.strip()), None)
    named = [name.strip() for thing in articles[:1] for name in thing.names("author")]
    if not named and said.author:
        named = [name.strip() for name in said.author.split(";")]
    authors = tuple(dict.fromkeys(name for name in named if name and not name.startswith(("http:", "https:"))))
    return (" ".join(title.split())[:_LONGEST_TITLE] if title else None), authors


def _text(tree: Any, things: list[Described], url: str | None) -> str:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        text = next((body.strip() for thing in things for body in thing.texts("articlebody") if body.strip()), "")
    if not text:
        raise NoArticle("html: no article text in it")
    return text


def _canonical(tree: Any, url: str | None) -> tuple[str | None, str | None]:
    """Return the address that a page gives itself, and a doubt when that cannot be its own."""
    for element in tree.iter("link", "meta"):
        if "canonical" in (element.get("rel") or "").lower().split():
            said = element.get("href")
        elif (element.get("property") or "").lower() == "og:url":
            said = element.get("content")
        else:
            continue
        try:
            address = urljoin(url or "", (said or "").strip())
            parts = urlsplit(address)
            own = urlsplit(url) if url else parts
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 4096:
            continue
        if parts.path.strip("/") == "" and own.path.strip("/"):
            return None, f"canonical address {address[:100]} is the outlet's front page"
        return address, None
    return None, None
