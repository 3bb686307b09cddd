"""What sources say of numbers, with their disagreement: 17 killed, say three; 20, says one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from schemas.event import Figure, Value
from schemas.mention import Mention, Quantity
from schemas.vocabulary import QuantityKind

PEOPLE: tuple[QuantityKind, ...] = ("killed", "injured", "detained", "displaced")
"""Kinds of which an event has one true value; money, shares and other numbers of one event may be of many things."""

ROUGH = 0.1
"""Share by which a value that is given as about so many may be off."""


def figures_of(mentions: Iterable[Mention]) -> tuple[Figure, ...]:
    """Return the figures of mentions, each article's largest value of a kind counting once."""
    largest: dict[tuple[QuantityKind, str | None], dict[str, Quantity]] = defaultdict(dict)
    for mention in mentions:
        for quantity in mention.quantities:
            if quantity.kind in PEOPLE:
                known = largest[quantity.kind, quantity.unit].setdefault(mention.article_id, quantity)
                largest[quantity.kind, quantity.unit][mention.article_id] = max(known, quantity, key=_size)
    figures = []
    for (kind, unit), by_article in sorted(largest.items(), key=lambda item: (PEOPLE.index(item[0][0]), str(item[0]))):
        counts = Counter((quantity.value, quantity.bound) for quantity in by_article.values())
        order = sorted(counts, key=lambda one: (-counts[one], -one[0], one[1]))
        values = tuple(Value(value=value, bound=bound, article_count=counts[value, bound]) for value, bound in order)
        disagree = any(not _agree(some, other) for some, other in combinations(values, 2))
        figures.append(Figure(kind=kind, unit=unit, values=values, disagree=disagree))
    return tuple(figures)


def _size(quantity: Quantity) -> tuple[float, str]:
    return quantity.value, quantity.bound


def _agree(some: Value, other: Value) -> bool:
    (low, high), (other_low, other_high) = _range(some), _range(other)
    return low <= other_high and other_low <= high


def _range(value: Value) -> tuple[float, float]:
    if value.bound == "at_least":
        return value.value, float("inf")
    if value.bound == "at_most":
        return float("-inf"), value.value
    slack = abs(value.value) * ROUGH if value.bound == "about" else 0.0
    return value.value - slack, value.value + slack
