"""Whom a text spoke of last: what a pronoun at the head of a sentence means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extraction.names import Name
from extraction.quotes import Quotes
from extraction.sentences import Span

_REACH = 4  # sentences back that a pronoun reaches
_SAFE_REACH = 2


class Subjects:
    """The first names of a text's sentences, outside quotations."""

    def __init__(self, sentences: list[Span], names: list[Name], quotes: Quotes) -> None:
        """Keep sentences and names, both in the order of the text."""
        self._starts = [span.start for span in sentences]
        self._sentences = sentences
        self._names = names
        self._name_starts = [name.start for name in names]
        self._quotes = quotes

    def last(self, kinds: tuple[str, ...], at: int) -> tuple[int, str] | None:
        """Return offset and full form of the first name of these kinds in the nearest sentence up to `at` with one."""
        number = bisect_right(self._starts, at) - 1
        for k in range(number, max(-1, number - _REACH), -1):
            for name in self._outside(k, at):
                if name.type in kinds:
                    return name.start, name.name
        return None

    def meant(self, at: int) -> str | None:
        """Return the person that "he" or "she" at the head of a sentence means, None where that is not plain.

        Plain is one person alone in the nearest of the two sentences before that names any.
        """
        number = bisect_right(self._starts, at) - 1
        for k in range(number - 1, max(-1, number - 1 - _SAFE_REACH), -1):
            people = {name.name for name in self._outside(k, at) if name.type == "PER"}
            if people:
                return people.pop() if len(people) == 1 else None
        return None

    def _outside(self, k: int, at: int) -> list[Name]:
        """Return the names of sentence `k` that stand before `at` and in no quotation."""
        span = self._sentences[k]
        first = bisect_left(self._name_starts, span.start)
        last = bisect_left(self._name_starts, min(span.end, at))
        return [name for name in self._names[first:last] if self._quotes.at(name.start) is None]
