from __future__ import annotations

import json

import pytest

from producers.rows import Rejected, TooLarge, article_from_row


def test_a_full_row_becomes_an_article() -> None:
    article = article_from_row(
        {
            "doc_id": 7,
            "url": "https://www.daily.example/x",
            "published_at": "2025-06-26T08:30+02:00",
            "language": "en",
            "country": "NL",
            "title": "Summit",
            "text": "They met.",
            "section": "world",
        },
        max_bytes=10_000,
    )
    assert article.article_id == "7"
    assert article.source == "daily.example"
    assert (article.published_at, article.published_at_source) == ("2025-06-26T08:30:00+02:00", "given")


def test_all_but_the_text_may_be_missing_or_null() -> None:
    article = article_from_row({"text": "They met.", "url": None, "published_at": None, "id": None})
    assert article.article_id.startswith("a_")
    assert (article.published_at, article.published_at_source) == (None, "none")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "text: missing"),
        ({"text": None}, "text: missing"),
        ({"text": "   "}, "text: text is empty"),
        ({"text": 5}, "text: must be a string"),
        ({"html": "<p></p>"}, "html: no article text"),
        ({"text": "x", "published_at": "30000-01-01"}, "published_at: year 30000 is outside -9999 to 9999"),
        ({"text": "x", "published_at": "2016/6/29"}, "published_at: '2016/6/29' is no ISO 8601"),
        ({"text": "x", "published_at": 20160629}, "published_at: "),
        ({"text": "x", "country": "Holland"}, "country: "),
        ({"text": "x", "id": ["a"]}, "id: must be a string"),
        ({"text": "x", "url": "http://[::1"}, "url: "),
        (["text"], "a row must be a JSON object"),
        ("text", "a row must be a JSON object"),
    ],
)
def test_a_bad_row_is_refused_by_the_field_at_fault(row: object, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        article_from_row(row)
    assert reason in str(caught.value)


def test_the_limit_is_on_the_bytes_of_the_record() -> None:
    with pytest.raises(TooLarge, match=r"the limit is 1,000 \(DATELINE_MAX_ARTICLE_BYTES\)"):
        article_from_row({"text": "é" * 480}, max_bytes=1000)
    assert len(article_from_row({"text": "e" * 480}, max_bytes=1000).to_json()) <= 1000


def test_the_same_row_gives_the_same_bytes() -> None:
    row = {"text": "They met.", "published_at": "2025-06-26"}
    assert article_from_row(row).to_json() == article_from_row(json.loads(json.dumps(row))).to_json()
