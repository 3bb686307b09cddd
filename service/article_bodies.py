"""Bodies of `POST /v1/articles`: from bytes to rows, with a bound and a clear reason for each that cannot be read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from pydantic_core import from_json

from service.errors import ApiError

JSON = "application/json"
NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be read, and why."""

    code: str
    reason: str


Row = Mapping[str, object] | Unreadable


@dataclass(frozen=True, slots=True)
class Rows:
    """What a request holds; `single` when it is one bare object."""

    rows: list[Row]
    single: bool


async def read_bounded(chunks: AsyncIterator[bytes], most: int) -> bytes:
    """Read a body, and stop reading as soon as it exceeds the bound.

    Raises:
        ApiError: 413 when it does.
    """
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise ApiError(413, "too_large", f"the body exceeds {most:,} bytes; send less at a time")
    return bytes(body)


def parse_body(body: bytes, content_type: str) -> Rows:
    """Read the rows of a JSON object, a JSON array or NDJSON.

    Raises:
        ApiError: 400 for JSON that cannot be read, 413 for too many rows, 415 for another content type, 422 for none.
    """
    kind = content_type.split(";")[0].strip().lower()
    if kind in NDJSON:
        return Rows(_bounded([_row(line) for line in body.split(b"\n") if line.strip()]), single=False)
    # A page of another site can send any other type to a service on this machine without asking the browser first.
    if kind != JSON:
        raise ApiError(
            415,
            "unsupported_media_type",
            f"content-type: {kind or 'none'} is not supported; send application/json or application/x-ndjson, "
            "for example curl -H 'content-type: application/json' -d '{\"text\": \"…\"}'",
            parameter="content-type",
        )
    value = _json(body)
    if isinstance(value, Unreadable):
        raise ApiError(400, value.code, value.reason)
    if isinstance(value, list):
        return Rows(_bounded([_object(item) for item in value]), single=False)
    row = _object(value)
    if isinstance(row, Unreadable):
        raise ApiError(422, row.code, row.reason)
    return Rows([row], single=True)


def _bounded(rows: list[Row]) -> list[Row]:
    if not rows:
        raise ApiError(422, "no_article", 'there is no article in the body; send for example {"text": "…"}')
    if len(rows) > MOST_ROWS:
        raise ApiError(413, "too_large", f"{len(rows):,} articles are too many; send at most {MOST_ROWS:,} at a time")
    return rows


def _row(line: bytes) -> Row:
    value = _json(line)
    return value if isinstance(value, Unreadable) else _object(value)


def _object(value: object) -> Row:
    if isinstance(value, dict):
        return value
    return Unreadable(
        "not_an_object", 'an article is a JSON object such as {"text": "…", "published_at": "2025-06-26"}'
    )


def _json(data: bytes) -> object:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Unreadable("invalid_utf8", f"byte {error.start} is not UTF-8; JSON is sent as UTF-8")
    try:
        return from_json(data.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError as error:
        return Unreadable("malformed_json", f"the JSON cannot be read: {error}")
