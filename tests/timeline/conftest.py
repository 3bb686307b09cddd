"""Mentions for tests, with only what a test is about spelt out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schemas.civil import format_day, parse_day
from schemas.mention import Mention
from schemas.record import stable_id
from schemas.when import When

VERBS = frozenset(
    {"marched", "shook", "killed", "sank", "drowned", "resigned", "burned", "injured", "visit", "visited"}
)


def make_when(day: str = "2025-06-25") -> When:
    return When(
        start=day, end=format_day(parse_day(day) + 1), granularity="day", value=day, edtf=day, anchor="explicit",
        rule="test",
    )  # fmt: skip


def make_mention(
    sentence: str, article_id: str = "a1", day: str = "2025-06-25", trigger: str = "", **fields: Any
) -> Mention:
    """Make a mention; the trigger is a part of the sentence, by default the first of `VERBS`, else its first word."""
    verb = trigger or next((word for word in sentence.split() if word in VERBS), sentence.split()[0])
    start = sentence.index(verb)
    given: dict[str, Any] = {
        "article_id": article_id,
        "mention_id": stable_id("m", article_id, sentence, day, verb),
        "sentence": sentence,
        "start": start,
        "end": start + len(verb),
        "sentence_start": 0,
        "sentence_end": len(sentence),
        "when": make_when(day),
        "confidence": 0.9,
        "extractor": "test",
        "title": sentence,
        **fields,
    }
    return Mention(**given)


@pytest.fixture
def mention() -> Callable[..., Mention]:
    return make_mention
