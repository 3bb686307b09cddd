"""From a document of any kind to its articles: what it is decides its content, never its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import BinaryIO

from producers import compressed
from producers.csv_rows import read_csv
from producers.decoding import decode, not_utf8
from producers.feed import parse_feed
from producers.feed_item import NotAFeed
from producers.feed_rows import feed_rows
from producers.items import MAX_DOCUMENT_BYTES, Found, Item, Link, Skipped, Unreadable
from producers.json_rows import read_json, read_lines
from producers.mapping import mapped
from producers.opml import NotOpml, read_opml
from producers.peeking import peek
from producers.sitemap import NotASitemap, read_sitemap
from producers.sniff import Kind, sniff
from producers.url_list import read_url_list
from producers.warc import read_warc

_KNOWN = "text, HTML, JSONL, JSON, CSV, RSS, Atom, JSON Feed, OPML, sitemaps, lists of addresses, WARC, gzip and zstd"


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read.

    Attributes:
        mapping: article fields and where they stand in rows, see `producers.mapping`.
        open_links: reads what addresses lead to; without it, documents that only name addresses are unreadable.
        pages: whether the page of a feed's entry is fetched, rather than the feed's own words taken.
        row: fields that are known of the document from outside it, such as its address.
        asked: whether the document was named itself; one that was only found in a folder may be of an unknown kind.
        layers: compressions that were removed already.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    open_links: Callable[[list[Link], Reading], Iterator[Item]] | None = None
    pages: bool = False
    row: Mapping[str, object] = field(default_factory=dict)
    asked: bool = True
    layers: int = 0


def read_document(stream: BinaryIO, origin: str, reading: Reading | None = None) -> Iterator[Item]:
    """Read the articles of one document.

    Args:
        stream: the document, from its start; need not be seekable.
        origin: its name, for messages.
        reading: how.
    """
    reading = reading or Reading()
    try:
        head, whole = peek(stream)
        kind = sniff(head, frozenset(path.lower() for path in reading.mapping.values()))
        if kind in ("gzip", "zstd"):
            yield from _unpack(kind, whole, origin, reading)
        elif kind in ("jsonl", "csv", "warc"):
            for item in _STREAMED[kind](head, whole, origin, reading):
                yield _map(item, reading)
        else:
            data = whole.read(MAX_DOCUMENT_BYTES + 1)
            if len(data) > MAX_DOCUMENT_BYTES:
                yield Unreadable(origin, f"larger than {MAX_DOCUMENT_BYTES:,} bytes, and not read by lines ({kind})")
            else:
                yield from _WHOLE[kind](data, origin, reading)
    except compressed.ERRORS as error:
        yield Unreadable(origin, compressed.why(error))
    except OSError as error:
        yield Unreadable(origin, f"cannot be read: {error.strerror or error}")


def _unpack(kind: Kind, stream: BinaryIO, origin: str, reading: Reading) -> Iterator[Item]:
    if reading.layers == compressed.MAX_LAYERS:
        yield Unreadable(origin, f"compressed more than {compressed.MAX_LAYERS} times")
        return
    assert kind in ("gzip", "zstd")
    inner = compressed.unpacked(stream, "gzip" if kind == "gzip" else "zstd")
    yield from read_document(inner, origin, replace(reading, layers=reading.layers + 1))


def _map(item: Item, reading: Reading) -> Item:
    if isinstance(item, Found) and reading.mapping:
        return replace(item, row=mapped(item.row, reading.mapping))
    return item


def _csv(head: bytes, stream: BinaryIO, origin: str, reading: Reading) -> Iterator[Item]:
    return read_csv(head, stream, origin, frozenset(path.lower() for path in reading.mapping.values()))


_STREAMED: dict[str, Callable[[bytes, BinaryIO, str, Reading], Iterator[Item]]] = {
    "jsonl": lambda _head, stream, origin, _reading: read_lines(stream, origin),
    "csv": _csv,
    "warc": lambda _head, stream, origin, _reading: read_warc(stream, origin),
}


def _json(data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
    for item in read_json(data, origin):
        yield _map(item, reading)


def _feed(data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
    url = str(reading.row.get("url") or "")
    try:
        feed = parse_feed(data, url, str(reading.row.get("content_type") or "") or None)
    except NotAFeed as error:
        yield Unreadable(origin, str(error))
        return
    if not feed.items:
        yield Skipped(origin, "a feed without entries")
    links = []
    for number, entry in enumerate(feed_rows(feed, url or origin, datetime.now(UTC)), 1):
        where = f"{origin}#{number}"
        if reading.pages and entry.item.url and reading.open_links is not None:
            known: dict[str, object] = {
                name: entry.row[name] for name in ("id", "title", "language") if name in entry.row
            }
            links.append(Link(where, entry.item.url, {**known, "feed_date": entry.row.get("published_at")}))
        else:
            yield Found(where, entry.row, entry.doubts)
    if links and reading.open_links is not None:
        yield from reading.open_links(links, reading)


def _links(read: Callable[[bytes, str], list[Link]]) -> Callable[[bytes, str, Reading], Iterator[Item]]:
    def read_links(data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
        try:
            links = read(data, origin)
        except (NotOpml, NotASitemap) as error:
            yield Unreadable(origin, str(error))
            return
        if reading.open_links is None:
            yield Unreadable(origin, "a list of addresses; only `dateline push` fetches them")
        else:
            yield from reading.open_links(links, reading)

    return read_links


def _html(data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
    yield Found(origin, {**reading.row, "html": data})


def _text(data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
    row = {name: value for name, value in reading.row.items() if name not in ("content_type", "fetched_at")}
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or "content_type" in reading.row
        text = decode(data, str(reading.row.get("content_type") or "")) if wide else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Unreadable(origin, not_utf8(error))
    else:
        yield Found(origin, {**row, "text": text})


def _empty(_data: bytes, origin: str, _reading: Reading) -> Iterator[Item]:
    yield Unreadable(origin, "empty")


def _unknown(_data: bytes, origin: str, reading: Reading) -> Iterator[Item]:
    reason = f"of a kind that is not known; known are {_KNOWN}"
    yield Unreadable(origin, reason) if reading.asked else Skipped(origin, reason)


_WHOLE: dict[str, Callable[[bytes, str, Reading], Iterable[Item]]] = {
    "json": _json, "feed": _feed, "opml": _links(read_opml), "sitemap": _links(read_sitemap),
    "urls": _links(read_url_list), "html": _html, "text": _text, "empty": _empty, "unknown": _unknown,
}  # fmt: skip
