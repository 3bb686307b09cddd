"""The category and type of a trigger in its sentence: what the table says of the word, and the model of the sentence."""

from __future__ import annotations

from functools import cache
from math import log
from typing import cast

from extraction.category import Guess
from extraction.lexicon import read
from extraction.lexicon.triggers import Entry
from schemas.vocabulary import Category

_WORD_COUNTS = 0.7  # in natural logarithm; what the word's own category adds to the logarithm of its probability
_LEAST = 0.25  # a word of any subject takes the category of its sentence from this probability on


def sense_of(entry: Entry, guess: Guess | None) -> tuple[Category | None, str | None]:
    """Return the category and the type of a trigger.

    Without a guess (a language without a model) both are the table's. With one, the category is the likeliest when
    the table's counts as evidence beside the sentence, and a type that cannot stand in it is replaced by the word's
    other sense or dropped, see `lexicon/*/senses.toml`.
    """
    own = cast("Category | None", entry.category)
    if guess is None:
        return own, entry.type
    if own is None:
        category = guess.category if guess.probability >= _LEAST else None
    else:
        category = guess.category
        if category != own and log(guess.probability / max(guess.probabilities[own], 1e-9)) < _WORD_COUNTS:
            category = own
    return cast("Category | None", category), _type_in(entry, category)


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
