"""From a row as people have it (JSONL, HTTP, sidecar) to an article, or a clear refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from producers.identity import article_id, outlet
from producers.page import read_page
from producers.page_tree import NotAnArticle
from schemas.article import Article
from schemas.dead_letter import explain

_HALF = re.compile("[\ud800-\udfff]")
_ID_FIELDS = ("article_id", "id", "doc_id")


class Rejected(ValueError):
    """A row that is no article; the message names the field, what was wrong and what would do."""


class TooLarge(Rejected):
    """A row whose article is larger than the limit."""


@dataclass(frozen=True, slots=True)
class Completed:
    """An article, and what its page stated that was not believed."""

    article: Article
    doubts: tuple[str, ...] = ()


def article_from_row(
    row: object, max_bytes: int | None = None, defaults: Mapping[str, object] | None = None
) -> Article:
    """Complete a row into an article; see `complete_row`."""
    return complete_row(row, max_bytes, defaults).article


def complete_row(row: object, max_bytes: int | None = None, defaults: Mapping[str, object] | None = None) -> Completed:
    """Complete a row into an article.

    Fields read: article_id (or id, doc_id), url, published_at, published_at_source, language, country, source, title,
    text; all but the last may be missing or null. Others are left out. In place of text, html may hold a page, with
    content_type, fetched_at and feed_date where they are known; what the row gives comes before what the page says.

    Args:
        row: a decoded JSON value.
        max_bytes: largest JSON record accepted, None for no limit.
        defaults: values of fields that the row lacks.

    Raises:
        TooLarge: when the article's JSON is larger than `max_bytes`.
        Rejected: when the row is no object, or a field is missing or cannot be read.
    """
    if not isinstance(row, Mapping):
        raise Rejected(f"a row must be a JSON object with at least text, not {type(row).__name__}")
    row = {**(defaults or {}), **{field: value for field, value in row.items() if value is not None and value != ""}}
    doubts: tuple[str, ...] = ()
    if row.get("text") is None and row.get("html") is not None:
        found, doubts = _from_page(row)
        row = {**found, **row}
    text = row.get("text")
    if not isinstance(text, str):
        raise Rejected("text: missing" if text is None else "text: must be a string")
    text = _HALF.sub("\ufffd", text)  # half a character (JSON \\ud800), read as a decoder would; offsets stay
    url = row.get("url")
    fields = {
        "text": text,
        "url": url,
        "published_at": row.get("published_at"),
        "published_at_source": row.get("published_at_source", "given") if row.get("published_at") else "none",
        "language": row.get("language"),
        "country": row.get("country"),
        "title": row.get("title"),
    }
    try:
        fields["source"] = row.get("source") or (outlet(url) if isinstance(url, str) else None)
        fields["article_id"] = article_id(_given_id(row), url if isinstance(url, str) else None, text)
        article = Article.model_validate(fields)
    except ValidationError as error:
        raise Rejected(explain(error)) from error
    except ValueError as error:  # urlsplit on a malformed address
        raise Rejected(f"url: {error}") from error
    size = len(article.to_json())
    if max_bytes is not None and size > max_bytes:
        raise TooLarge(
            f"the article is {size:,} bytes of JSON, the limit is {max_bytes:,} (DATELINE_MAX_ARTICLE_BYTES)"
        )
    return Completed(article, doubts)


def _from_page(row: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the fields that a row's page tells, and what is doubted of them."""
    html, url = row["html"], row.get("url")
    if not isinstance(html, str | bytes):
        raise Rejected("html: must be a string")
    try:
        page = read_page(
            html,
            url=url if isinstance(url, str) else None,
            content_type=_optional(row, "content_type"),
            fetched_at=_fetched_at(row),
            feed_date=_optional(row, "feed_date"),
        )
    except NotAnArticle as error:
        raise Rejected(str(error)) from error
    fields: dict[str, object] = {"text": page.text, "title": page.title, "language": page.language}
    if page.published_at is not None and not row.get("published_at"):
        fields |= {"published_at": page.published_at, "published_at_source": page.published_at_source}
    if page.canonical_url is not None:
        fields["url"] = page.canonical_url
    return {name: value for name, value in fields.items() if value is not None}, page.doubts


def _optional(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        raise Rejected(f"{field}: must be a string")
    return value


def _fetched_at(row: Mapping[str, object]) -> datetime:
    """Return when a page was fetched; a page of unknown age was fetched by now at the latest."""
    value = _optional(row, "fetched_at")
    try:
        fetched = datetime.fromisoformat(value) if value else datetime.now(UTC)
    except ValueError as error:
        raise Rejected(f"fetched_at: {error}") from error
    return fetched if fetched.tzinfo else fetched.replace(tzinfo=UTC)


def _given_id(row: Mapping[str, object]) -> str | None:
    for field in _ID_FIELDS:
        value = row.get(field)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value):
            return str(value)
        if value is not None and value != "":
            raise Rejected(f"{field}: must be a string or a whole number")
    return None
