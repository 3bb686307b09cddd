"""Scores of temporal expressions against labelled ones, as TempEval-3 defined them (UzZaman et al. 2013, task A)."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

_EDGE = string.whitespace + ".,;:!?\"'`()[]{}“”‘’"


class Expression(NamedTuple):
    """A temporal expression of a text: code-point offsets, end exclusive, with its TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str | None


@dataclass(slots=True)
class Counts:
    """What of one or more documents was labelled, found and right.

    Attributes:
        labelled: expressions that the annotators marked.
        found: expressions that the program returned.
        strict: found at the same place, white space and punctuation at the edges aside.
        relaxed: found with any overlap, one to one.
        type: of the relaxed ones, those with the right type.
        value: of the relaxed ones, those with the right value, letter by letter.
    """

    labelled: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0

    def f1(self, measure: str) -> float:
        """Return the harmonic mean of precision and recall of `strict`, `relaxed`, `type` or `value`, 0 to 1."""
        total = self.labelled + self.found
        return 2 * int(getattr(self, measure)) / total if total else 0.0


def summed(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several documents together."""
    total = Counts()
    for one in counts:
        for field in fields(Counts):
            setattr(total, field.name, getattr(total, field.name) + getattr(one, field.name))
    return total


def score(text: str, labelled: Sequence[Expression], found: Sequence[Expression]) -> Counts:
    """Compare what was found in a document with what is labelled.

    Labelled expressions without a value count for nothing, nor does what was found on them: in WikiWars they are those
    that its annotators could not normalise.
    """
    unvalued = [one for one in labelled if not one.value]
    labelled = [one for one in labelled if one.value]
    found = [one for one in found if not any(_shared(one, other) > 0 for other in unvalued)]
    counts = Counts(labelled=len(labelled), found=len(found))
    for wanted, given in _pairs([_trimmed(text, one) for one in labelled], [_trimmed(text, one) for one in found]):
        counts.relaxed += 1
        counts.strict += wanted[:2] == given[:2]
        counts.type += wanted.type == given.type
        counts.value += wanted.value == given.value
    return counts


def _trimmed(text: str, one: Expression) -> Expression:
    """Return an expression without the white space and punctuation at its edges."""
    inside = text[one.start : one.end]
    start = one.start + len(inside) - len(inside.lstrip(_EDGE))
    return one._replace(start=start, end=start + len(inside.strip(_EDGE)))


def _shared(one: Expression, other: Expression) -> int:
    """Return how many code points two expressions share; not positive when they are apart."""
    return min(one.end, other.end) - max(one.start, other.start)


def _pairs(labelled: list[Expression], found: list[Expression]) -> list[tuple[Expression, Expression]]:
    """Pair expressions one to one: those at the same place first, then those that share most, the earlier first."""
    options = []
    for i, wanted in enumerate(labelled):
        for j, given in enumerate(found):
            shared = _shared(wanted, given)
            if shared > 0:
                apart = wanted[:2] != given[:2]
                options.append((apart, -shared, abs(wanted.start - given.start), i, j))
    pairs = []
    left, right = set(range(len(labelled))), set(range(len(found)))
    for *_, i, j in sorted(options):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((labelled[i], found[j]))
    return pairs
