from __future__ import annotations

from datetime import UTC, datetime

import pytest

from producers.page import read_page
from producers.page_tree import MAX_PAGE_BYTES, NoArticle
from producers.written_dates import months, read_date

_PROSE = "<p>The harbour of Ostermole was closed on Monday after a crane fell into the water, the port said.</p>" * 4
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _page(head: str = "", body: str = "") -> str:
    title = "<title>Harbour closed</title>"
    return f"<html lang='en'><head>{title}{head}</head><body><article>{body}{_PROSE}</article></body></html>"


def _ld(json: str) -> str:
    return f"<script type='application/ld+json'>{json}</script>"


_ARTICLE = '{"@type":"NewsArticle","datePublished":"2025-03-04T09:10:11+01:00","dateModified":"2025-03-05"}'


@pytest.mark.parametrize(
    "json",
    [
        _ARTICLE,
        f'[{{"@type":"WebSite","datePublished":"2001-01-01"}},{_ARTICLE}]',
        f'{{"@graph":[{{"@type":"VideoObject","uploadDate":"2020-02-02"}},{_ARTICLE}]}}',
        f'{{"@type":"WebPage","mainEntity":{_ARTICLE},"hasPart":{_ARTICLE.replace("2025", "2011")}}}',
        _ARTICLE.replace("}", ",}"),
        f"<!-- {_ARTICLE} -->",
        _ARTICLE.replace('"@type"', '"name": "a "quoted" word", "@type"'),
    ],
)
def test_structured_data_is_read_in_every_shape(json: str) -> None:
    page = read_page(_page(_ld(json)), fetched_at=_NOON)
    assert (page.published_at, page.published_at_source) == ("2025-03-04T09:10:11+01:00", "metadata")
    assert page.modified_at == "2025-03-05"


@pytest.mark.parametrize(
    ("head", "body", "url", "found"),
    [
        ("<meta property='article:published_time' content='2024-05-06T07:08:09Z'>", "", None, "2024-05-06T07:08:09Z"),
        ("", "<span itemprop='datePublished' content='2024-05-06'>x</span>", None, "2024-05-06"),
        ("", "<time datetime='2024-05-06T07:08'>6 May</time>", None, "2024-05-06T07:08:00"),
        ("", "", "https://n.example/2024/05/06/harbour", "2024-05-06"),
        ("", "<p class='byline'>By Ann Lee, 6 May 2024</p>", None, "2024-05-06"),
        ("<meta name='date' content='2016/6/29'>", "", None, "2016-06-29"),
    ],
)
def test_each_place_that_states_a_date_is_read(head: str, body: str, url: str | None, found: str) -> None:
    assert read_page(_page(head, body), url=url, fetched_at=_NOON).published_at == found


def test_a_script_tells_the_publication_unless_it_lists_several() -> None:
    one = """<script>window.state = {"article": {"publishedAt": "2024-05-06T07:08:09+02:00", "expires": "2030-01-01"}}
        dataLayer.push({pubDate: '2024-05-06', "lastPublished": "2025-02-02"})</script>"""
    page = read_page(_page(one), fetched_at=_NOON)
    assert (page.published_at, page.published_at_source) == ("2024-05-06T07:08:09+02:00", "metadata")
    escaped = r"""<script>load("{\"firstPublished\":1714978800000}")</script>"""
    assert read_page(_page(escaped), fetched_at=_NOON).published_at == "2024-05-06T07:00:00Z"
    several = one.replace("'2024-05-06'", "'2024-05-01'")
    assert read_page(_page(several, "<p>Updated 9 May 2024</p>"), fetched_at=_NOON).published_at == "2024-05-09"


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00Z", "0001-01-01", "0000-00-00", "2031-01-01"])
def test_defaults_and_the_future_are_doubted_and_said(date: str) -> None:
    head = f"<meta name='pubdate' content='{date}'><meta name='dc.date' content='2024-05-06'>"
    page = read_page(_page(head), fetched_at=_NOON)
    assert page.published_at == "2024-05-06"
    assert any(date in doubt for doubt in page.doubts)


def test_an_instant_in_utc_takes_the_zone_that_the_page_shows() -> None:
    head = "<meta name='pubdate' content='2024-05-06T23:10:12Z'>"
    assert (
        read_page(_page(head, "<time datetime='2024-05-07T01:10:12+02:00'>")).published_at
        == "2024-05-07T01:10:12+02:00"
    )
    assert read_page(_page(head, "<time datetime='2024-05-07 01:10:12'>")).published_at == "2024-05-07T01:10:12+02:00"


def test_the_feed_comes_after_the_page() -> None:
    assert read_page(_page(), feed_date="Mon, 06 May 2024 10:00:00 GMT").published_at_source == "feed"


def test_lying_encodings_and_control_characters_do_no_harm() -> None:
    data = _page("<meta charset='iso-8859-1'>", "<p>The café of Ørsted\x01 stayed open all day, its owner said.</p>")
    page = read_page(data.encode(), content_type="text/html; charset=windows-1251")
    assert "café of Ørsted" in page.text
    assert "\x01" not in page.text


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", b"\0\1\2", "<div>" * 100_000, "x" * (MAX_PAGE_BYTES + 1)])
def test_a_page_without_an_article_is_refused(html: str | bytes) -> None:
    with pytest.raises(NoArticle, match="html: "):
        read_page(html)


def test_the_canonical_address_is_kept_unless_it_is_the_front_page() -> None:
    url = "https://n.example/a?utm_source=x"
    assert read_page(_page("<link rel=canonical href=/a>"), url=url).canonical_url == "https://n.example/a"
    front = read_page(_page("<link rel=canonical href=/>"), url=url)
    assert front.canonical_url is None
    assert any("front page" in doubt for doubt in front.doubts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12. August 2021, 14.30 Uhr", "2021-08-12T14:30:00"),
        ("May 3, 2021 at 5:06 p.m. EDT", "2021-05-03T17:06:00-04:00"),
        ("2021-06-01T08:00:00[Europe/Berlin]", "2021-06-01T08:00:00+02:00"),
        ("1617235200", "2021-04-01T00:00:00Z"),
        ("31/4/2021", "None"),
        ("3/4/2021", "None"),
    ],
)
def test_written_dates_are_read(text: str, found: str) -> None:
    assert str(read_date(text)) == found


def test_the_month_table_has_twelve_months_for_each_language() -> None:
    assert set(months().values()) == set(range(1, 13))
