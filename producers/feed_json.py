"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from urllib.parse import urljoin

from producers.feed_dates import read_feed_date
from producers.feed_item import Draft, Feed, FeedItem, NotAFeed, words
from producers.fragment import plain_text, tidy


def parse_json_feed(text: str, url: str = "") -> Feed:
    """Read a JSON Feed.

    Args:
        text: the document.
        url: where it was; relative links are resolved against it.

    Raises:
        NotAFeed: when the text is no JSON or no JSON Feed.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"not a feed: starts like JSON, but is none ({error})") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeed('not a feed: JSON without the "items" of a JSON Feed')
    base = urljoin(url, _string(document, "feed_url") or "")
    home = _string(document, "home_page_url")
    language = _string(document, "language")
    return Feed(
        words(_string(document, "title")),
        _absolute(base, home),
        tuple(_item(item, base, language) for item in document["items"] if isinstance(item, dict)),
        "json",
        language,
    )


def _item(item: dict[str, object], base: str, language: str | None) -> FeedItem:
    given = item.get("id")
    contents = {
        "content": plain_text(_string(item, "content_html") or "") or tidy(_string(item, "content_text") or ""),
        "summary": tidy(_string(item, "summary") or ""),
    }
    return Draft(
        id=str(given) if isinstance(given, str | int) and given != "" else None,
        link=_absolute(base, _string(item, "url") or _string(item, "external_url")),
        title=words(_string(item, "title")),
        contents=contents,
        published=read_feed_date(_string(item, "date_published")),
        updated=read_feed_date(_string(item, "date_modified")),
        language=_string(item, "language"),
    ).item(language)


def _string(record: dict[str, object], field: str) -> str | None:
    value = record.get(field)
    return value if isinstance(value, str) and value.strip() else None


def _absolute(base: str, link: str | None) -> str | None:
    try:
        return urljoin(base, link.strip()) if link else None
    except ValueError:
        return None
