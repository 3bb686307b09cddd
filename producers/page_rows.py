"""From a row that holds an HTML page to one with its article's text, title, date and language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from producers.feed_dates import read_feed_date
from producers.identity import outlet
from producers.page import read_page
from producers.page_tree import NoArticle

_PAGE_FIELDS = ("html", "content_type", "fetched_at", "feed_date")
_VARIANTS = ("m.", "mobile.", "amp.", "www.")


def page_row(row: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the row of the article that a page holds, and what was doubted in it.

    What the row has already stays: `title`, `language`, and `published_at` as the date given. The page's own canonical
    address replaces `url` when both are of one outlet.

    Args:
        row: fields of `producers.rows` with `html` (text or bytes) and, where known, `content_type` (HTTP's, for the
            charset), `fetched_at` (instant; by default now) and `feed_date`.

    Raises:
        NoArticle: when the page holds no text, or cannot be read.
    """
    html = row["html"]
    if not isinstance(html, str | bytes):
        raise NoArticle("html: must be a string")
    url = _string(row, "url")
    page = read_page(
        html,
        url=url,
        content_type=_string(row, "content_type"),
        fetched_at=_instant(_string(row, "fetched_at")),
        feed_date=_string(row, "feed_date"),
    )
    result = {name: value for name, value in row.items() if name not in _PAGE_FIELDS}
    result["text"] = page.text
    result["title"] = result.get("title") or page.title
    result["language"] = result.get("language") or page.language
    if page.canonical_url and (url is None or _outlet(page.canonical_url) == _outlet(url)):
        result["url"] = page.canonical_url
    if not result.get("published_at") and page.published_at is not None:
        result["published_at"], result["published_at_source"] = page.published_at, page.published_at_source
    return result, page.doubts


def _outlet(url: str) -> str:
    """Return the outlet of an address whatever its host says of a mobile or AMP form; the address when it has none."""
    try:
        host = outlet(url) or url
    except ValueError:
        return url
    for variant in _VARIANTS:
        host = host.removeprefix(variant)
    return host


def _string(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    return value if isinstance(value, str) and value else None


def _instant(text: str | None) -> datetime:
    moment = read_feed_date(text)
    return datetime.now(UTC) if moment is None else datetime.fromtimestamp(moment.utc_second, UTC)
