"""Invented articles with the mentions that a reader would find, written by hand; only the fields given are compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extraction.mentions import extract
from schemas.article import Article
from schemas.mention import Mention

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.json"))


def shown(mention: Mention, text: str) -> dict[str, Any]:
    return {
        "trigger": text[mention.start : mention.end],
        "start": mention.when.start,
        "end": mention.when.end,
        "granularity": mention.when.granularity,
        "anchor": mention.when.anchor,
        "modality": mention.modality,
        "category": mention.category,
        "type": mention.type,
        "places": [place.name for place in mention.places],
        "quantities": [[q.kind, q.value, q.bound] for q in mention.quantities],
        "actors": [actor.name for actor in mention.actors],
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_article_gives_the_mentions_a_reader_finds(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    article = Article(**golden["article"])
    found = [shown(mention, article.text) for mention in extract(article)]
    assert [mention["trigger"] for mention in found] == [expected["trigger"] for expected in golden["mentions"]]
    for mention, expected in zip(found, golden["mentions"], strict=True):
        assert {field: mention[field] for field in expected} == expected


def test_there_are_enough_goldens() -> None:
    assert len(GOLDEN) >= 30
