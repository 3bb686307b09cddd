"""Which title stands best for a day: one that tells what happened, whole, in the words that its articles share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum, log, sqrt

from lexis.stems import stems
from lexis.weights import telling, weight
from schemas.mention import Mention
from schemas.vocabulary import Modality

_TOLD: Mapping[Modality, float] = {
    "asserted": 1.0,
    "reported": 0.9,
    "planned": 0.5,
    "conditional": 0.4,
    "denied": 0.4,
}
"""A chronology tells what happened: what a day was to bring stands in it only where nothing tells what it brought."""

_CUT = 0.6
"""Worth of a title that leaves the reader in the middle of a clause."""

_ALONE = 0.2
"""Worth of a title that shares no word with the others of its day."""

_ALIKE = 0.5
"""Cosine from which on two titles tell a reader the same."""

_INTRODUCING = frozenset(
    {"After", "Although", "As", "Because", "Before", "Despite", "During", "Following", "If", "Since", "Though", "When",
     "While", "With"}
)  # fmt: skip
"""A title that begins so and is the sentence up to a comma has lost what it introduces; English alone."""

_IN_PASSING = 0.8
"""Worth of a title that begins so and goes on: what it begins with is known already."""

_POINTING = frozenset({"He", "Her", "His", "It", "She", "That", "Their", "These", "They", "This", "Those"})
"""A title that begins so cannot be read alone; English alone."""

_BACK = 0.6
"""Worth of such a title."""

Words = Mapping[str, float]


class Headlines:
    """The titles of one day.

    Args:
        mentions: those of the day; each article counts each of its words once, so that their order does not matter.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._words: dict[str, Words] = {}
        told: dict[str, set[str]] = {}
        for mention in mentions:
            told.setdefault(mention.article_id, set()).update(self._words_of(mention.title))
        articles: dict[str, int] = {}
        for words in told.values():
            for word in words:
                articles[word] = articles.get(word, 0) + 1
        self._shared = _unit({word: log(count) * weight(word) for word, count in sorted(articles.items()) if count > 1})

    def worth(self, mention: Mention) -> float:
        """Return how well a mention's title would stand for its day, more than 0 and at most 1.2."""
        whole = _CUT if is_cut(mention.title, mention.sentence) else 1.0
        if _introduces(mention.title):
            whole *= _IN_PASSING
        elif mention.title.partition(" ")[0] in _POINTING:
            whole *= _BACK
        return _TOLD[mention.modality] * whole * (_ALONE + _cosine(self._words_of(mention.title), self._shared))

    def alike(self, title: str, other: str) -> bool:
        """Tell whether a reader of one title learns nothing from the other."""
        return title == other or _cosine(self._words_of(title), self._words_of(other)) >= _ALIKE

    def _words_of(self, title: str) -> Words:
        """Return the telling stems of a title as a vector of length 1."""
        if title not in self._words:
            self._words[title] = _unit({word: weight(word) for word in sorted(set(stems(title))) if telling(word)})
        return self._words[title]


def is_cut(title: str, sentence: str) -> bool:
    """Tell whether a title ends where its sentence goes on without a stop, or is a mere introduction to it.

    >>> is_cut('The council met to', 'The council met to vote.')
    True
    >>> is_cut('The council met', 'The council met, officials said.')
    False
    >>> is_cut('When the council met', 'When the council met, the roof fell in.')
    True
    """
    if title.endswith("…"):
        return True
    last = title.rstrip(" .\"”’'")[-12:]
    found = sentence.rfind(last)
    behind = sentence[found + len(last) :].lstrip(" ") if found >= 0 and last else ""
    return behind[:1].isalnum() or (behind.startswith(",") and _introduces(title))


def _introduces(title: str) -> bool:
    return title.partition(" ")[0] in _INTRODUCING


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(fsum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items()} if length else {}


def _cosine(one: Words, other: Words) -> float:
    return fsum(value * other.get(word, 0.0) for word, value in one.items())
