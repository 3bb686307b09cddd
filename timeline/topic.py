"""What a set of articles is about: the names that its articles share, without knowing anything else of the language."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import fsum, log, sqrt

_NAME_OVER_WORD = 2.0
"""A name is capitalised more than so many times as often as in lower case; other words just began sentences."""


class Topic:
    """The weight of each name in a set of articles.

    Args:
        vectors: the names of each article, as a vector of length 1. Their mean, brought to length 1, is the topic;
            sums are exact, so that the order of the articles does not matter.
    """

    def __init__(self, vectors: Iterable[Mapping[str, float]]) -> None:
        parts: dict[str, list[float]] = {}
        for vector in vectors:
            for name, value in vector.items():
                parts.setdefault(name, []).append(value)
        self._weights = _unit({name: fsum(values) for name, values in parts.items()})

    def closeness(self, vector: Mapping[str, float]) -> float:
        """Return how close an article is to the topic: the cosine, 0 to 1; 1 when the topic has no names."""
        if not self._weights:
            return 1.0
        return fsum(self._weights.get(name, 0.0) * value for name, value in vector.items())

    def share(self, names: Iterable[str]) -> float:
        """Return how much of the topic some names stand for: the sum of their weights, at most 1."""
        return min(1.0, fsum(self._weights.get(name, 0.0) for name in names)) if self._weights else 1.0


class Names:
    """The capitalised words of articles, a few bytes each, until all articles together tell which of them are names."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._capitalised: Counter[str] = Counter()
        self._plain: Counter[str] = Counter()
        self._articles: dict[str, tuple[array[int], array[int]]] = {}

    def add(self, article_id: str, names: Mapping[str, int], plain: Mapping[str, int]) -> None:
        """Keep the words of an article; see `schemas.dated_article.DatedArticle`."""
        self._capitalised.update(names)
        self._plain.update(plain)
        self._articles[article_id] = (self.numbers(names), array("I", names.values()))

    def numbers(self, words: Iterable[str]) -> array[int]:
        """Return words as numbers of four bytes, which `words` takes back."""
        return array("I", (self._numbers.setdefault(word, len(self._numbers)) for word in words))

    def words(self) -> list[str]:
        """Return the word of each number."""
        return list(self._numbers)

    def vectors(self) -> Iterator[tuple[str, dict[str, float]]]:
        """Yield (article_id, names as a vector of length 1), a name that stands n times counting 1 + ln n."""
        words = self.words()
        plain = self._plain
        known = [self._capitalised[word] > _NAME_OVER_WORD * plain[word.lower()] for word in words]
        for article_id, (numbers, times) in self._articles.items():
            found = zip(numbers, times, strict=True)
            yield article_id, _unit({words[number]: 1 + log(count) for number, count in found if known[number]})


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    """Bring a vector to length 1; the empty one stays empty."""
    length = sqrt(fsum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items()}
