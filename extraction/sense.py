"""The category and type of a trigger: what the table says of the word, beside the model of its sentence."""

from __future__ import annotations

from functools import cache
from math import log
from typing import cast

from extraction.category import Guess
from extraction.lexicon import read
from extraction.lexicon.triggers import Entry
from schemas.vocabulary import Category

_WORD_COUNTS = 1.2  # in natural logarithm: what the word's own category adds to the evidence
_ARTICLE_COUNTS = 0.5  # of the logarithm of the article's probability, beside 1 of the sentence's
_LEAST = 0.25  # a word of any subject takes a category that is at least so likely in its sentence
_FLOOR = 1e-6


def sense_of(entry: Entry, sentence: Guess | None, article: Guess | None) -> tuple[Category | None, str | None]:
    """Return the category and the type of a trigger from the guesses for its sentence and for its article.

    Without a guess (a language without a model) both are the table's. With one, the category is the likeliest by the
    three together, and a type that cannot stand in it is replaced by the word's other sense or dropped, see
    `lexicon/*/senses.toml`.
    """
    own = cast("Category | None", entry.category)
    if sentence is None or article is None:
        return own, entry.type
    context = article.probabilities

    def evidence(category: str) -> float:
        here, around = sentence.probabilities[category], context[category]
        counted = log(here + _FLOOR) + _ARTICLE_COUNTS * log(around + _FLOOR)
        return counted + (_WORD_COUNTS if category == own else 0.0)

    category = max(sentence.probabilities, key=evidence)
    if own is None and sentence.probabilities[category] < _LEAST:
        return None, entry.type
    return cast("Category", category), _type_in(entry, category)


def _type_in(entry: Entry, category: str | None) -> str | None:
    other = _others().get((entry.lemma, category))
    if other is not None:
        return other
    if entry.type is None or category in _places().get(entry.type, ()) or category == entry.category:
        return entry.type
    return None


@cache
def _places() -> dict[str, frozenset[str]]:
    """Return the categories that each type may stand in."""
    return {name: frozenset(places.split()) for name, places in read("en", "senses")["types"].items()}


@cache
def _others() -> dict[tuple[str, str | None], str]:
    """Return the other type of a lemma in a category."""
    return {
        (lemma.replace("_", " "), category): group["type"]
        for group in read("en", "senses")["others"]
        for lemma in group["lemmas"].split()
        for category in group["categories"].split()
    }
