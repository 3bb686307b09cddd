"""German: every golden sentence gives the expressions that a reader finds, and every trap none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extraction.timex import tag

PUBLISHED = "2014-10-15"
GOLDEN = tomllib.loads((Path(__file__).parent / "german.toml").read_text(encoding="utf-8"))
SENTENCES = [(text, found) for section in GOLDEN.values() for text, found in section.items()]


def found_in(text: str, language: str | None = "de") -> list[str]:
    timexes = tag(text, published_at=PUBLISHED, language=language, domain="news")
    return [" | ".join(filter(None, (t.text, t.type, t.value, t.mod))) for t in timexes]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sentence_gives_the_expressions_a_reader_finds(text: str, expected: list[str]) -> None:
    assert found_in(text) == expected


def test_there_are_enough_sentences_and_traps() -> None:
    assert len(SENTENCES) >= 100
    assert len(GOLDEN["traps"]) >= 30
