"""The language whose tables fit a text."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from extraction.entities.model import model
from extraction.lexicon import languages

_TABLES = Path(__file__).parent / "languages"
_HEAD = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.12  # share of function words that no other language reaches
_FEWEST = 2  # a single word tells nothing
_KNOWN = 0.8  # share of small words that are common in English
_COMMON = 20_000  # the most frequent words; rarer ones of the list are partly of other languages


def primary(tag: str) -> str:
    """Return the language of a BCP 47 tag, without region or script: `de` of `de-AT`."""
    return tag.replace("_", "-").partition("-")[0].lower()


def language_of(given: str | None, text: str) -> str | None:
    """Return the language whose word lists of events apply, None when there are none.

    `given` is a BCP 47 tag and is believed; without it, the text is known by its function words.
    """
    code = primary(given) if given else detected(text)
    return code if code in languages() else None


def detected(text: str) -> str | None:
    """Return the language that the function words at the head of a text tell; None when they tell none.

    A headline has few: where no other language has more of them, it is English when its small words are.
    """
    written = _WORD.findall(text[:_HEAD])
    found = [word.lower() for word in written]
    counts = {code: sum(map(words.__contains__, found)) for code, words in _function_words().items()}
    code = max(counts, key=counts.__getitem__, default=None)
    if code and counts[code] >= max(_FEWEST, _ENOUGH * len(found)):
        return code
    return "en" if counts["en"] == max(counts.values()) and _english(written) else None


def _english(written: list[str]) -> bool:
    """Return whether the words in small letters, of three and more, are common in English."""
    small = [word for word in written if len(word) > 2 and word.islower()]
    ranks = model().words
    known = sum(ranks.get(word, _COMMON) < _COMMON for word in small)
    return len(small) >= _FEWEST and known >= _KNOWN * len(small)


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    """Return the function words of each language that has a table of them."""
    return {
        file.parent.name: frozenset(tomllib.loads(file.read_text(encoding="utf-8"))["function_words"])
        for file in sorted(_TABLES.glob("*/03_function_words.toml"))
    }
