"""Web archives: WARC files such as those of CC-NEWS, with pages as they were fetched, and WET files with their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from producers.decoding import decode
from producers.feed_dates import read_feed_date
from producers.items import MAX_DOCUMENT_BYTES, Found, Item, Skipped, Unreadable

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, origin: str) -> Iterator[Item]:
    """Read the pages of an archive; robots files, pictures, redirects and error pages are skipped.

    A page's `fetched_at` is the record's WARC-Date. warcio reads it: FastWARC is faster, but 2.0 ends the process on
    a malformed record, and reading pages costs many times what finding them does.
    """
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            if record.rec_type in ("response", "resource", "conversion"):
                yield _read_record(record, f"{origin}#{number}")
    except (ArchiveLoadFailed, ValueError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        yield Unreadable(f"{origin}#{number + 1}", f"the archive is broken: {reason}; what follows was not read")


def _read_record(record: Any, place: str) -> Item:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    where = f"{place} {url}"
    row: dict[str, object] = {"url": url or None}
    fetched_at = read_feed_date(record.rec_headers.get_header("WARC-Date"))
    if fetched_at is not None:
        row["fetched_at"] = str(fetched_at)
    content_type = record.rec_headers.get_header("Content-Type") or ""
    if record.http_headers is not None:
        status = record.http_headers.get_statuscode()
        if status != "200":
            return Skipped(where, f"HTTP status {status}")
        content_type = record.http_headers.get_header("Content-Type") or ""
    is_text = record.rec_type == "conversion"
    if not is_text and content_type.partition(";")[0].strip().lower() not in _PAGES:
        return Skipped(where, f"no page: {content_type or 'no content type'}")
    body = record.content_stream().read(MAX_DOCUMENT_BYTES + 1)
    if len(body) > MAX_DOCUMENT_BYTES:
        return Unreadable(where, f"the page is larger than {MAX_DOCUMENT_BYTES:,} bytes")
    if is_text:
        return Found(where, {**row, "text": decode(body).strip()})
    return Found(where, {**row, "html": body, "content_type": content_type})
