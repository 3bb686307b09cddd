"""From a row that holds an HTML page to one with its article's text, title, date and language."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from producers.decoding import decode
from producers.feed_dates import read_feed_date
from producers.feed_rows import believed
from producers.items import MAX_DOCUMENT_BYTES

_PAGE_FIELDS = ("html", "content_type", "fetched_at", "feed_date")
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.IGNORECASE)
_JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_META = re.compile(r"<meta\b[^>]{0,600}>", re.IGNORECASE)
_META_NAME = re.compile(
    r"""\b(?:property|name|itemprop)\s*=\s*["']?(?:article:published_time|og:published_time|datePublished|pubdate|"""
    r"""publishdate|publish-date|parsely-pub-date|sailthru\.date|dc\.date\.issued|dcterms\.created)\b""",
    re.IGNORECASE,
)
_META_CONTENT = re.compile(r"""\bcontent\s*=\s*["']([^"']{8,40})["']""", re.IGNORECASE)

# what it logs of each odd page is said in the refusal, where it matters
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


class NoArticle(ValueError):
    """A page in which no text of an article is found; the message says so."""


def page_row(row: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the row of the article that a page holds, and what was doubted in it.

    What the row has already stays: `title`, `language`, `url`, and `published_at` as the date given. Else the date is
    the one that the page's metadata tell (JSON-LD, Open Graph and meta), the feed's (`feed_date`), or a day that
    htmldate finds in the page, in this order; dates after `fetched_at` are not believed.

    Args:
        row: fields of `producers.rows` with `html` (text or bytes) and, where known, `content_type` (HTTP's, for the
            charset), `fetched_at` (instant) and `feed_date`.

    Raises:
        NoArticle: when the page holds no text, or cannot be read.
    """
    page = row["html"]
    if not isinstance(page, str | bytes):
        raise NoArticle("html: must be a string")
    if len(page) > MAX_DOCUMENT_BYTES:
        raise NoArticle(f"html: larger than {MAX_DOCUMENT_BYTES:,} bytes")
    markup = page if isinstance(page, str) else decode(page, _string(row, "content_type"))
    found = _extract(markup, _string(row, "url"))
    result = {name: value for name, value in row.items() if name not in _PAGE_FIELDS}
    result["text"] = found["text"]
    language = _LANGUAGE.search(markup[:5000])
    for name, value in (("title", found["title"]), ("language", language[1] if language else None)):
        result[name] = result.get(name) or value
    if result.get("published_at"):
        return result, ()
    doubts: list[str] = []
    now = _instant(_string(row, "fetched_at"))
    for source, text in _dates(markup, _string(row, "feed_date"), found["date"]):
        moment = believed(read_feed_date(text), "published", now, doubts)
        if moment is not None:
            result["published_at"], result["published_at_source"] = str(moment), source
            break
    return result, tuple(dict.fromkeys(doubts))


def _extract(markup: str, url: str | None) -> dict[str, str | None]:
    import trafilatura  # slow to load, and only pages need it

    try:
        document: Any = trafilatura.bare_extraction(
            markup, url=url, include_comments=False, include_tables=False, with_metadata=True
        )
    except Exception as error:  # pages break parsers in ways of their own
        raise NoArticle(f"html: the page cannot be read: {error}") from error
    text = (document.text or "").strip() if document is not None else ""
    if not text:
        raise NoArticle("html: no text of an article is found in the page")
    return {"text": text, "title": document.title, "date": document.date}


def _dates(markup: str, feed_date: str | None, found: str | None) -> Iterator[tuple[str, str]]:
    for match in _JSON_LD.finditer(markup):
        yield "metadata", match[1]
    for match in _META.finditer(markup):
        content = _META_CONTENT.search(match[0])
        if content and _META_NAME.search(match[0]):
            yield "metadata", content[1]
    if feed_date:
        yield "feed", feed_date
    if found:
        yield "page", found


def _string(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    return value if isinstance(value, str) and value else None


def _instant(text: str | None) -> datetime:
    moment = read_feed_date(text)
    return datetime.now(UTC) if moment is None else datetime.fromtimestamp(moment.utc_second, UTC)
