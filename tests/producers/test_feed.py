from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.feed import parse_feed
from producers.feed_item import Feed, NotAFeed
from producers.feed_rows import feed_rows

NOW = datetime(2025, 6, 27, tzinfo=UTC)


def rss(items: str, channel: str = "", head: str = "") -> bytes:
    return f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}{items}</channel></rss>'.encode()


def only(feed: Feed) -> dict[str, object]:
    (row,) = feed_rows(feed, "https://paper.example/feed.xml", NOW)
    return row.row


def test_rss_gives_the_fullest_text_and_the_date_with_its_zone() -> None:
    feed = parse_feed(
        rss(
            "<item><title>Ferry &amp;amp; bridge</title><link>https://paper.example/1</link><guid>1</guid>"
            "<pubDate>Thu, 26 Jun 2025 08:30:00 +0200</pubDate><description>Short</description>"
            "<content:encoded><![CDATA[<p>A ferry sank.</p><script>x()</script><p>Two died.</p>]]>"
            "</content:encoded></item>",
            "<title>Paper</title><language>en-GB</language><ttl>30</ttl>",
        )
    )
    assert (feed.title, feed.ttl, feed.parser, feed.items[0].key) == ("Paper", 1800, "lxml", "1")
    assert only(feed) == {
        "url": "https://paper.example/1",
        "title": "Ferry & bridge",
        "text": "A ferry sank.\nTwo died.",
        "published_at": "2025-06-26T08:30:00+02:00",
        "published_at_source": "feed",
        "language": "en-GB",
        "source": "paper.example",
    }


def test_atom_keeps_published_and_updated_apart_and_takes_the_alternate_link() -> None:
    feed = parse_feed(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/a/"><entry><id>tag:1</id>'
        b'<link rel="enclosure" href="x.mp3"/><link href="b.html"/><title type="text">1 &lt; 2</title>'
        b"<published>2025-06-25T10:00:00Z</published><updated>2025-06-26T10:00:00Z</updated>"
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">They <b>met</b>.</div></content></entry>'
        b"</feed>"
    )
    item = feed.items[0]
    assert (item.key, item.url, item.title, item.text) == (
        "tag:1",
        "https://paper.example/a/b.html",
        "1 < 2",
        "They met.",
    )
    assert (str(item.published), str(item.updated)) == ("2025-06-25T10:00:00Z", "2025-06-26T10:00:00Z")


def test_rdf_and_cdf_and_json_feeds_are_read() -> None:
    rdf = parse_feed(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>C</title></channel>'
        b'<item rdf:about="https://paper.example/1"><title>I</title><dc:date>2025-06-26</dc:date></item></rdf:RDF>'
    )
    assert (rdf.title, rdf.items[0].url, str(rdf.items[0].published)) == ("C", "https://paper.example/1", "2025-06-26")
    cdf = parse_feed(
        b'<CHANNEL><ITEM HREF="https://paper.example/2"><TITLE>T</TITLE><ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>'
    )
    assert (cdf.items[0].url, cdf.items[0].text) == ("https://paper.example/2", "A")
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": 7, "url": "/3", "content_html": "<p>One</p><p>Two</p>", "date_published": "2025-06-26T01:02Z"}
        ],
    }
    item = parse_feed(json.dumps(document).encode(), "https://paper.example/feed.json").items[0]
    assert (item.key, item.url, item.text, str(item.published)) == (
        "7",
        "https://paper.example/3",
        "One\nTwo",
        "2025-06-26T01:02:00Z",
    )


def test_broken_xml_is_read_by_the_parser_that_forgives() -> None:
    feed = parse_feed(b"<rss><channel><title>A & B</title><item><title>Storm</title><link>https://p.example/1</item>")
    assert (feed.parser, feed.items[0].title) == ("feedparser", "Storm")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("content_type", [None, "text/xml; charset=us-ascii", "image/png; charset=nonsense"])
def test_a_lying_charset_does_no_harm(encoding: str, content_type: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    data = rss("<item><title>Zoë à Genève</title></item>", head=head).decode().encode(encoding)
    assert parse_feed(data, content_type=content_type).items[0].title == "Zoë à Genève"


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-16", "no-such-encoding"])
def test_a_lying_declaration_does_no_harm(declared: str) -> None:
    data = rss("<item><title>Zoë</title></item>", head=f'<?xml version="1.0" encoding="{declared}"?>')
    assert parse_feed(data).items[0].title == "Zoë"


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (BOMB, "made of other entities"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "another file or address"),
        ('<!DOCTYPE rss [<!ENTITY % p PUBLIC "x" "http://127.0.0.1/x.dtd">%p;]>', "another file or address"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]>', "longer than 64"),
        ('<!DOCTYPE rss [<!ENTITY a "x">', "outside a DOCTYPE"),
    ],
)
def test_hostile_entities_are_refused_with_the_reason(head: str, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        parse_feed(rss("<item><title>&a;&i;</title></item>", head=head))


def test_short_entities_cannot_be_made_to_grow() -> None:
    head = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 64}">]>'
    assert parse_feed(rss("<item><title>&a;</title></item>", head=head)).items[0].title == "x" * 64
    with pytest.raises(NotAFeed, match="expand to more"):
        parse_feed(rss("<item><title>" + "&a;" * 100_000 + "</title></item>", head=head))


def test_endless_nesting_ends() -> None:
    deep = b"<rss><channel>" + b"<item>" * 50_000
    assert parse_feed(deep).parser == "feedparser"


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"hello", b"<html><body>No</body></html>", b"{", b'{"items": 3}', b"\0\xff"]
)
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(NotAFeed):
        parse_feed(data)


@given(st.binary(max_size=300), st.sampled_from([b"", b"<rss><channel><item>", b"<feed><entry><updated>", b"<?xml "]))
def test_no_bytes_raise_anything_else(data: bytes, start: bytes) -> None:
    with contextlib.suppress(NotAFeed):
        parse_feed(start + data)


def test_dates_that_no_clock_told_are_doubted_and_said() -> None:
    feed = parse_feed(
        rss(
            "<item><guid>1</guid><title>a</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>"
            "<item><guid>2</guid><title>b</title><pubDate>Wed, 26 Jun 2125 08:30:00 GMT</pubDate></item>"
            "<item><guid>3</guid><title>c</title><pubDate>0000-00-00</pubDate></item>"
            "<item><guid>4</guid><title>d</title><pubDate>2016/6/29</pubDate></item>"
        )
    )
    rows = feed_rows(feed, "https://paper.example/feed", NOW)
    assert [row.row.get("published_at") for row in rows] == [None, None, None, "2016-06-29"]
    assert ["never set" in "".join(row.doubts) for row in rows] == [True, False, False, False]
    assert ["future" in "".join(row.doubts) for row in rows] == [False, True, False, False]


def test_entries_that_share_a_link_stay_apart() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><title>t{n}</title><link>https://p.example/</link></item>"
        for n in (1, 2)
    )
    first, second = feed_rows(parse_feed(rss(items)), "https://p.example/feed", NOW)
    assert first.row["id"] != second.row["id"]
