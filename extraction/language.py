"""The language whose tables fit a text."""

from __future__ import annotations

import re

from extraction.lexicon import languages

_HEAD = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "was",
        "that",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "from",
        "said",
        "has",
        "have",
        "are",
        "were",
        "it",
        "his",
        "he",
    ]
)
_ENOUGH = 0.12  # share of function words that no other language reaches


def language_of(given: str | None, text: str) -> str | None:
    """Return the language whose word lists apply, None when there are none.

    `given` is a BCP 47 tag and is believed; without it, English is known by its function words.
    """
    if given:
        primary = given.replace("_", "-").split("-")[0].lower()
        return primary if primary in languages() else None
    found = [word.lower() for word in _WORD.findall(text[:_HEAD])]
    if found and sum(word in _ENGLISH for word in found) >= _ENOUGH * len(found):
        return "en"
    return None
