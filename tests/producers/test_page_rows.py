from __future__ import annotations

import io

import pytest

from producers.documents import read_document
from producers.items import Found, Skipped
from producers.page_rows import page_row
from producers.page_tree import NoArticle
from producers.rows import Rejected, article_from_row

BODY = (
    "<nav>Home | News | Sport</nav><article><h1>Bridge opens</h1><p>The new bridge over the river was opened to "
    "traffic on Monday morning after nine years of work, the ministry said.</p><p>About two thousand people watched as "
    "the first lorries crossed, and the mayor thanked the builders in a short speech.</p></article>"
)


def page(head: str = "", body: str = BODY) -> str:
    return f'<html lang="en-GB"><head><title>Bridge opens</title>{head}</head><body>{body}</body></html>'


def test_a_page_gives_its_text_title_language_and_the_date_of_its_metadata() -> None:
    head = '<script type="application/ld+json">{"datePublished": "2025-06-26T08:30:00+02:00"}</script>'
    row, doubts = page_row({"html": page(head), "url": "https://p.example/1", "feed_date": "2025-06-27"})
    assert "thanked the builders" in str(row["text"])
    assert "Sport" not in str(row["text"])
    assert (row["title"], row["language"], row["published_at"], row["published_at_source"], doubts) == (
        "Bridge opens", "en-GB", "2025-06-26T08:30:00+02:00", "metadata", (),
    )  # fmt: skip


def test_dates_are_taken_in_the_order_of_trust() -> None:
    meta = '<meta property="article:published_time" content="2025-06-26T08:30:00Z">'
    assert page_row({"html": page(meta), "published_at": "2025-01-01"})[0]["published_at"] == "2025-01-01"
    assert page_row({"html": page(meta)})[0]["published_at_source"] == "metadata"
    assert page_row({"html": page(), "feed_date": "2025-06-27"})[0]["published_at_source"] == "feed"


def test_a_date_after_the_fetch_is_doubted_and_the_next_one_taken() -> None:
    meta = '<meta property="article:published_time" content="2035-06-26T08:30:00Z">'
    row, doubts = page_row({"html": page(meta), "fetched_at": "2025-06-28T00:00:00Z", "feed_date": "2025-06-27"})
    assert (row["published_at"], row["published_at_source"]) == ("2025-06-27", "feed")
    assert "future" in doubts[0]


@pytest.mark.parametrize("host", ["m.p.example", "amp.p.example", "mobile.p.example", "p.example"])
def test_the_mobile_form_of_a_page_is_the_article_that_it_calls_canonical(host: str) -> None:
    html = page('<link rel="canonical" href="https://www.p.example/bridge">')
    row, _ = page_row({"html": html, "url": f"https://{host}/bridge?amp=1"})
    assert (
        article_from_row(row).article_id
        == article_from_row({"url": "https://www.p.example/bridge", "text": "x"}).article_id
    )
    row, _ = page_row({"html": html, "url": "https://copy.example/bridge"})
    assert row["url"] == "https://copy.example/bridge"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_lying_charset_of_a_page_does_no_harm(encoding: str) -> None:
    markup = page('<meta charset="utf-8">', BODY.replace("mayor", "mayor Zoë Núñez")).encode(encoding)
    row, _ = page_row({"html": markup, "content_type": "text/html; charset=iso-8859-15"})
    assert "Zoë Núñez" in str(row["text"])


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><script>x()</script></body></html>", "", b"\0" * 50, 7])
def test_a_page_without_text_is_refused_with_the_reason(html: object) -> None:
    with pytest.raises(NoArticle, match="html: "):
        page_row({"html": html})
    with pytest.raises(Rejected):
        article_from_row({"html": html})


def test_endless_nesting_of_a_page_ends() -> None:
    try:
        page_row({"html": "<div>" * 100_000 + BODY})
    except NoArticle as error:
        assert "html: " in str(error)  # noqa: PT017 (either outcome is right)


def warc(*records: tuple[str, str, bytes]) -> bytes:
    written = b""
    for kind, content_type, body in records:
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://p.example/1\r\n"
            f"WARC-Date: 2025-06-27T06:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        written += head.encode() + body + b"\r\n\r\n"
    return written


def http(status: str, content_type: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body


def test_an_archive_gives_its_pages_and_skips_the_rest() -> None:
    kind = "application/http; msgtype=response"
    archive = warc(
        ("warcinfo", "application/warc-fields", b"software: test"),
        ("response", kind, http("200 OK", "text/html; charset=utf-8", page().encode())),
        ("response", kind, http("404 Not Found", "text/html", b"<html>no</html>")),
        ("response", kind, http("200 OK", "image/png", b"\x89PNG")),
        ("conversion", "text/plain", b"They met."),
    )
    found, missing, picture, text = read_document(io.BytesIO(archive), "news.warc")
    assert isinstance(found, Found)
    article = article_from_row(found.row)
    assert (article.url, article.title, article.source) == ("https://p.example/1", "Bridge opens", "p.example")
    assert isinstance(missing, Skipped)
    assert isinstance(picture, Skipped)
    assert isinstance(text, Found)
    broken = list(read_document(io.BytesIO(archive[:400] + b"WARC/9 junk" + archive[400:]), "news.warc"))
    assert broken
