from __future__ import annotations

import json
from pathlib import Path

import pytest

from producers.documents import Reading
from producers.items import Found, Item, Link, Skipped, Unreadable
from producers.opml import NotOpml, read_opml
from producers.sitemap import NotASitemap, read_sitemap
from producers.sources import Sources
from tests.producers.conftest import Site, answer

SITEMAP = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def read(*names: str, reading: Reading | None = None, allow_private: bool = True) -> list[Item]:
    with Sources(reading or Reading(), lambda: None, allow_private=allow_private) as sources:
        return list(sources.read(names, None))  # type: ignore[arg-type]  # nothing is read from standard input


def test_a_news_sitemap_names_pages_with_their_dates() -> None:
    document = (
        f"<urlset {SITEMAP}><url><loc> https://p.example/1 </loc><lastmod>2025-06-27</lastmod><news:news>"
        "<news:publication><news:name>P</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2025-06-26T08:00:00+02:00</news:publication_date><news:title>A &amp; B</news:title>"
        "</news:news></url><url><loc>https://p.example/2</loc><lastmod>2025-06-27</lastmod></url></urlset>"
    )
    assert read_sitemap(document.encode(), "it") == [
        Link(
            "it",
            "https://p.example/1",
            {"title": "A & B", "language": "en", "feed_date": "2025-06-26T08:00:00+02:00"},
        ),
        Link("it", "https://p.example/2", {}),
    ]


@pytest.mark.parametrize(
    "document", [b"<urlset/>", b"<rss/>", b"<urlset>", b'<!DOCTYPE u [<!ENTITY a SYSTEM "x">]><urlset/>']
)
def test_what_is_no_sitemap_says_so(document: bytes) -> None:
    with pytest.raises(NotASitemap):
        read_sitemap(document, "it")


def test_opml_names_each_feed_once_at_any_depth() -> None:
    document = (
        b'<opml version="2.0"><body><outline text="Group"><outline text="A" type="rss" xmlUrl="https://a.example/f"/>'
        b'</outline><outline title="B" text="b" xmlUrl="https://b.example/f"/>'
        b'<outline text="again" xmlUrl="https://a.example/f"/><outline text="no feed"/></body></opml>'
    )
    links = [(link.url, link.row["feed_title"]) for link in read_opml(document, "it")]
    assert links == [("https://a.example/f", "A"), ("https://b.example/f", "B")]
    for bad in (b"<opml/>", b"<rss/>", b"<opml>"):
        with pytest.raises(NotOpml):
            read_opml(bad, "it")


def test_lists_lead_to_feeds_and_feeds_to_rows(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/feed": b"<rss><channel><item><title>One</title><link>/1</link></item></channel></rss>",
        "/rows": b'{"text": "two"}\n{"text": "three"}\n',
        "/index": f"<sitemapindex {SITEMAP}><sitemap><loc>{site.url}/feed</loc></sitemap></sitemapindex>".encode(),
    }
    (tmp_path / "list.opml").write_text(
        f'<opml><body><outline text="A" xmlUrl="{site.url}/feed"/></body></opml>', encoding="utf-8"
    )
    (tmp_path / "addresses").write_text(f"{site.url}/rows\n# no more\n{site.url}/nowhere\n", encoding="utf-8")
    (one,) = read(str(tmp_path / "list.opml"))
    assert isinstance(one, Found)
    assert isinstance(one.row, dict)
    assert (one.row["url"], one.row["title"]) == (f"{site.url}/1", "One")
    assert read(f"{site.url}/index") == [one]
    two, three, missing = read(str(tmp_path / "addresses"))
    assert [item.row for item in (two, three) if isinstance(item, Found)] == [{"text": "two"}, {"text": "three"}]
    assert missing == Unreadable(f"{site.url}/nowhere", "HTTP status 404")


def test_the_content_type_of_a_server_is_not_believed(site: Site) -> None:
    feed = b"<rss><channel><item><title>One</title></item></channel></rss>"
    site.pages["/feed"] = lambda handler: answer(handler, feed, Content_Type="image/png")
    site.pages["/picture"] = lambda handler: answer(handler, b"\x89PNG\r\n\x1a\n\0\0\0\r", Content_Type="text/html")
    site.pages["/words"] = lambda handler: answer(
        handler, "Zoë".encode("cp1252"), Content_Type="text/plain; charset=utf-8"
    )
    feed_item, picture, words = read(f"{site.url}/feed", f"{site.url}/picture", f"{site.url}/words")
    assert isinstance(feed_item, Found)
    assert "kind that is not known" in str(picture)
    assert isinstance(words, Found)
    assert isinstance(words.row, dict)
    assert words.row["text"] == "Zoë"


def test_lists_that_lead_to_lists_end(site: Site) -> None:
    for n in range(9):
        site.pages[f"/{n}"] = f"{site.url}/{n + 1}\n".encode()
    (item,) = read(f"{site.url}/0")
    assert "more than 4 times" in str(item)


def test_robots_txt_is_asked_for_what_a_list_names(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/robots.txt": b"User-agent: Dateline\nDisallow: /", "/1": json.dumps({"text": "one"}).encode()}
    (tmp_path / "addresses").write_text(f"{site.url}/1\n", encoding="utf-8")
    (item,) = read(str(tmp_path / "addresses"))
    assert isinstance(item, Skipped)
    assert isinstance(read(f"{site.url}/1")[0], Found)  # a person named it


def test_private_addresses_are_refused_unless_allowed(site: Site) -> None:
    site.pages["/1"] = b'{"text": "one"}\n'
    assert "no public address" in str(read(f"{site.url}/1", allow_private=False))
    assert site.asked == []
