from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from producers.documents import Reading, read_document
from producers.files import read_path
from producers.items import MAX_DOCUMENT_BYTES, MAX_LINE_BYTES, Found, Item, Skipped, Unreadable
from producers.mapping import BadMapping, parse_mapping
from producers.sniff import sniff

FEED = b"<rss><channel><item><title>Storm</title><link>https://p.example/1</link></item></channel></rss>"


def read(data: bytes, reading: Reading | None = None) -> list[Item]:
    return list(read_document(io.BytesIO(data), "it", reading))


def rows(items: list[Item]) -> list[object]:
    assert all(isinstance(item, Found) for item in items), items
    return [item.row for item in items if isinstance(item, Found)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        (b'{\n  "text": "a"\n}\n', "json"),
        (b'[{"text": "a"}]', "json"),
        (b"[Paris, 3 May] They met.", "text"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "feed"),
        (b"url,title,text\nhttps://a.example,T,W\n", "csv"),
        (b"url;title;text\n", "csv"),
        (b"They met, text and all, url or not.", "text"),
        (FEED, "feed"),
        (b'<?xml version="1.0"?>\n<!-- a comment -->\n' + FEED, "feed"),
        (FEED.decode().encode("utf-16"), "feed"),
        (b"<!DOCTYPE html><html><p>Hi</html>", "html"),
        (b"\n<HTML><HEAD>", "html"),
        (b"<opml version='2.0'/>", "opml"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "sitemap"),
        (b"https://a.example/1\n# a remark\n\nhttps://a.example/2\n", "urls"),
        (b"https://a.example/1 is where they met\n", "text"),
        (b"WARC/1.0\r\n", "warc"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown"),
        (b"<?xml version='1.0'?><invoice/>", "unknown"),
        (b" \n", "empty"),
    ],
)
def test_content_decides_what_a_document_is(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
    assert sniff(gzip.compress(data)) == "gzip"
    assert sniff(zstd.compress(data)) == "zstd"


def test_a_lying_name_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b'{"text": "1"}\n')
    (tmp_path / "b.txt").write_bytes(FEED)
    (tmp_path / "c.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    one, two, three = read_path(tmp_path)
    assert isinstance(one, Found)
    assert isinstance(two, Found)
    assert isinstance(three, Skipped)  # in a folder nobody asked for it
    assert isinstance(next(iter(read_path(tmp_path / "c.jsonl"))), Unreadable)


def test_compressed_rows_are_read_through_two_layers_but_not_three() -> None:
    data = b'{"text": "1"}\n{"text": "2"}\n'
    for packed in (gzip.compress(data), zstd.compress(data), gzip.compress(zstd.compress(data))):
        assert rows(read(packed)) == [{"text": "1"}, {"text": "2"}]
    assert rows(read(gzip.compress(data[:14]) + gzip.compress(data[14:]))) == [{"text": "1"}, {"text": "2"}]
    assert "more than 2 times" in str(read(gzip.compress(gzip.compress(gzip.compress(data)))))


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_a_bomb_is_refused_before_it_is_whole(pack: object) -> None:
    one_line = pack(b"[" + b"1" * (MAX_LINE_BYTES * 8))  # type: ignore[operator]
    text = pack(b"word " * (MAX_DOCUMENT_BYTES // 2))  # type: ignore[operator]
    line = pack(b'{"text": "1"}\n{"text": "' + b"x" * (MAX_LINE_BYTES * 8) + b'"}\n{"text": "3"}\n')  # type: ignore[operator]
    tracemalloc.start()
    assert isinstance(read(one_line)[0], Unreadable)
    assert "larger than" in str(read(text)[0])
    first, long, last = read(line)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (first, last) == (Found("it:1", {"text": "1"}), Found("it:3", {"text": "3"}))
    assert isinstance(long, Unreadable)
    assert peak < 3 * MAX_DOCUMENT_BYTES


def test_a_cut_file_gives_what_it_has_and_says_that_it_is_cut() -> None:
    many = b"".join(json.dumps({"text": str(n)}).encode() + b"\n" for n in range(20_000))
    items = read(gzip.compress(many)[:-20])
    assert len(items) > 10_000
    assert "ends too early" in str(items[-1])
    assert isinstance(read(gzip.compress(many)[:300] + b"junk" * 100)[-1], Unreadable)


def test_tables_give_rows_by_their_header() -> None:
    table = b'\xef\xbb\xbfURL;Title;Text\nhttps://a.example/1;"A; B";"They\nmet."\n\nhttps://a.example/2;C;\nx;y\n'
    one, two, bad = read(table)
    assert one == Found("it:3", {"url": "https://a.example/1", "title": "A; B", "text": "They\nmet."})
    assert two == Found("it:5", {"url": "https://a.example/2", "title": "C"})
    assert bad == Unreadable("it:6", "2 cells, but the header has 3 columns")


def test_a_table_in_another_encoding_is_read_and_a_broken_line_named() -> None:
    assert rows(read("url,text\nu,Zoë\n".encode("cp1252"))) == [{"url": "u", "text": "Zoë"}]
    long = "url,text\n" + "u,Zoë\n" * 20_000
    items = read(long.encode() + b"u,\xff\n" + "u,Zoé\n".encode())
    assert [item for item in items if not isinstance(item, Found)] == [
        Unreadable("it:20002", "not UTF-8: convert the input to UTF-8")
    ]
    assert "not CSV" in str(read(b'url,text\na,"never closed\n')[-1])


def test_a_mapping_finds_fields_in_rows_of_another_shape() -> None:
    mapping = parse_mapping(["text=story.parts.1", "published_at=when", "id=meta.id"])
    row = {"story": {"parts": ["a", "b"]}, "when": "2025-06-26", "meta": {"id": 3}, "title": "T", "text": "no"}
    got = rows(read(json.dumps(row).encode(), Reading(mapping=mapping)))[0]
    assert isinstance(got, dict)
    assert {name: got[name] for name in ("text", "published_at", "id", "title")} == {
        "text": "b",
        "published_at": "2025-06-26",
        "id": 3,
        "title": "T",
    }
    table = rows(read(b"Body,Head\nThey met.,T\n", Reading(mapping=parse_mapping(["text=body", "title=head"]))))
    assert table == [{"body": "They met.", "head": "T", "text": "They met.", "title": "T"}]
    for pair in ("text", "text=", "body=text"):
        with pytest.raises(BadMapping):
            parse_mapping([pair])


def test_lists_of_addresses_are_refused_where_nothing_is_fetched() -> None:
    assert "only `dateline push` fetches" in str(read(b"https://a.example/1\n"))


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    for item in read(data):
        assert isinstance(item, Found | Unreadable | Skipped)
