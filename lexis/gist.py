"""The gist of an article: the few words that say what it is about."""

from __future__ import annotations

import math
from collections import Counter

from lexis.stems import stems
from lexis.weights import telling, weight

LEAD = 1500
"""Characters of the text that are read: news says first what it is about."""

TITLE = 3
"""How many times a word of the title counts."""

SIZE = 24
"""Words of a gist. They tell stories apart as well as a hundred do."""


def weighed(title: str | None, text: str) -> list[tuple[str, float]]:
    """Return the telling stems of an article with their weights (TF-IDF, logarithmic TF), heaviest first."""
    counts = Counter(stems(text[:LEAD]))
    for word in stems(title or ""):
        counts[word] += TITLE
    found = [(word, (1 + math.log(count)) * weight(word)) for word, count in counts.items() if telling(word)]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return found


def gist_of(title: str | None, text: str) -> tuple[str, ...]:
    """Return the most telling stems of an article, heaviest first, at most `SIZE`."""
    return tuple(word for word, _ in weighed(title, text)[:SIZE])
