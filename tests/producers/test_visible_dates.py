from __future__ import annotations

from datetime import UTC, datetime

import pytest

from producers.page import PageArticle, read_page

_PROSE = "<p>The harbour of Ostermole was closed on Monday after a crane fell into the water, the port said.</p>" * 4
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _read(body: str, head: str = "", language: str = "en") -> PageArticle:
    html = (
        f"<html lang='{language}'><head><title>Harbour closed</title>{head}</head><body><article>"
        f"<h1>Harbour closed</h1>{body}{_PROSE}</article></body></html>"
    )
    return read_page(html, fetched_at=_NOON)


@pytest.mark.parametrize(
    ("language", "body", "found"),
    [
        ("en", "<p>Published by Ann Lee on 6 May 2024, 14:30</p>", "2024-05-06T14:30:00"),
        ("de", "<div><span>Erschienen am:</span> <h2>6.5.2024</h2></div>", "2024-05-06"),
        ("de", "<div>veröffentlicht: 6.5.24</div>", "2024-05-06"),
        ("fr", "<p><b>Publié le</b> 6 mai 2024</p>", "2024-05-06"),
        ("es", "<p>Publicado el 6 de mayo de 2024</p>", "2024-05-06"),
        ("pl", "<p>Opublikowano: <i>6 maja 2024</i></p>", "2024-05-06"),
        ("ru", "<p>Опубликовано 6 мая 2024</p>", "2024-05-06"),
        ("zh", "<p>发布时间：2024年5月6日</p>", "2024-05-06"),
    ],
)
def test_a_label_tells_the_publication_in_many_languages(language: str, body: str, found: str) -> None:
    page = _read(body + "<p>Reported in the <span class='date'>3 March 2011</span> edition.</p>", language=language)
    assert (page.published_at, page.published_at_place) == (found, "label: published")


def test_the_last_change_by_its_label_is_no_publication() -> None:
    page = _read("<p>Last updated: 8 May 2024</p><p class='byline'>By Ann Lee, 6 May 2024</p>")
    assert (page.published_at, page.modified_at) == ("2024-05-06", "2024-05-08")


def test_the_last_change_is_taken_where_nothing_tells_the_publication_and_that_is_said() -> None:
    page = _read("<p>Last updated: 8 May 2024</p>")
    assert (page.published_at, page.published_at_place) == ("2024-05-08", "last change")
    assert any("last change" in doubt for doubt in page.doubts)


def test_the_date_of_today_above_the_page_is_not_the_articles() -> None:
    assert _read("<div class='topbar'><time>1 December 2025</time></div><time>6 May 2024</time>").published_at == (
        "2024-05-06"
    )


@pytest.mark.parametrize("part", ["aside class='info'", "div class='event-box'"])
def test_a_box_beside_the_article_counts_only_behind_a_label(part: str) -> None:
    tag = part.split()[0]
    assert _read(f"<{part}><p>Posted 6 May 2024</p></{tag}>").published_at == "2024-05-06"
    assert _read(f"<{part}><p class='date'>7 June 2024</p></{tag}><time>6 May 2024</time>").published_at == "2024-05-06"


def test_wordpress_marks_the_publication_as_updated() -> None:
    page = _read("<time class='entry-date updated' datetime='2024-05-06T08:00:00+02:00'>6 May</time>")
    assert (page.published_at, page.modified_at) == ("2024-05-06T08:00:00+02:00", None)


def test_names_of_making_come_after_what_readers_see() -> None:
    made = "<meta name='dcterms.date' content='2023-11-30T10:00:00+01:00'>"
    assert _read("<span class='date'>06.05.2024</span>", made).published_at == "2024-05-06"
    assert _read("", made).published_at == "2023-11-30T10:00:00+01:00"


def test_a_year_completed_to_its_first_day_is_doubted() -> None:
    page = _read("<p>Updated: 6 May 2024</p>", "<meta name='datecreated' content='2004-01-01'>")
    assert page.published_at == "2024-05-06"
    assert any("year rather than a day" in doubt for doubt in page.doubts)
    assert _read("", "<meta name='datepublished' content='2004-01-01'>").published_at == "2004-01-01"


@pytest.mark.parametrize(
    "element", ["amp-timeago datetime", "relative-time datetime", "span class='date' data-timestamp"]
)
def test_elements_that_count_the_hours_hold_the_date_in_data(element: str) -> None:
    tag = element.split()[0]
    assert _read(f"<{element}='2024-05-06T08:00:00Z'>two hours ago</{tag}>").published_at == "2024-05-06T08:00:00Z"
