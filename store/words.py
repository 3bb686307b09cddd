"""Text as it is searched: words without case, accents composed, punctuation gone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Han, kana and Thai are written without spaces, so each of their characters is a word of its own
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_QUOTES = "“”‘’„–—…\u00a0"
"""Punctuation that otherwise plain English is full of."""


def words(text: str) -> list[str]:
    """Return the words of a text: runs of letters and digits, compatibility forms folded, without case."""
    if not text.isascii():
        for sign in _QUOTES:
            text = text.replace(sign, " ")
    if text.isascii():  # the same, ten times faster
        return text.translate(_ASCII).split()
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=1 << 18)
def name_phrase(name: str) -> str:
    """Return the phrase of a name; names come again and again, so they are kept."""
    return phrase(name)


def phrase(text: str) -> str:
    """Return a name or text as its words between single spaces, one at each end too.

    A phrase holds another as whole words exactly when it contains it: ` donald trump ` contains ` trump `. What has no
    words at all keeps its characters.
    """
    return f" {' '.join(words(text)) or text.strip().casefold()} "
