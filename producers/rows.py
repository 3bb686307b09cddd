"""From a row as people have it (JSONL, HTTP, sidecar) to an article, or a clear refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from producers.identity import article_id, outlet
from producers.page_rows import page_row
from producers.page_tree import NoArticle
from schemas.article import Article
from schemas.dead_letter import explain

_HALF = re.compile("[\ud800-\udfff]")
_MOST_BYTES = 6  # of a character in JSON: \\u001f
_OTHER_FIELDS = 65_536  # bytes of JSON that all but the text cannot exceed
_ID_FIELDS = ("article_id", "id", "doc_id")


class Rejected(ValueError):
    """A row that is no article; the message names the field, what was wrong and what would do."""


class TooLarge(Rejected):
    """A row whose article is larger than the limit."""


def article_from_row(
    row: object, max_bytes: int | None = None, defaults: Mapping[str, object] | None = None
) -> Article:
    """Complete a row into an article.

    Fields read: article_id (or id, doc_id), url, published_at, published_at_source, language, country, source, title,
    text; all but the last may be missing or null, and `html` may stand for text (see `producers.page_rows`). Others are
    left out.

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
    text = row.get("text")
    if text is None and row.get("html") is not None:
        try:
            row, _ = page_row(row)
        except NoArticle as error:
            raise Rejected(str(error)) from error
        text = row.get("text")
    if not isinstance(text, str):
        raise Rejected("text: missing" if text is None else "text: must be a string")
    if not text.isascii():
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
    if max_bytes is not None and _MOST_BYTES * len(text) + _OTHER_FIELDS > max_bytes:
        size = len(article.to_json())
        if size > max_bytes:
            raise TooLarge(
                f"the article is {size:,} bytes of JSON, the limit is {max_bytes:,} (DATELINE_MAX_ARTICLE_BYTES)"
            )
    return article


def _given_id(row: Mapping[str, object]) -> str | None:
    for field in _ID_FIELDS:
        value = row.get(field)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value):
            return str(value)
        if value is not None and value != "":
            raise Rejected(f"{field}: must be a string or a whole number")
    return None
