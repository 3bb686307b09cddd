from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from schemas.article import Article
from schemas.dead_letter import DeadLetter, explain


def test_a_dead_letter_keeps_the_bytes_and_says_where_they_stood() -> None:
    letter = DeadLetter.of(
        topic="articles", partition=3, offset=17, stage="extract", error=ValueError("no text"), key=b"a",
        value=b"\xff{", now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )  # fmt: skip
    assert (letter.topic, letter.partition, letter.offset, letter.stage) == ("articles", 3, 17, "extract")
    assert letter.value is not None
    assert base64.b64decode(letter.value) == b"\xff{"
    assert letter.reason == "no text"
    assert letter.time == "2026-01-02T03:04:05Z"
    assert DeadLetter.from_json(letter.to_json()) == letter


def test_a_validation_error_is_told_by_field() -> None:
    with pytest.raises(ValidationError) as caught:
        Article.model_validate({"article_id": "a", "text": " ", "published_at": "30000-01-01"})
    told = explain(caught.value)
    assert "text: text is empty" in told
    assert "published_at: year 30000 is outside -9999 to 9999" in told
